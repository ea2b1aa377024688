"""Who was at a meeting, noted on its page."""

from datetime import date

import pytest

from casework.domain.attendance import Attendance, Attendee
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.initiative import NewParticipant
from casework.service import add_person, record_consultation, view_case, view_consultation
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def meeting(workspace, database, me) -> int:
    with database.writing() as db:
        case = factories.make_case(db, me)
    initiative = view_case(workspace, case_id=case).case.initiative_id
    for name in ("Вера", "Олег"):
        add_person(workspace, initiative_id=initiative, new=NewParticipant(name), is_sure=True)
    draft = Draft(TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset({case}))
    return record_consultation(workspace, draft=draft)


def there(workspace, meeting: int) -> tuple[Attendee, ...]:
    return view_consultation(workspace, consultation_id=meeting).attendees


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_whole_group_is_noted_on_one_screen(open_page, workspace, me, meeting, language) -> None:
    page = open_page("consultation", consultation=meeting, person_id=me, language=language)
    page.button(key="attendance_all").click().run()
    page.text_area(key=f"attendance_{meeting}_1_0_others").set_value("Сосед\n\nВнучка")
    page.button(key="attendance_save").click().run()
    assert not page.exception

    kinds = [(one.attendance, one.name) for one in there(workspace, meeting)]
    came = Attendance.ATTENDED
    assert kinds == [(came, ""), (came, ""), (came, "Сосед"), (came, "Внучка")]

    page.button(key="saved_undo").click().run()
    assert not page.exception
    assert there(workspace, meeting) == ()
