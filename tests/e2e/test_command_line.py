"""The program as it is called: real processes, real files, a real passphrase."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bankcc import demo
from bankcc.clock import SystemClock
from bankcc.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
PASSPHRASE = "三江 春潮 2026"
Call = Callable[..., "subprocess.CompletedProcess[str]"]


def environment() -> dict[str, str]:
    """What the processes see: no display, a passphrase, this source tree."""
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return kept | {"BANKCC_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example center; only read here."""
    folder = tmp_path_factory.mktemp("example") / "center"
    demo.create(Paths(folder), clock=SystemClock())
    return folder


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Runs `python -m bankcc --data-dir CENTER …`."""

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bankcc", "--data-dir", str(tmp_path / "center")]
        return subprocess.run(
            [*command, *map(str, words)],
            env=environment(),
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_a_center_from_its_making_to_its_report(call: Call, tmp_path: Path) -> None:
    made = call("init", "--name", "滨江指挥中心")
    assert made.returncode == 0, made.stderr
    files = {
        "person": "应急通讯录.xlsx",
        "resource": "应急物资清单.csv",
        "inquiry": "热线来电登记.csv",
    }
    for kind, name in files.items():
        taken = call("import", kind, SAMPLES / name)
        assert taken.returncode == 0, taken.stderr
    status = json.loads(call("status", "--format", "json").stdout)
    assert status["counts"]["person"] == 39
    assert call("import", "person", SAMPLES / files["person"]).returncode == 0
    after = json.loads(call("status", "--format", "json").stdout)
    assert after["operations"] == status["operations"]
    number, record = call("add", "inquiry", "phone=13912345678", "category=2").stdout.split()
    shown = json.loads(call("show", "inquiry", number, "--format", "json").stdout)
    assert (shown[0]["id"], shown[0]["category"]) == (record, "cash")
    assert call("verify").returncode == 0
    report = call("report", "situation", "-o", "situation.pdf")
    assert report.returncode == 0, report.stderr
    assert (tmp_path / "situation.pdf").read_bytes().startswith(b"%PDF")
    folder = tmp_path / "center"
    for file in filter(Path.is_file, folder.rglob("*")):
        content = file.read_bytes()
        assert b"13912345678" not in content
        assert "滨江指挥中心".encode() not in content


def test_a_wrong_passphrase_is_one_line_of_ours(call: Call, tmp_path: Path) -> None:
    call("init", "--name", "中心")
    secret = tmp_path / "secret"
    secret.write_text("三江 春潮 2025", encoding="utf-8")
    wrong = call("--passphrase-file", secret, "list", "task")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.count("\n") == 1


def test_a_reader_that_leaves_early_is_no_failure_of_the_program(example: Path) -> None:
    command = [sys.executable, "-m", "bankcc", "--data-dir", str(example)]
    listing = [*command, "list", "timeline", "--format", "json"]
    with subprocess.Popen(
        listing, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert said == b""


def test_without_a_display_the_commands_are_listed(call: Call) -> None:
    shown = call("--lang", "en")
    assert shown.returncode == 0
    assert "import" in shown.stdout
    assert shown.stderr.count("\n") == 1


HEAVY = ("PySide6", "reportlab", "openpyxl", "pypinyin", "pyqtgraph", "ui.app")
PROBE = """
import sys
from bankcc import cli
codes = [cli.run([*sys.argv[1:], *words.split()]) for words in (
    "--help", "list task", "list inquiry --format csv", "show task 甲-T-0001"
)]
assert codes == [0, 0, 0, 0], codes
loaded = [name for name in {heavy} if name in sys.modules]
assert not loaded, loaded
"""


def test_reading_loads_no_heavy_library(example: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(heavy=HEAVY), "--data-dir", str(example)],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
