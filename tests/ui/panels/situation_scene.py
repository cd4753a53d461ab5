"""A center in which much has happened, and the situation panel on it."""

from collections.abc import Iterator

from bankcc.errors import StorageError
from bankcc.features import answer_card, incident, inquiry, post, task, timeline
from tests.ui.small_center import settle
from ui.panels import situation
from ui.panels.situation import SituationPanel

MINUTE = 60_000
SIZE = (1204, 660)


def make_busy(context, clock) -> None:
    """Calls, an incident in force, a blocked task, a gap in the roster, a card in draft. The clock
    stands still afterwards."""
    clock.step_ms = 0
    run = context.session.execute
    run(incident.open_incident(name="滨江支行停电"))
    run(incident.activate("滨江支行停电", level="II", decided_by="周明远"))
    for at in range(8):
        clock.advance(minutes=7)
        category = ("cash", "loan", "transfer", "payroll", "card_loss", "rumour")[at % 6]
        phone = f"1391234{at:04}"
        run(inquiry.log_call(caller="赵女士", phone=phone, category=category, urgency="urgent"))
    run(inquiry.arrange_callback("甲-R-0001", due=clock.ms + MINUTE))
    run(inquiry.close("甲-R-0002"))
    run(task.add(title="补柴油", due=clock.ms + 2 * MINUTE))
    run(task.block("补柴油", reason="油罐车堵在路上"))
    run(post.add(title="坐席1", group="客户咨询组"))
    run(answer_card.add(topic="复业", question="何时？", answer="正在核实。"))
    run(timeline.note(text="供电公司到场，联系 139-1234-5678", category="decision"))
    clock.advance(minutes=42)
    settle()


def busy(context, clock) -> None:
    """A center in which much has happened; a fixture where it is used, as is `panel`."""
    make_busy(context, clock)


def panel(busy, context, qtbot) -> Iterator[SituationPanel]:
    made = open_panel(context, qtbot)
    yield made
    made.flush()


def open_panel(context, qtbot) -> SituationPanel:
    made = SituationPanel(context)
    qtbot.addWidget(made)  # gone before its session: events still go to every widget there is
    made.resize(*SIZE)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(
        lambda: made.figures is not None and made.flow.canvas is not None, timeout=20_000
    )
    made.start()
    settle()
    return made


def fail(monkeypatch) -> None:
    def refuse(_session: object) -> None:
        raise StorageError("磁盘读不出。", safe="数据都在。", next_step="换一块盘。")

    monkeypatch.setattr(situation, "situation_figures", refuse)


def open_panel_empty(context, qtbot, until=lambda panel: panel.figures is not None):
    panel = SituationPanel(context)
    qtbot.addWidget(panel)
    panel.resize(*SIZE)
    panel.show()
    qtbot.waitUntil(lambda: until(panel))
    settle()
    return panel


def wait_for_count(panel: SituationPanel, qtbot) -> None:
    with qtbot.waitSignal(panel.feed.answered):
        panel.feed.read()
