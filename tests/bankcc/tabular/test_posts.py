"""Posts, holders and backups from a list of people."""

from bankcc.features import KIND, post
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session
from bankcc.tabular.header import find
from bankcc.tabular.load import ImportReport, apply
from bankcc.tabular.plan import plan_import
from bankcc.tabular.table import Row, Table

HEADER = "组别|姓名|手机|岗位|备份人员"


def _import(center: Session, *rows: str, header: str = HEADER) -> ImportReport:
    cells = [tuple(row.split("|")) for row in (header, *rows)]
    table = Table("表", tuple(Row(n, row) for n, row in enumerate(cells, start=1)))
    mapping = find([table], KIND["person"]).mapping
    return apply(plan_import(table, KIND["person"], mapping, center), center)


def _posts(center: Session) -> list[Record]:
    return center.find(Query("post", order="created"))


def _name(center: Session, record: Record, field: str) -> str:
    return center.link_title("person", record.text(field))


ROWS = (
    "甲|王敏|13912345601|组长|李雷",
    "甲|李雷|13912345602|副组长|韩梅、王敏",
    "乙|韩梅|13912345603|坐席|朱丽",
    "乙|朱丽|13912345604||",
    "乙|朱丽|13912345605|坐席|无此人",
    "乙|赵一|1391234|坐席|王敏",
    "乙|孙二|13912345606|坐席|赵一",
    "丙|周三|13912345607|值班|周三",
)


def test_holders_and_backups_are_linked_when_there_is_no_doubt(center: Session) -> None:
    report = _import(center, *ROWS)
    posts = _posts(center)
    assert (report.posts_added, report.posts_updated, len(posts)) == (6, 0, 6)
    assert [_name(center, item, "holder") for item in posts] == [
        "王敏",
        "李雷",
        "韩梅",
        "朱丽",
        "孙二",
        "周三",
    ]
    assert [_name(center, item, "backup_a") for item in posts] == ["李雷", "韩梅", "", "", "", ""]
    assert _name(center, posts[1], "backup_b") == "王敏"
    assert posts[2].text("note") == "备份人员（原表）：朱丽"
    texts = [str(note) for note in report.notes]
    assert texts == [
        "第 4 行 E 备份人员：有多人名为“朱丽”，未登记为备份人员",
        "第 6 行 E 备份人员：名单中没有“无此人”，未登记为备份人员",
        "第 8 行 E 备份人员：“赵一”所在行未导入，未登记为备份人员",
        "第 9 行 E 备份人员：“周三”就是任职人，未登记为备份人员",
    ]


def test_the_second_import_writes_nothing(center: Session) -> None:
    _import(center, *ROWS)
    assert _import(center, *ROWS).operations == 0


def test_an_interrupted_import_is_completed_by_the_next(center: Session) -> None:
    cells = [tuple(row.split("|")) for row in (HEADER, *ROWS)]
    table = Table("表", tuple(Row(n, row) for n, row in enumerate(cells, start=1)))
    plan = plan_import(table, KIND["person"], find([table], KIND["person"]).mapping, center)
    # The people are in, then the power fails.
    apply(type(plan)(plan.kind, plan.mapping, plan.rows), center)
    assert _posts(center) == []
    report = _import(center, *ROWS)
    assert (report.added, report.posts_added) == (0, 6)
    assert _import(center, *ROWS).operations == 0


def test_a_vacant_post_of_the_plan_is_filled(center: Session) -> None:
    center.execute(post.add(title="组长", group="甲", duties="总负责"))
    center.execute(post.add(title="组长", group="乙"))
    report = _import(center, ROWS[0], ROWS[1])
    assert (report.posts_added, report.posts_updated) == (1, 1)
    filled = next(item for item in _posts(center) if item["duties"])
    assert _name(center, filled, "holder") == "王敏"
    assert _name(center, filled, "backup_a") == "李雷"


def test_a_new_backup_changes_the_post_and_nothing_else(center: Session) -> None:
    _import(center, *ROWS[:3])
    report = _import(center, "甲|王敏|13912345601|组长|韩梅", *ROWS[1:3])
    assert (report.added, report.updated, report.posts_added, report.posts_updated) == (0, 0, 0, 1)
    assert _name(center, _posts(center)[0], "backup_a") == "韩梅"


def test_backups_known_to_the_roster_only(center: Session) -> None:
    _import(center, "甲|王敏|13912345601||")
    _import(center, "甲|李雷|13912345602|组长|王 敏")
    assert _name(center, _posts(center)[0], "backup_a") == "王敏"
