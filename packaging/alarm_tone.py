"""Makes resources/sounds/callback.wav: two tones in turn, heard through talk and soon recognised.

Run it after changing the tones: `python packaging/alarm_tone.py`. The same bytes in every run.
"""

import io
import math
import struct
import wave
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "resources" / "sounds" / "callback.wav"
RATE = 16_000
TONES_HZ = (988, 740)
TURNS = 3
TONE_S, GAP_S, EDGE_S = 0.26, 0.05, 0.012
LOUD = 0.55


def tone(hertz: int) -> list[int]:
    """One tone with soft edges, then a short silence. A third of it is the octave above: small
    loudspeakers of laptops pass that best."""
    total = round(RATE * TONE_S)
    edge = round(RATE * EDGE_S)
    made = []
    for place in range(total):
        turn = 2 * math.pi * hertz * place / RATE
        wave_at = (2 * math.sin(turn) + math.sin(2 * turn)) / 3
        swell = min(1.0, place / edge, (total - 1 - place) / edge)
        made.append(round(32_767 * LOUD * swell * wave_at))
    return made + [0] * round(RATE * GAP_S)


def sound() -> bytes:
    """The whole sound as a WAV file."""
    samples = [value for _turn in range(TURNS) for hertz in TONES_HZ for value in tone(hertz)]
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(sound())
