"""Act out what comes to the centre and goes beyond it: requests, referrals, the roll call."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from casework.domain.authority import (
    Answer,
    AuthorityForm,
    AuthorityKind,
    AuthorityResult,
    proposed_due,
)
from casework.domain.case import CloseReason
from casework.domain.harm import HarmForm, HarmKind
from casework.domain.life import InitiativeState, LifeSource
from casework.domain.referral import (
    MOVES,
    Ground,
    NewReferral,
    ReferralMove,
    ReferralState,
    ReferralTarget,
)
from casework.domain.request import (
    Decision,
    RefusalReason,
    RequestForm,
    RequestSource,
    RequestState,
)
from casework.domain.roll_call import RollAnswer, RollOutcome
from casework.domain.substitution import Substitution
from casework.service import (
    answer_authority,
    answer_roll_call,
    arrange_substitution,
    ask_closing,
    ask_referral,
    begin_roll_call,
    decide_request,
    handle_harm,
    move_referral,
    record_authority,
    report_harm,
    take_request,
    view_roll_call,
)
from dashboards.demo.content import Row
from dashboards.demo.lives import CaseStory, InitiativeStory
from dashboards.demo.stage import CONSULTANTS, Act, Frame, Stage, moment

_ROLL_DAYS: Final = (12, 9)
"""How many days ago the roll call began, and its half was done."""
_FOUND: Final = {
    InitiativeState.ALIVE: RollOutcome.ALIVE,
    InitiativeState.PAUSED: RollOutcome.PAUSED,
    InitiativeState.CEASED: RollOutcome.CEASED,
    InitiativeState.NGO: RollOutcome.BECAME_NGO,
    InitiativeState.SOCIAL_ENTERPRISE: RollOutcome.BECAME_SOCIAL_ENTERPRISE,
    InitiativeState.MERGED: RollOutcome.MERGED,
    InitiativeState.SPLIT: RollOutcome.SPLIT,
    InitiativeState.UNKNOWN: RollOutcome.NOT_REACHED,
}


def beyond(frame: Frame, lives: Sequence[InitiativeStory]) -> Iterator[Act]:
    """Give a few of each, on the cases that go on."""
    yield from _newcomers(frame)
    at_work = [case for life in lives for case in life.cases if case.ends_on is None]
    for name, write in (("referrals", _refer), ("authorities", _appeal), ("harms", _harm)):
        for number, row in enumerate(frame.content.rows(name)):
            day = _ago(frame, int(row["days_ago"]))
            case = at_work[(number * 5 + len(name)) % len(at_work)]
            if case.opened_on < day:
                yield Act(moment(day, 16, 10 + number), partial(write, case, row))
    yield Act(moment(_ago(frame, 1), 15), partial(_ask_closing, at_work[0]))
    yield Act(moment(_ago(frame, 2), 10), _absence)
    begun, done = (_ago(frame, days) for days in _ROLL_DAYS)
    yield Act(moment(begun, 11), lambda stage: begin_roll_call(stage.desk("manager")))
    yield Act(moment(done, 11), _half_of_the_roll)


def _ago(frame: Frame, days: int) -> date:
    return frame.today - timedelta(days=days)


def _newcomers(frame: Frame) -> Iterator[Act]:
    for number, row in enumerate(frame.content.rows("newcomers")):
        day = _ago(frame, int(row["days_ago"]))
        yield Act(moment(day, 12, number), partial(_take, number, row))
        if row["state"] != RequestState.NEW:
            after = min(day + timedelta(days=3), frame.today)
            yield Act(moment(after, 18, number), partial(_decide, number, row))


def _take(number: int, row: Row, stage: Stage) -> None:
    agrees = row["consent"] == "yes"
    form = RequestForm(
        text=row["request"],
        source=RequestSource(row["source"]),
        name=row["name"],
        asker=row["asker"] if agrees else "",
        has_consent=agrees,
    )
    by = CONSULTANTS[number % len(CONSULTANTS)]
    stage.made[f"request {number}"] = take_request(stage.desk(by), form=form)


def _decide(number: int, row: Row, stage: Stage) -> None:
    state = RequestState(row["state"])
    decision = Decision(
        state,
        RefusalReason.NOT_OUR_TASK if state is RequestState.REFUSED else None,
        stage.content.words("refer_to") if state is RequestState.REFERRED else "",
    )
    request_id = stage.made[f"request {number}"]
    decide_request(stage.desk("manager"), request_id=request_id, version=1, decision=decision)


def _refer(case: CaseStory, row: Row, stage: Stage) -> None:
    desk, today = stage.desk(case.lead), stage.clock.now.date()
    new = NewReferral(
        target=ReferralTarget(row["target"]),
        to_whom=row["to"],
        what_for=row["for"],
        ground=Ground(row["ground"]),
        consent_on=today,
        due_on=stage.frame.today + timedelta(days=int(row["due_in"])),
    )
    made = ask_referral(desk, case_id=stage.made[case.key], new=new)
    wanted = ReferralState(row["state"])
    way = [wanted] if wanted in MOVES[ReferralState.ASKED] else [ReferralState.ACCEPTED, wanted]
    if wanted is not ReferralState.ASKED:
        for version, state in enumerate(way, start=1):
            move = ReferralMove(state, today, row["comment"] if state is wanted else "")
            move_referral(desk, referral_id=made, version=version, move=move)


def _appeal(case: CaseStory, row: Row, stage: Stage) -> None:
    desk, today = stage.desk(case.lead), stage.clock.now.date()
    kind = AuthorityKind(row["kind"])
    form = AuthorityForm(kind, row["to"], row["subject"], today, proposed_due(kind, today))
    made = record_authority(desk, case_id=stage.made[case.key], form=form)
    if row["result"]:
        answer = Answer(AuthorityResult(row["result"]), today, row["answer"])
        answer_authority(desk, contact_id=made, version=1, answer=answer)


def _harm(case: CaseStory, row: Row, stage: Stage) -> None:
    form = HarmForm(HarmKind(row["kind"]), stage.clock.now.date(), row["whom"], row["what"])
    made = report_harm(stage.desk(case.lead), case_id=stage.made[case.key], form=form)
    if row["state"] == "handled":
        handle_harm(stage.desk("manager"), harm_id=made, version=1, handling=row["handling"])


def _ask_closing(case: CaseStory, stage: Stage) -> None:
    ask_closing(
        stage.desk(case.lead),
        case_id=stage.made[case.key],
        reason=CloseReason.GROWN_INDEPENDENT,
        outcome=stage.content.words("ask_closing"),
    )


def _absence(stage: Stage) -> None:
    """Let one consultant be away for two weeks."""
    today = stage.clock.now.date()
    away, substitute = stage.person(CONSULTANTS[1]), stage.person(CONSULTANTS[0])
    wanted = Substitution(away, substitute, today, today + timedelta(days=13))
    arrange_substitution(stage.desk("manager"), wanted=wanted)


def _half_of_the_roll(stage: Stage) -> None:
    roll = view_roll_call(stage.desk("manager"))
    if roll is None:
        return
    for number, line in enumerate(roll.lines[::2]):
        by = stage.desk(CONSULTANTS[number % len(CONSULTANTS)])
        answer = RollAnswer(_FOUND[line.state], LifeSource.LEADER, stage.clock.now.date())
        answer_roll_call(by, roll_call_id=roll.id, initiative_id=line.initiative_id, answer=answer)
