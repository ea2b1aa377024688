"""Every table of the program; a feature with tables adds its module here."""

from importlib import import_module
from typing import Final

import sqlalchemy as sa

from core.database import Base

MODULES: Final = (
    "core.audit",
    "core.calendar",
    "core.catalogue",
    "core.documents",
    "core.drafts",
    "core.jobs",
    "core.links",
    "core.revision",
    "core.settings",
    "accounts.tables",
    "hours.tables",
    "casework.tables",
    "diagnostics.tables",
    "roadmaps.tables",
    "panels.tables",
)
for _module in MODULES:
    import_module(_module)

METADATA: Final[sa.MetaData] = Base.metadata
