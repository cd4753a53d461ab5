"""What a file is, by its bytes and never by its name, and whether it is safe to open.

A spreadsheet is a zip of XML: sizes, counts and ratios are read from its directory before anything
is inflated, and inflating stops at what the directory promised.
"""

import stat
import zipfile
import zlib
from enum import Enum
from pathlib import Path

from bankcc.errors import UserError
from bankcc.i18n import N_, _
from bankcc.tabular.table import MAX_FILE_BYTES, unreadable

MAX_ENTRIES = 200
MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = 100
_DIRECTORY_BYTES = 512 * 1024
_CHUNK = 1 << 16
# A short text of one letter packs 200:1; a bomb is never this small.
_HARMLESS = 256 * 1024
_END = b"PK\x05\x06"
_DTD = tuple(
    word.encode(code)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for code in ("ascii", "utf-16-le", "utf-16-be")
)
_LONGEST_DTD = max(map(len, _DTD))


class Form(Enum):
    """What the reader does with a file."""

    XLSX = "xlsx"
    TEXT = "text"


_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", N_("a picture (PNG)")),
    (b"\xff\xd8\xff", N_("a picture (JPEG)")),
    (b"GIF8", N_("a picture (GIF)")),
    (b"BM", N_("a picture (BMP)")),
    (b"II*\x00", N_("a picture (TIFF)")),
    (b"%PDF", N_("a PDF")),
    (b"Rar!", N_("an archive (RAR)")),
    (b"7z\xbc\xaf", N_("an archive (7z)")),
    (b"\x1f\x8b", N_("an archive (gzip)")),
    (b"SQLite format 3", N_("a database")),
    (b"\x7fELF", N_("a program")),
    (b"MZ", N_("a program")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def form_of(path: Path) -> Form:
    """What `path` holds. Raises UserError for anything that is not a table, saying what it is.

    Reads the first bytes only (of an old binary file: up to the size limit).
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise unreadable(_("{name} is not a file.").format(name=path.name))
        if status.st_size > MAX_FILE_BYTES:
            raise unreadable(
                _("{name} is too large: {size} MB; the limit is {limit} MB.").format(
                    name=path.name,
                    size=-(-status.st_size // 1024 // 1024),
                    limit=MAX_FILE_BYTES // 1024 // 1024,
                ),
                _("Split it into several files."),
            )
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise cannot_read(path, error) from error
    return _form_of_bytes(path, head)


def cannot_read(path: Path, error: OSError) -> UserError:
    """The disk's refusal in words."""
    if isinstance(error, FileNotFoundError):
        return unreadable(_("There is no file {path}.").format(path=path))
    return unreadable(
        _("{name} cannot be read ({reason}).").format(
            name=path.name, reason=error.strerror or error
        )
    )


def _form_of_bytes(path: Path, head: bytes) -> Form:
    if not head:
        raise unreadable(_("{name} is empty.").format(name=path.name))
    if head.startswith(b"PK"):
        return Form.XLSX
    if head.startswith(_OLE):
        raise _old_or_locked(path)
    for magic, name in _OTHERS:
        # Two letters are no proof: "BM" and "MZ" may begin a text.
        if head.startswith(magic) and (len(magic) > 2 or b"\0" in head[:64]):
            raise _not_a_table(path, _(name))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        raise _not_a_table(path, _("a web page"))
    if start.startswith(b"<?xml"):
        raise _not_a_table(path, _("an XML file"))
    return Form.TEXT


def _not_a_table(path: Path, what: str) -> UserError:
    return unreadable(
        _("{name} is {what}, not a table.").format(name=path.name, what=what),
        _("Save it as .xlsx or .csv and try again."),
    )


def _old_or_locked(path: Path) -> UserError:
    try:
        content = path.read_bytes()  # form_of has checked the size
    except OSError as error:
        return cannot_read(path, error)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return unreadable(
            _("{name} is protected by a password.").format(name=path.name),
            _("Remove the password in the spreadsheet program and try again."),
        )
    return unreadable(
        _("{name} is an old binary file (.xls).").format(name=path.name),
        _("Save it as .xlsx or .csv and try again."),
    )


def check_workbook(path: Path) -> None:
    """Refuse what is no workbook, too large inside, or packed to overwhelm. Inflates in small
    pieces."""
    try:
        _check_directory_size(path)
        with zipfile.ZipFile(path) as archive:
            _check_entries(path, archive.infolist())
            for entry in archive.infolist():
                _check_entry(path, archive, entry)
    except OSError as error:
        raise cannot_read(path, error) from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise damaged(path) from error


def damaged(path: Path) -> UserError:
    """The line for a workbook that cannot be parsed."""
    return unreadable(
        _("{name} is damaged or not a workbook.").format(name=path.name),
        _("Open it in the spreadsheet program, save it again as .xlsx and try again."),
    )


def _check_directory_size(path: Path) -> None:
    """Before Python's reader loads the whole directory: it must be as short as 200 entries are."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0:
        raise damaged(path)
    if int.from_bytes(tail[at + 12 : at + 16], "little") > _DIRECTORY_BYTES:
        raise _bomb(path, _("too many parts"))


def _bomb(path: Path, reason: str) -> UserError:
    return unreadable(
        _("{name} was not opened: {reason}.").format(name=path.name, reason=reason),
        _("Copy the table into a new workbook and import that."),
    )


def _check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise _bomb(path, _("too many parts"))
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise _bomb(
            path, _("it unpacks to more than {limit} MB").format(limit=MAX_INFLATED // 1024 // 1024)
        )
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > _HARMLESS and entry.file_size / packed > MAX_RATIO:
            raise _bomb(path, _("it is packed like a zip bomb"))
        if entry.flag_bits & 1:
            raise unreadable(
                _("{name} is protected by a password.").format(name=path.name),
                _("Remove the password in the spreadsheet program and try again."),
            )
    if not any(name.lower().startswith("xl/") for name in names):
        raise _not_a_table(path, _zip_kind(names))


def _zip_kind(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return _("a Word document")
    if any(name.startswith("ppt/") for name in names):
        return _("a presentation")
    return _("an OpenDocument file") if "mimetype" in names else _("an archive (zip)")


def _check_entry(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Inflate once, keeping nothing: the promised size must hold, and XML must not declare
    entities."""
    xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    seen, before = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            seen += len(piece)
            if seen > entry.file_size:
                raise _bomb(path, _("it is packed like a zip bomb"))
            if xml and any(word in before + piece for word in _DTD):
                raise _bomb(path, _("its XML declares entities"))
            before = piece[-_LONGEST_DTD:]
