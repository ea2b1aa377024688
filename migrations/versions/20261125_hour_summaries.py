"""Sums of days beside the entries, and an index of the little that is private."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_sum",
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column(
            "activity",
            sa.Enum(
                "consulting",
                "training",
                "other",
                name="activity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "contact",
                "preparation",
                "travel",
                "follow_up",
                "administration",
                "roadmap",
                "council",
                name="timekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "locked",
                name="entrystatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_outside", sa.Boolean(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_day_sum_minutes")),
        sa.PrimaryKeyConstraint(
            "worked_on",
            "activity",
            "kind",
            "status",
            "is_outside",
            "agreement_id",
            "topic",
            name=op.f("pk_day_sum"),
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("time_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_time_entry_private",
            ["worked_on", "person_id"],
            unique=False,
            sqlite_where=sa.text("is_private = 1"),
            postgresql_where=sa.text("is_private"),
        )
    op.execute(
        "INSERT INTO day_sum (worked_on, activity, kind, status, is_outside, agreement_id, topic,"
        " minutes) SELECT e.worked_on, e.activity, e.kind, e.status, e.is_outside,"
        " coalesce(e.agreement_id, 0), coalesce(t.topic, ''), sum(coalesce(t.minutes, e.minutes))"
        " FROM time_entry e LEFT JOIN time_entry_topic t ON t.time_entry_id = e.id"
        " WHERE NOT e.is_private GROUP BY e.worked_on, e.activity, e.kind, e.status, e.is_outside,"
        " coalesce(e.agreement_id, 0), coalesce(t.topic, '')"
    )
