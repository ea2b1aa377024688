"""Every page opens for every role in both languages, in an empty centre, without a trace."""

import pytest

from core.permissions import Actor, Role, Scope, scope
from core.ui.navigation import PageSpec
from tests.pages import SPECS

LANGUAGES = ("ru", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.url)
def test_page_opens_or_refuses_in_words(open_page, spec: PageSpec, role: Role, language) -> None:
    page = open_page(spec.url, role=role, language=language)
    assert [] == list(page.exception)
    actor = Actor(1, frozenset({role}))
    allowed = spec.permission is None or scope(actor, spec.permission) is not Scope.NONE
    refusals = {"ru": "Ваша роль этого не позволяет", "en": "Your role does not allow this"}
    refused = [error.value for error in page.error if refusals[language] in error.value]
    assert allowed == (not refused)
    if allowed:
        assert page.title or page.error, "a page says what it is, or what is missing"
