"""Act out what becomes of hours: own work, months handed in, approved and locked, one agreement."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Final

from dashboards.demo.stage import CONSULTANTS, Act, Frame, Stage, moment, working_day
from hours.service import (
    Activity,
    AgreementPlan,
    EntryStatus,
    Measure,
    Period,
    Served,
    Terms,
    TimeKind,
    WorkDraft,
    add_agreement,
    approve_month,
    lock_month,
    month_of,
    override_day,
    record_work,
    return_entry,
    serve_agreement,
    submit_month,
    view_month,
    view_person_month,
)

_TEXTS: Final = {
    "ru": {
        "agreement": "Субсидия на сопровождение инициатив",
        "payer": "Администрация города",
        "work": "отчёт за две недели",
        "comment": "Кажется, минут больше, чем длилась встреча. Проверьте, пожалуйста.",
        "reason": "Нашёлся билет: дорогу в тот день забыли записать.",
    },
    "en": {
        "agreement": "Subsidy for accompanying initiatives",
        "payer": "City administration",
        "work": "report on two weeks",
        "comment": "More minutes, it seems, than the meeting took. Please have a look.",
        "reason": "A ticket was found: that day's travel had been forgotten.",
    },
}
_PLANS: Final = (
    AgreementPlan(Activity.CONSULTING, Measure.STAFF, 250 * 60),
    AgreementPlan(Activity.TRAINING, Measure.STAFF, 40 * 60),
    AgreementPlan(Activity.CONSULTING, Measure.EVENT, 150 * 60),
    AgreementPlan(Activity.TRAINING, Measure.PERSON, 300 * 60),
)
_WORK: Final = 40
"""Length of a report on two weeks [min]."""


def ledger(frame: Frame) -> Iterator[Act]:
    """Give every act of keeping hours, month by month."""
    yield Act(moment(frame.starts_on, 8, 30), partial(_agree, frame.starts_on))
    month = month_of(frame.starts_on)
    while month.starts_on <= frame.today:
        yield from _month(frame, month)
        month = month_of(month.ends_before)
    before = month_of(month_of(frame.today).starts_on - timedelta(days=1))
    yield Act(moment(_settled(frame, before), 12), partial(_open, before))
    yield Act(moment(frame.today, 8, 40), partial(_return, month_of(frame.today)))


def _month(frame: Frame, month: Period) -> Iterator[Act]:
    for day in frame.calendar.working_days(month.starts_on, month.ends_before)[9::10]:
        for who in CONSULTANTS:
            yield Act(moment(day, 21, 10), partial(_report, who, day))
    last = frame.calendar.working_days(month.starts_on, month.ends_before)[-1]
    for who in CONSULTANTS:
        yield Act(moment(last, 21, 30), partial(_hand_in, who, month))
    yield Act(moment(_settled(frame, month), 11), partial(_settle, month))


def _settled(frame: Frame, month: Period) -> date:
    """Give the day on which a month is approved and locked."""
    return working_day(frame, month.ends_before, 3)


def _code(month: Period) -> str:
    return f"{month.starts_on:%Y-%m}"


def _text(stage: Stage, name: str) -> str:
    return _TEXTS[stage.frame.options.language][name]


def _agree(since: date, stage: Stage) -> None:
    desk = stage.desk("director")
    terms = Terms(_text(stage, "agreement"), since, None, _text(stage, "payer"), 3, plans=_PLANS)
    agreement = add_agreement(desk, terms=terms)
    for activity in (Activity.CONSULTING, Activity.TRAINING):
        serve_agreement(desk, served=Served(activity, since, agreement))


def _report(who: str, day: date, stage: Stage) -> None:
    draft = WorkDraft(
        day, _WORK, TimeKind.ADMINISTRATION, Activity.OTHER, note=_text(stage, "work")
    )
    record_work(stage.desk(who), draft=draft)


def _hand_in(who: str, month: Period, stage: Stage) -> None:
    submit_month(stage.desk(who), _code(month))


def _settle(month: Period, stage: Stage) -> None:
    """Approve everybody's month, and lock it where nothing waits."""
    desk, code = stage.desk("manager"), _code(month)
    for person, known in view_month(desk, code).months.items():
        seen = view_person_month(desk, person, code).seen
        if seen.entries:
            approve_month(desk, person_id=person, month=code, seen=seen)
        if not known.minutes(EntryStatus.DRAFT):
            lock_month(desk, person_ids=[person], month=code)


def _open(month: Period, stage: Stage) -> None:
    desk, person = stage.desk("manager"), stage.person(CONSULTANTS[0])
    entries = view_person_month(desk, person, _code(month)).entries
    locked = [entry for entry in entries if entry.status is EntryStatus.LOCKED]
    if locked:
        reason = _text(stage, "reason")
        override_day(desk, person_id=person, day=locked[0].worked_on, reason=reason)


def _return(month: Period, stage: Stage) -> None:
    desk, person = stage.desk("manager"), stage.person(CONSULTANTS[0])
    entries = view_person_month(desk, person, _code(month)).entries
    ripe = [each for each in entries if each.status is EntryStatus.SUBMITTED and each.kind]
    if ripe:
        comment = _text(stage, "comment")
        return_entry(desk, entry_id=ripe[-1].id, version=ripe[-1].version, comment=comment)
