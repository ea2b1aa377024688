"""The command line: make the demo centre."""

import argparse
import os
import sys
from datetime import datetime

from core.errors import DomainError
from core.i18n import LANGUAGES, Translator, translator


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it did what it says, 1 when not."""
    parser = argparse.ArgumentParser(prog="python -m dashboards", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="fill an empty database with an invented centre")
    own = "en" if os.environ.get("LANG", "").startswith("en") else "ru"
    demo.add_argument("--language", choices=LANGUAGES, default=own)
    demo.add_argument("--seed", type=int, default=2014, help="the same seed, the same centre")
    demo.add_argument("--initiatives", type=int, default=60, choices=range(6, 61), metavar="N")
    given = parser.parse_args(arguments)
    _ = translator(given.language)
    try:
        return _demo(given, _)
    except DomainError as error:
        print(_.error(error), file=sys.stderr)
        return 1


def _demo(given: argparse.Namespace, _: Translator) -> int:
    from core.database import database_url
    from dashboards.demo.making import open_demo, shown_accounts
    from dashboards.demo.stage import Options

    options = Options(given.language, given.seed, given.initiatives)
    bar = _Bar(_)
    mark, is_new = open_demo(database_url(), options, progress=bar)
    bar.end(is_new=is_new)
    print("\n" + _("Everybody here is invented. You can sign in as:"))
    for account in shown_accounts(mark.language):
        print(f"  {account.address:28} {account.name} ({_roles(account.roles, _)})")
    print(_("The password of each: {password}", password=mark.password) + "\n")
    return 0


def _roles(codes: tuple[str, ...], _: Translator) -> str:
    from core.permissions import Role

    return ", ".join(_.label(Role(code)) for code in codes)


class _Bar:
    """A progress bar: one line that is rewritten on a terminal, one line a tenth elsewhere."""

    def __init__(self, translate: Translator) -> None:
        self._ = translate
        self._shown = -1

    def __call__(self, share: float, at: datetime) -> None:
        """Show how far the story has come, and in which month it is."""
        percent = int(share * 100)
        live = sys.stdout.isatty()
        if percent == self._shown or (not live and percent // 10 == self._shown // 10):
            return
        self._shown = percent
        filled = "█" * (percent * 30 // 100)
        line = f"{filled:░<30} {percent:3} %  " + self._(
            "demo centre: {month}", month=self._.month(at)
        )
        print(f"\r{line:<70}" if live else line, end="" if live else "\n", flush=True)

    def end(self, *, is_new: bool) -> None:
        """Finish the line."""
        if is_new and sys.stdout.isatty():
            print()


if __name__ == "__main__":
    sys.exit(main())
