"""A page of help is drawn with the house's sizes, in every theme and scale."""

import pytest
from PySide6.QtGui import QTextDocument, QTextTable

from ui import theme
from ui.help import layout as help_layout
from ui.help import topics as help_topics

TEXT = "# One\n\nWords.\n\n## Two\n\n- a\n- b\n\n| c | d |\n|:--|:--|\n| e | **F2** |\n"


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_headings_and_tables(qapp, scale) -> None:
    theme.apply(qapp, "dark", scale)
    document = QTextDocument()
    help_layout.lay_out(document, TEXT)
    sizes = {}
    block = document.begin()
    while block.isValid():
        if level := block.blockFormat().headingLevel():
            at = block.begin()
            sizes[level] = at.fragment().charFormat().font().pixelSize()
        block = block.next()
    assert sizes == {1: round(22 * scale), 2: round(16 * scale)}
    tables = [f for f in document.rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert len(tables) == 1
    assert tables[0].format().borderBrush().color().name() == theme.tokens().hairline.lower()
    theme.apply(qapp, "light", 1.0)


def test_every_topic_keeps_its_words(qapp) -> None:
    for topic in help_topics.TOPICS:
        document = QTextDocument()
        help_layout.lay_out(document, help_topics.text_of(topic.id))
        assert document.toPlainText().splitlines()[0]
        assert "**" not in document.toPlainText()
