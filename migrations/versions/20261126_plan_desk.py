"""Changes of plans know the request that asked for them, so that one sent twice is made once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_edit", sa.Column("key", sa.String(length=64), nullable=True))
    op.create_index(
        "uq_plan_edit_roadmap_id_by_key", "plan_edit", ["roadmap_id", "by", "key"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_plan_edit_roadmap_id_by_key", table_name="plan_edit")
    op.drop_column("plan_edit", "key")
