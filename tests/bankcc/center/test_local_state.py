"""Local tables: drafts and window state survive a rebuild and are never in the log."""

from bankcc.session import Session


def test_drafts_come_back_oldest_first_and_can_be_dropped(center: Session) -> None:
    center.local.save_draft("inquiry:2", {"note": "第二"})
    center.local.save_draft("inquiry:1", {"note": "第一"})
    center.local.save_draft("inquiry:2", {"note": "第二改"})
    center.local.save_draft("task:1", {"title": "别处"})
    assert [(d.name, d.body["note"]) for d in center.local.drafts("inquiry:")] == [
        ("inquiry:1", "第一"),
        ("inquiry:2", "第二改"),
    ]
    center.local.drop_draft("inquiry:1")
    assert [d.name for d in center.local.drafts()] == ["inquiry:2", "task:1"]


def test_local_values_survive_a_rebuild_and_write_no_operation(center: Session) -> None:
    before = center.status().operations
    center.local.set_value("window", {"geometry": b"\x01\x02", "panel": "hotline"})
    center.local.note("王敏", "export", "来电 12 行")
    center.rebuild()
    assert center.local.value("window") == {"geometry": b"\x01\x02", "panel": "hotline"}
    assert center.local.value("nothing", 7) == 7
    assert center.local.journal()[0][1:] == ("王敏", "export", "来电 12 行")
    assert center.status().operations == before
