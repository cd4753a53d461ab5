"""What the fault tests do to a center: the verbs of a busy day in a random order, seeded."""

from random import Random

from bankcc.errors import Refused
from bankcc.features import inquiry, task
from bankcc.schema.change import Verb, create, delete, edit
from bankcc.schema.query import Query
from bankcc.session import Session

CATEGORIES = ("branch", "transfer", "card", "other")
STATES = ("todo", "doing", "confirming", "done")


class Workload:
    """Does one step after another; `step` returns when what it did is acknowledged."""

    def __init__(self, session: Session, seed: int, *, load: bool = True) -> None:
        self.session = session
        self.random = Random(seed)
        self.known: dict[str, list[str]] = {
            kind: [record.id for record in session.find(Query(kind, order="row", limit=50))]
            for kind in ("inquiry", "task")
        }
        self.steps = [
            (self.call, 40),
            (self.task, 15),
            (self.edit, 14),
            (self.move, 12),
            (self.undo, 8),
            (self.redo, 5),
            (self.delete, 3),
            (self.load, 3 if load else 0),
        ]

    def step(self) -> None:
        """One acknowledged act; a rule of the plan may refuse it."""
        acts, weights = zip(*self.steps, strict=True)
        act = self.random.choices(acts, weights)[0]
        try:
            act()
        except Refused:
            self.call()

    def call(self) -> None:
        self.execute(self.new_call(), "inquiry")

    def new_call(self) -> Verb:
        number = self.random.randrange(10**8)
        return inquiry.log_call(
            phone=f"138{number:08d}", caller=f"呼叫{number % 97}", note="问转账" * (1 + number % 9)
        )

    def task(self) -> None:
        self.execute(create("task", title=f"核对转账 {self.random.randrange(1000)}"), "task")

    def execute(self, verb: Verb, kind: str) -> None:
        receipt = self.session.execute(verb)
        self.known[kind] += [made.id for made in receipt.made]

    def edit(self) -> None:
        if self.known["inquiry"]:
            record = self.random.choice(self.known["inquiry"])
            self.session.execute(edit("inquiry", record, note=f"改 {self.random.random()}"))

    def move(self) -> None:
        if self.known["task"]:
            record = self.random.choice(self.known["task"])
            state = self.random.choice(STATES)
            self.session.execute(task.move(record, status=state, note="转账已核"))

    def delete(self) -> None:
        if self.known["inquiry"]:
            self.session.execute(delete("inquiry", self.random.choice(self.known["inquiry"])))

    def undo(self) -> None:
        if self.session.can_undo():
            self.session.undo()

    def redo(self) -> None:
        if self.session.can_redo():
            self.session.redo()

    def load(self) -> None:
        self.session.load([self.new_call() for _ in range(60)], per_commit=20)
