"""The incident: what happened, how grave, which outlets, how far the plan has been carried out.

Its states go forward as the plan says; going back, and leaving out the activation, needs a reason,
which stands in the timeline.
"""

from collections.abc import Mapping, Sequence

from bankcc.errors import Refused
from bankcc.i18n import N_, _
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.decision import AGREE, REFUSE, decided, decider, no_decision
from bankcc.schema.fields import Choice, Flag, Moment, Option, Text, TextList, Value
from bankcc.schema.record import Record, RecordKind
from bankcc.schema.timeline_entry import entry

NAME = "incident"

TRIGGERS = (
    Option("natural", N_("Natural disaster"), also=("灾害", "自然")),
    Option("social", N_("Social event"), also=("社会",)),
    Option("equipment", N_("Equipment failure"), also=("设备", "故障")),
    Option("planned", N_("Planned closure"), also=("计划性", "迁址", "装修")),
)

CAUSES = (
    Option("power_cut", N_("Power failure"), also=("断电", "供电中断", "供电故障")),
    Option("communication", N_("Loss of communication"), also=("通信故障", "断网")),
    Option("system", N_("Business system failure"), also=("系统故障",)),
    Option("external_service", N_("External service interrupted"), also=("第三方中断",)),
    Option("natural_damage", N_("Damage by nature"), also=("台风", "洪水", "地震", "暴雨")),
    Option("fire_gas", N_("Fire or gas"), also=("火灾", "燃气")),
    Option("public_health", N_("Public health"), also=("疫情",)),
    Option("bank_run", N_("Run on the outlet"), also=("挤兑",)),
    Option("robbery", N_("Robbery of a customer"), also=("抢劫",)),
    Option("illness", N_("Sudden illness of a customer"), also=("突发疾病",)),
    Option("injury", N_("Injury of a customer"), also=("人身伤害",)),
    Option("disturbance", N_("Provocation and brawl"), also=("滋事",)),
    Option("crowd", N_("Surge of customers"), also=("客流",)),
    Option("occupation", N_("Improper occupation of service"), also=("占用",)),
    Option("misinformation", N_("Spread of false information"), also=("失实信息", "谣言")),
    Option("public_order", N_("Crowd besieges the outlet"), also=("聚集", "围堵")),
    Option("sabotage", N_("Sabotage"), also=("人为",)),
    Option("authority", N_("Order of an authority"), also=("监管要求", "司法要求")),
    Option("relocation", N_("Relocation or refitting"), also=("迁址", "装修")),
    Option("other", N_("Another cause"), also=("其它", "其他")),
)

LEVELS = (
    Option("I", N_("Level I"), "critical", 4, ("Ⅰ", "特别重大", "一级")),
    Option("II", N_("Level II"), "critical", 3, ("Ⅱ", "重大", "二级")),
    Option("III", N_("Level III"), "warning", 2, ("Ⅲ", "较大", "三级")),
    Option("IV", N_("Level IV"), "info", 1, ("Ⅳ", "一般", "四级")),
)
"""If several levels fit, the higher is taken; so is it between two laptops."""

STATES = (
    Option("watch", N_("Watching"), "neutral", 4),
    Option("first_response", N_("First response"), "warning", 7),
    Option("pending", N_("Activation pending"), "warning", 8, ("待批",)),
    Option("active", N_("Activated"), "critical", 9, ("启动",)),
    Option("handling", N_("Being handled"), "critical", 10),
    Option("stable", N_("Stable"), "info", 6),
    Option("recovering", N_("Recovering"), "info", 5, ("恢复",)),
    Option("reopened", N_("Reopened"), "ok", 3, ("复业",)),
    Option("closed", N_("Case closed"), "neutral", 2),
    Option("reviewed", N_("Reviewed"), "neutral", 1, ("复盘",)),
)
CLASSIFICATIONS = (
    Option("public", N_("Public")),
    Option("internal", N_("Internal"), also=("内部资料", "内部使用")),
    Option("confidential", N_("Confidential"), also=("秘密", "保密")),
)
_ORDER = {option.code: place for place, option in enumerate(STATES)}
BEFORE_ACTIVATION = ("watch", "first_response", "pending")
LIVE = ("active", "handling", "stable", "recovering")
"""States in which the plan is in force and the banner shows the elapsed time."""
OVER = ("closed", "reviewed")


