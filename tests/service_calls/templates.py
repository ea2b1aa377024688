"""Calls of roadmaps about templates, copies, steps taken over and private links."""

from typing import Final

from core.workspace import Workspace
from roadmaps import service as roadmaps
from roadmaps.domain.own_template import TemplateForm
from roadmaps.domain.plan import Plan
from roadmaps.domain.template import TemplateTheme
from tests.full_centre import TODAY, FullCentre
from tests.service_calls.cases import reads_note
from tests.service_calls.rules import Call, P, case_id, of_case, on, open_to

_PLAN = on("case", P.EDIT_ROADMAP)
_KEPT = on("kept", P.EDIT_ROADMAP)
_WAY = roadmaps.Way("event", "notice")


def _roadmap(c: FullCentre) -> dict[str, int]:
    return {"roadmap_id": c.ids["roadmap"]}


def _new(c: FullCentre) -> roadmaps.NewPlan:
    return roadmaps.NewPlan(c.ids["case"], c.words(), Plan(TODAY))


def _form(c: FullCentre) -> TemplateForm:
    return TemplateForm(c.words(), TemplateTheme.MEDIA, c.words())


def _source(c: FullCentre) -> roadmaps.Source:
    return roadmaps.Source(c.ids["roadmap"])


def _leader(c: FullCentre) -> dict[str, int]:
    return _roadmap(c) | {"person_id": c.people["leader"]}


def _take(c: FullCentre, w: Workspace) -> object:
    return roadmaps.take_steps(w, **_roadmap(c), step_ids=[], need_id=c.ids["need"])


def _take_back(c: FullCentre, w: Workspace) -> object:
    where = {"roadmap_id": c.ids["taken_roadmap"], "need_id": c.ids["need"]}
    return roadmaps.take_back_steps(w, **where, seq=c.ids["taken_seq"])


TEMPLATES: Final[dict[str, Call]] = {
    "copy_roadmap": Call(
        _PLAN, lambda c, w: roadmaps.copy_roadmap(w, source=_source(c), new=_new(c))
    ),
    "edit_template": Call(
        _KEPT,
        lambda c, w: roadmaps.edit_template(
            w, template_id=c.ids["template"], version=1, form=_form(c)
        ),
    ),
    "list_remarks": of_case("roadmap", P.VIEW_ROADMAP)(roadmaps.list_remarks, "roadmap_id"),
    "list_templates": Call(open_to(P.VIEW_ROADMAP), lambda _, w: roadmaps.list_templates(w)),
    "make_roadmap_feed": of_case("roadmap", P.VIEW_ROADMAP)(
        roadmaps.make_roadmap_feed, "roadmap_id"
    ),
    "make_roadmap_link": Call(_PLAN, lambda c, w: roadmaps.make_roadmap_link(w, **_leader(c))),
    "preview_copy": Call(
        _PLAN,
        lambda c, w: roadmaps.preview_copy(w, source=_source(c), **case_id(c), starts_on=TODAY),
    ),
    "remove_remark": of_case("remark", P.EDIT_ROADMAP)(roadmaps.remove_remark, "remark_id"),
    "restore_remark": of_case("removed_remark", P.EDIT_ROADMAP)(
        roadmaps.restore_remark, "remark_id"
    ),
    "restore_template": Call(
        _KEPT,
        lambda c, w: roadmaps.restore_template(w, template_id=c.ids["withdrawn_template"]),
    ),
    "revoke_roadmap_feed": of_case("roadmap", P.VIEW_ROADMAP)(
        roadmaps.revoke_roadmap_feed, "roadmap_id"
    ),
    "revoke_roadmap_link": Call(_PLAN, lambda c, w: roadmaps.revoke_roadmap_link(w, **_leader(c))),
    "save_as_template": Call(
        _PLAN, lambda c, w: roadmaps.save_as_template(w, **_roadmap(c), form=_form(c))
    ),
    "start_from_template": Call(
        _PLAN, lambda c, w: roadmaps.start_from_template(w, way=_WAY, new=_new(c))
    ),
    "take_back_steps": Call(_PLAN, _take_back),
    "take_steps": Call(_PLAN, _take),
    "view_additions": Call(_PLAN, lambda c, w: roadmaps.view_additions(w, **case_id(c))),
    "view_held_steps": Call(
        reads_note, lambda c, w: roadmaps.view_held_steps(w, consultation_id=c.ids["held"])
    ),
    "view_roadmap_links": of_case("roadmap", P.VIEW_ROADMAP)(
        roadmaps.view_roadmap_links, "roadmap_id"
    ),
    "view_template": Call(
        open_to(P.VIEW_ROADMAP),
        lambda c, w: roadmaps.view_template(w, way=roadmaps.Way(f"own-{c.ids['template']}")),
    ),
    "withdraw_template": Call(
        _KEPT, lambda c, w: roadmaps.withdraw_template(w, template_id=c.ids["template"])
    ),
}
