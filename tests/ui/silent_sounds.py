"""Stands where the sounds are: counts what would have been heard."""

from ui.alarm.watch import AlarmWatch
from ui.context import UiContext


class SilentSounds:
    """`played`: how often; `player`: what the settings say plays it."""

    def __init__(self, player: str = "paplay") -> None:
        self.player, self.played, self.stopped = player, 0, False

    def play(self) -> None:
        self.played += 1

    def stop(self) -> None:
        self.stopped = True


def watched(context: UiContext, sounds: SilentSounds) -> AlarmWatch:
    """A watch in the place where the window has it. Stop it before the center is closed."""
    made = AlarmWatch(context.session, context.bridge, context.jobs, sounds, context.window())
    context.alarms = made
    return made
