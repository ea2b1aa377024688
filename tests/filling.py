"""Fill every table of a reflected database with rows that its constraints accept.

Values are drawn at random (the same each time) until a row fits: columns in CHECK lists take
their codes, foreign keys take rows that exist, the rest plain values of the column's type.
"""

import random
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

_TRIES = 2000


def fill(connection: sa.Connection, rows: int = 2) -> dict[str, int]:
    """Put `rows` rows into every table but Alembic's; tell how many each table holds now."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    draw = random.Random(2014)
    pending = [table for table in metadata.tables.values() if table.name != "alembic_version"]
    while pending:
        stuck = [table for table in pending if not _fill_table(connection, table, draw, rows)]
        if len(stuck) == len(pending):
            raise AssertionError(f"no row fits: {sorted(table.name for table in stuck)}")
        pending = stuck
    return counts(connection)


def counts(connection: sa.Connection) -> dict[str, int]:
    """Count the rows of every table."""
    names = sa.inspect(connection).get_table_names()
    return {
        name: connection.execute(sa.text(f'SELECT count(*) FROM "{name}"')).scalar_one()
        for name in names
        if name != "alembic_version"
    }


def _fill_table(connection: sa.Connection, table: sa.Table, draw: random.Random, rows: int) -> bool:
    codes = _codes(connection, table)
    parents = _parents(connection, table)
    if any(not parents[name] and not table.columns[name].nullable for name in parents):
        return False  # what it must point at comes later
    have = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    for _ in range(_TRIES):
        if have >= rows:
            return True
        row = dict(_row(table, codes, parents, draw))
        try:
            with connection.begin_nested():
                connection.execute(sa.insert(table).values(row))
        except sa.exc.DBAPIError:
            continue
        have += 1
    return have > 0


def _row(
    table: sa.Table,
    codes: Mapping[str, list[str]],
    parents: Mapping[str, list[Any]],
    draw: random.Random,
) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        generated = column.primary_key and len(table.primary_key.columns) == 1
        if generated and isinstance(column.type, sa.Integer) and not column.foreign_keys:
            continue
        optional = column.nullable and draw.random() < 0.4
        if optional or (column.name in parents and not parents[column.name]):
            yield column.name, None
        elif column.name in parents:
            yield column.name, draw.choice(parents[column.name])
        elif column.name in codes:
            yield column.name, draw.choice(codes[column.name])
        else:
            yield column.name, _value(column.type, draw)


def _value(kind: sa.types.TypeEngine[Any], draw: random.Random) -> object:  # noqa: PLR0911 — one line per type
    day = date(2026, 1, 1) + timedelta(days=draw.randrange(300))
    if isinstance(kind, sa.Boolean):
        return draw.random() < 0.5
    if isinstance(kind, sa.Integer):
        return draw.choice([0, 1, 2, 5, 60])
    if isinstance(kind, sa.Numeric | sa.Float):
        return draw.choice([0, 0.5, 1, 2])
    if isinstance(kind, sa.DateTime):
        return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return day
    if isinstance(kind, sa.Time):
        return datetime(2026, 1, 1, draw.randrange(24), tzinfo=UTC).time()
    if isinstance(kind, sa.LargeBinary):
        return draw.randbytes(32)
    if isinstance(kind, sa.JSON):
        return {}
    length = getattr(kind, "length", None) or 64
    return f"{draw.getrandbits(256):064x}"[: min(length, 64)]


def _codes(connection: sa.Connection, table: sa.Table) -> dict[str, list[str]]:
    """Read the lists of allowed codes out of the table's CHECK constraints."""
    found: dict[str, list[str]] = {}
    for check in sa.inspect(connection).get_check_constraints(table.name):
        text = str(check["sqltext"])
        match = re.match(r"""^\(*"?(\w+)"?\)?(::\w+[\w ]*)? (IN|= ANY)\b""", text)
        if match:
            found[match.group(1)] = re.findall(r"'([^']*)'", text)
    return found


def _parents(connection: sa.Connection, table: sa.Table) -> dict[str, list[Any]]:
    found = {}
    for column in table.columns:
        for key in column.foreign_keys:
            found[column.name] = list(connection.execute(sa.select(key.column).limit(50)).scalars())
    return found
