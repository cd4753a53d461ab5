"""The first page of a report, as large as there is room."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bankcc.i18n import _
from ui import theme
from ui.reports.first_page import FirstPage


class PagePicture(QWidget):
    """`show_page` draws a page; `say` writes a sentence in its place. A page stays, paler, while
    the next one is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report.page")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.page: FirstPage | None = None
        self.words = ""
        self.name = ""
        self._image = QImage()
        self._scaled = QPixmap()
        self._waits = False
        theme.hub().changed.connect(self.update)
        self.retranslate()

    def show_page(self, page: FirstPage, name: str) -> None:
        """Show a page of the report called `name`."""
        self.page, self.words, self.name, self._waits = page, "", name, False
        self._image = page.image()
        self._scaled = QPixmap()
        self.retranslate()
        self.update()

    def say(self, words: str) -> None:
        """There is no picture; `words` (translated) say why."""
        self.page, self.words, self._waits = None, words, False
        self.retranslate()
        self.update()

    def wait(self) -> None:
        """Another page is being made."""
        self._waits = True
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(500))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(140), theme.px(160))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.tokens()
        painter.setPen(QColor(look.text2))
        if self.page is None:
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            edge = theme.px(16)
            text = self.words or _("Preparing the preview…")
            painter.drawText(self.rect().adjusted(edge, edge, -edge, -edge), middle, text)
            return
        box = self._box()
        if self._scaled.isNull():
            self._scaled = self._scale(box.size())
        painter.setOpacity(0.4 if self._waits else 1.0)
        painter.drawPixmap(box, self._scaled)
        painter.setOpacity(1.0)
        painter.setPen(QColor(look.border))
        painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _box(self) -> QRect:
        """The largest page that fits, in the middle, at the top."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())

    def _scale(self, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = self._image.scaled(
            size * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap = QPixmap.fromImage(made)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled = QPixmap()
        super().resizeEvent(event)

    def retranslate(self) -> None:
        """Words in the language in force."""
        words = self.words or _("Preparing the preview…")
        if self.page is not None:
            words = _("First page of {name}").format(name=self.name)
        self.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.update()
        super().changeEvent(event)
