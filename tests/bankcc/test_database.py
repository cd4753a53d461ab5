"""The database file: its pragmas, its transactions, its readers, its errors in words."""

import gc
import shutil
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from bankcc import database
from bankcc.database import Database, storage_error, told
from bankcc.errors import Damaged, StorageError, UserError
from bankcc.ids import SeededChance
from bankcc.vault.database_key import DatabaseKey, new_database_key
from bankcc.wal_index import Index, commits_lost, read_index


@pytest.fixture
def key() -> DatabaseKey:
    return new_database_key(SeededChance(3))


@pytest.fixture
def opened(tmp_path: Path, key: DatabaseKey) -> Iterator[Database]:
    made = Database(tmp_path / "center.db", key)
    with made.transaction() as connection:
        connection.execute("CREATE TABLE entry (text TEXT NOT NULL)")
    yield made
    made.close()


def texts(connection: database.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT text FROM entry ORDER BY rowid")]


def write(opened: Database, text: str) -> None:
    with opened.transaction() as connection:
        connection.execute("INSERT INTO entry VALUES (?)", (text,))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("cipher_hmac_algorithm", "HMAC_SHA256"),
        ("locking_mode", "normal"),
    ],
)
def test_pragmas(opened: Database, pragma: str, value: object) -> None:
    for connection in (opened.writer, opened.reader()):
        assert connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_what_is_deleted_is_zeroed(opened: Database) -> None:
    assert opened.writer.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_the_file_is_not_a_plain_database(opened: Database, tmp_path: Path) -> None:
    assert not (tmp_path / "center.db").read_bytes().startswith(b"SQLite")


def test_an_old_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.dbapi2, "sqlite_version", "3.51.2")
    with pytest.raises(StorageError):
        database.check_library()
    monkeypatch.setattr(database.dbapi2, "sqlite_version", "3.51.3")
    database.check_library()


def test_a_transaction_is_all_or_nothing(opened: Database) -> None:
    write(opened, "甲")
    with pytest.raises(StorageError), opened.transaction() as connection:
        connection.executemany("INSERT INTO entry VALUES (?)", [("乙",), (None,)])
    assert texts(opened.reader()) == ["甲"]
    write(opened, "丙")
    assert texts(opened.reader()) == ["甲", "丙"]


def test_a_transaction_inside_another_leaves_the_outer_one_whole(opened: Database) -> None:
    with opened.transaction() as connection:
        connection.execute("INSERT INTO entry VALUES ('outer')")
        with pytest.raises(RuntimeError), opened.transaction():
            pass
    assert "outer" in texts(opened.reader())


def test_a_broken_connection_is_replaced(opened: Database) -> None:
    """Whatever happened to the writing connection, the next transaction works."""
    opened.writer.close()
    with pytest.raises(UserError), opened.transaction():
        pass
    write(opened, "又可写")
    assert texts(opened.reader()) == ["又可写"]


def test_a_reader_sees_commits_and_changes_nothing(opened: Database) -> None:
    reader = opened.reader()
    with opened.transaction() as connection:
        connection.execute("INSERT INTO entry VALUES ('甲')")
        assert texts(reader) == []
    assert texts(reader) == ["甲"]
    with pytest.raises(dbapi2.Error):
        reader.execute("DELETE FROM entry")


def test_every_thread_has_its_own_reader(opened: Database) -> None:
    found: list[database.Connection] = [opened.reader(), opened.reader()]
    thread = threading.Thread(target=lambda: found.append(opened.reader()))
    thread.start()
    thread.join()
    assert found[0] is found[1]
    assert found[2] is not found[0]


def test_the_connection_of_a_thread_goes_with_it(opened: Database) -> None:
    before = len(opened._open_readers)
    for _ in range(5):
        thread = threading.Thread(target=lambda: texts(opened.reader()))
        thread.start()
        thread.join()
    gc.collect()
    assert len(opened._open_readers) == before


def test_another_key_does_not_open_it(opened: Database, tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        Database(tmp_path / "center.db", new_database_key(SeededChance(4)))


def test_a_damaged_page_is_told_wherever_it_is_read(
    opened: Database, tmp_path: Path, key: DatabaseKey, capfd: pytest.CaptureFixture[str]
) -> None:
    with opened.transaction() as connection:
        connection.executemany("INSERT INTO entry VALUES (?)", [("文" * 500,)] * 200)
    opened.close()
    path = tmp_path / "center.db"
    content = bytearray(path.read_bytes())
    for page in range(3, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    again = Database(path, key)
    for connection in (again.writer, again.reader()):
        with pytest.raises(Damaged) as caught:
            connection.execute("SELECT sum(length(text)) FROM entry").fetchall()
        assert caught.value.safe
        with pytest.raises(Damaged):
            texts(connection)
    with pytest.raises(StorageError), again.transaction() as connection:
        connection.execute("UPDATE entry SET text = ''")
    assert again.page_check()
    again.close()
    assert capfd.readouterr().err == ""


def test_a_wrong_statement_stays_a_defect(opened: Database) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table") as caught:
        opened.reader().execute("SELECT * FROM no_such_thing")
    assert not isinstance(caught.value, UserError)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("database or disk is full", StorageError),
        ("attempt to write a readonly database", StorageError),
        ("unable to open database file", StorageError),
        ("database is locked", StorageError),
        ("disk I/O error", StorageError),
        ("database disk image is malformed", Damaged),
        ("file is not a database", Damaged),
    ],
)
def test_errors_of_the_disk_have_words(text: str, kind: type[UserError]) -> None:
    meant = storage_error(dbapi2.OperationalError(text))
    assert type(meant) is kind
    assert meant.safe
    assert meant.next_step
    both = told(dbapi2.OperationalError(text))
    assert isinstance(both, kind)
    assert isinstance(both, database.DatabaseError)
    assert told(both) is both
    assert storage_error(both) is both


