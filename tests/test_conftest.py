"""The guards of conftest.py themselves: each must fail a test that deserves it, and no other."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
# The samples log on purpose, in this very process.
pytestmark = pytest.mark.usefixtures("caplog")

SETTINGS = """
[pytest]
addopts = --import-mode=importlib -p no:cacheprovider
qt_api = pyside6
qt_log_level_fail = WARNING
markers = long: many rounds
filterwarnings = error
"""

GOOD = {
    "nothing": "def test_it(): pass",
    "info_log": "import logging\ndef test_it(): logging.getLogger('a').info('b')",
    "looked_at_log": "import logging\ndef test_it(caplog): logging.getLogger('a').error('b')",
    "loopback": """
import socket
def test_it():
    with socket.create_server(('127.0.0.1', 0)) as server:
        socket.create_connection(server.getsockname(), 5).close()
""",
    "unix_socket": """
import socket
def test_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind('s')
        server.listen()
        client.connect('s')
""",
    "property": """
from hypothesis import given, strategies as st
@given(st.integers())
def test_it(number): assert number == int(str(number))
""",
}
BAD = {
    "python_warning": "import warnings\ndef test_it(): warnings.warn('old')",
    "log_warning": "import logging\ndef test_it(): logging.getLogger('a').warning('b')",
    "qt_warning": "from PySide6.QtCore import qWarning\ndef test_it(qtbot): qWarning('b')",
    "network": """
import socket
def test_it(): socket.create_connection(('192.0.2.1', 80), 0.1)
""",
    "datagram": """
import socket
def test_it():
    with socket.socket(type=socket.SOCK_DGRAM) as out: out.sendto(b'x', ('192.0.2.1', 9))
""",
    "look_up": "import socket\ndef test_it(): socket.getaddrinfo('example.org', 80)",
}


@pytest.fixture
def outcome(pytester: pytest.Pytester) -> Callable[..., dict[str, int]]:
    """Run one test under the project's conftest; gives its outcomes."""
    source = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(source)
    pytester.makefile(".ini", pytest=SETTINGS)

    def run(code: str, *options: str) -> dict[str, int]:
        pytester.makepyfile(test_sample=code)
        return pytester.runpytest_inprocess(*options).parseoutcomes()

    return run


@pytest.mark.parametrize("code", GOOD.values(), ids=GOOD.keys())
def test_good_test_passes(outcome: Callable[..., dict[str, int]], code: str) -> None:
    assert outcome(code) == {"passed": 1}


@pytest.mark.parametrize("code", BAD.values(), ids=BAD.keys())
def test_bad_test_fails(outcome: Callable[..., dict[str, int]], code: str) -> None:
    found = outcome(code)
    assert found.get("failed", 0) + found.get("errors", 0) >= 1, found


def test_long_tests_wait_for_the_option(outcome: Callable[..., dict[str, int]]) -> None:
    code = "import pytest\n@pytest.mark.long\ndef test_it(): pass"
    assert outcome(code) == {"skipped": 1}
    assert outcome(code, "--long") == {"passed": 1}


def test_home_is_empty_and_elsewhere(home: Path, tmp_path: Path) -> None:
    from_environment = Path("~").expanduser()
    assert from_environment == home
    assert list(home.iterdir()) == []
    assert home != tmp_path
