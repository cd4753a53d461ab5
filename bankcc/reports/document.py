"""The frame every report shares: letterhead, sections, figures, footer, watermark, metadata.

A `Document` is filled from top to bottom and saved once. The author in the file's properties is
the bank; no person, phone or path goes there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bankcc.clock import DEFAULT_ZONE, local, zone
from bankcc.i18n import _, language
from bankcc.reports.fonts import REGULAR, Fonts, mend_extraction
from bankcc.reports.page import (
    A4,
    ACCENT,
    FOOT_ROOM,
    HAIRLINE,
    INK,
    MARGIN,
    QUIET,
    ZEBRA,
    BoxMark,
    DrawingMark,
    LineMark,
    Sheet,
    TextMark,
    baseline,
    paint,
)
from bankcc.reports.table import Column, write_table
from bankcc.reports.text import visible
from bankcc.whole_file import write_whole

CARDS_PER_ROW = 6


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who says what to whom, and as of when. Texts appear as they are, empty ones not at all."""

    bank: str
    center: str
    title: str
    generated_ms: int
    classification: str = ""
    issue_no: int | None = None
    from_ms: int | None = None
    to_ms: int | None = None
    compiled_by: str = ""
    approved_by: str = ""
    prepared_for: str = ""
    head_code: str = ""
    masked: bool = True
    is_demo: bool = False
    is_drill: bool = False
    zone: str = DEFAULT_ZONE

    def moment(self, ms: int) -> str:
        """`2026-11-23 14:52` in the center's zone."""
        return local(ms, zone(self.zone)).strftime("%Y-%m-%d %H:%M")

    def time_of_day(self, ms: int) -> str:
        """`14:52` in the center's zone."""
        return local(ms, zone(self.zone)).strftime("%H:%M")

    @property
    def period(self) -> str:
        """What span of time the report covers; empty if it has none."""
        if self.from_ms is None or self.to_ms is None:
            return self.moment(self.to_ms) if self.to_ms is not None else ""
        return _("{start} to {end}").format(
            start=self.moment(self.from_ms), end=self.moment(self.to_ms)
        )

    @property
    def watermark(self) -> str:
        """Invented or rehearsed content must be told from real content on every page."""
        marks = [_("DEMO")] * self.is_demo + [_("DRILL")] * self.is_drill
        return " ".join(marks)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be seen at a glance, with what it counts and an optional remark."""

    label: str
    value: str
    note: str = ""


class Document:
    """A report under construction. Methods add below what is already there."""

    def __init__(
        self,
        letterhead: Letterhead,
        fonts: Fonts,
        *,
        landscape: bool = False,
        paper: tuple[float, float] = A4,
    ) -> None:
        self.letterhead = letterhead
        self.sheet = Sheet(fonts, landscape=landscape, paper=paper)

    def head(self, facts: Iterable[tuple[str, str]] = ()) -> None:
        """The head of the first page: classification, bank, title, issue, and labelled facts."""
        letterhead, sheet = self.letterhead, self.sheet
        small = 9.0
        y = sheet.y - baseline(small, small * 1.5)
        if letterhead.classification:
            mark = _("Classification: {level}").format(level=visible(letterhead.classification))
            sheet.put(sheet.left, y, mark, size=small, bold=True)
        center = visible(letterhead.center)
        sheet.put(sheet.right, y, center, size=small, color=QUIET, align="right")
        sheet.y -= small * 1.5 + 6
        sheet.write(letterhead.bank, size=12, color=QUIET, align="center")
        sheet.write(letterhead.title, size=20, bold=True, align="center")
        if letterhead.issue_no is not None:
            issue = _("No. {number}").format(number=letterhead.issue_no)
            sheet.write(issue, size=11, color=QUIET, align="center")
        sheet.y -= 5
        sheet.rule(color=ACCENT, thickness=1.2)
        sheet.y -= 6
        self._facts(
            [
                *facts,
                (_("Period"), letterhead.period),
                (_("Compiled by"), letterhead.compiled_by),
                (_("Approved by"), letterhead.approved_by),
                (_("Prepared for"), letterhead.prepared_for),
            ]
        )
        sheet.y -= 4
        sheet.rule()
        sheet.y -= 8

    def _facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Label and value pairs in two columns; a value that is too long for one takes the whole
        width.
        """
        sheet, size = self.sheet, 9.5
        leading, half = size * 1.5, self.sheet.span / 2
        shown = [(label, visible(value)) for label, value in facts if value]
        bold = sheet.fonts.bold
        gutter = max((bold.width(label, size) for label, _value in shown), default=0) + 10
        column = 0
        for label, value in shown:
            whole = sheet.lines_of(value, half - gutter - 8, size=size)
            wide = len(whole) > 1
            if column and wide:
                sheet.y -= leading
                column = 0
            lines = sheet.lines_of(value, sheet.span - gutter, size=size) if wide else whole
            x = sheet.left + column * half
            for number, line in enumerate(lines):
                y = sheet.y - baseline(size, leading)
                if number == 0:
                    sheet.put(x, y, label, size=size, bold=True, color=QUIET)
                sheet.put(x + gutter, y, line, size=size)
                if number < len(lines) - 1:
                    sheet.y -= leading
            column = 0 if wide else 1 - column
            if column == 0:
                sheet.y -= leading
        if column:
            sheet.y -= leading

    def section(self, title: str) -> None:
        """A main heading; it never stands alone at the foot of a page."""
        sheet = self.sheet
        sheet.need(72)
        sheet.y -= 10
        sheet.page.boxes.append(BoxMark(sheet.left, sheet.y - 17, 3, 14, ACCENT))
        y = sheet.y - baseline(13, 20)
        sheet.put(sheet.left + 9, y, visible(title), size=13, bold=True)
        sheet.y -= 24

    def subsection(self, title: str, *, keep: float = 50.0) -> None:
        """A lesser heading that stays with at least `keep` points of what follows."""
        sheet = self.sheet
        sheet.need(keep + 24)
        sheet.y -= 6
        sheet.put(sheet.left, sheet.y - baseline(10.5, 16), visible(title), size=10.5, bold=True)
        sheet.y -= 18

    def prose(self, text: str) -> None:
        """A paragraph of running text."""
        self.sheet.write(text)
        self.sheet.y -= 4

    def points(self, items: Sequence[str], *, empty: str = "") -> None:
        """A numbered list; `empty` stands there if it has no items."""
        sheet, size = self.sheet, 10.5
        if not items:
            sheet.write(empty, size=9.5, color=QUIET)
        for number, item in enumerate(items, 1):
            leading = size * 1.5
            lines = len(sheet.lines_of(item, sheet.span - 22, size=size))
            sheet.need(leading * min(lines, 2))
            sheet.put(
                sheet.left + 17,
                sheet.y - baseline(size, leading),
                f"{number}.",
                size=size,
                color=QUIET,
                align="right",
            )
            sheet.write(item, size=size, indent=22)
        sheet.y -= 4

    def figures(self, figures: Sequence[Figure]) -> None:
        """Numbers in a row of cards, over several rows if there are many."""
        for first in range(0, len(figures), CARDS_PER_ROW):
            self._cards(figures[first : first + CARDS_PER_ROW])

    def _cards(self, figures: Sequence[Figure]) -> None:
        sheet, gap, inset = self.sheet, 6.0, 8.0
        width = (sheet.span - gap * (len(figures) - 1)) / len(figures)
        labels = [sheet.lines_of(f.label, width - 2 * inset, size=8.5) for f in figures]
        notes = [
            sheet.lines_of(f.note, width - 2 * inset, size=8) if f.note else [] for f in figures
        ]
        label_lines, note_lines = max(map(len, labels)), max(map(len, notes))
        height = 12 + label_lines * 12 + 24 + note_lines * 11.5
        sheet.need(height + 8)
        for index, figure in enumerate(figures):
            x = sheet.left + index * (width + gap)
            sheet.page.boxes.append(BoxMark(x, sheet.y - height, width, height, ZEBRA))
            sheet.page.boxes.append(BoxMark(x, sheet.y - 1.5, width, 1.5, ACCENT))
            y = sheet.y - 6
            for line in labels[index]:
                sheet.put(x + inset, y - 10, line, size=8.5, color=QUIET)
                y -= 12
            y = sheet.y - 6 - label_lines * 12 - 20
            value = visible(figure.value).replace("\n", " ")
            room = (width - 2 * inset) / max(sheet.fonts.bold.width(value, 1), 0.1)
            sheet.put(x + inset, y, value, size=min(18.0, room), bold=True)
            for number, line in enumerate(notes[index], 1):
                sheet.put(x + inset, y - 3 - number * 11, line, size=8, color=QUIET)
        sheet.y -= height + 8

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[str]],
        *,
        size: float = 9.0,
        empty: str = "",
        title: str = "",
        lead: str = "",
        alike: Sequence[Sequence[str]] = (),
    ) -> int:
        """A table at the full width below its `title` and a leading line; see `write_table`."""

        def heading(keep: float) -> None:
            self.subsection(title, keep=keep + (30 if lead else 0))
            if lead:
                self.prose(lead)

        count = write_table(
            self.sheet,
            columns,
            rows,
            size=size,
            empty=empty,
            alike=alike,
            heading=heading if title else None,
        )
        self.sheet.y -= 8
        return count

    def drawing(self, drawing: Any) -> None:
        """A chart at the left margin, never cut."""
        sheet = self.sheet
        sheet.need(drawing.height)
        sheet.page.drawings.append(DrawingMark(sheet.left, sheet.y - drawing.height, drawing))
        sheet.y -= drawing.height + 8

    def save(self, target: Path) -> Path:
        """Write the finished report to `target`, whole or not at all. Raises StorageError."""
        self._running_heads()
        self._footers()
        return write_whole(target, self._paint)

    def _running_heads(self) -> None:
        """From the second page on: what this is, so that a loose sheet can be put back."""
        letterhead, sheet = self.letterhead, self.sheet
        y = sheet.height - MARGIN + 2
        issue = ""
        if letterhead.issue_no is not None:
            issue = _("No. {number}").format(number=letterhead.issue_no)
        left = "  ".join(part for part in (letterhead.bank, letterhead.title, issue) if part)
        for page in sheet.pages[1:]:
            self._fit(page.texts, visible(left), sheet.left, y, sheet.span * 0.75)
            self._right(page.texts, visible(letterhead.classification), y)
            page.lines.append(LineMark(sheet.left, y - 6, sheet.right, y - 6, HAIRLINE))

    def _footers(self) -> None:
        letterhead, sheet = self.letterhead, self.sheet
        parts = [_("Generated {time}").format(time=letterhead.moment(letterhead.generated_ms))]
        if letterhead.head_code:
            parts.append(_("Log head {code}").format(code=visible(letterhead.head_code)))
        parts.append(_("Phone numbers masked") if letterhead.masked else _("Full phone numbers"))
        y = MARGIN + FOOT_ROOM - 32
        for number, page in enumerate(sheet.pages, 1):
            page.lines.append(LineMark(sheet.left, y + 12, sheet.right, y + 12, HAIRLINE))
            self._fit(page.texts, "  ·  ".join(parts), sheet.left, y, sheet.span * 0.85)
            label = _("Page {page} of {pages}").format(page=number, pages=len(sheet.pages))
            self._right(page.texts, label, y)

    def _fit(self, texts: list[TextMark], text: str, x: float, y: float, width: float) -> None:
        face = self.sheet.fonts.regular
        text = text.replace("\n", " ")
        size = min(8.0, width / max(face.width(text, 1), 1))
        texts.append(TextMark(x, y, text, face, size, QUIET))

    def _right(self, texts: list[TextMark], text: str, y: float) -> None:
        face = self.sheet.fonts.regular
        x = self.sheet.right - face.width(text, 8)
        texts.append(TextMark(x, y, text.replace("\n", " "), face, 8, INK))

    def _paint(self, file: BinaryIO) -> None:
        from reportlab.pdfgen.canvas import Canvas

        sheet, letterhead = self.sheet, self.letterhead
        canvas = Canvas(
            file,
            pagesize=(sheet.width, sheet.height),
            pageCompression=1,
            invariant=1,
            initialFontName=REGULAR,
            lang="en" if language() == "en" else "zh-CN",
        )
        canvas.setTitle(visible(letterhead.title))
        canvas.setAuthor(visible(letterhead.bank))
        canvas.setSubject("")
        canvas.setCreator("bankcc")
        _stamp(canvas, letterhead)
        paint(canvas, sheet.pages, letterhead.watermark, sheet.fonts)
        mend_extraction(canvas._doc, sheet.fonts)
        canvas.save()


def _stamp(canvas: Any, letterhead: Letterhead) -> None:
    """Date the file by the report, not by the machine: the same report gives the same bytes."""
    moment = local(letterhead.generated_ms, zone(letterhead.zone))
    minutes = int((moment.utcoffset() or moment - moment).total_seconds() // 60)
    stamp = canvas._doc._timeStamp
    stamp.t = letterhead.generated_ms / 1000
    stamp.YMDhms = tuple(moment.timetuple())[:6]
    stamp.dhh, stamp.dmm = divmod(minutes, 60)
