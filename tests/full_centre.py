"""A centre in which everything exists once, written through the services.

Every text a person could have typed is a word of its own (`Words`), so that a test can tell
where it went. Lead, member and stranger are three people; which roles they act in, a test says.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from accounts import service as accounts
from accounts.domain.contact import ConsentScope, NewConsent
from casework import service as casework
from casework.domain.attendance import Attendance, Attendee
from casework.domain.case import CaseStatus, CloseReason, NewCase, StatusChange
from casework.domain.consultation import Consultation, Draft, Topic, Work
from casework.domain.feedback import Feedback
from casework.domain.initiative import InitiativeForm, NewInitiative, NewParticipant
from casework.domain.life import LifeEvent, LifeEventType, When
from casework.domain.need import NeedKind
from casework.domain.plain import draft_from
from casework.domain.repeat import Repeat, Rhythm
from casework.domain.request import Decision, RequestForm, RequestState
from casework.domain.step import NewStep
from casework.domain.substitution import Substitution
from core.audit import AuditEntry
from core.catalogue import add_missing
from core.database import Database
from core.drafts import Piece, keep_draft
from core.permissions import Actor, Guard, Role
from core.settings import Centre, save_centre
from core.workspace import Transaction, Workspace
from diagnostics import service as diagnostics
from diagnostics.domain.assessment import NewAssessment, RespondentKind, Response
from hours import service as hours
from panels import service as panels
from panels.domain.criteria import Criterion, Scale
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from panels.domain.sheet import Opinion, Score
from roadmaps import service as roadmaps
from tests import full_beyond, full_plans
from tests.factories import NOW
from tests.roadmaps.plans import plan_of

TODAY = date(2026, 11, 23)
INSTRUMENT = "health_of_an_initiative"


class Words:
    """Gives words that stand nowhere else; plain enough to pass for a code."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, form: str = "{}") -> str:
        """Give a new word, in the form of an address or a file if asked."""
        self.given.append(f"zqx{len(self.given)}jw")
        return form.format(self.given[-1])

    def found_in(self, text: str) -> list[str]:
        """Name the words that stand in a text."""
        return [word for word in self.given if word in text.lower()]


