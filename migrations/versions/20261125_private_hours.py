"""the index of the figures knows what is private."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FIGURES = ["activity", "worked_on", "status", "kind", "person_id", "minutes"]


def upgrade() -> None:
    op.drop_index("ix_time_entry_figures", table_name="time_entry")
    op.create_index("ix_time_entry_figures", "time_entry", [*_FIGURES, "is_private"])
