"""marks of leaders on the timeline of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEPT = {"sqlite_autoincrement": True}  # forgotten where Alembic makes a table anew


def upgrade() -> None:
    kinds = (
        "opened",
        "status_changed",
        "consultation",
        "need",
        "step_done",
        "life_event",
        "assessment",
        "roadmap",
        "leader_mark",
        "submission",
        "lead_changed",
        "closing",
        "referral",
        "authority",
        "document",
    )
    with op.batch_alter_table("timeline_entry", table_kwargs=_KEPT) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_timeline_entry_timelinekind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_timeline_entry_timelinekind"), sa.column("kind").in_(kinds)
        )
