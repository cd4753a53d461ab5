"""A disk that is full, broken or read-only: the verb is refused in words, nothing is acknowledged,
and the center works again, with an unbroken log, once the disk does."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bankcc.database import storage_error
from bankcc.errors import StorageError
from bankcc.paths import Paths
from bankcc.schema.change import create
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.faults.apsw_disk import BAD_READ, BAD_SYNC, BAD_WRITE, FULL, READ_ONLY, Disk, Refusal
from tests.faults.center_state import Acknowledged, lost, rebuilt_differs
from tests.faults.workload import Workload

pytestmark = [
    # A failure that is survived is still written to the program's log.
    pytest.mark.usefixtures("caplog"),
    # SQLite asks for nothing but silence when it closes a file; the refusal stays in apsw.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def new_center(folder: Path) -> Session:
    session, _key = Session.create(Paths(folder), name="示例", passphrase=None, demo=True)
    return session


def refusal_of(session: Session, title: str) -> StorageError | None:
    """Try to enter a task; the refusal, which has all three texts, or None."""
    try:
        session.execute(create("task", title=title))
    except StorageError as error:
        complete(error)
        return error
    return None


def complete(error: StorageError) -> None:
    """The person learns what happened, where the data is safe, what to do."""
    assert error.what
    assert error.safe
    assert error.next_step


def titles(session: Session) -> list[object]:
    return [record["title"] for record in session.find(Query("task", order="row"))]


def fill(file: Path) -> None:
    """Leave no room on the disk of `file`."""
    written = 1
    with file.open("wb", buffering=0) as opened:
        while written:
            try:
                written = opened.write(bytes(4096)) or 0
            except OSError as error:
                written = 0 if error.errno == errno.ENOSPC else 1


def assert_goes_on(session: Session, acknowledged: list[Acknowledged]) -> None:
    """The next verb follows the last acknowledged one; the log is whole; the views fit it."""
    receipt = session.execute(create("task", title="又可以了"))
    assert receipt.action == acknowledged[-1].seq + 1
    acknowledged.append(Acknowledged.head(session))
    assert lost(session, acknowledged) == []
    numbers = [record.number for record in session.find(Query("task", order="row"))]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("refusal", [FULL, BAD_WRITE, BAD_SYNC], ids=lambda item: str(item.code))
def test_every_write_of_a_verb_may_fail(tmp_path: Path, refusal: Refusal) -> None:
    disk = Disk()
    with disk.attached(), new_center(tmp_path / "center") as session:
        Workload(session, 1).task()
        acknowledged = [Acknowledged.head(session)]
        failed = 0
        for after in range(40):
            disk.refuse(refusal, "write", "sync", "truncate", "create", after=after)
            title = f"第 {after} 次"
            refused = refusal_of(session, title)
            disk.mend()
            failed += refused is not None
            if refused is None:
                acknowledged.append(Acknowledged.head(session))
            assert (title in titles(session)) == (refused is None)
            assert_goes_on(session, acknowledged)
        assert failed > 5
        assert rebuilt_differs(session) == []
    with Session.open(Paths(tmp_path / "center")) as session:
        assert lost(session, acknowledged) == []


def test_a_disk_that_answers_nothing_comes_back(tmp_path: Path) -> None:
    """Even the end of the log cannot be read after the rollback; it is, before the next verb."""
    disk = Disk()
    with disk.attached(), new_center(tmp_path / "center") as session:
        session.execute(create("task", title="存下了"))
        acknowledged = [Acknowledged.head(session)]
        session._opened.database.writer.execute("PRAGMA cache_size = 0")
        for after in range(12):
            disk.refuse(BAD_READ, "read", "write", "sync", after=after)
            refused = refusal_of(session, f"第 {after} 次")
            disk.mend()
            if refused is None:
                acknowledged.append(Acknowledged.head(session))
            assert_goes_on(session, acknowledged)


def test_a_full_disk_refuses_a_load_and_keeps_its_earlier_commits(tmp_path: Path) -> None:
    disk = Disk()
    with disk.attached(), new_center(tmp_path / "center") as session:
        verbs = [Workload(session, 2).new_call() for _ in range(60)]
        done = 0

        def progress(count: int) -> bool:
            nonlocal done
            done = count
            disk.refuse(FULL, "write", after=10)
            return True

        with pytest.raises(StorageError):
            session.load(verbs, per_commit=20, progress=progress)
        disk.mend()
        assert done == session.count(Query("inquiry")) == 20
        assert_goes_on(session, [Acknowledged.head(session)])


def test_a_read_only_disk_is_named(tmp_path: Path) -> None:
    disk = Disk()
    with disk.attached(), new_center(tmp_path / "center") as session:
        disk.refuse(READ_ONLY, "write", "sync", "truncate", "create")
        refused = refusal_of(session, "从未存下")
        disk.mend()
        assert refused is not None
        assert "从未存下" not in titles(session)
        assert_goes_on(session, [Acknowledged.head(session)])


def test_closing_on_a_full_disk_lets_others_in(tmp_path: Path) -> None:
    disk = Disk()
    with disk.attached():
        session = new_center(tmp_path / "center")
        session.execute(create("task", title="存下了"))
        acknowledged = [Acknowledged.head(session)]
        disk.refuse(FULL, "write", "create", "truncate")
        with pytest.raises(StorageError) as caught:
            session.close()
        complete(caught.value)
        assert caught.value.safe != storage_error(RuntimeError("full")).safe
        disk.mend()
        session.close()  # closing again changes nothing
    with Session.open(Paths(tmp_path / "center")) as session:
        assert lost(session, acknowledged) == []


def test_making_a_center_on_a_full_disk_is_refused_and_can_be_repeated(tmp_path: Path) -> None:
    for after in range(0, 120, 7):
        disk = Disk()
        folder = tmp_path / str(after)
        with disk.attached():
            disk.refuse(FULL, "write", "create", "sync", after=after)
            try:
                new_center(folder).close()
            except StorageError:
                disk.mend()
                new_center(folder).close()
            disk.mend()
        with Session.open(Paths(folder)) as session:
            assert lost(session, []) == []


def mounted(folder: Path, *options: str) -> bool:
    """Mount something on `folder`; False where that is not allowed."""
    folder.mkdir(exist_ok=True)
    command = ["mount", *options, str(folder)]
    return (
        hasattr(os, "geteuid")
        and os.geteuid() == 0
        and not subprocess.run(command, capture_output=True, check=False).returncode
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Eight megabytes of real file system."""
    folder = tmp_path / "small"
    if not mounted(folder, "-t", "tmpfs", "-o", "size=8m", "tmpfs"):
        pytest.skip("mounting is not allowed here; the tests above refuse at every write")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_really_full_disk(small_disk: Path) -> None:
    with new_center(small_disk / "center") as session:
        acknowledged = [Acknowledged.head(session)]
        ballast = small_disk / "ballast"
        fill(ballast)
        workload, refused = Workload(session, 3), 0
        for _step in range(200):
            try:
                workload.step()
                acknowledged.append(Acknowledged.head(session))
            except StorageError as error:
                refused += 1
                complete(error)
                assert Acknowledged.head(session) == acknowledged[-1]
        assert refused
        ballast.unlink()
        assert_goes_on(session, acknowledged)
    with Session.open(Paths(small_disk / "center")) as session:
        assert lost(session, acknowledged) == []


def test_opening_on_a_really_full_disk(small_disk: Path) -> None:
    """The center opens for reading at least; with space again, for writing."""
    with new_center(small_disk / "center") as session:
        session.execute(create("task", title="存下了"))
        acknowledged = [Acknowledged.head(session)]
    ballast = small_disk / "ballast"
    fill(ballast)
    with pytest.raises(StorageError) as caught:
        Session.open(Paths(small_disk / "center"))
    complete(caught.value)
    ballast.unlink()
    with Session.open(Paths(small_disk / "center")) as session:
        assert lost(session, acknowledged) == []


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A center in a folder that really cannot be written."""
    folder = tmp_path / "center"
    with new_center(folder) as session:
        session.execute(create("task", title="存下了"))
    if not mounted(folder, "--bind", "-o", "ro", str(folder)):
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_folder(read_only: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Session.open(Paths(read_only))
    assert caught.value.safe
    with Session.open(Paths(read_only), write=False) as session:
        assert [record["title"] for record in session.find(Query("task"))] == ["存下了"]
        assert session.verify().ok


def test_a_center_cannot_be_made_in_a_read_only_folder(read_only: Path) -> None:
    with pytest.raises(StorageError):
        new_center(read_only / "new")
