"""How Alembic sees the database: every table of the program, on one connection in one transaction."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from core.database import UtcDateTime, database_url
from core.migrate import migrating_engine
from migrations.tables import METADATA


def render(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write column types so that a revision stands without the program that made it."""
    del autogen
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.Enum):  # Alembic's own rendering forgets the CHECK
        codes = ", ".join(repr(code) for code in item.enums)
        return (
            f"sa.Enum({codes}, name={item.name!r}, native_enum=False, "
            f"create_constraint=True, length={item.length})"
        )
    return False


def run(connection: sa.Connection) -> None:
    """Bring the database behind `connection` to the asked revision."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render,
        compare_type=True,
    )
    with context.begin_transaction():
        given_ids = last_ids(connection)
        context.run_migrations()
        never_again(connection, given_ids)


def last_ids(connection: sa.Connection) -> dict[str, int]:
    """Tell the last id that SQLite gave in each table."""
    inspector = sa.inspect(connection)
    if connection.dialect.name != "sqlite" or not inspector.has_table("sqlite_sequence"):
        return {}
    rows = connection.execute(sa.text("SELECT name, seq FROM sqlite_sequence"))
    return {row.name: row.seq for row in rows}


def never_again(connection: sa.Connection, given_ids: dict[str, int]) -> None:
    """Give no id again: a table that was made anew knows only those of the rows it holds."""
    now = last_ids(connection)
    tables = sa.inspect(connection).get_table_names()
    for name, number in given_ids.items():
        if name in tables and now.get(name, 0) < number:
            row = {"name": name, "number": number}
            connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
            connection.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:name, :number)"), row)


given = context.config.attributes.get("connection")
if isinstance(given, sa.Connection):
    run(given)
else:  # Alembic's command line
    with migrating_engine(sa.make_url(database_url())).begin() as opened:
        run(opened)
