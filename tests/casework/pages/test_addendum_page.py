"""The correction of a note on the page of its meeting."""

from datetime import date

import pytest
import sqlalchemy as sa

from casework.domain.consultation import Draft, Topic, Work
from casework.service import record_consultation, view_consultation
from hours.service import EntryStatus
from hours.tables import TimeEntry


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_approved_note_is_corrected_on_its_page(
    open_page, workspace, database, language
) -> None:
    with workspace.reading() as tx:
        me = tx.actor.person_id
    draft = Draft(date(2026, 11, 23), frozenset({Topic.BUDGET}), (Work(me, 60),), note="Смета")
    meeting = record_consultation(workspace, draft=draft)
    with database.writing() as db:
        db.execute(sa.update(TimeEntry).values(status=EntryStatus.APPROVED))

    page = open_page("consultation", consultation=meeting, person_id=me, language=language)
    page.text_area(key="addendum_text").set_value("Сумма была *40* тысяч")
    page.button(key="addendum_save").click().run()

    assert not page.exception
    assert [one.text for one in view_consultation(workspace, consultation_id=meeting).addenda] == [
        "Сумма была *40* тысяч"
    ]
    assert {"Смета", "Сумма была *40* тысяч"} <= {text.value for text in page.text}
    assert page.text_area(key="addendum_text").value == ""
