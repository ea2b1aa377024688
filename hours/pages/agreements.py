"""Agreements with those who pay for hours: which hold, and how each stands today."""

import streamlit as st

from core.permissions import Permission
from core.ui.desk import allows, empty, heading, words, workspace
from core.ui.tables import Column
from hours.pages.parts import figures
from hours.pages.parts.agreements import span
from hours.service import view_agreements

_ = words()
here = workspace()
lines = view_agreements(here)
new = (_("New agreement"), "agreement_edit", dict[str, object]())

heading(
    _("Agreements"),
    _("To whom have we promised hours, and do we keep it?"),
    action=new if allows(Permission.EDIT_PLANS) else None,
)
if not lines:
    empty(
        _("No agreements yet"),
        _("Enter what a payer was promised: in which periods, how many hours, by whom."),
        button=new if allows(Permission.EDIT_PLANS) else None,
    )
    st.stop()
figures.listed(
    "agreements",
    [
        {
            "name": line.agreement.name,
            "payer": line.agreement.terms.payer,
            "period": span(line.period, _) if line.period else _("not running today"),
            "planned": line.planned if line.period else None,
            "done": line.done if line.period else None,
            "share": line.done / line.planned if line.planned else None,
        }
        for line in lines
    ],
    {
        "name": Column(_("Agreement")),
        "payer": Column(_("Who pays")),
        "period": Column(_("Period of today")),
        "planned": Column(_("Plan, time of staff"), "minutes"),
        "done": Column(_("Done"), "minutes"),
        "share": Column(_("Done, %"), "share"),
    },
    key="agreements",
    opens=("agreement", "agreement", [line.agreement.id for line in lines]),
)
