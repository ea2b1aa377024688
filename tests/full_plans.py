"""The part of the full centre that comes of roadmaps: templates, remarks by link, steps taken."""

from typing import Any

from roadmaps import service as roadmaps
from roadmaps.domain.own_template import TemplateForm
from roadmaps.domain.template import TemplateTheme
from tests.factories import NOW
from tests.roadmaps.plans import plan_of

TODAY = NOW.date()


def fill(centre: Any) -> None:
    """Write it all once, as the full centre does."""
    w, here, roadmap = centre.words, centre.consultant, {"roadmap_id": centre.ids["roadmap"]}
    for name in ("template", "withdrawn_template"):
        form = TemplateForm(w(), TemplateTheme.CITY, w())
        centre.ids[name] = roadmaps.save_as_template(here, **roadmap, form=form)
    roadmaps.withdraw_template(here, template_id=centre.ids["withdrawn_template"])

    leader = centre.people["leader"]
    token = roadmaps.make_roadmap_link(here, **roadmap, person_id=leader)
    for _ in range(2):
        roadmaps.comment_by_link(centre.database, token, text=w(), clock=lambda: NOW)
    (second, _name), (first, _name) = roadmaps.list_remarks(here, **roadmap)
    centre.ids |= {"remark": first.id, "removed_remark": second.id}
    roadmaps.remove_remark(here, remark_id=second.id)

    new = roadmaps.NewPlan(centre.ids["case"], w(), plan_of(1, start=TODAY))
    centre.ids["taken_roadmap"] = roadmaps.create_roadmap(here, new=new)
    taken = roadmaps.take_steps(
        here, roadmap_id=centre.ids["taken_roadmap"], step_ids=[], need_id=centre.ids["need"]
    )
    centre.ids["taken_seq"] = taken.seq
