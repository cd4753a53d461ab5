"""Brings the tables beside the views up to date: every step of `store.STEPS` once, in its order.

Loaded only when a step is missing: sqlite-utils takes longer to load than a center to open.
"""

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from bankcc.database import Connection
from bankcc.log import store


def apply(connection: Connection) -> None:
    """Take the missing steps, each in a transaction of its own together with its record."""
    steps = Migrations(store.STEP_SET)
    for name, step in store.STEPS.items():
        steps(name=name)(_on_tables(step))
    steps.apply(Database(connection))


def _on_tables(step: store.Step) -> Callable[[Database], None]:
    def taken(tables: Database) -> None:
        step(tables.conn)

    return taken
