"""Calls of panels."""

from typing import Final

from core.permissions import Actor, Guard, may
from panels import service as panels
from panels.domain.errors import OwnSheetFirstError
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from tests.full_centre import FullCentre, criterion_of, opinion_of
from tests.service_calls.rules import (
    Call,
    P,
    both,
    on,
    open_to,
)


def _sheet(centre: FullCentre, actor: Actor) -> bool:
    return may(actor, P.SCORE_SUBMISSION, Guard(author=centre.people["member"]))


def _panel_export(centre: FullCentre, actor: Actor) -> bool:
    """An expert takes nothing away: the figures would tell of the others."""
    open_ = on("panel", P.VIEW_PANEL, P.EXPORT)(centre, actor)
    is_expert = actor.person_id == centre.people["member"]
    return open_ and (not is_expert or on("chaired", P.MANAGE_PANEL)(centre, actor))


_CHAIR = on("chaired", P.MANAGE_PANEL)
_VIEWS = on("panel", P.VIEW_PANEL)

PANELS: Final[dict[str, Call]] = {
    "add_criteria_set": Call(
        _CHAIR,
        lambda c, w: panels.add_criteria_set(
            w, panel_id=c.ids["young_panel"], code=panels.list_criteria_sets()[0].code
        ),
    ),
    "add_criterion": Call(
        _CHAIR,
        lambda c, w: panels.add_criterion(
            w, panel_id=c.ids["young_panel"], criterion=criterion_of(c.words)
        ),
    ),
    "add_submission": Call(
        both(_CHAIR, open_to(P.VIEW_CASE)),
        lambda c, w: panels.add_submission(
            w,
            panel_id=c.ids["panel"],
            new=NewSubmission(c.words(), c.words(), case_id=c.ids["case"]),
        ),
    ),
    "adopt_recommendation": Call(
        _CHAIR,
        lambda c, w: panels.adopt_recommendation(
            w,
            sheet_id=c.ids["sheet_of_second_expert"],
            line=c.tokens["recommendation"],
            text=c.words(),
        ),
    ),
    "assign_expert": Call(
        _CHAIR,
        lambda c, w: panels.assign_expert(
            w, panel_id=c.ids["panel"], person_id=c.people["third_expert"]
        ),
    ),
    "close_panel": Call(_CHAIR, lambda c, w: panels.close_panel(w, panel_id=c.ids["panel"])),
    "create_panel": Call(
        open_to(P.CREATE_PANEL),
        lambda c, w: panels.create_panel(
            w, new=NewPanel(c.words(), PanelKind.COMPETITION, c.people["lead"])
        ),
    ),
    "declare_conflict": Call(
        on("seated", P.SCORE_SUBMISSION),
        lambda c, w: panels.declare_conflict(
            w, submission_id=c.ids["submission"], reason=c.words()
        ),
    ),
    "lift_conflict": Call(
        _CHAIR,
        lambda c, w: panels.lift_conflict(
            w, submission_id=c.ids["submission"], expert_id=c.people["member"]
        ),
    ),
    "list_candidates": Call(
        _CHAIR, lambda c, w: panels.list_candidates(w, panel_id=c.ids["panel"])
    ),
    "list_own_sheets": Call(open_to(P.SCORE_SUBMISSION), lambda _, w: panels.list_own_sheets(w)),
    "list_panels": Call(open_to(P.VIEW_PANEL), lambda _, w: panels.list_panels(w)),
    "list_submissions_of_case": Call(
        open_to(P.VIEW_PANEL), lambda c, w: panels.list_submissions_of_case(w, c.ids["case"])
    ),
    "record_export": Call(
        _panel_export, lambda c, w: panels.record_export(w, panel_id=c.ids["panel"], rows=1)
    ),
    "remove_criterion": Call(
        _CHAIR,
        lambda c, w: panels.remove_criterion(w, criterion_id=c.ids["young_panel_criterion"]),
    ),
    "remove_expert": Call(
        _CHAIR,
        lambda c, w: panels.remove_expert(
            w, panel_id=c.ids["young_panel"], person_id=c.people["third_expert"]
        ),
    ),
    "reopen_panel": Call(_CHAIR, lambda c, w: panels.reopen_panel(w, panel_id=c.ids["panel"])),
    "restore_submission": Call(
        _CHAIR, lambda c, w: panels.restore_submission(w, submission_id=c.ids["withdrawn"])
    ),
    "return_sheet": Call(
        _CHAIR,
        lambda c, w: panels.return_sheet(
            w, sheet_id=c.ids["sheet_of_second_expert"], reason=c.words()
        ),
    ),
    "save_sheet": Call(
        _sheet,
        lambda c, w: panels.save_sheet(
            w, sheet_id=c.ids["sheet_of_member"], version=2, opinion=opinion_of(c, c.words)
        ),
    ),
    "submit_sheet": Call(
        _sheet,
        lambda c, w: panels.submit_sheet(w, sheet_id=c.ids["sheet_of_member"], version=2),
    ),
    "summarise": Call(
        _VIEWS,
        lambda c, w: panels.summarise(w, submission_id=c.ids["submission"]),
        (OwnSheetFirstError,),
    ),
    "view_panel": Call(_VIEWS, lambda c, w: panels.view_panel(w, c.ids["panel"])),
    "view_sheet": Call(_sheet, lambda c, w: panels.view_sheet(w, c.ids["sheet_of_member"])),
    "view_submission": Call(_VIEWS, lambda c, w: panels.view_submission(w, c.ids["submission"])),
    "withdraw_submission": Call(
        _CHAIR,
        lambda c, w: panels.withdraw_submission(
            w, submission_id=c.ids["submission"], reason=c.words()
        ),
    ),
}
