"""The tables that are read in steps are those the library reads itself."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bankcc.schema.pinyin_tables import entries

VALUES = st.recursive(
    st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=3)
)


@given(
    st.dictionaries(st.text(max_size=6), st.lists(VALUES, max_size=4)),
    st.sampled_from([None, 0, 2]),
)
def test_any_object_of_lists_is_read_as_json_reads_it(value, indent) -> None:
    assert entries(json.dumps(value, indent=indent, ensure_ascii=False)) == value


def test_the_table_of_the_library_is_read_whole() -> None:
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.submodule_search_locations
    text = (Path(spec.submodule_search_locations[0]) / "phrases_dict.json").read_text("utf-8")
    assert entries(text) == json.loads(text)


def test_readings_are_the_same_and_the_table_was_handed_over() -> None:
    """In processes of their own: the library is imported once."""
    words = ["重庆银行", "曾单解", "长春分行朝阳区", "热线值班长", "行长办公室"]
    ask = f"print([pinyin_tokens(word) for word in {words!r}])"
    begin = "from bankcc.schema.plain_text import pinyin_tokens; "
    early = "from bankcc.schema import pinyin_tables; pinyin_tables.load(); "
    check = "; import sys; tables = ('phrases_dict', 'pinyin_dict')"
    check += "; assert not any(hasattr(sys.modules[f'pypinyin.{t}'], 'json') for t in tables)"
    said = [
        subprocess.run(
            [sys.executable, "-c", text], capture_output=True, text=True, check=True
        ).stdout
        for text in (begin + ask, begin + early + ask + check)
    ]
    assert said[0] == said[1]
    assert "cq" in said[0]
