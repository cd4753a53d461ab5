"""The sound that is shipped is the one that the script makes."""

import alarm_tone
from ui.alarm.sounds import alarm_file


def test_the_shipped_sound_is_made_here() -> None:
    assert alarm_tone.sound() == alarm_file().read_bytes()