def test_a_whole_database_has_no_complaints(opened: Database) -> None:
    write(opened, "甲")
    assert opened.page_check() == []


def test_pages_that_the_write_ahead_file_holds_whole_are_no_damage(
    opened: Database, tmp_path: Path, key: DatabaseKey
) -> None:
    """A power cut in the middle of a checkpoint leaves just this."""
    with opened.transaction() as connection:
        connection.executemany("INSERT INTO entry VALUES (?)", [("文" * 500,)] * 200)
    other = tmp_path / "other"
    other.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(tmp_path / f"center.db{suffix}", other / f"center.db{suffix}")
    opened.writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
    content = bytearray((tmp_path / "center.db").read_bytes())
    content[8192:12288] = content[8192:8704] + bytes(3584)
    (other / "center.db").write_bytes(content)
    again = Database(other / "center.db", key)
    assert again.page_check() == []
    again.close()


def crashed(opened: Database, source: Path, target: Path) -> Path:
    """The files as a killed process leaves them, three commits in the write-ahead file."""
    opened.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for text in "甲乙丙":
        write(opened, text)
    target.mkdir()
    for suffix in ("", "-wal", "-shm"):
        shutil.copy(source / f"center.db{suffix}", target / f"center.db{suffix}")
    return target / "center.db"


@pytest.mark.parametrize("harm", ["removed", "empty", "cut", "flipped", "header"])
def test_lost_commits_are_noticed(
    opened: Database, tmp_path: Path, key: DatabaseKey, harm: str
) -> None:
    path = crashed(opened, tmp_path, tmp_path / "crashed")
    log = path.with_name("center.db-wal")
    content = bytearray(log.read_bytes())
    content[{"header": 9}.get(harm, len(content) - 100)] ^= 1
    if harm == "cut":
        content = content[: 32 + 4120]
    log.write_bytes(b"" if harm == "empty" else content)
    if harm == "removed":
        log.unlink()
    again = Database(path, key)
    assert len(again.notices) == 1
    assert again.page_check() == list(again.notices)
    again.close()


def test_a_whole_recovery_is_not_reported(
    opened: Database, tmp_path: Path, key: DatabaseKey
) -> None:
    path = crashed(opened, tmp_path, tmp_path / "crashed")
    again = Database(path, key)
    assert again.notices == ()
    assert texts(again.writer) == ["甲", "乙", "丙"]
    again.close()


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        (None, Index(1, 5, 0), False),
        (Index(1, 5, 0), None, False),
        (Index(1, 5, 0), Index(1, 5, 0), False),
        (Index(1, 5, 0), Index(1, 9, 0), False),
        (Index(1, 5, 0), Index(1, 4, 0), True),
        (Index(1, 5, 5), Index(1, 4, 0), True),
        (Index(1, 5, 0), Index(0, 0, 0), True),
        (Index(1, 5, 5), Index(0, 0, 0), False),
        (Index(1, 5, 0), Index(2, 1, 0), False),
        (Index(1, 5, 0), Index(2, 0, 0), False),
        (Index((1 << 32) - 1, 5, 0), Index(0, 1, 0), False),
        (Index(2, 5, 0), Index(1, 5, 0), True),
    ],
)
def test_what_counts_as_lost(before: Index | None, after: Index | None, missing: bool) -> None:
    assert commits_lost(before, after) is missing


def test_an_index_that_does_not_hold_together_is_ignored(opened: Database, tmp_path: Path) -> None:
    write(opened, "甲")
    found = read_index(tmp_path / "center.db")
    assert found is not None
    assert found.frames > 0
    data = bytearray((tmp_path / "center.db-shm").read_bytes()[:100])
    for place in (0, 16, 60, 95):
        (tmp_path / "x.db-shm").write_bytes(data[:place] + struct.pack("B", data[place] ^ 1))
        assert read_index(tmp_path / "x.db") is None
        changed = bytearray(data)
        changed[place] ^= 1
        (tmp_path / "x.db-shm").write_bytes(changed)
        assert read_index(tmp_path / "x.db") is None
    both = bytearray(data)
    both[16] ^= 1
    both[64] ^= 1
    (tmp_path / "x.db-shm").write_bytes(both)
    assert read_index(tmp_path / "x.db") is None
    assert read_index(tmp_path / "missing.db") is None
