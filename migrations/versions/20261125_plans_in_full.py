"""Plans in full: dates, calendars, estimates and progress of tasks; baselines."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEPT = {"sqlite_autoincrement": True}  # forgotten where Alembic makes a table anew

_ESTIMATE = (
    "(optimistic IS NULL AND likely IS NULL AND pessimistic IS NULL)"
    " OR (optimistic IS NOT NULL AND likely IS NOT NULL AND pessimistic IS NOT NULL"
    " AND 0 <= optimistic AND optimistic <= likely AND likely <= pessimistic)"
)
_FINISHED = "finished_at IS NULL OR (started_at IS NOT NULL AND started_at <= finished_at)"


def upgrade() -> None:
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 0", name=op.f("ck_baseline_number")),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_baseline_roadmap_id")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_baseline_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint("roadmap_id", "number", name="uq_baseline_roadmap_id_number"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("baseline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_baseline_taken_by"), ["taken_by"], unique=False)

    op.create_table(
        "baseline_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("finishes_at", sa.DateTime(), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.CheckConstraint("duration >= 0", name=op.f("ck_baseline_date_duration")),
        sa.ForeignKeyConstraint(
            ["baseline_id"],
            ["baseline.id"],
            name=op.f("fk_baseline_date_baseline_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline_date")),
        sa.UniqueConstraint("baseline_id", "task_id", name="uq_baseline_date_baseline_id_task_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("dependency", table_kwargs=_KEPT) as batch_op:
        batch_op.add_column(
            sa.Column(
                "counting",
                sa.Enum(
                    "working",
                    "calendar",
                    "elapsed",
                    name="counting",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="working",
                nullable=False,
            )
        )

    with op.batch_alter_table("roadmap", table_kwargs=_KEPT) as batch_op:
        batch_op.add_column(sa.Column("calendars", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("resources", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("assignments", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("status_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("task", table_kwargs=_KEPT) as batch_op:
        batch_op.add_column(
            sa.Column(
                "counting",
                sa.Enum(
                    "working",
                    "calendar",
                    "elapsed",
                    name="counting",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="working",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("calendar", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "constraint_kind",
                sa.Enum(
                    "asap",
                    "alap",
                    "snet",
                    "snlt",
                    "fnet",
                    "fnlt",
                    "mso",
                    "mfo",
                    name="constraintkind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("constraint_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("deadline", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("placed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("off_path", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("optimistic", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("likely", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("pessimistic", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("started_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("finished_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("remaining", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_task_constraint"), "constraint_at IS NULL OR constraint_kind IS NOT NULL"
        )
        batch_op.create_check_constraint(op.f("ck_task_estimate"), _ESTIMATE)
        batch_op.create_check_constraint(op.f("ck_task_remaining"), "remaining >= 0")
        batch_op.create_check_constraint(op.f("ck_task_finished"), _FINISHED)
