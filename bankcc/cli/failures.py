"""What the person reads when a command fails: one line, no traceback, and the exit code.

0 all went well, 1 it could not be done, 2 it was called wrongly.
"""

import os
import re
import sys
from pathlib import Path

import click

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.paths import application_root

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
"""What click says in English whatever the language; it has no type of its own."""
FAILED = 1
MISUSED = 2


def explain(error: BaseException) -> int:
    """Say on stderr what `error` means; the exit code."""
    if isinstance(error, click.UsageError):
        click.echo(usage_line(error), err=True)
        return MISUSED
    if isinstance(error, BrokenPipeError):
        # The reader has seen enough (`| head`); the interpreter must not stumble when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    click.echo(line_of(error), err=True)
    return FAILED


def line_of(error: BaseException) -> str:
    """What happened, whether the data is safe, what to do, on one line."""
    if isinstance(error, UserError):
        return " ".join(str(error).split())
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return _("Stopped. What was confirmed before is stored.")
    if isinstance(error, click.ClickException):
        return " ".join(error.format_message().split())
    if isinstance(error, OSError) and error.strerror:
        return _("The system refused: {reason}. What was confirmed before is stored.").format(
            reason=error.strerror
        )
    # The message of a defect may quote what people typed, so only its kind and place are told.
    return _(
        "Internal error: {kind} at {place}. What was confirmed before is stored."
        " Please report this line."
    ).format(kind=type(error).__name__, place=_place(error))


def _place(error: BaseException) -> str:
    """The innermost line of ours on the way to the failure."""
    trace = error.__traceback__
    place = "?"
    root = application_root()
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if any(file.is_relative_to(root / part) for part in ("bankcc", "ui")):
            place = f"{file.relative_to(root).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def usage_line(error: click.UsageError) -> str:
    """What was wrong with the call, and where help is."""
    path = error.ctx.command_path if error.ctx else "bankcc"
    text = " ".join(_reason(error).split())
    return _("{problem} See “{command} --help”.").format(problem=text, command=path)


def _reason(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return _("There is no option {name}.").format(name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return _("The option {name} needs a value.").format(name=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        if isinstance(error.param, click.Option):
            name = error.param.opts[-1]
        return _("{name} is missing.").format(name=name)
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
        return _("{name}: {reason}").format(name=error.param.opts[-1], reason=_expected(error))
    if extra := _EXTRA.fullmatch(error.message):
        return _("Too many arguments: {text}.").format(text=extra[1][:40])
    return error.message


def _expected(error: click.BadParameter) -> str:
    """What a value must be, where the check is click's own and speaks English."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange) and kind.min is not None and kind.max is None:
        return _("a whole number of at least {limit} is needed.").format(limit=kind.min)
    if isinstance(kind, click.Choice):
        return _("one of these is needed: {known}.").format(known=", ".join(map(str, kind.choices)))
    return error.message
