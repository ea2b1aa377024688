"""templates of the centre, remarks of leaders on roadmaps."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roadmap_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "form",
                "events",
                "city",
                "authorities",
                "money",
                "people",
                "partners",
                "media",
                name="templatetheme",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "steps >= 0 AND length >= 0", name=op.f("ck_roadmap_template_counts")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_roadmap_template_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap_template")),
        sa.UniqueConstraint("token", name=op.f("uq_roadmap_template_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("roadmap_template", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roadmap_template_created_by"), ["created_by"], unique=False
        )
    op.create_table(
        "roadmap_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roadmap_remark_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_roadmap_remark_roadmap_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap_remark")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("roadmap_remark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roadmap_remark_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_roadmap_remark_roadmap_id"), ["roadmap_id"], unique=False
        )
