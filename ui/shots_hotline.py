"""What the pictures of the hotline show, in this order: each scene goes on from the one before."""

from collections.abc import Callable

from bankcc.errors import StorageError
from bankcc.i18n import _
from bankcc.schema.query import Condition, Query
from ui.frame.main_window import MainWindow
from ui.hotline.staged_call import Stage, StageKind, promised


def digit_awaited(window: MainWindow) -> None:
    """The number is there; the strip says which digit is which category."""
    fields = window.show_panel("hotline").entry.fields
    fields.phone.setText("13800138000")
    fields.category.setFocus()


def repeat_caller(window: MainWindow) -> None:
    """Somebody who called before calls again; an earlier call is parked."""
    panel = window.show_panel("hotline")
    fields = panel.entry.fields
    fields.phone.setText("13800138000")
    fields.category.choose_number(4)
    panel.new_call()
    waiting = (Condition("status", "=", "callback"), Condition("phone", "filled"))
    call = window.session.find(Query("inquiry", where=waiting, limit=1))[0]
    fields.phone.setText(call.text("phone"))
    fields.category.choose_number(2)
    fields.caller.setText("张女士")
    fields.note.setText("今天要给医院交住院押金2万")


def steps(window: MainWindow) -> None:
    """What is done for the caller is staged; a task is being asked for."""
    panel = window.show_panel("hotline")
    due = promised("1530", window.session.clock.now_ms())
    panel.entry.stage(Stage(StageKind.CALLBACK, due=due))
    panel.deeds.begin(StageKind.TASK, entering=True)


def call_in_full(window: MainWindow) -> None:
    """The call that is longest overdue, opened from the list."""
    panel = window.show_panel("hotline")
    panel.deeds.take_back()
    waiting = (Condition("status", "=", "callback"),)
    query = Query("inquiry", where=waiting, order="callback_due", limit=1)
    panel.open_record("inquiry", window.session.find(query)[0].id)


def call_back_due(window: MainWindow) -> None:
    """The laptop slept; a call back fell due meanwhile, and another one rings for an hour."""
    panel = window.show_panel("hotline")
    window.messages.clear()
    panel.detail.left.emit()
    window.session.clock.advance(minutes=20)
    window.alarm.watch.look()


def call_back_result(window: MainWindow) -> None:
    """Opened with F8: another time is agreed with the caller."""
    window.tools.open_overdue()
    window.messages.clear()
    window.show_panel("hotline").detail.result.choose(4)


def refused(window: MainWindow) -> None:
    """The disk is full: what is said, and where the text is."""
    panel = window.show_panel("hotline")
    text = _("The disk is full.")
    panel.entry._refused(StorageError(text, next_step=_("Free some space, then save again.")))


def nothing_found(window: MainWindow) -> None:
    """A filter that nothing matches."""
    panel = window.show_panel("hotline")
    window.messages.clear()
    panel.calls.search.setText("查无此人")


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "hotline-digits": digit_awaited,
    "hotline-call": repeat_caller,
    "hotline-steps": steps,
    "hotline-detail": call_in_full,
    "hotline-alarm": call_back_due,
    "hotline-result": call_back_result,
    "hotline-refused": refused,
    "hotline-filtered": nothing_found,
}
