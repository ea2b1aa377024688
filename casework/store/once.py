"""Insert a row once, however often its form is sent."""

from typing import Any, TypeAlias

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casework.tables import (
    AuthorityContactRow,
    CaseFileRow,
    ConsultationRow,
    HarmRow,
    InitiativeRow,
    NoteAddendumRow,
    ReferralRow,
    RequestRow,
)

Once: TypeAlias = (
    AuthorityContactRow
    | CaseFileRow
    | ConsultationRow
    | HarmRow
    | InitiativeRow
    | NoteAddendumRow
    | ReferralRow
    | RequestRow
)
"""Rows that carry the token of the form that wrote them."""


def insert_once(
    db: Session,
    table: type[Once],
    **values: Any,  # noqa: ANN401 — columns
) -> int | None:
    """Insert a row and give its id; None if one with this token is already there.

    Two submits at the same instant meet at the unique token: the second one inserts nothing.
    """
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = {"version": 1} if hasattr(table, "version") else {}
    statement = (
        insert(table)
        .values(**first, **values)
        .on_conflict_do_nothing(index_elements=["token"])
        .returning(table.id)
    )
    return db.scalar(statement)
