"""The command line: prove the sums of days equal to the entries, or make them anew."""

import argparse
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from sqlalchemy.exc import OperationalError, ProgrammingError

from core.errors import DomainError
from core.i18n import language_of, translator
from core.server import SchemaNotReadyError
from hours.domain.sums import Difference

if TYPE_CHECKING:
    from core.workspace import Workspace


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when the sums were equal or are so now, 1 when not."""
    parser = argparse.ArgumentParser(prog="python -m hours", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check-summaries", help="compare every sum of a day with its entries")
    commands.add_parser("rebuild-summaries", help="make every sum of a day anew from the entries")
    given = parser.parse_args(arguments)
    try:
        return _check() if given.command == "check-summaries" else _rebuild()
    except (OperationalError, ProgrammingError):  # no such table, or no such column
        return _refused(SchemaNotReadyError())
    except DomainError as error:
        return _refused(error)


def _refused(error: DomainError) -> int:
    words = translator(language_of(os.environ.get("LANG", "")[:2]))
    print(words.error(error), file=sys.stderr)
    return 1


def _check() -> int:
    from hours.service import check_summaries

    found = check_summaries(_workspace())
    _tell(found, sys.stderr)
    print(f"{len(found)} sums differ from their entries" if found else "every sum is its entries'")
    return 1 if found else 0


def _rebuild() -> int:
    from hours.service import rebuild_summaries

    found, sums = rebuild_summaries(_workspace())
    _tell(found, sys.stdout)
    print(f"{sums} sums made anew, {len(found)} of them had differed")
    return 0


def _tell(found: Iterable[Difference], where: TextIO) -> None:
    for key, kept, counted in found:
        parts = ", ".join(f"{name} {value}" for name, value in key._asdict().items())
        print(f"{parts}: kept {kept} min, counted {counted} min", file=where)


def _workspace() -> "Workspace":
    """Give a workspace of this machine's administrator."""
    from core.database import the_database
    from core.permissions import Actor, Role
    from core.workspace import Workspace

    return Workspace.of(the_database(), Actor(0, frozenset({Role.ADMINISTRATOR})))


if __name__ == "__main__":
    sys.exit(main())
