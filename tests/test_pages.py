"""Every page opens for every role in both languages, in an empty centre, without a trace."""

import pytest

from core.permissions import Actor, Role, Scope, scope
from core.ui.navigation import PageSpec
from tests.pages import SPECS

REFUSALS = {"ru": "Ваша роль этого не позволяет", "en": "Your role does not allow this"}


@pytest.mark.parametrize("language", list(REFUSALS))
@pytest.mark.parametrize("role", list(Role))
def test_every_page_opens_or_refuses_in_words(open_page, role: Role, language: str) -> None:
    page = open_page("profile", role=role, language=language)
    wrong = []
    for spec in SPECS:
        page = page.switch_page(spec.path).run()
        refused = any(REFUSALS[language] in error.value for error in page.error)
        if page.exception or refused == _may_open(role, spec) or not (page.title or page.error):
            wrong.append(
                (spec.url, [e.value for e in page.error], [e.message for e in page.exception])
            )
    assert wrong == []


def _may_open(role: Role, spec: PageSpec) -> bool:
    actor = Actor(1, frozenset({role}))
    return spec.permission is None or scope(actor, spec.permission) is not Scope.NONE
