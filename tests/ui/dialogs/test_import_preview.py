"""The preview of an import: outcome as a chip, values as people read them, phones masked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from bankcc.features import person
from bankcc.tabular.load import read_plan
from bankcc.tabular.plan import ImportPlan
from ui.dialogs.import_preview import Findings, PlannedRows
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE


@pytest.fixture
def plan(context, tmp_path: Path) -> ImportPlan:
    path = tmp_path / "x.csv"
    path.write_text("姓名,手机\n王敏,13912345678\n李明朗,1391\n", encoding="utf-8")
    return read_plan(path, person.KIND, context.session)


def test_rows(plan, qtmodeltester) -> None:
    model = PlannedRows(person.KIND)
    qtmodeltester.check(model, force_py=False)
    model.set_plan(plan)
    heads = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]
    assert heads == ["行", "结果", "姓名", "手机"]
    assert [model.index(0, c).data() for c in range(4)] == ["2", "新增", "王敏", "139****5678"]
    assert model.index(1, 1).data(LEVEL_ROLE) == Level.CRITICAL
    assert model.index(1, 0).data(LEVEL_ROLE) is None
    model.set_plan(None)
    assert model.rowCount() == 0


def test_findings(plan, qtmodeltester) -> None:
    model = Findings()
    qtmodeltester.check(model, force_py=False)
    model.set_findings(plan.problems)
    assert [model.index(0, c).data() for c in range(2)] == ["3", "B 手机"]
    assert "1391" in model.index(0, 2).data()
    assert model.texts()[0][0] == "3"
