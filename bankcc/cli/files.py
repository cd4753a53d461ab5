"""Commands that read or write files: import, template, export, report."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from bankcc.cli.arguments import comparisons, conditions, kind_argument
from bankcc.cli.help import Spoken
from bankcc.cli.opening import Options, pass_options
from bankcc.cli.records import note_reveal, reveal_option, where_option
from bankcc.errors import Refused, UserError
from bankcc.features import KIND
from bankcc.i18n import N_, _, ngettext
from bankcc.reports import data
from bankcc.reports.listing import render_list
from bankcc.reports.situation import render_situation
from bankcc.schema.fields import Moment
from bankcc.schema.query import Query
from bankcc.session import Session
from bankcc.tabular.load import ImportReport, apply, preview, read_plan
from bankcc.tabular.template import write_template
from bankcc.tabular.write import export, write_findings

SITUATION = "situation"
BAD_LINES = 50
"""So many rows that were not taken are named on the terminal; --errors names them all."""
_MOMENT = Moment(name="time", label=N_("Time"))


def ticker(text: str) -> Callable[[int], None] | None:
    """Shows how far a long command is, on one line of the terminal; None when nobody watches."""
    if not sys.stderr.isatty():
        return None
    return lambda count: click.echo("\r" + text.format(count=count) + "\x1b[K", nl=False, err=True)


def end_ticker() -> None:
    """Take the line away."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)


# -- import ----------------------------------------------------------------------------------------


@pass_options
def import_file(options: Options, kind: str, file: Path, dry_run: bool, errors: Path | None) -> int:
    declared = KIND[kind]
    if errors is not None and errors.suffix.lower() != ".csv":
        raise Refused(
            _("The rows not taken are written as .csv."),
            next_step=_("Choose a file name with that ending."),
        )
    with options.reading() if dry_run else options.writing() as session:
        plan = read_plan(file, declared, session, progress=ticker(_("Row {count}")))
        if dry_run:
            report = preview(plan)
        else:
            report = apply(plan, session, progress=ticker(_("{count} written")))
            session.local.note(session.user, "import", f"{kind} {file.name}: {report.summary()}")
    end_ticker()
    code = _tell(report, dry_run=dry_run)
    if errors is not None:
        write_findings(errors, report.bad)
    return code


def _tell(report: ImportReport, *, dry_run: bool) -> int:
    for finding in report.bad[:BAD_LINES]:
        click.echo(str(finding), err=True)
    if (more := len(report.bad) - BAD_LINES) > 0:
        click.echo(_("… {count} more; --errors FILE writes all.").format(count=more), err=True)
    for finding in report.notes:
        click.echo(_("Note: {text}").format(text=finding), err=True)
    summary = report.summary()
    click.echo(_("Would be: {summary}").format(summary=summary) if dry_run else summary)
    if report.usable:
        return 0
    click.echo(
        str(
            UserError(
                _("No row of the file could be taken."),
                safe=_("Nothing was changed."),
                next_step=_("Correct the rows named above and import the file again."),
            )
        ),
        err=True,
    )
    return 1


def import_command() -> click.Command:
    return Spoken(
        "import",
        callback=import_file,
        params=[
            kind_argument(importable=True),
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
            click.Option(
                ["--dry-run"], is_flag=True, help=_("Say what would happen; write nothing.")
            ),
            click.Option(
                ["--errors"],
                type=click.Path(path_type=Path),
                metavar="FILE",
                help=_("Write row, column and reason of all that is not taken, as CSV."),
            ),
        ],
        help=_(
            "Take records from an .xlsx or CSV file. Good rows go in without the bad ones, which"
            " are listed with row, column and reason; the same file again changes nothing."
        ),
    )


# -- template --------------------------------------------------------------------------------------


def template_file(kind: str, file: Path) -> None:
    write_template(KIND[kind], file)
    click.echo(_("Written to {file}").format(file=file))


def template_command() -> click.Command:
    return Spoken(
        "template",
        callback=template_file,
        params=[
            kind_argument(importable=True),
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
        ],
        help=_(
            "Write an empty .xlsx table to fill in and import: the columns that are understood,"
            " and a sample line that an import leaves out."
        ),
    )


# -- export ----------------------------------------------------------------------------------------


