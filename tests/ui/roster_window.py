"""A roster in a window with a few posts and people. `fill_roster` and `roster_panel` become
fixtures where they are used.
"""

from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from bankcc.features import person, post
from tests.ui.small_center import show_panel
from ui.context import UiContext
from ui.panels.roster import RosterPanel
from ui.roster.posts import Place, read_roster
from ui.widgets.state_view import State

SIZE = (1204, 660)


def fill_roster(context: UiContext) -> None:
    """Six people on four posts of two groups, two of them backups; 王敏 and 吴萌 share initials."""
    run = context.session.execute
    people = (
        ("王敏", "BJ1012", "客户咨询组", "13900001012"),
        ("吴萌", "BJ1013", "客户咨询组", "13900001013"),
        ("刘静", "BJ1011", "客户咨询组", "13900001011"),
        ("蒋小川", "BJ1019", "紧急业务组", "13900001019"),
        ("赵刚", "BJ1034", "备份人员", "13900001034"),
        ("沈若兰", "BJ1020", "备份人员", ""),
    )
    for name, staff_no, group, phone in people:
        run(person.add(name=name, staff_no=staff_no, group=group, phone=phone))
    run(post.add(title="热线坐席1", group="客户咨询组", holder="王敏", backup_a="沈若兰"))
    run(post.add(title="热线坐席2", group="客户咨询组", holder="吴萌", backup_a="赵刚"))
    run(post.add(title="热线坐席3", group="客户咨询组", holder="刘静"))
    run(post.add(title="现金调拨", group="紧急业务组", holder="蒋小川", backup_a="赵刚"))
    run(post.add(title="备用金保管", group="紧急业务组"))


def shown_roster(context: UiContext, qtbot: QtBot) -> RosterPanel:
    made = RosterPanel(context)
    show_panel(made, qtbot, SIZE)
    return made


def roster_panel(context: UiContext, qtbot: QtBot, fill: None) -> Iterator[RosterPanel]:
    made = shown_roster(context, qtbot)
    yield made
    made.flush()


def status(panel: RosterPanel, name: str) -> str:
    """The state of a person in the center itself, not on the screen."""
    found = read_roster(panel.session).people
    return next(someone.turn.status for someone in found if someone.name == name)


def place(panel: RosterPanel, title: str) -> Place:
    """The row of a post, as it is in the center."""
    return next(row for row in read_roster(panel.session).places if row.title == title)


def go(panel: RosterPanel, title: str) -> None:
    """Put the keys on the row of a post."""
    assert panel.view.select(place(panel, title).key)
    panel.view.setFocus()


def titles(panel: RosterPanel) -> list[str]:
    """The rows that are shown: posts by title, people without one by name."""
    return [row.title or (row.who.name if row.who else "") for row in panel.table.places]


def shown_state(panel: RosterPanel) -> State | None:
    """What stands there instead of rows, None for rows."""
    return panel.rows.state.state if panel.rows.state.isVisible() else None
