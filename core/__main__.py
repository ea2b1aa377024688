"""The command line: back up, restore, check the audit trail, migrate."""

import argparse
import os
import sys
from pathlib import Path

from core.errors import DomainError
from core.i18n import language_of, translator


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it did what it says, 1 when not."""
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    back_up = commands.add_parser("backup", help="write tables and documents into one archive")
    back_up.add_argument("--to", type=Path, help="folder of the archive; data/backups without it")
    restore = commands.add_parser("restore", help="replace everything by an archive's content")
    restore.add_argument("archive", type=Path)
    commands.add_parser("verify-audit", help="recompute the hashes of the audit trail")
    commands.add_parser("migrate", help="bring the schema up to this program's")
    given = parser.parse_args(arguments)
    act = {
        "backup": lambda: _back_up(given.to),
        "restore": lambda: _restore(given.archive),
        "verify-audit": _verify,
        "migrate": _migrate,
    }[given.command]
    try:
        return act()
    except DomainError as error:
        print(translator(language_of(os.environ.get("LANG", "")[:2])).error(error), file=sys.stderr)
        return 1


def _back_up(folder: Path | None) -> int:
    """Write the archive, then delete what nothing names: after a backup no file is lost by it.

    Not at the start of the server: pointed at another database, it would find no file named.
    """
    from core import backup, documents
    from core.database import data_dir, the_database
    from core.permissions import Actor
    from core.workspace import Workspace

    target = folder or backup.backup_folder()
    print(backup.back_up(the_database(), data_dir() / "documents", target))
    with Workspace.of(the_database(), Actor(0, frozenset())).reading() as tx:
        documents.sweep_files(tx)
    return 0


def _restore(archive: Path) -> int:
    from core import backup, running
    from core.database import data_dir, database_url, the_database

    documents = data_dir() / "documents"
    with running.alone():
        aside = backup.backup_folder() / "before-restore"
        kept = backup.put_aside(the_database(), documents, aside)
        the_database().dispose()
        manifest = backup.restore(archive, database_url(), documents)
    if kept is not None:
        print(f"what was here before: {kept}")
    print(f"{sum(manifest.rows.values())} rows of {manifest.made_at}")
    return _verify()


def _verify() -> int:
    from core import audit
    from core.database import the_database

    with the_database().reading() as db:
        verdict = audit.verify(db)
    if verdict.broken_at is not None:
        print(f"audit trail broken at line {verdict.broken_at}", file=sys.stderr)
        return 1
    print(f"audit trail whole: {verdict.lines} lines")
    return 0


def _migrate() -> int:
    from core.database import database_url
    from core.migrate import migrate

    migrate(database_url())
    return 0


if __name__ == "__main__":
    sys.exit(main())
