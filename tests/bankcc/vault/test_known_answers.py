"""Published answers for every algorithm of the suite."""

import pytest

from bankcc.errors import Damaged
from bankcc.vault import crypto, known_answers


@pytest.mark.parametrize("name", known_answers.QUICK)
def test_quick_answers(name: str) -> None:
    found, expected = known_answers.QUICK[name]()
    assert found.hex() == expected


def test_argon2id() -> None:
    found, expected = known_answers.argon2id()
    assert found.hex() == expected


def test_a_library_that_answers_wrongly_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    known_answers.check()
    monkeypatch.setattr(crypto, "hkdf_sha256", lambda *_: b"\0" * 42)
    with pytest.raises(Damaged) as caught:
        known_answers.check()
    assert "HKDF-SHA256" in caught.value.what
