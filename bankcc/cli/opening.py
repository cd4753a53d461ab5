"""The global options and how a command gets at its center: folder, passphrase, who acts.

Commands that read open the center beside a running window; commands that write take its lock.
"""

import getpass
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from bankcc import paths
from bankcc.clock import Clock, SystemClock
from bankcc.errors import Busy, Outdated, StorageError, UserError, WrongPassphrase
from bankcc.i18n import _
from bankcc.paths import Paths
from bankcc.session import Session
from bankcc.vault.delay import UnlockDelay

_RECOVERY_KEY = re.compile(r"\s*([0-9A-Za-z]{4,6}[\s-]+){5}[0-9A-Za-z]{4,6}\s*")
"""The shape of a printed recovery key: it may be typed wherever a passphrase is asked for."""
TRIES = 5
"""How often one command asks again; the waits grow and the next command begins anew."""


@dataclass(slots=True)
class Options:
    """What stands before the command. `folder` None: the command's own default."""

    folder: Path | None = None
    passphrase_file: Path | None = None
    user: str = ""
    clock: Clock = field(default_factory=SystemClock)

    @property
    def paths(self) -> Paths:
        """The center that is meant."""
        return Paths(self.folder or paths.default_center())

    def given_passphrase(self) -> str | None:
        """The passphrase from the file or the environment; None when neither is given."""
        if self.passphrase_file is not None:
            try:
                text = self.passphrase_file.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", "") or type(error).__name__
                raise UserError(
                    _("The passphrase file cannot be read: {reason}.").format(reason=reason),
                    safe=_("Nothing was opened."),
                    next_step=_("Check the path given to --passphrase-file."),
                ) from error
            return text.rstrip("\r\n")
        return os.environ.get("BANKCC_PASSPHRASE")

    def new_passphrase(self) -> str | None:
        """The passphrase of a center about to be made; asked for twice at a terminal."""
        given = self.given_passphrase()
        if given is None and sys.stdin.isatty():
            return ask_twice()
        return given

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The center, for reading; works while a window writes."""
        with self._open(write=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The center, for writing. Raises Busy when another process writes."""
        with self._open(write=True) as session:
            yield session

    @contextmanager
    def journalled(self, *, needed: bool = False) -> Iterator[Session]:
        """The center for a read that should stand in its journal, if nobody else writes now.

        A folder that cannot be written is read without a note, unless one is `needed`.
        """
        try:
            session = self._unlocked(write=True)
        except (Busy, StorageError) as error:
            if needed and isinstance(error, StorageError):
                raise
            session = self._unlocked(write=False)
        with self._prepared(session):
            yield session

    @contextmanager
    def _open(self, *, write: bool) -> Iterator[Session]:
        with self._prepared(self._unlocked(write=write)) as session:
            yield session

    @contextmanager
    def _prepared(self, session: Session) -> Iterator[Session]:
        with session:
            session.user = self.user or login_name()
            for notice in session.notices:
                click.echo(notice, err=True)
            yield session

    def _unlocked(self, *, write: bool) -> Session:
        given = self.given_passphrase()

        def open_with(secret: str | None) -> Session:
            try:
                return self._opened(write=write, passphrase=secret)
            except WrongPassphrase:
                if secret is None or not _RECOVERY_KEY.fullmatch(secret):
                    raise
            return self._opened(write=write, recovery_key=secret)

        try:
            return open_with(given)
        except WrongPassphrase:
            if given is not None or not sys.stdin.isatty():
                raise
        return ask_again(open_with, self.clock)

    def _opened(
        self, *, write: bool, passphrase: str | None = None, recovery_key: str | None = None
    ) -> Session:
        center, clock = self.paths, self.clock
        open_it = partial(
            Session.open, center, passphrase=passphrase, recovery_key=recovery_key, clock=clock
        )
        try:
            return open_it(write=write)
        except Outdated:
            # The first command after an update: opened for writing, the lists are made anew.
            return open_it(write=True)


def ask_twice() -> str:
    """A new passphrase from the terminal, until it was typed twice alike."""
    while True:
        first: str = click.prompt(_("New passphrase"), hide_input=True, err=True)
        if first == click.prompt(_("Once more"), hide_input=True, err=True):
            return first
        click.echo(_("The two are not the same. Type it again."), err=True)


def ask_again(open_with: Callable[[str | None], Session], clock: Clock) -> Session:
    """Ask at the terminal until the passphrase fits; each wrong one makes the next wait longer."""
    delay = UnlockDelay(clock)
    for left in reversed(range(TRIES)):
        typed: str = click.prompt(_("Passphrase or recovery key"), hide_input=True, err=True)
        try:
            return delay.attempt(partial(open_with, typed))
        except WrongPassphrase as error:
            if not left:
                raise
            click.echo(str(error), err=True)
    raise AssertionError("unreachable")


def login_name() -> str:
    """Who sits at the laptop, as far as the operating system knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such account, as in some containers
        return ""


pass_options = click.make_pass_decorator(Options)
