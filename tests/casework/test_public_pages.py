"""The public forms over HTTP: a leader's page and feedback, without an account."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from accounts.domain.contact import ConsentScope, NewConsent
from casework import routes as casework_routes
from casework import store
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.initiative import NewParticipant
from casework.domain.step import NewStep
from casework.service import (
    add_person,
    make_leader_link,
    offer_feedback,
    record_consultation,
    revoke_leader_link,
    view_case,
    view_consultation,
)
from core.settings import Centre, save_centre
from core.web import HouseRules
from core.workspace import Workspace, system_clock
from tests import factories

HOST = "https://desk.example.org"
OWN = {"Origin": HOST, "Accept-Language": "ru"}


@pytest.fixture
def here(workspace) -> Workspace:
    """The same consultant by today's clock, as the server has it."""
    workspace.clock = system_clock
    return workspace


@pytest.fixture
def case(database, here) -> int:
    with here.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        save_centre(db, Centre("Центр <b>"))
        initiative = factories.make_initiative(db, "Двор <script>")
        return factories.make_case(db, me, initiative_id=initiative)


@pytest.fixture
def meeting(here, case) -> int:
    with here.reading() as tx:
        me, today = tx.actor.person_id, tx.today
    draft = Draft(
        today, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset({case}),
        steps=(NewStep("Шаг <i>один</i>", today),),
    )  # fmt: skip
    return record_consultation(here, draft=draft)


@pytest.fixture
def vera(here, case, meeting) -> int:
    with here.reading() as tx:
        today = tx.today
    initiative = view_case(here, case_id=case).case.initiative_id
    new = NewParticipant("Вера & Ко", consent=NewConsent(ConsentScope.CONTACT, today))
    add_person(here, initiative_id=initiative, new=new, is_sure=True)
    with here.reading() as tx:
        return store.list_people_of_cases(tx.db, [case])[0]


@pytest.fixture
def site(database, monkeypatch) -> TestClient:
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PUBLIC_URL", HOST)
    app = Starlette(routes=casework_routes.routes(), middleware=[Middleware(HouseRules)])
    return TestClient(app, base_url=HOST, client=("192.0.2.1", 5000))


@pytest.fixture
def page(here, case, vera) -> str:
    return f"/leader/{make_leader_link(here, case_id=case, person_id=vera)}"


def test_the_leaders_page_shows_texts_as_they_are_and_is_kept_by_nobody(site, page) -> None:
    answer = site.get(page, headers=OWN)

    assert answer.status_code == 200
    for text in ("Двор &lt;script&gt;", "Шаг &lt;i&gt;один&lt;/i&gt;", "Вера &amp; Ко"):
        assert text in answer.text
    assert "<script>" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert '<html lang="ru">' in answer.text


def test_the_leaders_page_speaks_english_too(site, page) -> None:
    answer = site.get(page, headers={"Accept-Language": "en-GB"})
    assert "Next steps" in answer.text


def test_a_question_is_asked_once_and_told(site, page, here, case) -> None:
    sent = {"act": "ask", "question": "Когда <b>встреча</b>?"}
    for _time in range(2):
        answer = site.post(page, data=sent, headers=OWN)
        assert answer.url.query == b"done=asked"
    assert "Ваш вопрос передан" in answer.text
    assert "Когда &lt;b&gt;встреча&lt;/b&gt;?" in answer.text

    asked = [s.text for s in view_case(here, case_id=case).steps if s.is_question]
    assert asked == ["Когда <b>встреча</b>?"]


def test_a_refused_question_keeps_what_was_typed(site, page) -> None:
    long = "я" * 1_001
    answer = site.post(page, data={"act": "ask", "question": long}, headers=OWN)

    assert answer.status_code == 422
    assert long in answer.text
    assert "1 000" in answer.text.replace("\xa0", " ")


def test_a_consent_is_taken_back(site, page, here, case, vera) -> None:
    first = site.get(page, headers=OWN).text
    number = first.split("name='consent' value='")[1].split("'")[0]
    answer = site.post(page, data={"act": "withdraw", "consent": number}, headers=OWN)

    assert "Согласие отозвано" in answer.text
    assert "отозвано " in answer.text
    wrong = site.post(page, data={"act": "withdraw", "consent": "9" * 40}, headers=OWN)
    assert wrong.status_code == 422


def test_a_foreign_page_posts_nothing(site, page, here, case, meeting) -> None:
    feedback = f"/feedback/{offer_feedback(here, consultation_id=meeting)}"
    for address, data in (
        (page, {"act": "ask", "question": "Чужой"}),
        (feedback, {"usefulness": "1"}),
    ):
        for headers in ({"Origin": "https://evil.example"}, {}):
            assert site.post(address, data=data, headers=headers).status_code == 403
    assert not any(step.is_question for step in view_case(here, case_id=case).steps)
    assert view_consultation(here, consultation_id=meeting).feedback == ()


def test_a_body_that_no_form_has_is_refused(site, page) -> None:
    big = {"act": "ask", "question": "x" * 30_000}
    assert site.post(page, data=big, headers=OWN).status_code == 413


def test_a_revoked_link_gets_our_404(site, page, here, case, vera) -> None:
    revoke_leader_link(here, case_id=case, person_id=vera)
    for address in (page, "/leader/guessed", "/leader", "/feedback/guessed", "/feedback"):
        answer = site.get(address, headers=OWN)
        assert answer.status_code == 404
        assert "По этому адресу ничего нет" in answer.text
    assert site.post(page, data={"act": "ask", "question": "?"}, headers=OWN).status_code == 404


def test_feedback_is_given_once(site, here, meeting) -> None:
    address = f"/feedback/{offer_feedback(here, consultation_id=meeting)}"
    assert "Насколько полезной" in site.get(address, headers=OWN).text

    empty = site.post(address, data={"sentence": "Без оценки"}, headers=OWN)
    assert empty.status_code == 422
    assert "Без оценки" in empty.text
    given = site.post(address, data={"usefulness": "4", "sentence": "Ясно"}, headers=OWN)
    assert "Спасибо" in given.text
    assert site.get(address, headers=OWN).status_code == 404

    [said] = view_consultation(here, consultation_id=meeting).feedback
    assert (said.usefulness, said.sentence) == (4, "Ясно")
