"""One message per number and language; the form is chosen by the count."""

import pytest

from bankcc import i18n
from bankcc.i18n import _, ngettext


def entries(count: int) -> str:
    return ngettext("{count} entry", "{count} entries", count).format(count=count)


def test_english_has_two_forms() -> None:
    i18n.set_language("en")
    assert [entries(count) for count in (0, 1, 2, 21)] == [
        "0 entries", "1 entry", "2 entries", "21 entries",
    ]  # fmt: skip


def test_chinese_has_one() -> None:
    i18n.set_language("zh_CN")
    assert [entries(count) for count in (0, 1, 2)] == ["共 0 条", "共 1 条", "共 2 条"]


def test_the_form_follows_the_language_in_force() -> None:
    assert entries(1) == "共 1 条"  # nothing was set: the default
    i18n.set_language("en")
    assert entries(1) == "1 entry"


def test_what_no_catalogue_has_stays_english() -> None:
    assert ngettext("one zzqq", "many zzqq", 1) == "one zzqq"
    assert ngettext("one zzqq", "many zzqq", 5) == "many zzqq"
    assert _("") == ""


@pytest.mark.parametrize(
    ("written", "code"), [("zh", "zh_CN"), ("cn", "zh_CN"), ("en-GB", "en"), ("EN_us", "en")]
)
def test_what_people_write_for_a_language(written, code) -> None:
    assert i18n.normalise(written) == code


def test_a_language_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        i18n.normalise("fr")
