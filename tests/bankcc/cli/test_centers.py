"""Commands on a center as a whole: made once, never overwritten, checked, rebuilt, counted."""

import re
from pathlib import Path

import pytest

from bankcc.log.verify import VerifyReport
from bankcc.paths import Paths, demo_center
from bankcc.session import Session
from tests.bankcc.cli.conftest import Run

KEY = re.compile(r"^    ([0-9A-Z-]{20,})$", re.MULTILINE)


def test_init_prints_the_recovery_key_once_and_it_opens_the_center(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANKCC_PASSPHRASE", "三江 春潮 2026")
    folder = tmp_path / "center"
    made = run(folder, "init", "--name", "滨江指挥中心", "--device", "乙")
    assert made.code == 0, made.err
    (key,) = KEY.findall(made.out)
    with Session.open(Paths(folder), recovery_key=key) as session:
        assert session.center is not None
        assert session.center["name"] == "滨江指挥中心"
        assert session.status().label == "乙"
    monkeypatch.setenv("BANKCC_PASSPHRASE", key)
    assert run(folder, "status").code == 0
    monkeypatch.setenv("BANKCC_PASSPHRASE", key.replace(key[0], "Z" if key[0] != "Z" else "Y"))
    assert run(folder, "status").code == 1
    monkeypatch.setenv("BANKCC_PASSPHRASE", "三江 春潮 2026")
    again = run(folder, "init", "--name", "另一个")
    assert (again.code, again.out) == (1, "")
    refused = run(folder, "demo", "--no-window")
    assert (refused.code, refused.out) == (1, "")
    assert run(folder, "status", "--format", "json").json["name"] == "滨江指挥中心"


@pytest.mark.parametrize("passphrase", [None, "", "short"])
def test_init_without_a_usable_passphrase_makes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    if passphrase is not None:
        monkeypatch.setenv("BANKCC_PASSPHRASE", passphrase)
    refused = run(tmp_path / "center", "init", "--name", "中心")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.count("\n") == 1
    assert run(tmp_path / "center", "status").code == 1


def test_the_demo_is_made_once_and_then_used_again(run: Run, tmp_path: Path, example: Path) -> None:
    before = run(example, "status", "--format", "json").json
    again = run(example, "demo", "--no-window")
    assert again.code == 0
    assert str(example) in again.out
    assert run(example, "status", "--format", "json").json == before
    assert before["demo"] is True
    assert before["counts"]["inquiry"] == 150


def test_the_demo_has_a_folder_of_its_own(run: Run) -> None:
    made = run(None, "demo", "--no-window")
    assert made.code == 0, made.err
    assert str(demo_center()) in made.out
    assert run(demo_center(), "list", "incident").code == 0


def test_the_demo_leaves_an_empty_center_alone(run: Run, center: Path) -> None:
    assert run(center, "demo", "--no-window").code == 1


def test_verify_counts_and_ends_with_1_on_problems(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(center, "add", "task", "title=一")
    good = run(None, "--data-dir", center, "--lang", "en", "verify")
    assert (good.code, good.err) == (0, "")
    assert "Operations checked: " in good.out
    assert "Problems: 0" in good.out
    report = VerifyReport(operations=3, problems=["log 甲, operation 2: changed", "another"])
    monkeypatch.setattr(Session, "verify", lambda *_all: report)
    bad = run(center, "verify")
    assert bad.code == 1
    assert "operation 2" in bad.out
    assert bad.err.count("\n") == 1
    assert "2" in bad.err


def test_rebuild_changes_nothing_that_is_seen(run: Run, example: Path) -> None:
    before = {
        kind: run(example, "list", kind, "--format", "json").json for kind in ("task", "timeline")
    }
    assert run(example, "rebuild").code == 0
    for kind, records in before.items():
        after = run(example, "list", kind, "--format", "json").json
        assert sorted(after, key=lambda r: r["id"]) == sorted(records, key=lambda r: r["id"])


def test_status_in_words_and_as_json(run: Run, example: Path) -> None:
    said = run(example, "status")
    assert said.code == 0
    assert "(inquiry): 150" in said.out
    assert "（示例）" in said.out
    found = run(example, "status", "--format", "json").json
    assert set(found) == {
        *("name", "demo", "head", "folder", "label", "counts", "operations", "logs"),
        *("conflicts", "unsigned", "size"),
    }


def test_no_center_is_said_with_the_next_step(run: Run, tmp_path: Path) -> None:
    nothing = run(tmp_path / "none", "status")
    assert nothing.code == 1
    assert "bankcc init" in nothing.err
    assert not (tmp_path / "none").exists()
