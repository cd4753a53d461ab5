"""The set-up program, without installing anything: what it would do and what it says."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import bootstrap

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "packaging" / "bootstrap.py"
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What bootstrap would have run; every program succeeds."""
    made: list[list[str]] = []

    def call(*command: object, env: object = None, cwd: object = None) -> int:
        made.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(bootstrap, "call", call)
    return made


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]) -> list[list[str]]:
    """Everything is installed; gives what is started then."""
    monkeypatch.setattr(bootstrap, "prepare", lambda level: None)
    monkeypatch.setattr(bootstrap, "missing_packages", lambda libraries, programs: [])
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return calls


def pins(file: Path) -> dict[str, str]:
    return dict(PIN.findall(file.read_text(encoding="utf-8")))


def test_only_the_standard_library() -> None:
    for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            tops = {alias.name.partition(".")[0] for alias in node.names}
            assert tops <= sys.stdlib_module_names
        if isinstance(node, ast.ImportFrom):
            assert node.module in sys.stdlib_module_names


def test_an_older_python_gets_one_line() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    code = f"import sys; sys.version_info = (3, 9, 2); exec(open({str(SOURCE)!r}).read())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "bankcc needs Python 3.11 or newer; this is 3.9.\n"


def test_pins_fit_the_project_and_each_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, test = (pins(bootstrap.LOCKS[level]) for level in ("run", "test"))
    wanted = {
        "run": (run, project["dependencies"]),
        "test": (test, project["dependencies"] + project["optional-dependencies"]["test"]),
    }
    for level, (pinned, requirements) in wanted.items():
        for requirement in map(Requirement, requirements):
            name = requirement.name.lower()
            assert name in pinned, f"{level}: renew the pins for {name}"
            assert requirement.specifier.contains(pinned[name]), f"{level}: {name}"
    assert run.items() <= test.items()


def test_every_pin_has_hashes_and_no_address() -> None:
    for file in bootstrap.LOCKS.values():
        text = file.read_text(encoding="utf-8")
        entries = [entry for entry in re.split(r"\n(?=\w)", text) if "==" in entry]
        assert len(entries) == len(pins(file))
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text


def test_missing_libraries_become_packages() -> None:
    libraries = {"libc.so.6": "libc6", "libnowhere.so.7": "libnowhere7"}
    programs = {Path(sys.executable).name: "python3", "no-such-program": "nothing"}
    found = bootstrap.missing_packages(libraries, programs)
    assert found == (["libnowhere7", "nothing"] if sys.platform == "linux" else [])


def test_root_on_debian_installs(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    bootstrap.install_system([])
    assert calls == []
    bootstrap.install_system(["libegl1", "xvfb"])
    assert " ".join(calls[-1]) == "apt-get install -y --no-install-recommends libegl1 xvfb"
    assert "installing system packages: libegl1 xvfb" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("apt", "line"),
    [("/usr/bin/apt-get", "sudo apt-get install -y"), (None, "libegl1")],
)
def test_others_are_told_the_command(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, apt: str | None, line: str
) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: apt)
    with pytest.raises(SystemExit, match=line):
        bootstrap.install_system(["libegl1"])
    assert calls == []


def test_nothing_is_installed_twice(
    tmp_path: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter = tmp_path / "python"
    interpreter.touch()
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(bootstrap, "python", lambda: interpreter)
    bootstrap.prepare("run")
    assert any("--require-hashes" in command for command in calls)
    assert any("--editable" in command for command in calls)
    calls.clear()
    bootstrap.prepare("run")
    assert calls == []
    bootstrap.prepare("test")
    assert calls
    calls.clear()
    bootstrap.prepare("run")
    assert calls == [], "what the tests need includes what the program needs"
    lock = tmp_path / "changed.lock"
    lock.write_text("click==0", encoding="utf-8")
    monkeypatch.setitem(bootstrap.LOCKS, "run", lock)
    monkeypatch.setitem(bootstrap.LOCKS, "test", lock)
    bootstrap.prepare("run")
    assert calls, "a changed pin makes the environment stale"


def test_a_failed_install_is_not_taken_for_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(bootstrap, "make_venv", lambda: None)
    monkeypatch.setattr(bootstrap, "call", lambda *command, env=None: 1)
    with pytest.raises(SystemExit, match="needs the network once"):
        bootstrap.prepare("run")
    assert not (tmp_path / "stamp").exists()


def test_without_a_display_the_command_line_is_offered(
    ready: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    if sys.platform != "linux":
        pytest.skip("elsewhere there is always a display")
    assert bootstrap.main(["run"]) == 0
    assert ready == [[str(bootstrap.python()), "-m", "bankcc", "--help"]]
    assert "There is no display" in capsys.readouterr().out


def test_with_a_display_the_program_starts(
    ready: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":9")
    bootstrap.main(["run"])
    bootstrap.main(["run", "demo"])
    assert [command[1:] for command in ready] == [["-m", "bankcc"], ["-m", "bankcc", "demo"]]


def test_tests_end_with_pytest_and_fail_as_one(
    ready: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    platforms = []

    def call(*command: object, env: dict[str, str], cwd: Path) -> int:
        assert cwd == ROOT
        ready.append([str(part) for part in command])
        platforms.append(env["QT_QPA_PLATFORM"])
        return 1 if "ruff" in command else 0

    monkeypatch.setattr(bootstrap, "call", call)
    assert bootstrap.main(["test", "--long"]) == 1
    assert [command[2] for command in ready] == ["ruff", "mypy", "pytest"]
    assert ready[-1][-1] == "--long"
    assert set(platforms) == {"offscreen"}


def test_unknown_commands_show_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main([]) == 2
    assert bootstrap.main(["dance"]) == 2
    assert bootstrap.main(["--help"]) == 0
    assert "bootstrap.py run" in capsys.readouterr().out


def test_continuous_integration_runs_what_the_readme_says() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert commands[-1] == "python3 packaging/bootstrap.py test"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("run", "test"):
        assert f"python3 packaging/bootstrap.py {command}" in readme
