"""Who waits is next; who holds it may take it again; one at a time."""

import threading

from bankcc.center.turn_lock import TurnLock

PATIENCE = 20


def test_who_waits_gets_it_before_the_one_who_takes_it_again() -> None:
    lock, waiting, order = TurnLock(), threading.Event(), []

    def other() -> None:
        waiting.set()
        with lock:
            order.append("other")

    thread = threading.Thread(target=other)
    with lock:
        thread.start()
        waiting.wait(PATIENCE)
        while not lock._next.locked():
            pass  # until it stands at the gate
    with lock:
        order.append("again")
    thread.join(PATIENCE)
    assert order == ["other", "again"]


def test_the_holder_takes_it_again_although_somebody_waits() -> None:
    lock, done = TurnLock(), []

    def other() -> None:
        with lock:
            done.append("other")

    thread = threading.Thread(target=other)
    with lock:
        thread.start()
        while not lock._next.locked():
            pass
        with lock:
            done.append("inner")
        assert done == ["inner"]
    thread.join(PATIENCE)
    assert done == ["inner", "other"]


def test_one_at_a_time() -> None:
    lock, count = TurnLock(), [0]

    def add() -> None:
        for _each in range(500):
            with lock:
                seen = count[0]
                count[0] = seen + 1

    threads = [threading.Thread(target=add) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert count == [2_000]
