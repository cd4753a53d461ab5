"""Answer cards: the approved words for the hotline.

A card in use is never reworded; a new version is made.
"""

from collections.abc import Mapping, Sequence

from bankcc.errors import Refused
from bankcc.i18n import N_, _
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.change import create as _create
from bankcc.schema.decision import AGREE, REFUSE, decided, decider, no_decision
from bankcc.schema.fields import Choice, Integer, Moment, Option, Text, Value
from bankcc.schema.record import Record, RecordKind
from bankcc.schema.shared_choices import CALL_CATEGORIES

NAME = "answer-card"
ANSWER_LENGTH = 100
"""What can be read aloud in one breath; the form of the plan allows no more."""
_WORDS = ("question", "answer", "may_say", "must_not_say")

STATES = (
    Option("draft", N_("Draft"), "neutral", 1, ("拟稿",)),
    Option("approved", N_("Approved"), "ok", 2, ("批准", "生效")),
    Option("withdrawn", N_("Withdrawn"), "critical", 3, ("撤回", "失效")),
)
"""A withdrawal on one laptop wins over an approval on another."""


def _rule(after: Mapping[str, Value], before: Mapping[str, Value] | None) -> None:
    since, until = after.get("valid_from"), after.get("valid_until")
    if isinstance(since, int) and isinstance(until, int) and until <= since:
        raise Refused(
            _("The card's validity ends before it begins."),
            next_step=_("Correct one of the times."),
        )
    if after.get("status") == "approved" and not after.get("approver"):
        raise Refused(
            _("An approved card names its approver."), next_step=_("Enter who approved it.")
        )
    if (
        before
        and before.get("status") == after.get("status") == "approved"
        and before.get("version") == after.get("version")
        and any(before.get(name) != after.get(name) for name in _WORDS)
    ):
        raise Refused(
            _("The words of an approved card are fixed."), next_step=_("Make a new version of it.")
        )


KIND = RecordKind(
    name=NAME,
    letter="K",
    entries="notice",
    label=N_("Answer card"),
    plural=N_("Answer cards"),
    titles=("topic",),
    columns=(
        "topic",
        "question",
        "answer",
        "category",
        "status",
        "version",
        "valid_until",
        "approver",
    ),
    order="created",
    indexes=(("hidden", "category"), ("status",)),
    rule=_rule,
    fields=(
        Text(
            name="topic",
            label=N_("Topic"),
            required=True,
            searchable=True,
            pinyin=True,
            width=14,
            max_length=40,
        ),
        Text(
            name="question",
            label=N_("Question"),
            required=True,
            searchable=True,
            width=24,
            max_length=200,
        ),
        Text(
            name="answer",
            label=N_("Answer"),
            help=N_("Read aloud as it stands; 100 characters at most."),
            required=True,
            multiline=True,
            searchable=True,
            critical=True,
            width=36,
            max_length=ANSWER_LENGTH,
        ),
        Text(name="may_say", label=N_("May say"), multiline=True, searchable=True, width=24),
        Text(name="must_not_say", label=N_("Must not say"), multiline=True, width=24),
        Text(name="escalate_when", label=N_("Pass on when"), multiline=True, width=24),
        Choice(
            name="category",
            label=N_("Category"),
            options=CALL_CATEGORIES,
            default="other",
            width=10,
        ),
        Text(name="basis", label=N_("Basis"), width=20),
        Integer(name="version", label=N_("Version"), minimum=1, default=1, tracked=True, width=6),
        Moment(name="valid_from", label=N_("Valid from"), width=16),
        Moment(name="valid_until", label=N_("Valid until"), critical=True, width=16),
        Text(name="approver", label=N_("Approved by"), searchable=True, pinyin=True, width=10),
        Choice(
            name="status",
            label=N_("Status"),
            options=STATES,
            default="draft",
            critical=True,
            tracked=True,
            width=8,
        ),
        Text(name="note", label=N_("Note"), multiline=True, width=20),
    ),
)


def add(*, topic: str, question: str, answer: str, **values: object) -> Verb:
    """Draft a card."""
    return _create(NAME, topic=topic, question=question, answer=answer, **values)


def approve(card: str, *, approver: str, valid_until: object = None) -> Verb:
    """Release a draft for the hotline from now on."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, card)
        if record.text("status") != "draft":
            raise Refused(
                _("{number} is no draft.").format(number=record.number),
                next_step=_("Make a new version of it."),
            )
        if not approver.strip():
            raise Refused(
                _("An approved card names its approver."), next_step=_("Enter who approved it.")
            )
        now = desk.now_ms()
        until = KIND.field("valid_until").parse(valid_until) or record["valid_until"]
        if isinstance(until, int) and until <= now:
            raise Refused(
                _("The card would be out of date at once."), next_step=_("Enter a later time.")
            )
        values = {
            "status": "approved",
            "approver": approver,
            "valid_from": now,
            "valid_until": until,
        }
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("answer_card.approve", plan)


def decide(card: str, *, answer: str, reason: str = "") -> Verb:
    """A leader's word on a draft: agreed, it is in force; refused, withdrawn; else it stays a draft
    until more was added."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, card)
        if record.text("status") != "draft":
            raise no_decision(record)
        said = decided(desk, record, answer, reason, title=record.text("topic"))
        if answer == AGREE:
            return [*approve(card, approver=decider(desk)).plan(desk), said]
        if answer == REFUSE:
            return [*withdraw(card, reason=reason).plan(desk), said]
        return [said]

    return Verb("answer_card.decide", plan)


def revise(card: str, **words: object) -> Verb:
    """Make the next version: new words, again a draft until it is approved."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, card)
        parsed = {name: KIND.field(name).parse(value) for name, value in words.items()}
        if all(record[name] == value for name, value in parsed.items()):
            raise Refused(_("Nothing to change at {number}.").format(number=record.number))
        version = record["version"]
        values: dict[str, object] = {
            "approver": None,
            "valid_from": None,
            "valid_until": None,
            **parsed,
            "status": "draft",
            "version": (version if isinstance(version, int) else 0) + 1,
        }
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("answer_card.revise", plan)


def withdraw(card: str, *, reason: str) -> Verb:
    """Nobody may read this card to a caller any more."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, card)
        if record.text("status") == "withdrawn":
            raise Refused(_("{number} is withdrawn already.").format(number=record.number))
        if not reason.strip():
            raise Refused(_("This step needs a reason."), next_step=_("Enter the reason."))
        note = "\n".join(part for part in (record.text("note"), reason.strip()) if part)
        return [Change(NAME, Action.EDIT, record.id, {"status": "withdrawn", "note": note})]

    return Verb("answer_card.withdraw", plan)


def expired(record: Record, now_ms: int) -> bool:
    """Whether the validity of a card has ended."""
    until = record["valid_until"]
    return isinstance(until, int) and until < now_ms


def usable(record: Record, now_ms: int) -> bool:
    """Whether the hotline may read this card to a caller now."""
    since = record["valid_from"]
    begun = not isinstance(since, int) or since <= now_ms
    return record.text("status") == "approved" and begun and not expired(record, now_ms)
