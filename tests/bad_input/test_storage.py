"""A full disk and a locked database, met at a form: one sentence, nothing half-saved."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from casework.domain.consultation import Topic
from core.database import the_database
from core.permissions import Role
from roadmaps.domain.plan import Plan
from roadmaps.service import NewPlan, create_roadmap
from tests import factories
from tests.bad_input.conftest import LANGUAGES
from tests.casework.pages.test_consultation_pages import topics

LONG = "Двор и дом " * 400  # more than one page of the database
FULL = {"ru": "На сервере закончилось место", "en": "The server's disk is full"}
LOCKED = {"ru": "База данных занята другим изменением", "en": "The database is busy"}
FORMS: dict[str, tuple[str, dict[str, str], str]] = {
    "initiative": (
        "initiative_new",
        {"initiative_name": "Двор 🌳", "initiative_summary": LONG[:4_900]},
        "initiative_save",
    ),
    "case": ("case_new", {"case_request": LONG}, "case_save"),
    "case's edit": ("case", {"case_{case}_0_request": LONG}, "case_save"),
    "step": ("case", {"step_text": "Позвонить"}, "step_add"),
    "need": ("case", {"need_title": "Нет места"}, "need_add"),
    "consultation": (
        "consultation_new",
        {f"consultation_step_{n}": LONG[:990] for n in range(3)},
        "consultation_save",
    ),
    "roadmap": ("roadmap_new", {"roadmap_title": "Путь"}, "roadmap_add"),
    "task": ("roadmap", {"task_title": "Смета"}, "task_add"),
    "council": ("panel_new", {"panel_title": "Совет"}, "panel_add"),
    "profile": ("profile", {"profile_competences": LONG[:1_990]}, "profile_save"),
}
GROWING = ("initiative", "case", "case's edit", "consultation")
"""Forms whose text needs a new page of the database."""


@pytest.fixture
def form(open_page, workspaces, database) -> Callable[..., tuple[Any, dict[str, str], str]]:
    """Open a form as somebody who may fill it in, type, and give the page unsent."""

    def fill(name: str, language: str) -> tuple[Any, dict[str, str], str]:
        with database.writing() as db:
            person = factories.make_person(db, roles=[Role.CONSULTANT], language=language)
            initiative = factories.make_initiative(db, "Сад")
            case = factories.make_case(db, person, initiative_id=initiative)
        here = workspaces(Role.CONSULTANT, person_id=person)
        roadmap = create_roadmap(here, new=NewPlan(case, "Путь", Plan(starts_on=TODAY)))
        url, fields, button = FORMS[name]
        query = {"case": case, "roadmap": roadmap, "initiative": initiative}
        page = open_page(url, person_id=person, language=language, **query)
        typed = {key.format(case=case): text for key, text in fields.items()}
        if name == "consultation":
            topics(page, "consultation_topics", Topic.BUDGET)
        for key, text in typed.items():
            _field(page, key).set_value(text)
        return page, typed, button

    return fill


TODAY = factories.NOW.date()


def _field(page: Any, key: str) -> Any:
    return next(one for one in (*page.text_input, *page.text_area) if one.key == key)


@contextmanager
def _hooked(hook: Callable[..., None]) -> Iterator[None]:
    """Do something to every connection that the pages take meanwhile."""
    engine = the_database().engine
    event.listen(engine, "checkout", hook)
    try:
        yield
    finally:
        event.remove(engine, "checkout", hook)
        the_database().dispose()


def _no_room(dbapi: sqlite3.Connection, *_rest: object) -> None:
    pages = dbapi.execute("PRAGMA page_count").fetchone()[0]
    dbapi.execute(f"PRAGMA max_page_count={pages}")


def _impatient(dbapi: sqlite3.Connection, *_rest: object) -> None:
    dbapi.execute("PRAGMA busy_timeout=20")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GROWING)
def test_a_full_disk_saves_nothing_and_keeps_what_was_typed(
    form, told, rows, database, name: str, language: str
) -> None:
    page, typed, button = form(name, language)
    before = rows()
    with closing(sqlite3.connect(database.url.database)) as file:
        file.execute("VACUUM")  # the tests before have left room
    with _hooked(_no_room):
        page.button(key=button).click().run()
    told(page, FULL[language])
    assert before == rows()
    assert typed == {key: _field(page, key).value for key in typed}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_a_locked_database_saves_nothing_and_keeps_what_was_typed(
    form, told, rows, database, clock, name: str, language: str
) -> None:
    page, typed, button = form(name, language)
    before = rows()
    clock.now += timedelta(minutes=10)  # so that the sign-in, too, would be noted as used
    holder = sqlite3.connect(database.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with _hooked(_impatient):
            page.button(key=button).click().run()
    finally:
        holder.close()
    told(page, LOCKED[language])
    assert before == rows()
    assert typed == {key: _field(page, key).value for key in typed}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_refused_is_saved_by_the_same_click_later(
    form, rows, database, language: str
) -> None:
    page, _typed, button = form("case", language)
    before = rows()
    holder = sqlite3.connect(database.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with _hooked(_impatient):
        page.button(key=button).click().run()
    holder.close()
    page.button(key=button).click().run()
    assert not page.error
    assert not page.exception
    assert rows()["case_file"] == before["case_file"] + 1
