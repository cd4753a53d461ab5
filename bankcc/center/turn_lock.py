"""A lock that is taken in turns: who waits is next, also while another thread takes it again and
again.

Python's own lock is given to whoever asks first after it is free, and a thread that writes one
commit after another asks at once: a person's single entry would wait for all of them.
"""

import threading


class TurnLock:
    """Used with `with`. The thread that holds it may take it again."""

    def __init__(self) -> None:
        self._next = threading.Lock()
        self._held = threading.Lock()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner != me:
            with self._next:  # one waits here with the gate closed behind it
                self._held.acquire()
            self._owner = me
        self._depth += 1

    def __exit__(self, *_exc: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._owner = None
            self._held.release()
