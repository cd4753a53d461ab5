"""How the fields of a form stand, and how what was changed in them becomes one verb."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from bankcc.schema.change import Action, Change, Desk, Verb
from ui import theme
from ui.records.field_editors import CountEditor
from ui.records.form_row import FormRow


def field_grid(rows: Sequence[FormRow], parent: QWidget) -> QScrollArea:
    """Two short fields share a line; the order of the declaration is the order of Tab."""
    inner = QWidget(parent)
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, theme.px(8), theme.px(8), theme.px(8))
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(8))
    line, column = 0, 0
    for row in rows:
        if column and not row.half:
            line, column = line + 1, 0
        span = 1 if row.half else 2
        grid.addWidget(row, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
        column += span
        if column >= 2:
            line, column = line + 1, 0
    grid.setRowStretch(line + 1, 1)
    for at in (0, 1):
        grid.setColumnStretch(at, 1)
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    return area


def counted(rows: Mapping[str, FormRow], names: Iterable[str]) -> dict[str, int]:
    """Counts that were only counted up or down: two laptops' steps must add up."""
    found = {}
    for name in names:
        editor = rows[name].editor
        if isinstance(editor, CountEditor) and (by := editor.difference()) is not None:
            found[name] = by
    return found


def edit(
    kind: str, record: str, values: Mapping[str, object], steps: Mapping[str, int]
) -> Verb:
    """Change fields and move counts of a record in one step."""

    def plan(desk: Desk) -> Sequence[Change]:
        found = desk.get(kind, record).id
        changes = [Change(kind, Action.EDIT, found, values)] if values else []
        return [*changes, *([Change(kind, Action.ADD, found, steps)] if steps else [])]

    return Verb(f"{kind}.edit", plan)
