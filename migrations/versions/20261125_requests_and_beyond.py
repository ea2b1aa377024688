"""Requests before cases, closing by approval, substitution, what goes beyond the centre."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEPT = {"sqlite_autoincrement": True}  # forgotten where Alembic makes a table anew


def upgrade() -> None:
    op.create_table(
        "roll_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("half_on", sa.Date(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["begun_by"], ["person.id"], name=op.f("fk_roll_call_begun_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
        sa.UniqueConstraint("half_on", name=op.f("uq_roll_call_half_on")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("roll_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_call_begun_by"), ["begun_by"], unique=False)

    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("person_id <> substitute_id", name=op.f("ck_substitution_two_people")),
        sa.CheckConstraint("until >= since", name=op.f("ck_substitution_span")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_substitution_made_by")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_substitution_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_substitution_substitute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("substitution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_substitution_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_substitution_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_substitution_substitute_id_since", ["substitute_id", "since"], unique=False
        )

    op.create_table(
        "roll_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "alive",
                "paused",
                "ceased",
                "became_ngo",
                "became_social_enterprise",
                "merged",
                "split",
                "not_reached",
                name="rolloutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "leader",
                "member",
                "consultant",
                "media",
                "register",
                "list",
                "other",
                name="lifesource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_roll_answer_by_id")),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["life_event.id"],
            name=op.f("fk_roll_answer_event_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_roll_answer_initiative_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["roll_call_id"], ["roll_call.id"], name=op.f("fk_roll_answer_roll_call_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_answer")),
        sa.UniqueConstraint(
            "roll_call_id", "initiative_id", name=op.f("uq_roll_answer_roll_call_id_initiative_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("roll_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_answer_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roll_answer_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_roll_answer_initiative_id"), ["initiative_id"], unique=False
        )

    op.create_table(
        "authority_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "appeal",
                "hearing",
                "proposal",
                "meeting",
                name="authoritykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "accepted",
                "partly",
                "refused",
                "no_answer",
                name="authorityresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(result IS NULL) = (answered_on IS NULL)", name=op.f("ck_authority_contact_answered")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_authority_contact_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_authority_contact_document_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_authority_contact_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_contact")),
        sa.UniqueConstraint("token", name=op.f("uq_authority_contact_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("authority_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authority_contact_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_authority_contact_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_authority_contact_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_authority_contact_recorded_by"), ["recorded_by"], unique=False
        )

    op.create_table(
        "case_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "approved",
                "returned",
                "withdrawn",
                name="closingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "goal_reached",
                "grown_independent",
                "no_contact",
                "leader_stopped",
                "handed_over",
                "not_our_task",
                name="closereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'asked' OR decided_by IS NULL", name=op.f("ck_case_closing_asked")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_on IS NULL)", name=op.f("ck_case_closing_decided")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_case_closing_asked_by")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_closing_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_case_closing_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_closing")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_closing_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_closing_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_case_closing_decided_by"), ["decided_by"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_closing_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_case_closing_asked",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "case_lead_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("is_hand_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_lead_change_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_lead_change_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["person.id"], name=op.f("fk_case_lead_change_from_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_case_lead_change_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_lead_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_lead_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_lead_change_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_lead_change_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_lead_change_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_lead_change_to_id"), ["to_id"], unique=False)

    op.create_table(
        "harm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "harm",
                "complaint",
                name="harmkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("handled_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_harm_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_harm_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harm")),
        sa.UniqueConstraint("token", name=op.f("uq_harm_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("harm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_harm_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_harm_happened_on"), ["happened_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_harm_recorded_by"), ["recorded_by"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "target",
            sa.Enum(
                "specialist",
                "organisation",
                name="referraltarget",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("to_whom", sa.Text(), nullable=False),
        sa.Column("what_for", sa.Text(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "consent",
                "contract",
                "life_and_health",
                "legal_duty",
                "court",
                "public_interest",
                "open_data",
                "no_personal_data",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "done",
                "revoked",
                name="referralstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ground = 'consent') = (consent_on IS NOT NULL)", name=op.f("ck_referral_consent")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_referral_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_referral_case_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_referral_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("token", name=op.f("uq_referral_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index("ix_referral_state_due_on", ["state", "due_on"], unique=False)

    op.create_table(
        "referral_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "done",
                "revoked",
                name="referralstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_referral_move_by_id")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_move_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_move")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("referral_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_move_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_referral_move_referral_id"), ["referral_id"], unique=False
        )

    with op.batch_alter_table("need", table_kwargs=_KEPT) as batch_op:
        batch_op.add_column(sa.Column("goal", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("next_step", table_kwargs=_KEPT) as batch_op:
        batch_op.add_column(sa.Column("need_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "step",
                    "follow_up",
                    name="stepkind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="step",
            )
        )
        batch_op.create_index(batch_op.f("ix_next_step_need_id"), ["need_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_next_step_need_id"), "need", ["need_id"], ["id"])

    with op.batch_alter_table("request", table_kwargs=_KEPT) as batch_op:
        batch_op.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column(
                "source",
                sa.Enum(
                    "visit",
                    "phone",
                    "letter",
                    "event",
                    "advice",
                    "other",
                    name="requestsource",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("asker", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("has_consent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "new",
                    "accepted",
                    "refused",
                    "referred",
                    "assigned",
                    name="requeststate",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="assigned",
            )
        )
        batch_op.add_column(
            sa.Column(
                "refusal",
                sa.Enum(
                    "not_our_task",
                    "no_initiative",
                    "no_room",
                    "taken_back",
                    "asked_twice",
                    "other",
                    name="refusalreason",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("referred_to", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("comment", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("token", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("initiative_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_request_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index("ix_request_state_asked_on", ["state", "asked_on"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_request_token"), ["token"])
        batch_op.create_foreign_key(
            batch_op.f("fk_request_decided_by"), "person", ["decided_by"], ["id"]
        )

        batch_op.create_check_constraint(
            batch_op.f("ck_request_refused"), "(state = 'refused') = (refusal IS NOT NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_request_decided"), "(decided_by IS NULL) = (decided_on IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_request_assigned"), "state <> 'assigned' OR initiative_id IS NOT NULL"
        )

    # What was there until now was opened with its case; what comes says so itself.
    _forget_defaults("need", "goal")
    _forget_defaults("next_step", "kind")
    _forget_defaults(
        "request",
        "name",
        "asker",
        "contact",
        "has_consent",
        "state",
        "referred_to",
        "comment",
        "version",
    )

    kinds = (
        "opened",
        "status_changed",
        "consultation",
        "need",
        "step_done",
        "life_event",
        "assessment",
        "roadmap",
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


def _forget_defaults(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, table_kwargs=_KEPT) as batch_op:
        for column in columns:
            batch_op.alter_column(column, server_default=None)
