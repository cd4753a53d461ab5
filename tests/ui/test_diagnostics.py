"""The diagnostics package helps support and tells nothing of a customer."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from bankcc import __version__
from bankcc.errors import StorageError
from bankcc.features import inquiry, person
from bankcc.schema.change import create
from bankcc.session import Session
from bankcc.settings import Settings
from ui import diagnostics
from ui.ime import Route

ROUTE = Route("ibus", {}, "")
LONG = re.compile(r"\d{7}")


@pytest.fixture
def facts(qapp, session: Session, tmp_path: Path) -> diagnostics.Facts:
    session.user = "王敏"
    session.execute(create(person.NAME, name="赵文博", phone="13900001111"))
    session.execute(inquiry.log_call(phone="13800138000", caller="张女士", note="取款"))
    return diagnostics.collect(session, Settings(tmp_path / "s.json"), ROUTE)


def test_versions_settings_and_counts_are_there(facts) -> None:
    assert facts["program"]["bankcc"] == __version__
    assert facts["records"]["inquiry"] == 1
    assert facts["center"]["operations"] >= 3
    assert facts["input method"]["route"] == "ibus"
    assert facts["settings"]["theme"] == "light"
    assert all(facts["libraries"].values())


def test_no_customer_no_colleague_no_long_number(facts, tmp_path) -> None:
    target = tmp_path / "d.zip"
    diagnostics.write(facts, target)
    with zipfile.ZipFile(target) as bundle:
        assert set(bundle.namelist()) == {"diagnostics.txt", "diagnostics.json"}
        texts = [bundle.read(name).decode("utf-8") for name in bundle.namelist()]
        assert json.loads(bundle.read("diagnostics.json"))["records"]["person"] == 1
    for text in texts:
        assert not LONG.search(text)
        for word in ("张女士", "赵文博", "王敏", "滨江", "取款", str(tmp_path), "8000"):
            assert word not in text


def test_a_long_number_that_strays_in_is_removed(tmp_path) -> None:
    target = tmp_path / "d.zip"
    diagnostics.write({"x": {"stray": "call 138 0013 8000 now", "n": 13800138000}}, target)
    with zipfile.ZipFile(target) as bundle:
        for name in bundle.namelist():
            assert not LONG.search(bundle.read(name).decode())
            assert b"0013" not in bundle.read(name)


def test_a_disk_that_refuses_is_said(facts, tmp_path) -> None:
    with pytest.raises(StorageError, match="zip"):
        diagnostics.write(facts, tmp_path / "no-folder" / "d.zip")


def test_a_library_that_is_not_installed_has_no_version() -> None:
    assert diagnostics.version_of("no-such-library-of-ours") == ""
