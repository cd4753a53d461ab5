"""The real window on a center in which much has happened, for those who look and decide.
`leader_window` becomes a fixture where it is used.
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bankcc.clock import ManualClock
from bankcc.features import answer_card, incident, inquiry, post, task, timeline
from bankcc.ids import SeededChance
from bankcc.session import Session
from tests.ui.small_center import settle
from tests.ui.small_window import small_window
from ui.frame import window_state
from ui.frame.main_window import MainWindow

MINUTE = 60_000
CALLER, PHONE = "赵晓燕", "13912345678"


def fill(session: Session, clock: ManualClock) -> None:
    """An incident in force, calls of named callers, tasks of every state, drafts, typed entries."""
    clock.step_ms = 0
    run = session.execute
    run(incident.open_incident(name="滨江支行停电"))
    run(incident.activate("滨江支行停电", level="II", decided_by="周明远"))
    for at in range(6):
        clock.advance(minutes=6)
        category = ("cash", "loan", "transfer")[at % 3]
        run(inquiry.log_call(caller=CALLER, phone=PHONE, category=category, urgency="urgent"))
    run(inquiry.arrange_callback("甲-R-0001", due=clock.ms + MINUTE))
    run(inquiry.to_task("甲-R-0002"))
    run(task.add(title=f"联系{CALLER} {PHONE}", group="tech", due=clock.ms + 2 * MINUTE))
    run(task.block("甲-T-0002", reason=f"{CALLER}不接"))
    run(task.add(title="补充现金", group="urgent", status="confirming"))
    run(post.add(title="坐席1", group="客户咨询组"))
    run(answer_card.add(topic="复业", question="何时？", answer="正在核实。"))
    run(timeline.note(text=f"决定给{CALLER}送款，电话 {PHONE}", category="decision"))
    clock.advance(minutes=40)


def leader_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[MainWindow]:
    def begin(session: Session) -> None:
        fill(session, clock)
        # As a leader left it: the situation comes first.
        session.local.set_value(window_state.STATE, {"panel": "situation"})

    with small_window(qapp, qtbot, tmp_path, clock, chance, begin) as window:
        window.resize(1366, 768)
        settle()
        yield window
