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
        context.run_migrations()


given = context.config.attributes.get("connection")
if isinstance(given, sa.Connection):
    run(given)
else:  # Alembic's command line
    with migrating_engine(sa.make_url(database_url())).begin() as opened:
        run(opened)
