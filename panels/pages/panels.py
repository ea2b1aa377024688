"""The councils: which there are and how far they have come."""

from core.ui.desk import empty, heading, words, workspace
from core.ui.tables import Column, table
from panels.service import list_panels

_ = words()
here = workspace()

heading(
    _("Councils"),
    _("Which councils are at work, and how far have they come?"),
    (_("Set up a council"), "panel_new", {}),
)
found = list_panels(here)
if not found:
    empty(
        _("No councils yet"),
        _(
            "A council gathers experts around a project: each marks it by the same criteria"
            " without seeing the others, then the chair sees means, spread and recommendations."
        ),
        (_("Set up a council"), "panel_new", {}),
    )
else:
    table(
        [
            {
                "title": one.line.title,
                "kind": one.line.kind,
                "chair": one.chair,
                "due_on": one.line.due_on,
                "projects": one.line.submissions,
                "experts": len(one.line.expert_ids),
                "sheets": ""
                if one.done is None
                else _("{done} of {wanted}", done=one.done, wanted=one.wanted),
                "state": _("council closed") if one.line.is_closed else _("council at work"),
            }
            for one in found
        ],
        {
            "title": Column(_("Council"), width="large"),
            "kind": Column(_("Kind"), "status"),
            "chair": Column(_("Chair")),
            "due_on": Column(_("Sheets due"), "date"),
            "projects": Column(_("Projects"), "number"),
            "experts": Column(_("Experts"), "number"),
            "sheets": Column(_("Sheets handed in"), help=_("Of those that are to be handed in")),
            "state": Column(_("State"), "status"),
        },
        key="panels",
        opens=("panel", "panel", [one.line.id for one in found]),
    )
