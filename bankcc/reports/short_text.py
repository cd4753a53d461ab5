"""The situation in a few lines of plain text, to be sent as a short message.

Rule: no customer, no phone number; short enough for three parts of a Chinese short message.
"""

from bankcc.clock import local
from bankcc.i18n import _
from bankcc.reports.current import SituationFigures
from bankcc.reports.wall import Discretion

LONGEST = 200
_MINUTE = 60_000


def situation_text(figures: SituationFigures, *, bank: str = "") -> str:
    """What is said about `figures`; `bank` stands in front. At most `LONGEST` characters."""
    found, clean = figures.incident, Discretion().text
    head = _("[{time}]").format(time=f"{local(figures.at):%m-%d %H:%M}")
    parts = [" ".join(filter(None, (head, bank, clean(found.name) if found else "")))]
    if found is not None:
        level = " ".join(filter(None, (found.level, found.status)))
        lasted = figures.at - found.since if found.since is not None else 0
        hours, minutes = divmod(max(lasted, 0) // _MINUTE, 60)
        words = _("{level}, for {hours} h {minutes} min")
        parts.append(words.format(level=level, hours=hours, minutes=minutes))
        if found.expected_end is not None:
            when = f"{local(found.expected_end):%m-%d %H:%M}"
            parts.append(_("reopening expected {time}").format(time=when))
    parts.extend(_figures(figures))
    text = _("; ").join(parts) + _(".")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _figures(figures: SituationFigures) -> list[str]:
    load, staff, urgent = figures.load, figures.staff, figures.pressing
    parts = [_("overdue {count}").format(count=figures.late.count)]
    words = _("open calls {open} ({latest} in 15 min)")
    parts.append(words.format(open=load.open, latest=load.latest))
    if staff.posts:
        parts.append(_("on duty {filled}/{posts}").format(filled=staff.filled, posts=staff.posts))
    if urgent.total:
        words = _("urgent calls settled {done}/{total}")
        parts.append(words.format(done=urgent.done, total=urgent.total))
    if figures.waiting:
        parts.append(_("decisions waiting {count}").format(count=len(figures.waiting)))
    return parts
