"""The program runs from an installed wheel, far from the sources, with all it shows and ships."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SHOW = """
import json
from importlib.metadata import entry_points
import bankcc, ui
from bankcc import i18n, paths
i18n.set_language("zh_CN")
print(json.dumps({
    "bankcc": bankcc.__file__,
    "ui": ui.__file__,
    "resources": str(paths.resources()),
    "data": str(paths.shipped_data()),
    "catalogue": (i18n.catalogue_folder() / "zh_CN.mo").exists(),
    "commands": sorted(point.name for point in entry_points(group="bankcc.commands")),
}))
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Output of a program; its complaints become the failure."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the sources as they stand, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps")
    run(*pip, "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("bankcc-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a fresh environment with the wheel in it.

    It borrows the libraries of this one by a plain path, which does not bring the sources along.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    base = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=base))
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "borrowed.pth").write_text("\n".join(libraries), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", binaries / "python", "install", "--quiet")
    run(*pip, "--no-index", "--no-deps", "--force-reinstall", wheel, cwd=folder)
    return binaries


def test_wheel_holds_the_two_packages_and_what_they_show(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bankcc", "ui"}
    for folder in ("resources", "data"):
        shipped = {
            f"bankcc/_shipped/{file.relative_to(ROOT).as_posix()}"
            for file in (ROOT / folder).rglob("*")
            if file.is_file() and not file.name.startswith(".") and file.suffix != ".pyc"
        }
        assert shipped - names == set()
    sources = {
        file.relative_to(ROOT).as_posix()
        for package in ("bankcc", "ui")
        for file in (ROOT / package).rglob("*.py")
    }
    assert sources - names == set()
    assert not [name for name in names if name.endswith((".pyc", ".lock"))]


def test_installed_program_finds_what_it_ships(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run(installed / "python", "-c", SHOW, cwd=tmp_path))
    home = str(installed.parent)
    for key in ("bankcc", "ui", "resources", "data"):
        assert found[key].startswith(home), found
    assert Path(found["resources"]).is_dir()
    assert Path(found["data"]).is_dir()
    assert found["catalogue"]
    assert found["commands"] == ["open", "shots"]


@pytest.mark.parametrize("command", [("python", "-m", "bankcc"), ("bankcc",)])
def test_installed_program_lists_its_commands(
    installed: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    first, *rest = command
    text = run(installed / first, *rest, "--help", cwd=tmp_path)
    for word in ("demo", "import", "search", "report", "open", "shots"):
        assert word in text


def test_installed_program_plays_the_demo(installed: Path, tmp_path: Path) -> None:
    program = (installed / "python", "-m", "bankcc", "--data-dir", tmp_path / "demo")
    run(*program, "demo", "--no-window", cwd=tmp_path)
    assert "[" in run(*program, "list", "person", "--format", "json", cwd=tmp_path)


def test_every_window_command_loads(installed: Path, tmp_path: Path) -> None:
    code = """
from importlib.metadata import entry_points
print(sorted(point.load().name for point in entry_points(group="bankcc.commands")))
"""
    text = run(installed / "python", "-c", code, cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert text.strip() == "['open', 'shots']"