def _rule(after: Mapping[str, Value], before: Mapping[str, Value] | None) -> None:
    started, ended = after.get("started"), after.get("ended")
    if isinstance(started, int) and isinstance(ended, int) and ended < started:
        raise Refused(
            _("The incident cannot end before it began."), next_step=_("Correct one of the times.")
        )


KIND = RecordKind(
    name=NAME,
    letter="E",
    entries="decision",
    label=N_("Incident"),
    plural=N_("Incidents"),
    titles=("name",),
    columns=("name", "level", "status", "trigger", "cause", "outlets", "started", "decided_by"),
    announced=True,
    rule=_rule,
    fields=(
        Text(name="name", label=N_("Incident name"), required=True, searchable=True, width=24),
        Choice(name="trigger", label=N_("Trigger"), options=TRIGGERS, default="equipment"),
        Choice(name="cause", label=N_("Cause"), options=CAUSES),
        Choice(
            name="level", label=N_("Level"), options=LEVELS, critical=True, tracked=True, width=8
        ),
        Text(
            name="level_reason",
            label=N_("Why this level"),
            help=N_("The clause of the plan or the facts the level rests on."),
            multiline=True,
            width=24,
        ),
        TextList(
            name="outlets",
            label=N_("Outlets affected"),
            help=N_("Separate several with commas."),
            offers="outlet",
            searchable=True,
            critical=True,
            width=24,
        ),
        Choice(
            name="status",
            label=N_("Status"),
            options=STATES,
            default="watch",
            critical=True,
            tracked=True,
            width=10,
        ),
        Moment(name="started", label=N_("Began"), width=16),
        Moment(name="activated", label=N_("Activated at"), width=16),
        Moment(name="expected_end", label=N_("Expected to reopen"), width=16),
        Moment(name="ended", label=N_("Reopened at"), width=16),
        Text(name="site", label=N_("Place of the command center"), searchable=True, width=20),
        Text(name="bank", label=N_("Bank"), searchable=True, width=16),
        Text(name="decided_by", label=N_("Decided by"), searchable=True, pinyin=True),
        Choice(
            name="classification",
            label=N_("Classification"),
            options=CLASSIFICATIONS,
            default="internal",
            width=8,
        ),
        Text(name="facts", label=N_("Facts"), multiline=True, searchable=True, width=30),
        Flag(name="is_drill", label=N_("Drill"), default=0, width=6),
    ),
)


def open_incident(*, name: str, **values: object) -> Verb:
    """Enter an incident; it began now unless `started` says otherwise."""

    def plan(desk: Desk) -> Sequence[Change]:
        return [
            Change(NAME, Action.CREATE, values={"started": desk.now_ms(), "name": name, **values})
        ]

    return Verb("incident.open", plan)


