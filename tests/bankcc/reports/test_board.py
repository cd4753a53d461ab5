"""The board on paper: every card in its lane and column, lying, masked, on A4 or A3."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from bankcc.clock import ManualClock
from bankcc.errors import Refused
from bankcc.features import person, task
from bankcc.i18n import set_language
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.reports.board import BoardLane, BoardReport, board_report, render_board
from bankcc.reports.document import Letterhead
from bankcc.session import Session

HOUR = 3_600_000
TextOf = Callable[[Path], str]


@pytest.fixture
def session(tmp_path: Path, clock: ManualClock, chance: SeededChance):
    folder = tmp_path / "center"
    made, _key = Session.create(
        Paths(folder), name="滨江", passphrase=None, demo=True, clock=clock, chance=chance
    )
    with made:
        made.user = "王敏 · 热线坐席"
        now = clock.now_ms()
        made.execute(person.add(name="李强"))
        made.execute(task.add(title="接发电车", group="tech", assignee="李强", due=now - HOUR))
        made.execute(task.add(title="回拨 13800138000", group="customer", priority="critical"))
        made.execute(task.add(title="补坐席", group="customer", checklist="一\n二", status="doing"))
        made.execute(task.block("补坐席", reason="等批准"))
        made.execute(task.add(title="报告", group="customer"))
        made.execute(task.complete("报告"))
        yield made


def test_every_card_is_in_its_cell(session: Session) -> None:
    report = board_report(session)
    assert report.columns == ("待办 2", "进行中 1", "待确认 0", "完成 1")
    assert [lane.name for lane in report.lanes] == ["客户咨询", "技术通信"]
    customer, tech = report.lanes
    assert "▲特急 回拨 138****8000" in customer.cells[0][0]
    assert "0/2" in customer.cells[1][0]
    assert "受阻：等批准" in customer.cells[1][0]
    assert "✓" in customer.cells[3][0]
    assert "李强" in tech.cells[0][0]
    assert "逾期" in tech.cells[0][0]
    assert (report.total, report.late, report.blocked) == (4, 1, 1)


@pytest.mark.parametrize(("paper", "size"), [("A4", (842, 595)), ("A3", (1191, 842))])
def test_it_lies_on_its_paper(
    session: Session, tmp_path: Path, text_of: TextOf, paper: str, size: tuple[int, int]
) -> None:
    path = render_board(board_report(session), tmp_path / "board.pdf", paper=paper)
    box = pypdf.PdfReader(path).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
    text = text_of(path)
    for words in ("任务看板", "接发电车", "补坐席", "共 4 项，逾期 1，受阻 1", "示例"):
        assert words in text
    assert "13800138000" not in text


def test_what_a_filter_leaves_out_is_said(
    session: Session, tmp_path: Path, text_of: TextOf
) -> None:
    wanted = frozenset({session.get("task", "接发电车").id})
    report = board_report(session, only=wanted, filters="只看 李强 的任务")
    text = text_of(render_board(report, tmp_path / "board.pdf"))
    assert "只看 李强 的任务" in text
    assert "补坐席" not in text


def test_an_empty_board_says_so(session: Session, tmp_path: Path, text_of: TextOf) -> None:
    report = board_report(session, only=frozenset())
    assert "没有任务。" in text_of(render_board(report, tmp_path / "board.pdf"))


def test_a_full_phone_number_stops_it(
    letterhead: Callable[..., Letterhead], tmp_path: Path
) -> None:
    lane = BoardLane("客户咨询", (("回拨 13800138000",), (), (), ()))
    report = BoardReport(letterhead(), ("待办", "进行中", "待确认", "完成"), (lane,))
    with pytest.raises(Refused):
        render_board(report, tmp_path / "board.pdf")


def test_two_hundred_cards_of_one_lane_run_over_pages(
    letterhead: Callable[..., Letterhead], tmp_path: Path, text_of: TextOf
) -> None:
    cards = tuple(f"T-{n:04d} 任务" for n in range(200))
    report = BoardReport(
        letterhead(),
        ("待办", "进行中", "待确认", "完成"),
        (BoardLane("技术", (cards, (), (), ())),),
    )
    text = text_of(render_board(report, tmp_path / "board.pdf"))
    assert all(f"T-{n:04d}" in text for n in range(200))


def test_in_english(session: Session) -> None:
    set_language("en")
    assert board_report(session).columns[0] == "To do 2"
