"""A few lines that can be sent: true figures, nobody named, never too long."""

import re
from dataclasses import replace

from bankcc.clock import ManualClock
from bankcc.features import incident, inquiry, task
from bankcc.reports.current import situation_figures
from bankcc.reports.short_text import LONGEST, situation_text
from bankcc.session import Session


def test_it_says_where_we_stand(center: Session, clock: ManualClock) -> None:
    run = center.execute
    run(incident.open_incident(name="滨江停电"))
    run(incident.activate("滨江停电", level="II", decided_by="周明远"))
    run(inquiry.log_call(category="cash", urgency="urgent"))
    run(task.add(title="补柴油", status="confirming"))
    clock.advance(minutes=61)
    said = situation_text(situation_figures(center), bank="东海银行")
    for part in (
        "东海银行 滨江停电",
        "Ⅱ级",
        "1 时 1 分",
        "未结来电 1",
        "紧急来电办结 0/1",
        "待决 1",
    ):
        assert part in said
    assert said.endswith("。")


def test_without_an_incident_there_are_figures(center: Session) -> None:
    assert "逾期 0" in situation_text(situation_figures(center))


def test_nobody_is_named_and_it_is_never_too_long(center: Session) -> None:
    center.execute(incident.open_incident(name="赵女士 13912345678 " + "很长" * 200))
    figures = situation_figures(center)
    assert figures.incident is not None
    # The name as somebody typed it, before the situation masks it.
    figures = replace(figures, incident=replace(figures.incident, name="赵女士 13912345678" * 20))
    said = situation_text(figures)
    assert len(said) <= LONGEST
    assert "赵女士" not in said
    assert not re.search(r"\d{11}", said)
