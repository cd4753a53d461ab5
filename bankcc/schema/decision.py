"""What a leader says to something that waits for a decision: agreed, refused, more is wanted.

Rule: who said it, when and why stands in the timeline as a decision, in one step with what follows
from it; only an agreement may go without a reason.
"""

from bankcc.errors import Refused
from bankcc.i18n import N_, _
from bankcc.schema.change import Change, Desk
from bankcc.schema.fields import Option
from bankcc.schema.owner import name_of
from bankcc.schema.plain_text import fold_width
from bankcc.schema.record import Record
from bankcc.schema.timeline_entry import entry

AGREE, REFUSE, ASK = "agree", "refuse", "ask"
ANSWERS = (
    Option(AGREE, N_("Agreed"), "ok", also=("同意",)),
    Option(REFUSE, N_("Not agreed"), "critical", also=("不同意",)),
    Option(ASK, N_("More is wanted"), "warning", also=("补充材料",)),
)


def decided(desk: Desk, about: Record, answer: str, reason: str, *, title: str = "") -> Change:
    """The entry that keeps the decision on `about`, which people call `title`. Raises Refused for
    an unknown answer, and for one that lacks its reason."""
    option = next((option for option in ANSWERS if option.code == answer), None)
    if option is None:
        raise Refused(_("“{answer}” is no decision.").format(answer=answer))
    if not reason.strip() and answer != AGREE:
        raise Refused(_("This decision needs a reason."), next_step=_("Enter the reason."))
    subject = f"{about.number} {title}".strip()
    words = _("{answer}: {subject}").format(answer=_(option.label), subject=subject)
    if reason.strip():
        words = _("{decision}. Reason: {reason}").format(decision=words, reason=reason.strip())
    return entry(desk, "decision", about, words)


def decider(desk: Desk) -> str:
    """The name of who acts, without the post."""
    return fold_width(name_of(desk.user))


def no_decision(record: Record) -> Refused:
    """Somebody else was faster, or it never waited."""
    return Refused(
        _("{number} waits for no decision.").format(number=record.number),
        next_step=_("Look at it again: it has changed."),
    )
