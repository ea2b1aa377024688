"""The command line: prove the sums of days equal to the entries, or make them anew."""

import argparse
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from sqlalchemy.exc import OperationalError, ProgrammingError

from core.errors import DomainError
from core.i18n import LANGUAGES, Translator, language_of, translator
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
    parser.add_argument(
        "--language", choices=LANGUAGES, help="of what is told; otherwise the centre's own"
    )
    given = parser.parse_args(arguments)
    chosen = translator(given.language or language_of(os.environ.get("LANG", "")[:2]))
    try:
        _ = chosen if given.language else translator(_language())
        return _check(_) if given.command == "check-summaries" else _rebuild(_)
    except (OperationalError, ProgrammingError):  # no such table, or no such column
        return _refused(SchemaNotReadyError(), chosen)
    except DomainError as error:
        return _refused(error, chosen)


def _refused(error: DomainError, _: Translator) -> int:
    print(_.error(error), file=sys.stderr)
    return 1


def _language() -> str:
    """Give the language in which the centre keeps its papers."""
    from core.database import the_database
    from core.settings import load_centre

    with the_database().reading() as db:
        return load_centre(db).language


def _check(_: Translator) -> int:
    from hours.service import check_summaries

    found = check_summaries(_workspace())
    _tell(found, sys.stderr, _)
    if not found:
        print(_("Every sum is that of its entries."))
        return 0
    differ = _.plural(
        "{n} sum differs from its entries.", "{n} sums differ from their entries.", len(found)
    )
    print(differ)
    return 1


def _rebuild(_: Translator) -> int:
    from hours.service import rebuild_summaries

    found, sums = rebuild_summaries(_workspace())
    _tell(found, sys.stdout, _)
    print(_("Sums made anew: {sums}; had differed: {count}.", sums=sums, count=len(found)))
    return 0


def _tell(found: Iterable[Difference], where: TextIO, _: Translator) -> None:
    for key, kept, counted in found:
        parts = ", ".join(f"{name} {value}" for name, value in key._asdict().items())
        minutes = {"kept": kept, "counted": counted}
        print(_("{key}: kept {kept} min, counted {counted} min", key=parts, **minutes), file=where)


def _workspace() -> "Workspace":
    """Give a workspace of this machine's administrator."""
    from core.database import the_database
    from core.permissions import Actor, Role
    from core.workspace import Workspace

    return Workspace.of(the_database(), Actor(0, frozenset({Role.ADMINISTRATOR})))


if __name__ == "__main__":
    sys.exit(main())
