"""Copied rows: text stays text."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bankcc.tabular.clipboard import copied

TRIGGERS = tuple("=+-@\t\r\n\0＝＋－＠")


class _Cells(HTMLParser):
    """The texts of table cells as a program that pastes them sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "td":
            self.cells.append("")
        if tag == "br":
            self.cells[-1] += "\n"

    def handle_data(self, data: str) -> None:
        self.cells[-1] += data


def test_texts_numbers_and_markup() -> None:
    out = copied(["姓名", "数量"], [["<b>王</b>", 3], ['a\tb\n"c"', None], ["=1+1", -2]])
    assert out.tsv == '姓名\t数量\r\n<b>王</b>\t3\r\n"a\tb\n""c"""\t\r\n\'=1+1\t\'-2'
    assert "&lt;b&gt;" in out.html
    assert "<td>3</td>" in out.html
    assert out.html.count("mso-number-format:'\\@'") == 6
    assert _Cells(out.html).cells[4:] == ['a\tb\n"c"', "", "'=1+1", "-2"]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_nothing_pasted_runs(row: list[str]) -> None:
    out = copied(row, [])
    cells = out.tsv.split("\t") if not any(c in "".join(row) for c in '\t\r\n"') else []
    assert not [cell for cell in cells if cell.startswith(TRIGGERS)]
    assert not [cell for cell in _Cells(out.html).cells if cell.startswith(TRIGGERS)]
