"""Remake the pictures of the README from the demo centre: `make screenshots`."""

import argparse
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.database import Database, database_url
from tests.browser.conftest import settled
from tests.browser.serving import Server, chromium
from tests.factories import make_sign_in

# file, role, page, and the query that finds what to show there
PICTURES = (
    ("desk", "consultant", "", None),
    ("case", "consultant", "case", "SELECT case_id FROM timeline_entry GROUP BY 1 ORDER BY count(*) DESC"),
    ("profile", "consultant", "assessment", "SELECT id FROM assessment WHERE submitted_at IS NOT NULL ORDER BY id DESC"),
    ("roadmap", "consultant", "roadmap", "SELECT roadmap_id FROM task WHERE done_percent < 100 GROUP BY 1 ORDER BY count(*) DESC, 1 DESC"),
    ("editor", "consultant", "roadmap", "SELECT roadmap_id || '&task=' || min(id) FROM task WHERE done_percent < 100 GROUP BY roadmap_id ORDER BY count(*) DESC, roadmap_id DESC"),
    ("network", "consultant", "roadmap", "SELECT roadmap_id || '&view=network' FROM task WHERE done_percent < 100 GROUP BY roadmap_id ORDER BY count(*) DESC, 1 DESC"),
    ("portfolio", "manager", "roadmap_portfolio", None),
    ("panel", "manager", "panel", "SELECT panel_id FROM submission GROUP BY 1 ORDER BY count(*) DESC"),
    ("hours", "manager", "hours", None),
)  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 860}


def person_with(db: Session, role: str) -> int:
    """Find somebody who holds a role, and no other if possible."""
    query = text(
        "SELECT person_id FROM person_role GROUP BY person_id "
        "HAVING max(role = :role) = 1 ORDER BY count(*), person_id"
    )
    return int(db.execute(query, {"role": role}).scalars().first() or 0)


def picture(browser: Browser, server: Server, address: str, token: str, path: Path) -> None:
    """Take one picture, wide and at the width of a phone."""
    for name, size in (("", DESKTOP), ("-phone", PHONE)):
        context = browser.new_context(viewport=size, locale="ru-RU", color_scheme="light")
        context.add_cookies([{"name": "casework_session", "value": token, "url": server.url}])
        page = context.new_page()
        page.goto(f"{server.url}/{address}", wait_until="networkidle")
        settled(page)
        page.wait_for_timeout(1500)  # charts fade in
        page.screenshot(path=path.with_name(f"{path.stem}{name}.png"))
        context.close()


def main() -> None:
    """Start the demo centre's server on a copy and go through the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="ru", choices=["ru", "en"])
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "casework.db"
        with closing(sqlite3.connect(database_url().removeprefix("sqlite:///"))) as demo:
            demo.execute("VACUUM INTO ?", (str(copy),))
        database = Database(f"sqlite:///{copy}")
        pages = []
        with database.writing() as db:
            db.execute(text("UPDATE person SET language = :language"), {"language": given.language})
            for name, role, url, which in PICTURES:
                token = make_sign_in(db, person_with(db, role), now=datetime.now(UTC))
                found = f"?{url}={db.execute(text(which)).scalars().first()}" if which else ""
                pages.append((f"{url}{found}", token, given.folder / f"{name}.png"))
        database.dispose()
        server = Server(Path(temporary)).start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium(), args=["--no-sandbox"]
                )
                for address, token, path in pages:
                    picture(browser, server, address, token, path)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
