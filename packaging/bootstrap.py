"""From a bare machine with Python 3.11+ to the running program or its tests, with one command:

    python3 packaging/bootstrap.py run [ARGUMENTS…]     the program; `run demo`: an invented center
    python3 packaging/bootstrap.py test [ARGUMENTS…]    lint, types, all tests; --long: even more
    python3 packaging/bootstrap.py bench [--json FILE]  measurements, as ratios
    python3 packaging/bootstrap.py shots FOLDER         a picture of every screen of the demo

Standard library only. What it installs goes into `.venv`, except the system libraries Qt needs.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python still reads this file
    sys.exit("bankcc needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "bankcc-installed.txt"
LOCKS = {
    "run": ROOT / "packaging" / "requirements.lock",
    "test": ROOT / "packaging" / "requirements-test.lock",
}
# What has to load, and the Debian package that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # QtNetwork links to it
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "pdftotext": "poppler-utils"}
NO_DISPLAY = """
There is no display here, so no window is opened. The command line does everything that matters:

  {python} -m bankcc demo --no-window      an invented center to try things on
  {python} -m bankcc --help                all commands, which follow here
"""


def say(text: str) -> None:
    """One line of progress, in order with what the started programs print."""
    print(f"bootstrap: {text}", flush=True)


def stop(text: str) -> None:
    """End with one clear line."""
    sys.exit(f"bootstrap: {text}")


def call(*command: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> int:
    """Run a program and wait for it; in the folder of the caller, whose file names it may get."""
    return subprocess.run([*map(str, command)], cwd=cwd, env=env, check=False).returncode


def python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def loads(library: str) -> bool:
    """Whether the system's loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(libraries: dict[str, str], programs: dict[str, str]) -> list[str]:
    """Debian packages of the libraries and programs that are not here."""
    if sys.platform != "linux":
        return []
    return [
        *(package for library, package in libraries.items() if not loads(library)),
        *(package for program, package in programs.items() if not shutil.which(program)),
    ]


def install_system(packages: list[str]) -> None:
    """Install Debian packages when that is allowed; otherwise say the one command that does."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        stop(f"install what Debian calls {' '.join(packages)}, then repeat.")
    if os.geteuid() != 0:
        stop(f"system packages are missing. Run this, then repeat:\n  sudo {' '.join(command)}")
    say(f"installing system packages: {' '.join(packages)}")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if call("apt-get", "update", "-q", env=env) or call(*command, env=env):
        stop(f"apt-get could not install them. By hand:\n  {' '.join(command)}")


def fingerprint(level: str) -> str:
    """What `.venv` was made from: a changed pin, entry point or place makes it stale."""
    digest = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for file in (LOCKS[level], ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return f"{level} {digest.hexdigest()}"


def satisfied(level: str) -> bool:
    """Whether `.venv` already holds what `level` needs; what the tests need includes the rest."""
    if not (STAMP.exists() and python().exists()):
        return False
    wanted = {fingerprint(level), fingerprint("test")}
    return STAMP.read_text(encoding="utf-8") in wanted


def make_venv() -> None:
    """Make `.venv` if there is none that runs."""
    if python().exists() and not call(python(), "-c", "import pip"):
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        install_system([f"python3.{sys.version_info[1]}-venv"])
    say(f"making {VENV.name} with Python {sys.version.split()[0]}")
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"cannot make {VENV}: {error}. On Debian: apt-get install python3-venv")


def prepare(level: str) -> None:
    """Bring `.venv` to the pinned versions; does nothing when it is there already."""
    if satisfied(level):
        return
    make_venv()
    STAMP.unlink(missing_ok=True)
    say(f"installing the pinned packages of {LOCKS[level].name} into {VENV.name}")
    pip = (python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
    if call(*pip, "--require-hashes", "-r", LOCKS[level]):
        stop("pip failed, see above. It needs the network once, or wheels in PIP_FIND_LINKS.")
    if call(*pip, "--no-build-isolation", "--editable", ROOT):
        stop("pip could not register the program in .venv, see above.")
    STAMP.write_text(fingerprint(level), encoding="utf-8")


def has_display() -> bool:
    """Whether a window can be shown: a screen, or a Qt platform that brings its own."""
    if sys.platform != "linux":
        return True
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return os.environ.get("QT_QPA_PLATFORM", "offscreen") not in ("", "offscreen", "minimal")


def run(arguments: list[str]) -> int:
    """The program; without a display the list of what the command line offers."""
    wants_window = arguments[:1] in ([], ["open"])
    if wants_window and has_display():
        install_system(missing_packages(QT_LIBRARIES | WINDOW_LIBRARIES, {}))
    prepare("run")
    if wants_window and not has_display():
        print(NO_DISPLAY.format(python=os.path.relpath(python())), flush=True)
        return call(python(), "-m", "bankcc", "--help")
    if not arguments:
        say("starting. For an invented center: python3 packaging/bootstrap.py run demo")
    return call(python(), "-m", "bankcc", *arguments)


def test(arguments: list[str]) -> int:
    """Lint, types, tests. All three always run; pytest comes last, so its verdict stands last."""
    install_system(missing_packages(QT_LIBRARIES | WINDOW_LIBRARIES, TEST_PROGRAMS))
    prepare("test")
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    failed = []
    for name, command in {
        "ruff": ("ruff", "check", "."),
        "mypy": ("mypy",),
        "pytest": ("pytest", *arguments),
    }.items():
        say(f"{name}")
        if call(python(), "-m", *command, env=env, cwd=ROOT):
            failed.append(name)
    if failed:
        say(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """The measurements, on a virtual screen where there is no other."""
    install_system(missing_packages(QT_LIBRARIES | WINDOW_LIBRARIES, TEST_PROGRAMS))
    prepare("test")
    env = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    return call(python(), "-m", "tests.bench", *arguments, env=env)


def shots(arguments: list[str]) -> int:
    """A picture of every screen; drawn off screen, so no display is needed."""
    if len(arguments) != 1:
        stop("usage: python3 packaging/bootstrap.py shots FOLDER")
    install_system(missing_packages(QT_LIBRARIES, {}))
    prepare("run")
    env = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    return call(python(), "-m", "bankcc", "shots", arguments[0], env=env)


def main(arguments: list[str]) -> int:
    """Run one command; see the module's docstring."""
    commands = {"run": run, "test": test, "bench": bench, "shots": shots}
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
