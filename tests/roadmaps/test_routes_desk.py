"""The plan editor over HTTP: its picture, the acts of a hand, what is refused and how."""

import json
from datetime import date, datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from core.permissions import Role
from core.web import COOKIE, HouseRules
from core.workspace import Workspace, system_clock
from roadmaps import routes as roadmaps_routes
from roadmaps import service
from roadmaps.domain.edits_task import SetConstraint, SetDeadline
from roadmaps.domain.terms import Constraint, ConstraintKind
from roadmaps.service import NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of

HOST = "https://desk.example.org"
OWN = {"Origin": HOST, "Accept-Language": "en"}
START = date(2026, 11, 30)


@pytest.fixture
def here(workspace) -> Workspace:
    """The same consultant by today's clock, as the server has it."""
    workspace.clock = system_clock
    return workspace


@pytest.fixture
def me(here) -> int:
    with here.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def roadmap_id(database, here, me) -> int:
    with database.writing() as db:
        case = factories.make_case(db, me)
    plan = plan_of(3, 2, 4, links="A-B B-C", start=START)
    return service.create_roadmap(here, new=NewPlan(case, "Путь", plan))


@pytest.fixture
def site(database, monkeypatch, me) -> TestClient:
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PUBLIC_URL", HOST)
    app = Starlette(routes=roadmaps_routes.routes(), middleware=[Middleware(HouseRules)])
    client = TestClient(app, base_url=HOST, client=("192.0.2.1", 5000))
    with database.writing() as db:
        client.cookies.set(COOKIE, factories.make_sign_in(db, me, now=system_clock()))
    return client


@pytest.fixture
def other(database, site, roadmap_id) -> TestClient:
    """A colleague of the same case, in a browser of their own."""
    with database.writing() as db:
        person = factories.make_person(db, "Борис", roles=[Role.MANAGER])
        token = factories.make_sign_in(db, person, now=system_clock())
    return TestClient(site.app, base_url=HOST, client=("192.0.2.2", 5000), cookies={COOKIE: token})


def look(site: TestClient, roadmap_id: int, **asked) -> dict:
    answer = site.get(f"/plan-desk/{roadmap_id}", params={"lang": "en", **asked}, headers=OWN)
    assert answer.status_code == 200
    return answer.json()


def act(site: TestClient, roadmap_id: int, version: int, *acts: dict, **more):
    sent = {"version": version, "acts": list(acts), "look": {}, "lang": "en", **more}
    headers = {**OWN, "Content-Type": "application/json"}
    return site.post(f"/plan-desk/{roadmap_id}", content=json.dumps(sent), headers=headers)


