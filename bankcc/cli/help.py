"""Commands whose help is in the language of the program: click's own words come from elsewhere."""

from typing import Any

import click

from bankcc.i18n import _


class Spoken(click.Command):
    """A command whose headings are translated."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, words, prefix=_("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = (param.get_help_record(ctx) for param in params)
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help.")
        return option


class SpokenGroup(Spoken, click.Group):
    """A group whose list of commands has a translated heading."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, short_help(one)) for name, one in found if one])


def short_help(command: click.Command) -> str:
    """The first sentence of a command's help; Chinese has no blanks where click would cut it."""
    text: Any = command.short_help or command.help or ""
    for end in ("。", "；", ". ", "; "):
        text = text.partition(end)[0]
    return str(text).rstrip(".")
