"""who was at meetings, series, addenda of notes, feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "weekly",
                "fortnightly",
                "monthly",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_series")),
        sa.UniqueConstraint("token", name=op.f("uq_consultation_series_token")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consultation_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("usefulness", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "usefulness BETWEEN 1 AND 5", name=op.f("ck_consultation_feedback_usefulness")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_feedback_consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_feedback")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("consultation_feedback", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_feedback_consultation_id"),
            ["consultation_id"],
            unique=False,
        )

    op.create_table(
        "consultation_in_series",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_in_series_consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["consultation_series.id"],
            name=op.f("fk_consultation_in_series_series_id"),
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_consultation_in_series")),
    )
    with op.batch_alter_table("consultation_in_series", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_in_series_series_id"), ["series_id"], unique=False
        )

    op.create_table(
        "consultation_participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "attended",
                "absent",
                "excused",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR name <> ''", name=op.f("ck_consultation_participant_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_participant_consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consultation_participant_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_participant")),
        sa.UniqueConstraint(
            "consultation_id",
            "person_id",
            name=op.f("uq_consultation_participant_consultation_id_person_id"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("consultation_participant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_participant_consultation_id"),
            ["consultation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_consultation_participant_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "note_addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_note_addendum_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_note_addendum_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_addendum")),
        sa.UniqueConstraint("token", name=op.f("uq_note_addendum_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("note_addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_addendum_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_note_addendum_consultation_id"), ["consultation_id"], unique=False
        )