def test_the_picture_has_geometry_and_words_of_every_row(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    first = shown["layout"]["rows"][0]
    words = shown["rows"][str(first["id"])]
    assert words == {
        "when": "30 Nov – 2 Dec 2026", "length": "3 days", "float": "0 days", "who": "",
        "why": "the plan begins on 30 Nov 2026",
        "label": "1. A, 30 November – 2 December 2026, 3 working days, on the critical path,"
        " done 0%",
    }  # fmt: skip
    assert shown["undo"] is shown["redo"] is shown["change"] is None
    assert shown["mayEdit"] is True


def test_a_move_a_stretch_a_name_a_link_and_back_again(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    start = shown
    a, b, c = (row["id"] for row in shown["layout"]["rows"])
    acts = [
        {"do": "move", "task": b, "at": "2026-12-07"},
        {"do": "stretch", "task": a, "until": "2026-12-03"},
        {"do": "rename", "task": a, "title": "Опрос"},
        {"do": "link", "from": a, "to": c, "kind": "SS", "lag": 1},
        {"do": "move", "task": b, "by": -1},
    ]
    for one in acts:
        answer = act(site, roadmap_id, shown["version"], one)
        assert answer.status_code == 200, answer.text
        shown = answer.json()
    rows = {row["id"]: row for row in shown["layout"]["rows"]}
    assert rows[b]["from"] == "2026-12-04T00:00:00"
    assert rows[a]["to"] == "2026-12-03T00:00:00"
    assert rows[a]["title"] == "Опрос"
    assert len(shown["layout"]["links"]) == 3
    for _one in acts:
        shown = act(site, roadmap_id, shown["version"], {"do": "undo"}).json()
    assert shown["layout"] == start["layout"]
    assert shown["undo"] is None
    for _one in acts:
        shown = act(site, roadmap_id, shown["version"], {"do": "redo"}).json()
    assert {row["id"]: row for row in shown["layout"]["rows"]} == rows


def test_taking_back_and_doing_again_are_told_as_such(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    rename = {"do": "rename", "task": ids(shown)[0], "title": "Опрос"}
    told = []
    for one in (rename, {"do": "undo"}, {"do": "redo"}, {"do": "undo"}):
        shown = act(site, roadmap_id, shown["version"], one).json()
        told.append(shown["change"]["told"])
    done = told[0]
    assert told[1:] == [f"Undone: {done}", f"Done again: {done}", f"Undone: {done}"]


def ids(shown: dict) -> list[int]:
    return [row["id"] for row in shown["layout"]["rows"]]


def test_nothing_new_is_told_without_a_body(site, roadmap_id) -> None:
    version = look(site, roadmap_id)["version"]
    answer = site.get(f"/plan-desk/{roadmap_id}", params={"since": version}, headers=OWN)
    assert (answer.status_code, answer.content) == (204, b"")
    assert look(site, roadmap_id, since=version - 1)["version"] == version


def test_the_look_is_asked_for_and_nonsense_is_refused(site, roadmap_id) -> None:
    shown = look(site, roadmap_id, zoom="months", folded="1,2", width="1e9")
    assert shown["layout"]["axis"]["zoom"] == "months"
    assert len(shown["axis"]["lower"]) == len(shown["layout"]["axis"]["lower"])
    assert look(site, roadmap_id, lang="ru")["rows"][str(ids(shown)[0])]["length"] == "3 дня"
    for asked in (
        {"zoom": "aeons"}, {"folded": "x"}, {"since": "-1"}, {"since": "9" * 40},
        {"baseline": "x"}, {"width": "wide"}, {"width": "nan"}, {"since": "2.x.20261130e"},
    ):  # fmt: skip
        answer = site.get(f"/plan-desk/{roadmap_id}", params=asked, headers=OWN)
        assert answer.status_code == 422, asked


def test_a_long_picture_is_packed_for_whoever_unpacks_it(site, roadmap_id) -> None:
    address = f"/plan-desk/{roadmap_id}"
    packed = site.get(address, headers={**OWN, "Accept-Encoding": "gzip"})
    plain = site.get(address, headers={**OWN, "Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_it_is_told_why_a_task_stands_where_a_hand_put_it_or_would_not_go(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    b = ids(shown)[1]
    assert shown["rows"][str(b)]["why"] == "waits for “A” to end"
    early = {"do": "move", "task": b, "at": "2026-12-01"}
    shown = act(site, roadmap_id, shown["version"], early).json()
    told = "placed by hand on 1 Dec 2026; earlier than “A” lets it"
    assert shown["rows"][str(b)]["why"] == told
    assert shown["change"]["effect"] == (
        "1 other task moved; the plan ends 2 days earlier: 8 Dec 2026."
        " It stands earlier than its links let it."
    )
    shown = act(site, roadmap_id, shown["version"], {"do": "free", "task": b}).json()
    shown = act(site, roadmap_id, shown["version"], {"do": "move", "task": b, "at": "2026-12-03"})
    shown = act(site, roadmap_id, shown.json()["version"], {"do": "free", "task": b}).json()
    assert shown["change"]["effect"] == "It stays where it stands: waits for “A” to end."


def test_a_new_task_is_named_in_the_answer(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    added = {"do": "add", "below": ids(shown)[0], "title": "Ещё", "length": 2}
    answer = act(site, roadmap_id, shown["version"], added).json()
    assert answer["added"] == [ids(answer)[1]]
    assert answer["undo"] == "added “Ещё”"


def test_a_stamp_tells_pictures_apart_and_a_step_is_offered_by_its_number(site, roadmap_id) -> None:
    shown, address = look(site, roadmap_id), f"/plan-desk/{roadmap_id}"
    for since in (shown["version"], shown["stamp"]):
        assert site.get(address, params={"since": since}, headers=OWN).status_code == 204
    renamed = {"do": "rename", "task": ids(shown)[0], "title": "a\ud800b"}
    made = act(site, roadmap_id, shown["version"], renamed, stamp=shown["stamp"]).json()
    assert made["layout"]["rows"][0]["title"] == "a?b"
    assert (made["undoSeq"], made["redoSeq"]) == (shown["version"], None)
    assert site.get(address, params={"since": shown["stamp"]}, headers=OWN).status_code == 200
    step = {"do": "undo", "seq": made["undoSeq"]}
    back = act(site, roadmap_id, made["version"], step, stamp=made["stamp"]).json()
    assert back["layout"] == shown["layout"]
    assert back["redoSeq"] == made["version"]
    lost = f"{back['version']}.1.20261130e"
    answer = act(site, roadmap_id, back["version"], {**renamed, "title": "Ё"}, stamp=lost)
    assert answer.status_code == 409
    assert answer.json()["picture"]["stamp"] == back["stamp"]


def test_the_same_request_sent_again_is_done_once(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    added = {"do": "add", "below": None, "title": "Раз"}
    first, again = (
        act(site, roadmap_id, shown["version"], added, key="one-request") for _n in range(2)
    )
    assert (first.status_code, again.status_code) == (200, 200)
    assert len(ids(again.json())) == 4
    assert again.json() == first.json()
    assert len(again.json()["added"]) == 1


def test_two_people_s_acts_stand_side_by_side_and_each_takes_back_their_own(
    site, other, roadmap_id
) -> None:
    seen = look(site, roadmap_id)
    a, b, c = ids(seen)
    act(other, roadmap_id, seen["version"], {"do": "rename", "task": c, "title": "Их"})
    mine = act(site, roadmap_id, seen["version"], {"do": "stretch", "task": a, "by": 2}).json()
    assert [row["title"] for row in mine["layout"]["rows"]] == ["A", "B", "Их"]
    assert mine["change"]["mine"] is True
    assert mine["change"]["effect"] == (
        "2 other tasks moved; the plan ends 4 days later: 14 Dec 2026"
    )
    whys = [move["why"] for move in mine["change"]["moves"]]
    assert whys == ["another duration", "after “A”", "after “B”"]
    theirs = look(other, roadmap_id)
    assert (theirs["change"]["mine"], theirs["undo"]) == (False, "“C”: now “Их”")
    back = act(other, roadmap_id, theirs["version"], {"do": "undo"}).json()
    assert [row["title"] for row in back["layout"]["rows"]] == ["A", "B", "C"]
    assert back["layout"]["rows"][0]["to"] == mine["layout"]["rows"][0]["to"]
    assert b


def test_who_touches_what_another_touched_is_shown_all_three(site, other, roadmap_id) -> None:
    seen = look(site, roadmap_id)
    a = ids(seen)[0]
    theirs = act(other, roadmap_id, seen["version"], {"do": "stretch", "task": a, "by": 1}).json()
    answer = act(site, roadmap_id, seen["version"], {"do": "stretch", "task": a, "by": 2})
    assert answer.status_code == 409
    assert answer.json()["stale"]["rows"] == [
        {"field": "1. A, duration", "original": "3", "yours": "5", "current": "4"}
    ]
    assert answer.json()["picture"]["version"] == theirs["version"]
    again = act(site, roadmap_id, theirs["version"], {"do": "stretch", "task": a, "by": 1})
    refused = act(other, roadmap_id, again.json()["version"], {"do": "undo"})
    assert refused.status_code == 409
    assert [row["yours"] for row in refused.json()["stale"]["rows"]] == ["3"]


def test_what_cannot_be_is_refused_in_the_person_s_words_with_the_picture(site, roadmap_id) -> None:
    seen = look(site, roadmap_id)
    a, b, _c = ids(seen)
    cycle = {"do": "link", "from": b, "to": a, "kind": "FS"}
    answer = act(site, roadmap_id, seen["version"], cycle, lang="ru")
    assert answer.status_code == 422
    assert "A → B → A" in answer.json()["error"]
    assert answer.json()["picture"]["layout"] == seen["layout"]
    for one in (
        {"do": "fly"}, {"do": "move", "task": 10**6, "by": 1}, {"do": "undo"}, {"do": "redo"},
        {"do": "shift", "task": a, "move": "up"}, {"do": "rename", "task": a, "title": " "},
        {"do": "\ud800"}, {"do": "undo", "seq": "x"},
        {"do": "move", "task": a, "by": 2**31 - 1}, {"do": "stretch", "task": a, "by": -(2**31)},
    ):  # fmt: skip
        answer = act(site, roadmap_id, seen["version"], one)
        assert (answer.status_code, bool(answer.json()["error"])) == (422, True), one


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"[]", b"{}", b"null", b"\xff", b'{"version": "x", "acts": []}',
        b'{"version": 1, "acts": [], "look": 5}', b'{"version": 1, "acts": [], "key": 7}',
        b'{"version": 1, "acts": [], "look": {"folded": "1"}}', b"[" * 100_000,
        b'{"version": 1, "acts": [], "look": {"width": 1' + b"0" * 400 + b"}}",
        b'{"version": 1, "acts": [], "stamp": "2"}', b'{"version": 1, "acts": [], "stamp": 2}',
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_and_never_a_fault(site, roadmap_id, sent: bytes) -> None:
    headers = {**OWN, "Content-Type": "application/json"}
    answer = site.post(f"/plan-desk/{roadmap_id}", content=sent, headers=headers)
    assert answer.status_code == 422


def test_only_our_own_page_of_a_person_who_is_in_and_may_gets_anything(
    site, database, roadmap_id
) -> None:
    address, sent = f"/plan-desk/{roadmap_id}", {"version": 2, "acts": [{"do": "undo"}]}
    for headers in ({"Origin": "https://evil.example"}, {}):
        assert site.post(address, json=sent, headers=headers).status_code == 403
    assert site.post(address, content="{}", headers=OWN).status_code == 403
    assert site.post(address, json={"x": "y" * 300_000}, headers=OWN).status_code == 413
    for number in (404, 2**40, "9" * 5_000):
        assert site.get(f"/plan-desk/{number}", headers=OWN).status_code == 404
        assert site.post(f"/plan-desk/{number}", json=sent, headers=OWN).status_code == 404
    assert site.get("/plan-desk", headers=OWN).status_code == 404
    with database.writing() as db:
        expert = factories.make_person(db, roles=[Role.EXPERT])
        stranger = factories.make_person(db, roles=[Role.CONSULTANT])
        tokens = [
            factories.make_sign_in(db, person, now=system_clock()) for person in (expert, stranger)
        ]
    statuses = []
    for token in ("", *tokens):
        site.cookies.set(COOKIE, token)
        shown = site.get(address, headers=OWN)
        statuses.append((shown.status_code, site.post(address, json=sent, headers=OWN).status_code))
    assert statuses == [(401, 401), (403, 403), (200, 403)]
    told = {"person": expert}  # whose page it was, before the stranger signed in
    assert site.get(address, params=told, headers=OWN).status_code == 401
    assert site.post(address, json=sent | told, headers=OWN).status_code == 401
    assert shown.json()["mayEdit"] is False
    assert shown.json()["undo"] is None


def test_while_the_database_is_away_the_editor_is_told_to_come_again(
    site, roadmap_id, monkeypatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://127.0.0.1:1/away")
    address, sent = f"/plan-desk/{roadmap_id}", {"version": 2, "acts": [{"do": "undo"}]}
    asked = site.get(address, params={"lang": "en"}, headers=OWN)
    acted = site.post(address, json={**sent, "lang": "en"}, headers=OWN)
    assert (asked.status_code, acted.status_code) == (503, 503)
    assert asked.headers["retry-after"] == acted.headers["retry-after"] == "2"


def test_a_missed_deadline_a_date_to_keep_and_too_little_float_are_said_at_the_row(
    site, here, roadmap_id
) -> None:
    shown = look(site, roadmap_id)
    a = ids(shown)[0]
    edits = (
        SetDeadline(a, datetime(2026, 12, 1)),
        SetConstraint(a, Constraint(ConstraintKind.SNET, datetime(2026, 12, 1))),
    )
    service.change_plan(here, roadmap_id=roadmap_id, edits=edits, version=shown["version"])
    english, russian = (look(site, roadmap_id, lang=lang)["rows"][str(a)] for lang in ("en", "ru"))
    assert english["deadline"] == "by 1 Dec 2026: missed, it ends 2 days later"
    assert russian["deadline"] == "до 1 дек. 2026: пропущен, задача кончается на 2 дня позже"
    assert (english["float"], russian["float"]) == ("−2 days", "−2 дня")
    assert russian["bound"].replace("\u202f", " ") == "начало не раньше 1 дек. 2026 г."
    assert english["label"].endswith(f"{english['deadline']}, {english['bound']}")
