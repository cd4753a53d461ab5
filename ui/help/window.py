"""F1: the help of the panel that is shown, all other topics, and the sheet of shortcuts.

Rule: it stands beside the window and blocks nothing, so that people read and do at once.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import _, language
from ui import theme
from ui.help import layout as help_layout
from ui.help import topics as help_topics
from ui.help.topics import Topic
from ui.turns import turns
from ui.widgets.chip import RowDelegate
from ui.widgets.plain_label import PlainLabel
from ui.widgets.search_line import SearchLine

SIZE = QSize(820, 600)
LIST_WIDTH = 210
TOPIC_ROLE = Qt.ItemDataRole.UserRole + 1


class HelpWindow(QDialog):
    """`show_panel(id)` turns to the topic of a panel; the search box at the top left finds topics
    by any word and marks the word in the text."""

    def __init__(self, panel: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        room = self.screen().availableSize() * 0.95
        self.resize(QSize(theme.px(SIZE.width()), theme.px(SIZE.height())).boundedTo(room))
        self._topic = help_topics.topic_of(panel)
        self.line = SearchLine(self)
        self.line.setObjectName("help.search")
        self.line.installEventFilter(self)
        self.line.sought.connect(self._seek)
        self.list = QListWidget(self)
        self.list.setObjectName("help.topics")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self.said = PlainLabel("", self, role="hint", wrap=True)
        self.text = QTextBrowser(self)
        self.text.setObjectName("help.text")
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.list.setItemDelegate(RowDelegate(self.list))
        self._stale = False
        self._laid_out: tuple[str, str] | None = None
        theme.hub().changed.connect(self._follow)
        self._lay_out()
        self.retranslate()

    @property
    def topic(self) -> Topic:
        """What is shown."""
        return self._topic

    def show_panel(self, panel: str) -> None:
        """Turn to the topic of a panel."""
        self.show_topic(help_topics.topic_of(panel))

    def show_topic(self, topic: Topic, chapter: str = "") -> None:
        """Turn to a topic, at the heading `chapter` of it; a search that hides it is given up."""
        self._topic = topic
        if self._row(topic) < 0:
            self.line.clear()
            self._fill("")
        self.list.setCurrentRow(self._row(topic))
        self._show_text()
        if chapter:
            self._turn_to(chapter)

    def _turn_to(self, chapter: str) -> None:
        """The heading goes to the top, as far as there is text below it, and is marked."""
        block = self.text.document().begin()
        while block.isValid() and not (
            block.blockFormat().headingLevel() and block.text() == chapter
        ):
            block = block.next()
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
            self.text.setTextCursor(cursor)
            top = self.text.document().documentLayout().blockBoundingRect(block).top()
            self.text.verticalScrollBar().setValue(int(top))

    def retranslate(self) -> None:
        """Words in the language in force; the same topic stays open."""
        self.setWindowTitle(_("Help"))
        self.line.setPlaceholderText(_("Search the help"))
        self.line.setAccessibleName(_("Search the help"))
        self.list.setAccessibleName(_("Topics"))
        self.text.setAccessibleName(_("Help text"))
        self._fill(self.line.wanted())
        self._show_text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()
        super().changeEvent(event)

    def _follow(self) -> None:
        """Language or theme changed; while nobody looks, a quiet moment will do."""
        self._stale = True
        if self.isVisible():
            self._refresh()
        elif theme.hub().gradual:
            turns().add(self, self._refresh)

    def _refresh(self) -> None:
        if self._stale:
            self._stale = False
            self._laid_out = None
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh()
        super().showEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        """In the search box: arrows go through the topics, Enter goes to the next place, Esc
        empties it first."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self.list.currentRow() + step
            self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.line.waiting:
                self.line.seek()
            self._mark(onward=True)
        elif event.key() == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
            self.line.seek()
        else:
            return False
        return True

    def _seek(self, words: str) -> None:
        self._fill(words)
        if self.list.count() and self._row(self._topic) < 0:
            self.list.setCurrentRow(0)
        else:
            self._mark()

    def _fill(self, words: str) -> None:
        topics = help_topics.found(words)
        self.list.blockSignals(True)
        self.list.clear()
        for topic in topics:
            item = QListWidgetItem(_(topic.label), self.list)
            item.setData(TOPIC_ROLE, topic.id)
        self.list.setCurrentRow(self._row(self._topic))
        self.list.blockSignals(False)
        nothing = _("No topic holds “{text}”.").format(text=words)
        self.said.setText("" if topics else nothing)
        self.said.setVisible(not topics)

    def _row(self, topic: Topic) -> int:
        ids = [self.list.item(row).data(TOPIC_ROLE) for row in range(self.list.count())]
        return ids.index(topic.id) if topic.id in ids else -1

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._topic = help_topics.BY_ID[item.data(TOPIC_ROLE)]
            self._show_text()

    def _show_text(self) -> None:
        wanted = (self._topic.id, language())
        if self._laid_out != wanted and not self._stale:
            self._laid_out = wanted
            look = theme.tokens()
            self.text.setStyleSheet(f"QTextBrowser {{ background: {look.surface}; }}")
            help_layout.show_text(self.text, help_topics.text_of(self._topic.id))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark()

    def _mark(self, *, onward: bool = False) -> None:
        """Show where the first word that is sought stands; the next place, round and round."""
        word = next(iter(self.line.wanted().split()), "")
        if not onward:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if word and not self.text.find(word) and onward:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(word)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(theme.px(8))
        for widget in (self.line, self.said, self.list):
            side.addWidget(widget)
            widget.setFixedWidth(theme.px(LIST_WIDTH))
        line = QHBoxLayout(self)
        line.setContentsMargins(*[theme.px(12)] * 4)
        line.setSpacing(theme.px(12))
        line.addLayout(side)
        line.addWidget(self.text, 1)
