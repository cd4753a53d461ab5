"""The words of the program: one gettext catalogue for screen, command line and PDF.

English is in the code. `N_` marks text that is translated later, `_` translates now, `ngettext`
picks the form that goes with a number. The language is chosen by the setting or `--lang`, never by
the environment, and may be switched at any time.
"""

import gettext
from functools import cache
from pathlib import Path

from bankcc import paths

DEFAULT_LANGUAGE = "zh_CN"
LANGUAGES = {"zh_CN": "中文", "en": "English"}

_state: dict[str, gettext.NullTranslations | str] = {}


def catalogue_folder() -> Path:
    """Where the compiled catalogues lie."""
    return paths.resources() / "i18n"


def normalise(language: str) -> str:
    """One of `LANGUAGES` for what people write: zh, zh-CN, cn, en_US … Otherwise ValueError."""
    code = language.strip().replace("-", "_").lower()
    if code.startswith("en"):
        return "en"
    if code.startswith(("zh", "cn")):
        return "zh_CN"
    raise ValueError(language)


def set_language(language: str) -> None:
    """Switch all texts fetched from now on."""
    code = normalise(language)
    _state["language"] = code
    _state["catalogue"] = _load(code)


def language() -> str:
    """The language in force."""
    current = _state.get("language", DEFAULT_LANGUAGE)
    assert isinstance(current, str)
    return current


@cache
def _load(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    with (catalogue_folder() / f"{code}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def _(message: str) -> str:
    """`message` in the language in force."""
    return _catalogue().gettext(message) if message else message


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the language in force, whichever is said of `count` things; the number is
    not put in. A language with one form has it for both."""
    return _catalogue().ngettext(one, many, count)


def _catalogue() -> gettext.NullTranslations:
    catalogue = _state.get("catalogue")
    if catalogue is None:
        set_language(DEFAULT_LANGUAGE)
        catalogue = _state["catalogue"]
    assert isinstance(catalogue, gettext.NullTranslations)
    return catalogue


def N_(message: str) -> str:  # noqa: N802  the name gettext tools look for
    """Mark `message` for the catalogue; translate it with `_` when it is shown."""
    return message


def in_every_language(message: str) -> tuple[str, ...]:
    """`message` in all languages, for reading labels that people typed in either."""
    return tuple(dict.fromkeys(_load(code).gettext(message) for code in LANGUAGES))
