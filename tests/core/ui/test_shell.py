"""The frame itself, when the database is in trouble before any page begins."""

import pytest

from core.errors import DatabaseUnavailableError, SignedOutError

SENTENCES = {"ru": "База данных не отвечает", "en": "The database does not answer"}


@pytest.mark.parametrize("language", list(SENTENCES))
def test_frame_tells_in_words_that_the_database_is_away(open_page, monkeypatch, language) -> None:
    page = open_page("profile", language=language)

    def away(_workspace: object) -> None:
        raise DatabaseUnavailableError

    monkeypatch.setattr("accounts.service.who", away)
    page.run()
    assert [SENTENCES[language] in error.value for error in page.error] == [True]
    assert not page.exception


def test_signed_out_person_is_at_the_gate(open_page, monkeypatch) -> None:
    page = open_page("profile")

    def ended(_workspace: object) -> None:
        raise SignedOutError

    monkeypatch.setattr("accounts.service.who", ended)
    page.run()
    assert page.text_input(key="sign_in_address") is not None
    assert not page.sidebar.markdown
