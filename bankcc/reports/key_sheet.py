"""The sheet with the recovery key, for the safe: one page, made in memory.

Rule: the key is written nowhere but to the file that the person names, or handed to the printer.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bankcc.i18n import _
from bankcc.reports.document import Document, Letterhead
from bankcc.reports.fonts import load
from bankcc.reports.page import ACCENT, HAIRLINE, QUIET, ZEBRA, BoxMark, LineMark
from bankcc.whole_file import write_whole

PER_ROW = 3
_ROW, _SIZE, _SMALL = 58.0, 27.0, 9.0


@dataclass(frozen=True, slots=True)
class KeySheet:
    """What stands on the sheet. `key` in groups joined by dashes, as it is shown on screen."""

    key: str
    center: str
    laptop: str
    folder: str
    made_ms: int
    bank: str = ""


def render_key_sheet(sheet: KeySheet, target: Path) -> Path:
    """Write the sheet to `target`, whole or not at all. Raises StorageError."""
    pdf = key_sheet_pdf(sheet)

    def produce(file: BinaryIO) -> None:
        file.write(pdf)

    return write_whole(target, produce)


def key_sheet_pdf(sheet: KeySheet) -> bytes:
    """The sheet as PDF, for the printer."""
    head = Letterhead(
        bank=sheet.bank,
        center=sheet.center,
        title=_("Recovery key sheet"),
        generated_ms=sheet.made_ms,
        classification=_("Confidential"),
    )
    document = _Paper(head, load())
    document.head(
        [
            (_("Center name"), sheet.center),
            (_("Bank"), sheet.bank),
            (_("Laptop"), sheet.laptop),
            (_("Made at"), head.moment(sheet.made_ms)),
            (_("Folder"), sheet.folder),
        ]
    )
    document.key(sheet.key.split("-"))
    document.section(_("What it is for"))
    document.points(_purpose())
    document.section(_("How it is kept"))
    document.points(_keeping())
    document.blanks(
        [
            _("Kept by"),
            _("Place"),
            _("Sealed on"),
            _("Handed over to"),
            _("Handed over on"),
            _("Signature"),
        ]
    )
    return document.pdf()


def _purpose() -> list[str]:
    return [
        _("Whoever has this sheet can open all data of the center. Nobody can replace it."),
        _(
            "The passphrase is forgotten: start the program, choose “Use the recovery key”,"
            " type the groups from left to right. Dashes and case do not matter."
        ),
        _(
            "Never mix up: 0 is always zero and 1 is always one; the letters O, I and L do not"
            " occur."
        ),
        _(
            "After use, or when the sheet was seen by somebody else, make a new recovery key in"
            " the settings; this one then opens nothing any more."
        ),
    ]


def _keeping() -> list[str]:
    return [
        _("In the safe of the branch, sealed, not with the laptop."),
        _("No photograph, no e-mail, no network drive. A file saved for printing is deleted."),
    ]


class _Paper(Document):
    """A page for the safe: the key in large groups, lines to fill in by hand."""

    def key(self, groups: list[str]) -> None:
        """The groups in rows, each with its place, far enough apart to be copied by hand."""
        sheet = self.sheet
        width = sheet.span / PER_ROW
        rows = -(-len(groups) // PER_ROW)
        sheet.y -= 6
        top, height = sheet.y, rows * _ROW + 12
        sheet.page.boxes.append(BoxMark(sheet.left, top - height, sheet.span, height, ZEBRA))
        sheet.page.boxes.append(BoxMark(sheet.left, top - 2, sheet.span, 2, ACCENT))
        for place, group in enumerate(groups):
            row, column = divmod(place, PER_ROW)
            middle = sheet.left + (column + 0.5) * width
            y = top - 10 - row * _ROW
            sheet.put(middle, y - 10, f"{place + 1}", size=_SMALL, color=QUIET, align="center")
            text = " ".join(group)
            sheet.put(middle, y - 40, text, size=_SIZE, bold=True, align="center")
        sheet.y -= height + 8

    def blanks(self, labels: list[str]) -> None:
        """Two columns of labels with a line behind each, to be written on."""
        sheet = self.sheet
        half = sheet.span / 2
        sheet.y -= 10
        for place, label in enumerate(labels):
            row, column = divmod(place, 2)
            x, y = sheet.left + column * half, sheet.y - 24 - row * 34
            sheet.put(x, y, label, size=10.5, color=QUIET)
            begin = x + 92
            sheet.page.lines.append(LineMark(begin, y - 3, x + half - 14, y - 3, HAIRLINE, 0.8))

    def pdf(self) -> bytes:
        """The finished page."""
        out = io.BytesIO()
        self._paint(out)
        return out.getvalue()