def activate(
    incident: str, *, level: str, decided_by: str, site: str = "", reason: str = ""
) -> Verb:
    """Put the plan in force: level, who decided, where the command center sits, on what grounds."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, incident)
        if record.text("status") not in BEFORE_ACTIVATION:
            raise Refused(
                _("{number} is already {state}.").format(
                    number=record.number, state=state_of(record)
                ),
                next_step=_("Change its level or status instead."),
            )
        if not decided_by.strip():
            raise Refused(
                _("An activation needs the person who decided it."), next_step=_("Enter the name.")
            )
        values: dict[str, object] = {
            "status": "active",
            "level": level,
            "decided_by": decided_by,
            "activated": desk.now_ms(),
        }
        if site.strip():
            values["site"] = site
        if reason.strip():
            values["level_reason"] = reason
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("incident.activate", plan)


def decide(incident: str, *, answer: str, reason: str = "") -> Verb:
    """A leader's word on an activation that waits: agreed, the plan is in force at the level that
    was asked for; refused, the incident is watched on; else the first response goes on."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, incident)
        if record.text("status") != "pending":
            raise no_decision(record)
        said = decided(desk, record, answer, reason, title=record.text("name"))
        if answer == AGREE:
            if not record.text("level"):
                raise Refused(
                    _("{number} has no level yet.").format(number=record.number),
                    next_step=_("Open it and enter the level that is asked for."),
                )
            level, who = record.text("level"), decider(desk)
            step = activate(incident, level=level, decided_by=who, reason=reason)
            return [*step.plan(desk), said]
        status = "watch" if answer == REFUSE else "first_response"
        return [Change(NAME, Action.EDIT, record.id, {"status": status}), said]

    return Verb("incident.decide", plan)


def set_level(incident: str, *, level: str, reason: str) -> Verb:
    """Raise or lower the level, with the reason."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, incident)
        if record.text("status") in OVER:
            raise Refused(_("{number} is closed; its level stands.").format(number=record.number))
        if not reason.strip():
            raise Refused(_("A change of level needs a reason."), next_step=_("Enter the reason."))
        code = KIND.field("level").parse(level)
        if code == record["level"]:
            raise Refused(_("{number} has this level already.").format(number=record.number))
        return [Change(NAME, Action.EDIT, record.id, {"level": code, "level_reason": reason})]

    return Verb("incident.set_level", plan)


def set_status(incident: str, *, status: str, reason: str = "") -> Verb:
    """Go on to a later state; going back or closing without activation needs a reason."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, incident)
        code = str(KIND.field("status").parse(status))
        _check_step(record, code, reason.strip())
        values: dict[str, object] = {"status": code}
        if code == "reopened":
            values["ended"] = desk.now_ms()
        elif record["ended"] is not None and code in (*BEFORE_ACTIVATION, *LIVE):
            values["ended"] = None
        changes = [Change(NAME, Action.EDIT, record.id, values)]
        if reason.strip():
            changes.append(entry(desk, "decision", record, reason))
        return changes

    return Verb("incident.set_status", plan)


def _check_step(record: Record, code: str, reason: str) -> None:
    now = record.text("status")
    if code == now:
        raise Refused(
            _("{number} is already {state}.").format(number=record.number, state=state_of(record))
        )
    if now == "reviewed":
        raise Refused(
            _("{number} has been reviewed and stays as it is.").format(number=record.number),
            next_step=_("Open a new incident."),
        )
    if code == "reviewed" and now != "closed":
        raise Refused(_("Close the case before the review is completed."))
    if now in BEFORE_ACTIVATION and code not in (*BEFORE_ACTIVATION, "closed"):
        raise Refused(
            _("The plan is not in force yet."),
            next_step=_("Activate it first: level and who decided."),
        )
    if code in BEFORE_ACTIVATION and now not in BEFORE_ACTIVATION:
        raise Refused(
            _("The plan is in force; it cannot go back to before its activation."),
            next_step=_("Close the case instead."),
        )
    back = _ORDER[code] < _ORDER.get(now, 0)
    if (back or (now in BEFORE_ACTIVATION and code == "closed")) and not reason:
        raise Refused(_("This step needs a reason."), next_step=_("Enter the reason."))


def state_of(record: Record) -> str:
    """The status in words."""
    return KIND.field("status").format(record["status"])


def elapsed_ms(record: Record, now_ms: int) -> int | None:
    """How long the plan has been in force (until the reopening, once it came); None before."""
    since = record["activated"]
    if not isinstance(since, int):
        return None
    until = record["ended"]
    return max((until if isinstance(until, int) else now_ms) - since, 0)
