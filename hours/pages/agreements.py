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
        "name": Column(_("Agreement"), width=205),
        "payer": Column(_("Who pays"), width=155),
        "period": Column(_("Period of today"), width=190),
        "planned": Column(_("Plan"), "minutes", help=_("Time of staff"), width=80),
        "done": Column(_("Done"), "minutes", width=105),
        "share": Column(_("Done, %"), "share", width=78),
    },
    key="agreements",
    opens=("agreement", "agreement", [line.agreement.id for line in lines]),
)
