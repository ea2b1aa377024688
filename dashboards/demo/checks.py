"""Act out the diagnostics: answered by the team, repeated, their gaps made needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Final

from casework.service import NeedState
from dashboards.demo.engagements import settle_need
from dashboards.demo.lives import CaseStory, InitiativeStory
from dashboards.demo.stage import Act, Frame, Stage, moment, working_day
from diagnostics.domain.assessment import NewAssessment, RespondentKind, Response
from diagnostics.domain.instrument import Domain, Instrument, Missing
from diagnostics.domain.scoring import Answer
from diagnostics.service import (
    answer_items,
    make_needs,
    start_assessment,
    submit_assessment,
    view_assessment,
    view_instrument,
)

INSTRUMENT: Final = "health_of_an_initiative"
_BECAME: Final = (NeedState.MET, NeedState.MET, NeedState.MET, NeedState.DROPPED)
_KINDS: Final = (RespondentKind.TEAM, RespondentKind.TEAM, RespondentKind.LEADER)


@dataclass(frozen=True, slots=True)
class Check:
    """One run as drawn; `needs` is how many of its gaps become needs."""

    key: str
    case: CaseStory
    day: date
    kind: RespondentKind
    gain: float = 0.0
    needs: int = 0
    is_finished: bool = True


def draw_checks(frame: Frame, lives: Sequence[InitiativeStory]) -> tuple[Check, ...]:
    """Let most initiatives answer once, half of all a second time, two be unfinished."""
    rng = frame.options.random("checks")
    found: list[Check] = []
    twice = 0
    for case in (life.cases[-1] for life in lives):
        day = working_day(frame, case.opened_on, rng.randint(8, 22))
        again = working_day(frame, day + timedelta(days=rng.randint(150, 290)))
        kind = rng.choice(_KINDS)
        first = Check(f"check 1 of {case.key}", case, day, kind, needs=rng.choice((2, 3, 3)))
        gain = rng.gauss(0.5, 0.22)
        if not _is_open(frame, case, day) or (rng.random() < 0.12):
            continue
        found.append(first)
        if _is_open(frame, case, again) and twice < len(lives) * 0.55:
            twice += 1
            found.append(Check(f"check 2 of {case.key}", case, again, kind, gain, needs=1))
    return (*found, *_unfinished(frame, lives))


def _is_open(frame: Frame, case: CaseStory, day: date) -> bool:
    return case.is_at_work(day) and day < frame.today


def _unfinished(frame: Frame, lives: Sequence[InitiativeStory]) -> Iterator[Check]:
    day = frame.calendar.add(frame.today, -3)
    open_ones = [case for life in lives for case in life.cases if _is_open(frame, case, day)]
    for case in open_ones[:: max(len(open_ones) // 2, 1)][:2]:
        key = f"unfinished check of {case.key}"
        yield Check(key, case, day, RespondentKind.TEAM, is_finished=False)


def diagnostics(frame: Frame, checks: Sequence[Check]) -> Iterator[Act]:
    """Give the act of every run, its answers of one evening, and of what became of its needs."""
    rng = frame.options.random("needs")
    for check in checks:
        yield Act(moment(check.day, 19, 30), partial(_run, check))
        for number in range(check.needs):
            after = rng.randint(220, 330) if number == 0 else rng.randint(40, 260)
            day = working_day(frame, check.day + timedelta(days=after))
            state = rng.choice(_BECAME)
            if day < frame.today and day < (check.case.ends_on or frame.today):
                yield Act(moment(day, 18, 10), partial(_settle, check, number, state))
            elif check.case.ends_on and check.case.ends_on < frame.today:
                yield Act(
                    moment(check.case.ends_on, 18, 10), partial(_settle, check, number, state)
                )


def _run(check: Check, stage: Stage) -> None:
    desk = stage.desk(check.case.lead)
    rng = stage.frame.options.random(f"answers {check.case.key}")
    instrument = view_instrument(desk, name=INSTRUMENT)
    new = NewAssessment(
        case_id=stage.made[check.case.key],
        instrument=INSTRUMENT,
        kind=check.kind,
        held_on=check.day,
        respondents=1 if check.kind is RespondentKind.LEADER else rng.randint(3, 8),
    )
    run_id = stage.made[check.key] = start_assessment(desk, new)
    given = list(_answers(rng, instrument, check.gain))
    if not check.is_finished:
        given = given[: len(given) * 3 // 5]
    example = stage.content.words("justification")
    responses = {
        item: Response(answer, example if number == 0 else "")
        for number, (item, answer) in enumerate(given)
    }
    answer_items(desk, assessment_id=run_id, responses=responses)
    if check.is_finished:
        _finish(check, run_id, stage)


def _finish(check: Check, run_id: int, stage: Stage) -> None:
    """Submit a run and make needs of its widest gaps."""
    desk = stage.desk(check.case.lead)
    view = view_assessment(desk, assessment_id=run_id)
    submit_assessment(desk, assessment_id=run_id, version=view.assessment.version)
    fresh = [g.item for g in view.gaps if f"gap of {check.case.key}: {g.item}" not in stage.made]
    items = fresh[: check.needs]
    language = stage.frame.options.language
    if items:
        made = make_needs(desk, assessment_id=run_id, items=items, language=language)
        for number, need_id in enumerate(made):
            stage.made[f"need {number} of {check.key}"] = need_id
            stage.made[f"gap of {check.case.key}: {items[number]}"] = need_id


def _settle(check: Check, number: int, state: NeedState, stage: Stage) -> None:
    """Say what became of a need, if the run had a gap for it."""
    need_id = stage.made.get(f"need {number} of {check.key}")
    if need_id is not None:
        settle_need(stage, check.case, need_id, state)


def _answers(rng: Random, instrument: Instrument, gain: float) -> Iterator[tuple[str, Answer]]:
    """Draw the first answers, then what a year changed; each area has a level of its own."""
    whole = rng.gauss(2.05, 0.25)
    for domain in instrument.domains:
        level = rng.gauss(whole, 0.55)
        change = gain + rng.gauss(0, 0.35) if gain else 0.0
        yield from _of_domain(rng, domain, (level, change))


def _of_domain(
    rng: Random, domain: Domain, at: tuple[float, float]
) -> Iterator[tuple[str, Answer]]:
    level, change = at
    for item in domain.items:
        known, drawn = rng.random(), rng.gauss(level, 0.5)
        ways_out = [way for way in Missing if way in item.scale.ways_out]
        if known < 0.03 and ways_out:
            yield item.name, ways_out[0]
            continue
        levels = item.scale.levels
        place = min(max(round(drawn + change), 1), len(levels))
        yield item.name, levels[place - 1].code
