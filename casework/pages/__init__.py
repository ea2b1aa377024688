"""The pages of casework."""

from core.i18n import N_
from core.permissions import Permission
from core.ui.navigation import Group, PageSpec

PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        url="cases",
        path="casework/pages/cases.py",
        title=N_("Cases"),
        group=Group.INITIATIVES,
        permission=Permission.VIEW_CASE,
        icon=":material/folder_open:",
    ),
    PageSpec(
        url="case",
        path="casework/pages/case.py",
        title=N_("Case"),
        group=Group.INITIATIVES,
        permission=Permission.VIEW_CASE,
        icon=":material/folder_open:",
        hidden=True,
    ),
    PageSpec(
        url="case_new",
        path="casework/pages/case_new.py",
        title=N_("Open a case"),
        group=Group.INITIATIVES,
        permission=Permission.OPEN_CASE,
        icon=":material/create_new_folder:",
        hidden=True,
    ),
    PageSpec(
        url="consultations",
        path="casework/pages/consultations.py",
        title=N_("Consultations"),
        group=Group.WORK,
        permission=Permission.VIEW_CONSULTATION,
        icon=":material/forum:",
    ),
    PageSpec(
        url="consultation",
        path="casework/pages/consultation.py",
        title=N_("Consultation"),
        group=Group.WORK,
        permission=Permission.VIEW_CONSULTATION,
        icon=":material/forum:",
        hidden=True,
    ),
    PageSpec(
        url="consultation_new",
        path="casework/pages/consultation_new.py",
        title=N_("Write up a consultation"),
        group=Group.WORK,
        permission=Permission.RECORD_CONSULTATION,
        icon=":material/edit_note:",
        hidden=True,
    ),
)
