"""How a page of the help looks: Markdown as Qt reads it, with the house's sizes, room and lines."""

import shiboken6
from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from ui import theme

SIZES = {1: 22, 2: 16}
LINE_HEIGHT = 130
"""Per cent; Chinese prose needs more than Latin."""


def show_text(view: QTextBrowser, markdown: str) -> None:
    """Let `view` show `markdown`. It comes in a document of its own: one that is seen already
    would be laid out anew after every change of a block."""
    before, document = view.document(), QTextDocument(view)
    document.setUndoRedoEnabled(False)
    lay_out(document, markdown)
    view.setDocument(document)
    if shiboken6.isValid(before):  # the first one is the view's own, and gone by now
        before.deleteLater()


def lay_out(document: QTextDocument, markdown: str) -> None:
    """Put `markdown` into `document`, in the theme and font scale in force."""
    document.setDefaultFont(theme.font(14))
    document.setDocumentMargin(theme.px(20))
    document.setIndentWidth(theme.px(18))
    document.setMarkdown(markdown)
    block = document.begin()
    while block.isValid():
        _set_block(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)


def _set_block(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    within_table = cursor.currentTable() is not None
    level = block.blockFormat().headingLevel()
    shape = QTextBlockFormat()
    kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    shape.setLineHeight(100 if within_table or level else LINE_HEIGHT, kind)
    shape.setTopMargin(theme.px(18 if level == 2 else 0))
    shape.setBottomMargin(theme.px(_below(block, level, within_table)))
    cursor.mergeBlockFormat(shape)
    if level in SIZES:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        words = QTextCharFormat()
        words.setFont(theme.font(SIZES[level], bold=True))
        # Put in place of the one that is there: its size, relative to the text, would win.
        cursor.setCharFormat(words)


def _below(block: QTextBlock, level: int, within_table: bool) -> int:
    """Pixels of room below a block at 100 %."""
    if within_table:
        return 0
    if level:
        return 8
    return 1 if block.textList() else 6


def _set_table(table: QTextTable) -> None:
    look = table.format()
    look.setCellPadding(theme.px(5))
    look.setCellSpacing(0)
    look.setBorder(1)
    look.setBorderCollapse(True)
    look.setBorderBrush(QBrush(QColor(theme.tokens().hairline)))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setTopMargin(theme.px(4))
    look.setBottomMargin(theme.px(10))
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    share = QTextLength.Type.PercentageLength
    look.setColumnWidthConstraints([QTextLength(share, 58), QTextLength(share, 42)])
    table.setFormat(look)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        ground = cell.format()
        ground.setBackground(QBrush(QColor(theme.tokens().surface2)))
        cell.setFormat(ground)
