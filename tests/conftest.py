"""What every test gets: a clock that stands still, chance with a seed, an own home, no network;
and what fails any test: a Python warning, a Qt warning, a log record nobody expected.

A test that takes the `caplog` fixture looks at the log itself and may cause warnings in it.
"""

import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bankcc import i18n
from bankcc.clock import ManualClock
from bankcc.ids import SeededChance

# No deadline and no complaint about slow input: other programs share the machine with the tests.
_QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("default", max_examples=50, **_QUIET)
settings.register_profile("long", max_examples=2000, **_QUIET)
# Loaded at import: `@settings(...)` in a test file takes its other values from the profile then.
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests of many rounds too")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        settings.load_profile("long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="many rounds: --long"))


@pytest.fixture
def clock() -> ManualClock:
    """A clock that moves only when the test moves it."""
    return ManualClock()


@pytest.fixture
def chance() -> SeededChance:
    """The same random bytes in every run."""
    return SeededChance(1)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test starts in the default language, whatever the one before it switched to."""
    i18n.set_language(i18n.DEFAULT_LANGUAGE)
    yield
    i18n.set_language(i18n.DEFAULT_LANGUAGE)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder: no test reads or writes the folders of the person running it."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(folder / name.lower()))
    for name in ("BANKCC_PASSPHRASE", "BANKCC_DATA_DIR", "BANKCC_LANG"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Qt warns without one, and a Qt warning fails a test."""
    folder = tmp_path_factory.mktemp("runtime")
    folder.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _clipboard() -> Iterator[None]:
    """Platforms without a clipboard of their own keep what was copied in a static of Qt, which is
    destroyed after the interpreter and would crash then: what Python made goes before it.
    """
    yield
    if (gui := sys.modules.get("PySide6.QtGui")) and gui.QGuiApplication.instance():
        gui.QGuiApplication.clipboard().clear()


class UnexpectedLog(logging.Handler):
    """Collects what a test should not have logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    handler = UnexpectedLog()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    if handler.records and "caplog" not in request.fixturenames:
        lines = [f"{record.name}: {record.getMessage()}" for record in handler.records]
        pytest.fail("unexpected log records:\n" + "\n".join(lines), pytrace=False)


def is_local(address: Any) -> bool:
    """Whether a socket address stays on this machine: a path, or a loopback number."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    return host in ("", "localhost", "::1") or host.startswith("127.")


class NetworkUsed(AssertionError):
    """A test tried to leave the machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """The product works without a network; a test that needs one has found a defect."""

    def guarded(original: Any) -> Any:
        def call(*arguments: Any) -> Any:
            address = arguments[-1]  # last in connect, connect_ex and sendto alike
            if not is_local(address):
                raise NetworkUsed(f"{original.__name__} to {address!r}")
            return original(*arguments)

        return call

    def resolve(host: Any, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not is_local((name or "",)):
            raise NetworkUsed(f"name look-up of {name!r}")
        return original_resolve(host, *rest, **named)

    original_resolve = socket.getaddrinfo
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", resolve)
        yield
