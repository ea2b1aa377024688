"""The ledger of hours: states of entries, locks, measures, agreements, dated rules."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEPT = {"sqlite_autoincrement": True}  # forgotten where Alembic makes a table anew


def upgrade() -> None:
    op.create_table(
        "agreement_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
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
            "measure",
            sa.Enum(
                "staff",
                "event",
                "person",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "person_id IS NULL OR measure = 'staff'", name=op.f("ck_agreement_plan_person")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_agreement_plan_minutes")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_plan_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agreement_plan_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_plan")),
        sa.UniqueConstraint(
            "agreement_id",
            "activity",
            "measure",
            "person_id",
            name=op.f("uq_agreement_plan_agreement_id_activity_measure_person_id"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agreement_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_plan_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "uq_agreement_plan_of_all",
            ["agreement_id", "activity", "measure"],
            unique=True,
            sqlite_where=sa.text("person_id IS NULL"),
            postgresql_where=sa.text("person_id IS NULL"),
        )

    op.create_table(
        "counting_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("outside_counts", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_counting_rule_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counting_rule")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_counting_rule_valid_from")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("counting_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counting_rule_made_by"), ["made_by"], unique=False)

    op.create_table(
        "day_lock",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["locked_by"], ["person.id"], name=op.f("fk_day_lock_locked_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_day_lock_person_id")),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_day_lock")),
    )
    with op.batch_alter_table("day_lock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_lock_locked_by"), ["locked_by"], unique=False)

    op.create_table(
        "held_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_type", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
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
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("attended >= 0", name=op.f("ck_held_event_attended")),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name=op.f("ck_held_event_minutes")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_held_event_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_event")),
        sa.UniqueConstraint(
            "source_type", "source_id", name=op.f("uq_held_event_source_type_source_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("held_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_held_event_agreement", ["agreement_id", "activity", "held_on"], unique=False
        )
        batch_op.create_index(
            "ix_held_event_figures", ["activity", "held_on", "minutes", "attended"], unique=False
        )

    op.create_table(
        "lock_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 2000", name=op.f("ck_lock_override_reason")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_lock_override_made_by")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lock_override_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock_override")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lock_override", schema=None) as batch_op:
        batch_op.create_index("ix_lock_override_day", ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_lock_override_made_by"), ["made_by"], unique=False)
        batch_op.create_index("ix_lock_override_person_day", ["person_id", "day"], unique=False)

    op.create_table(
        "served_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_served_agreement_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_served_agreement")),
        sa.UniqueConstraint(
            "activity", "valid_from", name=op.f("uq_served_agreement_activity_valid_from")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("served_agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_served_agreement_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(note) <= 500", name=op.f("ck_work_note")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_work_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("token", name=op.f("uq_work_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_person_id"), ["person_id"], unique=False)

    op.create_table(
        "counted_kind",
        sa.Column("rule_id", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["counting_rule.id"],
            name=op.f("fk_counted_kind_rule_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("rule_id", "activity", "kind", name=op.f("pk_counted_kind")),
    )
    op.create_table(
        "time_entry_share",
        sa.Column("time_entry_id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_time_entry_share_minutes")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_time_entry_share_weight")),
        sa.ForeignKeyConstraint(
            ["time_entry_id"],
            ["time_entry.id"],
            name=op.f("fk_time_entry_share_time_entry_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "time_entry_id", "subject_type", "subject_id", name=op.f("pk_time_entry_share")
        ),
    )
    with op.batch_alter_table("time_entry_share", schema=None) as batch_op:
        batch_op.create_index(
            "ix_time_entry_share_subject", ["subject_type", "subject_id", "minutes"], unique=False
        )

    _widen_agreement()
    _widen_time_entry()
    _tell_of_meetings()


def _widen_agreement() -> None:
    with op.batch_alter_table("agreement", table_kwargs=_KEPT) as batch_op:
        batch_op.add_column(sa.Column("payer", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("period_months", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "pro_rata", sa.String(length=40), nullable=False, server_default="working_days"
            )
        )
        batch_op.add_column(
            sa.Column("carries_over", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    # an agreement of before counted by calendar quarters and has to be bounded or periodic
    op.execute("UPDATE agreement SET period_months = 3, pro_rata = 'calendar_days'")
    with op.batch_alter_table(
        "agreement", table_args=(_AGREEMENT_DATES,), table_kwargs=_KEPT
    ) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_agreement_prorata"), "pro_rata IN ('working_days', 'calendar_days')"
        )
        batch_op.create_check_constraint(
            op.f("ck_agreement_period"), "period_months IS NULL OR period_months BETWEEN 1 AND 60"
        )


def _widen_time_entry() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.drop_constraint(op.f("ck_time_entry_timekind"), "time_entry", type_="check")
    with op.batch_alter_table(
        "time_entry", copy_from=_time_entry() if is_sqlite else None
    ) as batch_op:
        batch_op.create_check_constraint(op.f("ck_time_entry_timekind"), _KINDS)
        for column in _new_columns():
            batch_op.add_column(column)
        batch_op.drop_index("ix_time_entry_agreement_id")
        batch_op.drop_index("ix_time_entry_figures")
        batch_op.drop_index("ix_time_entry_worked_on")
        batch_op.create_index(
            "ix_time_entry_figures",
            [
                "worked_on", "activity", "kind", "status", "is_outside", "person_id", "minutes",
                "is_private",
            ],
        )
        batch_op.create_index("ix_time_entry_agreement", ["agreement_id", "activity", "worked_on"])
        for name in ("approved_by", "returned_by", "submitted_by"):
            batch_op.create_index(f"ix_time_entry_{name}", [name])
            batch_op.create_foreign_key(op.f(f"fk_time_entry_{name}"), "person", [name], ["id"])
    with op.batch_alter_table("time_entry_topic", table_kwargs=_KEPT) as batch_op:
        batch_op.drop_index("ix_time_entry_topic_topic")
        batch_op.create_index("ix_time_entry_topic_entry", ["time_entry_id", "topic", "minutes"])
    op.execute("UPDATE time_entry SET submitted_by = person_id WHERE status = 'submitted'")


_AGREEMENT_DATES = sa.CheckConstraint(
    "ends_on IS NULL OR ends_on >= starts_on", name="ck_agreement_dates"
)
_KINDS = (
    "kind IN ('contact', 'preparation', 'travel', 'follow_up', 'administration', 'roadmap', "
    "'council')"
)


def _new_columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("is_outside", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.Integer(), nullable=True),
        sa.Column("returned_comment", sa.Text(), nullable=False, server_default=""),
    )


def _time_entry() -> sa.Table:
    """Describe the table as the first revision made it, but for the check of kinds.

    SQLite cannot change a CHECK, so the table is made anew; Alembic does not read CHECKs, so
    they are said here.
    """
    table = sa.Table(
        "time_entry",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("source_type", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name="ck_time_entry_minutes"),
        sa.CheckConstraint(
            "activity IN ('consulting', 'training', 'other')", name="ck_time_entry_activity"
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'approved', 'locked')",
            name="ck_time_entry_entrystatus",
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name="fk_time_entry_agreement_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_time_entry_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_time_entry"),
        sa.UniqueConstraint(
            "source_type", "source_id", "person_id", "kind",
            name="uq_time_entry_source_type_source_id_person_id_kind",
        ),
        sqlite_autoincrement=True,
    )  # fmt: skip
    for name, columns in {
        "ix_time_entry_agreement_id": ["agreement_id"],
        "ix_time_entry_days": ["person_id", "worked_on", "minutes"],
        "ix_time_entry_figures": [
            "activity", "worked_on", "status", "kind", "person_id", "minutes"
        ],
        "ix_time_entry_worked_on": ["worked_on"],
    }.items():  # fmt: skip
        sa.Index(name, *(table.c[column] for column in columns))
    return table


def _tell_of_meetings() -> None:
    """Give the time of meetings that are there what new ones are written with.

    The local hour of a talk, the shares of the cases by the largest remainder, and the meeting
    itself: as long as its longest talk, with one person for each initiative.
    """
    db = op.get_bind()
    of_meetings = "FROM time_entry e JOIN consultation c ON c.id = e.source_id " \
        "WHERE e.source_type = 'consultation'"
    db.execute(
        sa.text(
            "UPDATE time_entry SET starts_at = (SELECT c.starts_at FROM consultation c "
            "WHERE c.id = time_entry.source_id) "
            "WHERE source_type = 'consultation' AND kind = 'contact'"
        )
    )
    cases: dict[int, list[int]] = {}
    for meeting, case in db.execute(
        sa.text("SELECT consultation_id, case_id FROM consultation_initiative ORDER BY 1, 2")
    ):
        cases.setdefault(meeting, []).append(case)
    shares = []
    for entry, meeting, minutes in db.execute(
        sa.text(f"SELECT e.id, e.source_id, e.minutes {of_meetings}")
    ):
        among = cases.get(meeting, [])
        for place, case in enumerate(among):
            part = minutes // len(among) + (place < minutes % len(among))
            shares.append((entry, case, place, part))
    if shares:
        db.execute(
            sa.text(
                "INSERT INTO time_entry_share (time_entry_id, subject_type, subject_id, position, "
                "weight, minutes) VALUES (:entry, 'case', :case, :place, 1, :part)"
            ),
            [
                {"entry": entry, "case": case, "place": place, "part": part}
                for entry, case, place, part in shares
            ],
        )
    db.execute(
        sa.text(
            "INSERT INTO held_event (source_type, source_id, held_on, minutes, attended, activity)"
            " SELECT 'consultation', e.source_id, min(e.worked_on), max(e.minutes), "
            "(SELECT CASE WHEN count(*) = 0 THEN 1 ELSE count(*) END FROM consultation_initiative i"
            f" WHERE i.consultation_id = e.source_id), min(e.activity) {of_meetings}"
            " AND e.kind = 'contact' GROUP BY e.source_id"
        )
    )
