"""Operations of version 1, as bytes of a real play, fold to the same view for ever.

`ops_v1.bin` was written once, by `write_sample`, and is never written again; a later version gets a
file of its own. `ops_v1.json` is what it must show.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bankcc.log.fold import RecordState, fold
from bankcc.log.op import OP_VERSION, START, Body, Op, StoredOp, decode, decode_header, fits
from bankcc.log.upcast import STEPS, upcast
from tests.properties.kinds import KINDS
from tests.properties.play import Play
from tests.properties.view_checks import random_steps

SAMPLES = Path(__file__).parents[2] / "samples"
_STORED = msgspec.msgpack.Decoder(list[StoredOp])


def view_of(state: RecordState) -> dict[str, Any]:
    return {
        "number": state.number,
        "hidden": state.hidden,
        "deleted_by": state.deleted_by,
        "created": state.created.wall if state.created else None,
        "changed": state.latest.wall if state.latest else None,
        "shown": {item.name: state.shown(item) for item in state.kind.fields},
        "others": [[name, head.value] for name, head in state.alternatives()],
    }


def views_of(stored: list[StoredOp]) -> dict[str, Any]:
    by_record: dict[tuple[str, str], list[Op]] = {}
    for op in map(upcast, map(decode, stored)):
        by_record.setdefault((op.header.kind, op.header.record), []).append(op)
    return {
        f"{kind} {record}": view_of(fold(KINDS[kind], record, ops))
        for (kind, record), ops in sorted(by_record.items())
    }


def write_sample(folder: Path) -> None:
    """How the sample of version 1 was made."""
    play = Play(seed=2026).run(random_steps(2026, 160))
    stored = [entry.stored for entry in play.entries()]
    stored[9] = stored[9]._replace(salt=None, body=None)
    (folder / "ops_v1.bin").write_bytes(msgspec.msgpack.encode(stored))
    text = json.dumps(views_of(stored), ensure_ascii=False, indent=1)
    (folder / "ops_v1.json").write_text(text + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def sample() -> list[StoredOp]:
    return _STORED.decode((SAMPLES / "ops_v1.bin").read_bytes())


def test_version_1_folds_to_the_same_view(sample: list[StoredOp]) -> None:
    wanted = json.loads((SAMPLES / "ops_v1.json").read_text(encoding="utf-8"))
    assert views_of(sample) == wanted
    assert views_of(sample[::-1]) == wanted
    assert sum(bool(view["others"]) for view in wanted.values()) >= 2
    assert any(view["deleted_by"] for view in wanted.values())


def test_version_1_still_hashes_to_its_chain(sample: list[StoredOp]) -> None:
    previous: dict[str, bytes] = {}
    for stored in sample:
        header = decode_header(stored.header)
        assert header.version == 1
        assert fits(stored, header, previous.get(header.log, START))
        previous[header.log] = stored.hash


def test_steps_lead_from_every_version_to_this_one() -> None:
    assert set(STEPS) == set(range(1, OP_VERSION))


def test_steps_are_taken_in_order(sample: list[StoredOp]) -> None:
    def second(op: Op) -> Op:
        assert op.body is not None
        header = msgspec.structs.replace(op.header, version=2)
        return op._replace(header=header, body=Body(op.body.user, op.body.values | {"b": 1}))

    def third(op: Op) -> Op:
        assert op.header.version == 2
        assert op.body is not None
        assert op.body.values["b"] == 1
        return op._replace(header=msgspec.structs.replace(op.header, version=3))

    op = decode(sample[0])
    newer = upcast(op, {1: second, 2: third}, 3)
    assert newer.header.version == 3
    assert newer.ref == op.ref
    assert upcast(newer, {1: second, 2: third}, 3) == newer
    with pytest.raises(KeyError):
        upcast(op, {2: third}, 3)