@pass_options
def export_file(
    options: Options, kind: str, file: Path, where: tuple[str, ...], reveal: bool
) -> None:
    asked_for = comparisons(KIND[kind], where)
    with options.journalled(needed=reveal) as session:
        query = Query(kind, where=conditions(session, asked_for))
        report = export(session, query, file, reveal=reveal, progress=ticker(_("{count} written")))
        _journal(session, "export", f"{kind} {file.name} ({report.rows})", reveal=reveal)
    end_ticker()
    words = ngettext(
        "{count} record written to {file}", "{count} records written to {file}", report.rows
    )
    click.echo(words.format(count=report.rows, file=file))
    if report.cut:
        click.echo(
            ngettext(
                "{count} text was too long for a cell and is cut.",
                "{count} texts were too long for a cell and are cut.",
                report.cut,
            ).format(count=report.cut),
            err=True,
        )


def _journal(session: Session, what: str, detail: str, *, reveal: bool = False) -> None:
    if session.can_write:
        session.local.note(session.user, what, detail)
    if reveal:
        note_reveal(session, detail)


def export_command() -> click.Command:
    return Spoken(
        "export",
        callback=export_file,
        params=[
            kind_argument(),
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
            where_option(),
            reveal_option(),
        ],
        help=_("Write records to an .xlsx or .csv file; phones are masked unless --reveal."),
    )


# -- report ----------------------------------------------------------------------------------------


@pass_options
def report_file(
    options: Options,
    kind: str,
    output: Path,
    where: tuple[str, ...],
    since: str | None,
    until: str | None,
    compiled_by: str,
    approved_by: str,
) -> None:
    if where and kind == SITUATION:
        raise click.UsageError(_("The situation report takes no --where."))
    asked_for = comparisons(KIND[kind], where) if where else []
    if output.suffix.lower() != ".pdf":
        raise Refused(
            _("A report is written as .pdf."), next_step=_("Choose a file name with that ending.")
        )
    with options.journalled() as session:
        if kind != SITUATION:
            query = Query(kind, where=conditions(session, asked_for))
            render_list(data.list_report(session, kind, query), output)
            _journal(session, "report", f"{kind} {output.name}")
        else:
            _situation(session, output, _moment(since), _moment(until), compiled_by, approved_by)
    click.echo(_("Written to {file}").format(file=output))


def _situation(
    session: Session,
    output: Path,
    since: int | None,
    until: int | None,
    compiled_by: str,
    approved_by: str,
) -> None:
    issue = data.next_issue(session)
    end = until if until is not None else session.clock.now_ms()
    begin = since if since is not None else issue.since
    if begin is not None and begin > end:
        raise click.UsageError(
            _("The period begins ({since}) after it ends ({until}).").format(
                since=_MOMENT.format(begin), until=_MOMENT.format(end)
            )
        )
    report = data.situation_report(
        session,
        since=begin,
        until=end,
        issue_no=issue.number,
        compiled_by=compiled_by or session.user,
        approved_by=approved_by,
    )
    render_situation(report, output)
    if session.can_write:
        data.issued(session, number=issue.number, until=end)
        _journal(session, "report", f"situation {issue.number} {output.name}")
    else:
        click.echo(
            _(
                "This center cannot be written just now, so issue number {number} will be given"
                " again."
            ).format(number=issue.number),
            err=True,
        )


def _moment(text: str | None) -> int | None:
    value = _MOMENT.parse(text)
    return value if isinstance(value, int) else None


def report_command() -> click.Command:
    return Spoken(
        "report",
        callback=report_file,
        params=[
            kind_argument((SITUATION,)),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                required=True,
                metavar="FILE",
                help=_("The PDF to write; one already there is replaced."),
            ),
            where_option(),
            click.Option(
                ["--since"],
                metavar="TIME",
                help=_(
                    "Begin of the period; without it where the last report ended,"
                    " or the incident began."
                ),
            ),
            click.Option(["--until"], metavar="TIME", help=_("End of the period; without it now.")),
            click.Option(["--compiled-by"], default="", metavar="NAME", help=_("Who compiled it.")),
            click.Option(["--approved-by"], default="", metavar="NAME", help=_("Who approved it.")),
        ],
        help=_(
            "Write the situation report, or any kind of record as a list, as PDF."
            " Phones are masked."
        ),
    )


COMMANDS = {
    "import": import_command,
    "template": template_command,
    "export": export_command,
    "report": report_command,
}
"""The commands of this module by name."""
