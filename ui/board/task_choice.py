"""A choice of one of a task's fields, made with one digit."""

from PySide6.QtWidgets import QWidget

from bankcc.features import task
from bankcc.i18n import _
from bankcc.schema.fields import Choice
from ui.records.category_field import CategoryField


class ChoiceField(CategoryField):
    """A choice of a task's field; a digit chooses."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.name = name
        super().__init__((), parent)

    def retranslate(self) -> None:
        """Words and choices in the language in force."""
        super().retranslate()
        item = task.KIND.field(self.name)
        assert isinstance(item, Choice)
        self.setAccessibleName(_(item.label))
        self.set_choices([(option.code, _(option.label)) for option in item.options])
