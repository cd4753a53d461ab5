"""Many verbs per commit, for imports and benches: the same path as a single one, written in
groups.
"""

from collections.abc import Iterable, Iterator, Sequence

from bankcc.database import Connection
from bankcc.desk import Desk
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


def groups(
    desk: Desk, verbs: Sequence[Verb], writer: LogWriter, connection: Connection, user: str
) -> Iterator[Written]:
    """Write `verbs` through the log. Verbs that only create are collected and written together;
    before a verb that must see what an earlier one did, what was collected is written.
    """
    waiting: list[tuple[str, list[Draft]]] = []
    for verb in verbs:
        try:
            changes = verb.plan(desk)
            drafts = desk.drafts(changes)
        except NotFound:
            if not waiting:
                raise
            yield writer.write_many(connection, user, waiting)
            waiting = []
            changes = verb.plan(desk)
            drafts = desk.drafts(changes)
        if any(change.action != Action.CREATE for change in changes):
            if waiting:
                yield writer.write_many(connection, user, waiting)
                waiting = []
                changes = verb.plan(desk)
                drafts = desk.drafts(changes)
            yield writer.write_many(connection, user, [(verb.name, drafts)])
        else:
            waiting.append((verb.name, drafts))
    if waiting:
        yield writer.write_many(connection, user, waiting)
