"""What waits on the desk beside meetings and steps."""

from datetime import date

from casework.domain.request import RequestForm
from casework.service import take_request
from core.permissions import Role
from tests.dashboards.reading import links


def test_a_manager_finds_who_waits_and_a_consultant_does_not(open_page, workspace) -> None:
    for day in (3, 20):
        form = RequestForm("Помогите", asked_on=date(2026, 11, day), name="Двор")
        take_request(workspace, form=form)

    assert ("2 requests wait, the oldest for 20 days", {}) in links(
        open_page("desk", Role.MANAGER, "en")
    )
    shown = links(open_page("desk", Role.CONSULTANT, "en"))
    assert not [label for label, _query in shown if "request" in label and "wait" in label]