class Rehearsal(Workspace):
    """A workspace in which nothing lasts: the trail of each act is kept, its changes are not."""

    def __init__(self, database: Database, actor: Actor) -> None:
        super().__init__(database, lambda _db, _now: actor, lambda: NOW)
        self.lines: list[str] = []
        self.has_written = False

    @classmethod
    def by(cls, database: Database, person_id: int, *roles: Role) -> "Rehearsal":
        """Let a person rehearse in these roles."""
        return cls(database, Actor(person_id, frozenset(roles)))

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Do everything up to the commit, and take it back."""
        with self.database.writing() as db, self._entered(db) as tx:
            before = _last_line(db)
            yield tx
            tx.close()
            rows = db.scalars(sa.select(AuditEntry).where(AuditEntry.id > before))
            self.lines += [f"{row.action} {row.object} {row.details}" for row in rows]
            self.has_written = True
            db.rollback()


def _last_line(db: Any) -> int:
    return db.scalar(sa.select(sa.func.max(AuditEntry.id))) or 0


@dataclass
class FullCentre:
    """Who is who and the ids of what there is."""

    database: Database
    words: Words = field(default_factory=Words)
    people: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, frozenset[int]] = field(default_factory=dict)

    def by(self, name: str, *roles: Role) -> Workspace:
        """Open the door for one of the people."""
        actor = Actor(self.people[name], frozenset(roles))
        return Workspace.of(self.database, actor, lambda: NOW)

    @property
    def consultant(self) -> Workspace:
        """The lead of the case, as a consultant."""
        return self.by("lead", Role.CONSULTANT)

    @property
    def case(self) -> Guard:
        """The guard of the case."""
        members = frozenset({self.people["member"]})
        return Guard(self.ids["case"], self.people["lead"], members)

    @property
    def kept(self) -> Guard:
        """The guard of a template that the lead kept."""
        return Guard(author=self.people["lead"])

    @property
    def chaired(self) -> Guard:
        """The guard of a council for its chair alone."""
        return Guard(lead=self.people["lead"])

    @property
    def seated(self) -> Guard:
        """The guard of a council for its experts alone."""
        return Guard(members=frozenset({self.people["member"], self.people["second_expert"]}))

    @property
    def panel(self) -> Guard:
        """The guard of a council for all who sit in it."""
        return Guard(lead=self.people["lead"], members=self.seated.members)

    def secret(self, *readers: str) -> str:
        """Give a word that only these people may read."""
        word = self.words()
        self.secrets[word] = frozenset(self.people[name] for name in readers)
        return word

    def meeting(self, name: str) -> Consultation:
        """Show one of the meetings as it is stored."""
        view = casework.view_consultation(self.consultant, consultation_id=self.ids[name])
        assert view.consultation is not None
        return view.consultation

    def draft(self, name: str, **changes: Any) -> Draft:
        """Say of a meeting what its form would hold, the words made new."""
        works = (Work(self.people["lead"], 60, 15),)
        return replace(draft_from(self.meeting(name), works, self.words()), **changes)


def build(database: Database) -> FullCentre:
    """Write everything there can be."""
    centre = FullCentre(database)
    for part in (
        _people,
        _initiatives,
        _cases,
        _requests,
        _closings,
        full_beyond.fill,
        _meetings,
        _diagnostics,
        _roadmaps,
        _panels,
        _hours,
    ):
        part(centre)
    return centre


def _people(centre: FullCentre) -> None:
    w, database = centre.words, centre.database
    door = Workspace.of(database, Actor(0, frozenset({Role.ADMINISTRATOR})), lambda: NOW)
    roles = {
        "administrator": [Role.ADMINISTRATOR],
        "manager": [Role.MANAGER],
        "lead": list(Role),
        "member": [Role.CONSULTANT, Role.EXPERT],
        "stranger": [Role.CONSULTANT, Role.EXPERT],
        "second_expert": [Role.EXPERT],
        "third_expert": [Role.EXPERT],
        "colleague": [Role.CONSULTANT],
        "leaver": [Role.CONSULTANT],
    }
    for name, held in roles.items():
        person_id, token = accounts.invite_person(
            door, name=w(), address=w("{}@example.org"), roles=held
        )
        centre.people[name], centre.tokens[name] = person_id, token
    with database.writing() as db:
        add_missing(db, casework.builtin_catalogues())
    with door.transaction() as tx:
        save_centre(tx.db, Centre(w()))
        diagnostics.publish_builtin(tx)
    me = accounts.view_person(door, centre.people["member"])
    accounts.edit_profile(
        door, replace(me, phone=w(), competences=w(), email=w("{}@example.org"), name=w())
    )


def _initiatives(centre: FullCentre) -> None:
    w, here = centre.words, centre.consultant
    consent = NewConsent(ConsentScope.CONTACT, TODAY, w())
    leader = NewParticipant(w(), email=w("{}@example.org"), phone=w(), consent=consent)
    for name, person in (("initiative", leader), ("fresh_initiative", None)):
        new = NewInitiative(InitiativeForm(w(), w(), (), ""), leader=person)
        made = casework.register_initiative(here, new=new, is_sure=True)
        assert made.id is not None
        centre.ids[name] = made.id
    main = {"initiative_id": centre.ids["initiative"]}
    view = casework.view_initiative(here, **main).initiative
    centre.ids["bond"] = view.participants[0].id
    centre.people["leader"] = view.participants[0].person_id
    person = {"person_id": centre.people["leader"]}
    centre.ids["consent"] = _agree_again(here, person["person_id"])
    withdrawn = _agree_again(here, person["person_id"])
    centre.ids["withdrawn_consent"] = withdrawn
    casework.withdraw_consent(here, **main, **person, consent_id=withdrawn, on=TODAY)
    helper = casework.add_person(here, **main, new=NewParticipant(w()), is_sure=True)
    assert helper.bond_id is not None
    centre.ids["removed_bond"] = helper.bond_id
    casework.remove_person(here, **main, bond_id=helper.bond_id)
    for name in ("event", "removed_event"):
        event = LifeEvent(LifeEventType.PAUSED, When(TODAY), note=w())
        centre.ids[name] = casework.add_life_event(here, **main, event=event)
    casework.remove_life_event(here, **main, event_id=centre.ids["removed_event"])
    manager = centre.by("manager", Role.MANAGER)
    data = f"Название;Лидер\n{w()};{w()}\n".encode()
    done = casework.import_initiatives(manager, data=data, name=w("{}.csv"))
    centre.ids["import"] = done.import_id


def _agree_again(here: Workspace, person_id: int) -> int:
    with here.transaction() as tx:
        return accounts.record_consent(tx, person_id, NewConsent(ConsentScope.CONTACT, TODAY))


def _cases(centre: FullCentre) -> None:
    w, here = centre.words, centre.consultant
    lead, member = centre.people["lead"], centre.people["member"]
    for name in ("case", "fresh_case"):
        new = NewCase(centre.ids["initiative"], lead, w(), title=w(), members=frozenset({member}))
        centre.ids[name] = casework.open_case(here, new=new)
    case = {"case_id": centre.ids["case"]}
    version = casework.view_case(here, **case).case.version
    change = StatusChange(CaseStatus.ACTIVE, comment=w())
    casework.change_status(here, **case, version=version, change=change)
    for name in ("step", "done_step", "removed_step"):
        centre.ids[name] = casework.agree_step(here, **case, text=w(), due_on=TODAY)
    casework.tick_step(here, step_id=centre.ids["done_step"])
    casework.remove_step(here, step_id=centre.ids["removed_step"])
    for name in ("need", "removed_need"):
        centre.ids[name] = casework.note_need(here, **case, kind=NeedKind.STATED, title=w())
    casework.remove_need(here, need_id=centre.ids["removed_need"])


def _requests(centre: FullCentre) -> None:
    w, manager = centre.words, centre.by("manager", Role.MANAGER)
    for name in ("request", "accepted_request"):
        form = RequestForm(w(), asked_on=TODAY, name=w(), asker=w(), contact=w(), has_consent=True)
        centre.ids[name] = casework.take_request(centre.consultant, form=form)
    accepted = Decision(RequestState.ACCEPTED, comment=w())
    request_id = centre.ids["accepted_request"]
    casework.decide_request(manager, request_id=request_id, version=1, decision=accepted)


def _closings(centre: FullCentre) -> None:
    w, here, manager = centre.words, centre.consultant, centre.by("manager", Role.MANAGER)
    for name, case in (("closing", "fresh_case"), ("returned_closing", "closing_case")):
        if case == "closing_case":
            new = NewCase(centre.ids["initiative"], centre.people["lead"], w())
            centre.ids[case] = casework.open_case(here, new=new)
        centre.ids[name] = casework.ask_closing(
            here, case_id=centre.ids[case], reason=CloseReason.GOAL_REACHED, outcome=w()
        )
    casework.return_closing(
        manager, closing_id=centre.ids["returned_closing"], version=1, comment=w()
    )
    for name, after in (("substitution", 10), ("ended_substitution", 20)):
        first = TODAY + timedelta(days=after)
        who = (centre.people["lead"], centre.people["colleague"])
        wanted = Substitution(*who, first, first + timedelta(days=5))
        centre.ids[name] = casework.arrange_substitution(manager, wanted=wanted)
    casework.end_substitution(manager, substitution_id=centre.ids["ended_substitution"])


def _meetings(centre: FullCentre) -> None:
    w, here, lead = centre.words, centre.consultant, centre.people["lead"]
    usual = Draft(
        held_on=TODAY,
        topics=frozenset({Topic.BUDGET}),
        consultants=(Work(lead, 60, 15),),
        cases=frozenset({centre.ids["case"]}),
        note=w(),
        steps=(NewStep(w(), TODAY),),
    )
    for name in ("held", "removed", "cancelled", "planned"):
        later = replace(usual, held_on=TODAY + timedelta(days=1), steps=(), note=w())
        plans = name in {"cancelled", "planned"}
        save = casework.plan_consultation if plans else casework.record_consultation
        centre.ids[name] = save(here, draft=later if plans else replace(usual, note=w()))
    later = replace(usual, held_on=TODAY + timedelta(days=2), steps=(), note=None)
    made = casework.plan_series(here, draft=later, repeat=Repeat(Rhythm.WEEKLY, times=2))
    centre.ids |= {"first_of_series": made[0], "last_of_series": made[1]}
    casework.cancel_consultation(here, consultation_id=made[1])
    centre.ids["due"] = casework.plan_consultation(here, draft=replace(usual, steps=()))
    casework.remove_consultation(here, consultation_id=centre.ids["removed"])
    casework.cancel_consultation(here, consultation_id=centre.ids["cancelled"])
    private = replace(
        usual,
        topics=frozenset({Topic.PSYCHOLOGIST}),
        note=centre.secret("lead"),
        steps=(NewStep(centre.secret("lead"), TODAY),),
    )
    centre.ids["private"] = casework.record_consultation(here, draft=private)
    there = (Attendee(Attendance.ATTENDED, name=centre.secret("lead")),)
    talk = {"consultation_id": centre.ids["private"], "version": 1}
    casework.set_attendance(here, **talk, attendees=there)
    told = casework.offer_feedback(here, consultation_id=centre.ids["private"])
    answer = Feedback(4, centre.secret("lead"))
    casework.give_feedback(centre.database, told, answer, lambda: NOW)
    leaver = centre.by("leaver", Role.CONSULTANT)
    own = replace(private, consultants=(Work(centre.people["leaver"], 45),), cases=frozenset())
    own = replace(
        own, note=centre.secret("leaver"), steps=(NewStep(centre.secret("leaver"), TODAY),)
    )
    centre.ids["left"] = casework.record_consultation(leaver, draft=own)
    administrator = centre.by("administrator", Role.ADMINISTRATOR)
    accounts.set_account_active(administrator, centre.people["leaver"], active=False)
    for name, who in (("asked", "manager"), ("asked_too", "administrator")):
        roles = Role.MANAGER if who == "manager" else Role.ADMINISTRATOR
        centre.ids[name] = casework.ask_unsealing(
            centre.by(who, roles), consultation_id=centre.ids["private"], reason=w()
        )


def _diagnostics(centre: FullCentre) -> None:
    here = centre.consultant
    for name in ("draft_run", "run", "discarded_run", "run_with_needs", "closed_run"):
        new = NewAssessment(centre.ids["case"], INSTRUMENT, RespondentKind.TEAM, TODAY)
        run = centre.ids[name] = diagnostics.start_assessment(here, new)
        _answer(centre, run)
        if name in {"draft_run", "discarded_run"}:
            continue
        version = diagnostics.view_assessment(here, assessment_id=run).assessment.version
        diagnostics.submit_assessment(here, assessment_id=run, version=version)
    diagnostics.discard_assessment(here, assessment_id=centre.ids["discarded_run"])
    run = centre.ids["run_with_needs"]
    gap = diagnostics.view_assessment(here, assessment_id=run).gaps[0].item
    made = diagnostics.make_needs(here, assessment_id=run, items=[gap], language="ru")
    centre.ids["gap_need"] = made[0]


def _answer(centre: FullCentre, run: int) -> None:
    here = centre.consultant
    items = diagnostics.view_assessment(here, assessment_id=run).instrument.items
    responses = {item.name: Response("level_1", centre.words()) for item in items}
    diagnostics.answer_items(here, assessment_id=run, responses=responses)


def _roadmaps(centre: FullCentre) -> None:
    w, here = centre.words, centre.consultant
    plan = plan_of(2, 3, 1, links="A-B", start=TODAY)
    tasks = tuple(replace(task, title=w(), responsible=w()) for task in plan.tasks)
    for name in ("roadmap", "removed_roadmap", "undone_roadmap"):
        new = roadmaps.NewPlan(
            centre.ids["case"], w(), replace(plan, tasks=tasks), need_id=centre.ids["need"]
        )
        centre.ids[name] = roadmaps.create_roadmap(here, new=new)
    roadmaps.remove_roadmap(here, roadmap_id=centre.ids["removed_roadmap"])
    undone = {"roadmap_id": centre.ids["undone_roadmap"]}
    version = roadmaps.view_plan(here, **undone).roadmap.version
    roadmaps.add_task(here, **undone, version=version, draft=roadmaps.TaskDraft(w(), 2))
    roadmaps.undo_edit(here, **undone)
    version = roadmaps.view_plan(here, roadmap_id=centre.ids["roadmap"]).roadmap.version
    draft = roadmaps.TaskDraft(w(), 2, waits="1")
    roadmaps.add_task(here, roadmap_id=centre.ids["roadmap"], version=version, draft=draft)
    full_plans.fill(centre)


def _panels(centre: FullCentre) -> None:
    w, here = centre.words, centre.consultant
    experts = (centre.people["member"], centre.people["second_expert"])
    for name in ("panel", "young_panel"):
        new = NewPanel(w(), PanelKind.CONSILIUM, centre.people["lead"], expert_ids=experts)
        panel = centre.ids[name] = panels.create_panel(here, new=new)
        if name == "young_panel":
            seat = {"panel_id": panel, "person_id": centre.people["third_expert"]}
            panels.assign_expert(here, **seat)
        criterion = panels.add_criterion(here, panel_id=panel, criterion=criterion_of(w))
        centre.ids[f"{name}_criterion"] = criterion
    for name in ("submission", "withdrawn"):
        new_one = NewSubmission(w(), w(), case_id=centre.ids["case"])
        centre.ids[name] = panels.add_submission(here, panel_id=centre.ids["panel"], new=new_one)
    panels.withdraw_submission(here, submission_id=centre.ids["withdrawn"], reason=w())
    _sheets(centre)


def _sheets(centre: FullCentre) -> None:
    """The member has begun a sheet; the second expert has handed one in."""
    for name in ("member", "second_expert"):
        expert = centre.by(name, Role.EXPERT)
        sheet = centre.ids[f"sheet_of_{name}"] = next(
            line.id
            for line in panels.list_own_sheets(expert)
            if line.submission_id == centre.ids["submission"]
        )
        readers = ["member"] if name == "member" else ["second_expert", "lead"]
        said = opinion_of(centre, lambda readers=readers: centre.secret(*readers))
        panels.save_sheet(expert, sheet_id=sheet, version=1, opinion=said)
        if name == "second_expert":
            panels.submit_sheet(expert, sheet_id=sheet, version=2)
            centre.tokens["recommendation"] = said.recommendation


def opinion_of(centre: FullCentre, word: Callable[[], str]) -> Opinion:
    """Judge the one criterion, with a word in each field."""
    score = Score(centre.ids["panel_criterion"], 4, reason=word())
    return Opinion((score,), word(), word())


def criterion_of(word: Callable[[], str]) -> Criterion:
    """Write a criterion with a word in each field."""
    levels = {mark: {"ru": word()} for mark in range(1, 6)}
    return Criterion(0, {"ru": word()}, {"ru": word()}, Decimal(1), Scale(1, 5), levels)


def _hours(centre: FullCentre) -> None:
    w, manager = centre.words, centre.by("manager", Role.MANAGER)
    terms = hours.Terms(w(), TODAY, None, w(), 3)
    centre.ids["agreement"] = hours.add_agreement(manager, terms=terms)
    hours.set_plan(manager, hours.HourPlan(hours.Activity.CONSULTING, 15_000, TODAY), seen=())
    everything = {each: frozenset(hours.TimeKind) for each in hours.Activity}
    centre.ids["rule"] = hours.set_rule(manager, rule=hours.CountingRule(TODAY, everything))
    colleague = centre.people["colleague"]
    with centre.by("colleague", Role.CONSULTANT).transaction() as tx:
        taught = hours.TimeLine(
            colleague, hours.TimeKind.CONTACT, 90, TODAY, hours.Activity.TRAINING
        )
        hours.replace_time(tx, ("training", 1), [taught])
    hours.lock_month(manager, person_ids=[colleague], month="2026-09")
    hours.override_day(manager, person_id=colleague, day=date(2026, 9, 2), reason=w())
    for name in ("work", "removed_work"):
        draft = hours.WorkDraft(TODAY, 15, note=centre.secret("lead"))
        centre.ids[name] = hours.record_work(centre.consultant, draft=draft)
    hours.remove_work(centre.consultant, work_id=centre.ids["removed_work"])
    piece = Piece("consultation:new", centre.secret("lead"), "w", 1, 0)
    keep_draft(centre.consultant, piece, person_id=centre.people["lead"])
