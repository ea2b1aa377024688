"""Act out the lives of initiatives: registered, accompanied, changed, some ended."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Final

from accounts.domain.contact import ConsentScope, NewConsent
from casework.domain.case import CaseStatus, CloseReason, NewCase, StatusChange
from casework.domain.initiative import (
    InitiativeForm,
    InitiativePart,
    NewInitiative,
    NewParticipant,
)
from casework.domain.life import Certainty, LifeEvent, LifeEventType, LifeSource, When
from casework.service import (
    NeedKind,
    NeedState,
    add_life_event,
    add_person,
    approve_closing,
    ask_closing,
    change_need,
    change_status,
    note_need,
    open_case,
    register_initiative,
    view_case,
)
from dashboards.demo.content import Row
from dashboards.demo.lives import CaseStory, InitiativeStory
from dashboards.demo.stage import Act, Frame, Stage, moment, working_day

_SEEN_EACH: Final = 240


def engagements(frame: Frame, lives: Sequence[InitiativeStory]) -> Iterator[Act]:
    """Give every act of registering, opening, moving and closing."""
    rng = frame.options.random("engagements")
    for life in lives:
        lead = life.cases[0].lead
        phone = f"+7 902 {rng.randint(100, 999)}-{rng.randint(10, 99)}-{rng.randint(10, 99)}"
        yield Act(moment(life.registered_on, 9, 10), partial(_register, life, lead, phone))
        if rng.random() < 0.6:
            member = rng.randrange(len(frame.content.rows("members")))
            yield Act(moment(life.registered_on, 9, 20), partial(_join, life, lead, member))
        yield from _events(frame, rng, life)
        for case in life.cases:
            yield from _case(frame, rng, case)


def _register(life: InitiativeStory, lead: str, phone: str, stage: Stage) -> None:
    row = stage.content.rows("initiatives")[life.number]
    leader = stage.content.rows("leaders")[life.number]["name"]
    today = stage.clock.now.date()
    ground = stage.content.words("consent")
    new = NewInitiative(
        form=InitiativeForm(
            row["name"], row["summary"], tuple(row["themes"].split()), row["territory"]
        ),
        founded=life.founded,
        leader=NewParticipant(
            leader,
            InitiativePart.LEADER,
            email=f"{row['key'][:24].strip('_')}@demo.example",
            phone=phone,
            consent=NewConsent(ConsentScope.CONTACT, today, ground),
        ),
    )
    made = register_initiative(stage.desk(lead), new=new, is_sure=True)
    stage.made[f"initiative {life.number}"] = made.id or 0


def _join(life: InitiativeStory, lead: str, member: int, stage: Stage) -> None:
    name = stage.content.rows("members")[member]["name"]
    add_person(
        stage.desk(lead),
        initiative_id=stage.made[f"initiative {life.number}"],
        new=NewParticipant(name, InitiativePart.MEMBER),
        is_sure=True,
    )


def _events(frame: Frame, rng: Random, life: InitiativeStory) -> Iterator[Act]:
    end = life.turned_on if life.fate in _FINAL else frame.today
    day = life.registered_on + timedelta(days=rng.randint(120, _SEEN_EACH))
    while end is not None and day < end:
        on = working_day(frame, day)
        if on < min(end, frame.today):
            yield _event(frame, rng, life, (LifeEventType.SEEN_ACTIVE, When(on)))
        day += timedelta(days=rng.randint(_SEEN_EACH, 2 * _SEEN_EACH))
    if life.fate and life.turned_on:
        yield _event(frame, rng, life, (life.fate, When(life.turned_on)))
    if life.resumed_on:
        yield _event(frame, rng, life, (LifeEventType.RESUMED, When(life.resumed_on)))


_FINAL: Final = frozenset(
    {
        LifeEventType.CEASED,
        LifeEventType.LOST_CONTACT,
        LifeEventType.MERGED,
        LifeEventType.PAUSED,
        LifeEventType.SPLIT,
    }
)


def _event(
    frame: Frame, rng: Random, life: InitiativeStory, what: tuple[LifeEventType, When]
) -> Act:
    kind, when = what
    row = frame.content.drawn(rng, "events", type=kind.value)
    event = LifeEvent(kind, when, LifeSource(row["source"]), Certainty.CERTAIN, row["note"])
    by = life.cases[0].lead
    return Act(moment(when.on, 17, rng.randint(0, 50)), partial(_add_event, life, by, event))


def _add_event(life: InitiativeStory, by: str, event: LifeEvent, stage: Stage) -> None:
    initiative_id = stage.made[f"initiative {life.number}"]
    add_life_event(stage.desk(by), initiative_id=initiative_id, event=event)


def _case(frame: Frame, rng: Random, case: CaseStory) -> Iterator[Act]:
    yield Act(moment(case.opened_on, 9, 40), partial(_open, case))
    active_on = working_day(frame, case.opened_on, 8)
    if active_on < min(case.ends_on or frame.today, frame.today):
        yield _move(case, active_on, StatusChange(CaseStatus.ACTIVE))
    if case.held_from:
        pause = StatusChange(CaseStatus.ON_HOLD, comment=frame.content.words("on_hold"))
        yield _move(case, case.held_from, pause)
    if case.held_until:
        yield _move(case, case.held_until, StatusChange(CaseStatus.ACTIVE))
    if case.ends_on and case.reason:
        is_good = case.reason in _GOOD
        comment = frame.content.words("closed_well" if is_good else "closed_ceased")
        yield Act(moment(case.ends_on, 19, 10), partial(_close, case, case.reason, comment))
    for _number in range(rng.choice((0, 1, 1, 2))):
        yield from _need(frame, rng, case)


_GOOD: Final = frozenset({CloseReason.GOAL_REACHED, CloseReason.GROWN_INDEPENDENT})


def _open(case: CaseStory, stage: Stage) -> None:
    row = stage.content.rows("requests")[case.request]
    new = NewCase(
        initiative_id=stage.made[f"initiative {case.initiative}"],
        lead_id=stage.person(case.lead),
        request=row["request"],
        title=row["title"],
        asked_on=case.opened_on - timedelta(days=3),
        members=frozenset({stage.person(case.member)}),
    )
    stage.made[case.key] = open_case(stage.desk(case.lead), new=new)


def _move(case: CaseStory, on: date, change: StatusChange) -> Act:
    return Act(moment(on, 19, 10), partial(_change, case, change))


def _change(case: CaseStory, change: StatusChange, stage: Stage) -> None:
    desk, case_id = stage.desk(case.lead), stage.made[case.key]
    version = view_case(desk, case_id=case_id).case.version
    change_status(desk, case_id=case_id, version=version, change=change)


def _close(case: CaseStory, reason: CloseReason, outcome: str, stage: Stage) -> None:
    """Let the lead ask and another manager agree."""
    case_id = stage.made[case.key]
    asked = ask_closing(stage.desk(case.lead), case_id=case_id, reason=reason, outcome=outcome)
    by = "manager" if case.lead == "director" else "director"
    approve_closing(stage.desk(by), closing_id=asked, version=1)


def _need(frame: Frame, rng: Random, case: CaseStory) -> Iterator[Act]:
    """Note a need soon after the beginning; most are met later, a few dropped."""
    row = rng.choice(frame.content.rows("needs"))
    day = working_day(frame, case.opened_on, rng.randint(3, 30))
    key = f"need of {case.key}: {rng.random()}"
    end = case.ends_on or frame.today
    if day >= end:
        return
    yield Act(moment(day, 12, 30), partial(_note, case, row, key))
    answered = working_day(frame, day + timedelta(days=rng.randint(40, 250)))
    if answered < end:
        state = rng.choice((NeedState.MET, NeedState.MET, NeedState.MET, NeedState.DROPPED))
        yield Act(moment(answered, 18, 20), partial(_answer, case, key, state))


def _note(case: CaseStory, row: Row, key: str, stage: Stage) -> None:
    stage.made[key] = note_need(
        stage.desk(case.lead),
        case_id=stage.made[case.key],
        kind=NeedKind(row["kind"]),
        title=row["title"],
    )


def _answer(case: CaseStory, key: str, state: NeedState, stage: Stage) -> None:
    settle_need(stage, case, stage.made[key], state)


def settle_need(stage: Stage, case: CaseStory, need_id: int, state: NeedState) -> None:
    """Say what became of a need of a case, knowing how it stood."""
    desk = stage.desk(case.lead)
    needs = view_case(desk, case_id=stage.made[case.key]).needs
    for seen in (need.state for need in needs if need.id == need_id):
        change_need(desk, need_id=need_id, state=state.value, seen=seen.value)
