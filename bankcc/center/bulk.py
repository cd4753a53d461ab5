"""Many verbs per commit, for imports and benches: the same path as a single one, written in
groups.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from bankcc.center.desk import Desk
from bankcc.database import Connection
from bankcc.errors import NotFound
from bankcc.log.writer import Draft, LogWriter, Written
from bankcc.schema.change import Action, Verb


def batches(verbs: Iterable[Verb], size: int) -> Iterator[list[Verb]]:
    """`verbs` in lists of at most `size`."""
    batch: list[Verb] = []
    for verb in verbs:
        batch.append(verb)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Thousands of objects live until the commit and none of them in a cycle: looking for cycles
    among them again and again would cost a tenth of the time.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def groups(
    desk: Desk, verbs: Sequence[Verb], writer: LogWriter, connection: Connection, user: str
) -> Iterator[Written]:
    """Write `verbs` through the log. Verbs that only create are collected and written together.

    A verb that read records, or names one that is not there yet, may have missed what was
    collected: then that is written first and the verb is planned again.
    """
    waiting: list[tuple[str, list[Draft]]] = []
    for verb in verbs:
        looks = desk.looks
        try:
            drafts = desk.drafts(verb.plan(desk))
        except NotFound:
            if not waiting:
                raise
            drafts, stale = [], True
        else:
            only_creates = all(draft.action == Action.CREATE for draft in drafts)
            stale = bool(waiting) and (desk.looks != looks or not only_creates)
        if stale:
            yield writer.write_many(connection, user, waiting)
            waiting = []
            drafts = desk.drafts(verb.plan(desk))
        if all(draft.action == Action.CREATE for draft in drafts):
            waiting.append((verb.name, drafts))
        else:
            yield writer.write_many(connection, user, [(verb.name, drafts)])
    if waiting:
        yield writer.write_many(connection, user, waiting)
