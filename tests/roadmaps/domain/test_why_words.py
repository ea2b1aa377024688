"""What the page says of a task, a change and a date, in Russian."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.i18n import translator
from roadmaps.domain.broken import broken_dates, missed_by
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.earned import broken_by
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    ChangeTask,
    RemoveLink,
    apply,
    inverse,
)
from roadmaps.domain.edits_plan import (
    RemoveBaseline,
    RenameBaseline,
    SetCalendars,
    SetStatus,
    TakeBaseline,
    baseline_of,
)
from roadmaps.domain.edits_task import (
    FIELD_EDITS,
    LeaveOut,
    PlaceTask,
    Rename,
    SetCalendar,
    SetConstraint,
    SetCounting,
    SetDeadline,
    SetDuration,
    SetEstimate,
    SetProgress,
    SetResponsible,
    happened,
)
from roadmaps.domain.history_words import sentence, told_edit
from roadmaps.domain.laid import lay
from roadmaps.domain.moves import moves
from roadmaps.domain.plan import EVENING, Dependency, LinkKey, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.roadmap import PlanEdit
from roadmaps.domain.schedule import Slot
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting, Estimate
from roadmaps.domain.why import why
from roadmaps.domain.why_words import (
    stretch,
    told_by,
    told_cause,
    told_float,
    told_move,
    told_reasons,
)
from tests.roadmaps.plans import START, plan_of

RU = translator("ru")
AT = datetime(2026, 2, 9)
NOW = datetime(2026, 2, 2, 9).astimezone()
WEEKENDS = NamedCalendar("weekends", "по выходным", OwnCalendar(weekdays=(5, 6)))


def reasons(plan: Plan, number: int) -> list[str]:
    laid = lay(plan)
    told = told_reasons(RU, plan, plan.task(number), why(laid)[number])
    return [" ".join(text.split()) for text in told]


def set_to(plan: Plan, **fields: object) -> Plan:
    """Change fields of task B."""
    tasks = tuple(replace(task, **fields) if task.id == 2 else task for task in plan.tasks)
    return replace(plan, tasks=tasks)


PAIR = plan_of(2, 3, links="A-B")


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (plan_of(2, 3), ["план начинается 2 февр. 2026 г."]),
        (PAIR, ["ждёт окончания «A»"]),
        (
            plan_of(2, 3, links="A-B:fs+2"),
            [
                "ждёт окончания «A»",
                "и ещё 2 рабочих дня после этого",
            ],
        ),
        (
            replace(PAIR, dependencies=(Dependency(1, 2, LinkKind.FS, -1, Counting.ELAPSED),)),
            ["ждёт окончания «A»", "на 1 календарный день раньше этого"],
        ),
        (
            set_to(plan_of(2, 3), constraint=Constraint(ConstraintKind.SNET, AT)),
            ["начало не раньше 9 февр. 2026 г."],
        ),
        (set_to(PAIR, placed_at=AT), ["поставлена вручную на 9 февр. 2026 г."]),
        (
            set_to(PAIR, placed_at=datetime.combine(AT, EVENING)),
            ["поставлена вручную на 9 февр. 2026 г."],
        ),
        (set_to(PAIR, progress=happened(2, 0, AT).progress), ["она начата 9 февр. 2026 г."]),
        (
            replace(plan_of(2, 3), status_at=AT),
            ["к дате состояния, 9 февр. 2026 г., не сделана, поэтому стоит после неё"],
        ),
        (
            set_to(replace(PAIR, calendars=(WEEKENDS,)), calendar="weekends"),
            ["ждёт окончания «A»", "календарь: по выходным"],
        ),
        (
            set_to(PAIR, counting=Counting.ELAPSED),
            ["ждёт окончания «A»", "срок идёт: календарное время без переноса"],
        ),
        (
            replace(PAIR, own_calendar=OwnCalendar(holidays=frozenset({date(2026, 2, 5)}))),
            ["ждёт окончания «A»", "на пути выходные: 5 февр."],
        ),
    ],
)
def test_each_cause_of_a_date_has_its_words(plan, told) -> None:
    assert reasons(plan, 2) == told


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (LinkKind.SS, "ждёт начала «A»"),
        (LinkKind.FF, "заканчивается не раньше, чем закончится «A»"),
        (LinkKind.SF, "заканчивается не раньше, чем начнётся «A»"),
    ],
)
def test_each_kind_of_link_has_its_words(kind, told) -> None:
    plan = replace(plan_of(9, 3), dependencies=(Dependency(1, 2, kind, 5),))
    assert reasons(plan, 2) == [told, "и ещё 5 рабочих дней после этого"]


def slot(free: int, total: int) -> Slot:
    return Slot(0, 1, 0, 1, free, total, total <= 0)


def test_float_is_told_in_words() -> None:
    def told_of(free: int, total: int, counting: Counting = Counting.WORKING) -> str:
        return told_float(RU, slot(free, total), PlanUnit.DAY, counting)

    told = [told_of(*pair) for pair in ((2, 2), (0, 3), (1, 3))]
    late = "может опоздать на 3 рабочих дня, не сдвинув конец плана"
    assert told == [
        "может опоздать на 2 рабочих дня, ничего не сдвинув",
        f"{late}; но любое опоздание сдвинет задачи, которые её ждут",
        f"{late}; опоздание на 1 рабочий день не сдвинет и других задач",
    ]
    assert "резерва нет" in told_of(0, 0)
    assert "опоздание на 5 рабочих дней" in told_of(-5, -5)
    assert told_of(2, 2, Counting.CALENDAR) == (
        "может опоздать на 2 календарных дня, ничего не сдвинув"
    )


def test_amounts_of_time_are_told_as_they_run() -> None:
    assert stretch(RU, 3, PlanUnit.DAY, Counting.CALENDAR) == "3 календарных дня"
    assert told_by(RU, timedelta(days=-2)) == "на 2 дня раньше"
    assert told_by(RU, timedelta()) == "как было"
    assert told_by(RU, timedelta(days=1, hours=2)).startswith("на 1 день 2")


def test_a_move_tells_how_far_and_because_of_what() -> None:
    longer = apply(PAIR, SetDuration(1, 4))
    one, other = moves(lay(PAIR), lay(longer))
    titles = {1: "A", 2: "B"}
    assert [told_move(RU, x) for x in (one, other)] == [
        "начало как было, конец на 2 дня позже",
        "начало на 2 дня позже, конец на 4 дня позже",
    ]
    assert {told_cause(RU, x.because, titles) for x in (one, other)} == {"A: другая длительность"}
    linked = replace(PAIR, dependencies=())
    (back,) = moves(lay(PAIR), lay(linked))
    assert told_cause(RU, back.because, titles) == "A → B: связь убрана"


def test_a_date_that_is_not_kept_is_named_with_who_holds_it_up() -> None:
    bound = Constraint(ConstraintKind.FNLT, datetime(2026, 2, 4))
    plan = set_to(PAIR, constraint=bound, deadline=datetime(2026, 2, 5))
    laid = lay(plan)
    tight, loose = broken_dates(laid)
    assert (tight.task.id, tight.constraint, tight.short) == (2, bound, 2)
    assert [task.id for task in tight.late] == [1, 2]
    assert (loose.constraint, loose.at, loose.short) == (None, datetime(2026, 2, 5), 1)
    assert missed_by(laid, plan.task(2)) == timedelta(days=1)
    kept = lay(set_to(PAIR, deadline=datetime(2026, 2, 6)))
    assert (broken_dates(kept), missed_by(kept, kept.plan.task(2))) == ((), None)


def test_the_dates_of_a_baseline_keep_the_links_of_the_plan_they_were_taken_from() -> None:
    plan = plan_of(2, 0, 3, links="A-B B-C")
    assert broken_by(lay(plan), baseline_of(lay(plan), "x", NOW, 1)) == ()


EDITS = {
    Rename(2, "Ёж"): "«B»: теперь «Ёж»",
    SetDuration(2, 5): "«B»: длительность 3 → 5",
    SetCounting(2, Counting.CALENDAR): "«B»: срок идёт: календарное время, последний день"
    " переносится на рабочий",
    SetCalendar(2, ""): "«B»: календарь: общий календарь плана",
    SetConstraint(2): "«B»: без ограничения по дате",
    SetDeadline(2, AT): "«B»: крайний срок 9 февр. 2026 г.",
    SetDeadline(2): "«B»: без крайнего срока",
    SetEstimate(
        2, Estimate(1, 2, 3)
    ): "«B»: оценки длительности: в лучшем случае 1, скорее всего 2, в худшем 3",
    PlaceTask(2, AT): "«B»: поставлена вручную на 9 февр. 2026 г.",
    PlaceTask(2, datetime.combine(AT, EVENING)): "«B»: поставлена вручную на 9 февр. 2026 г.",
    LeaveOut(2): "«B»: не входит в критический путь",
    SetResponsible(2, None, "Лидер"): "«B»: другой ответственный",
    SetProgress(2, 30): "«B»: сделано 0 → 30 %",
    happened(2, 0, AT, AT): "«B»: сделано 0 → 100 %, начата 9 февр. 2026 г.,"
    " закончена 9 февр. 2026 г.",
    SetStatus(AT): "дата состояния: 9 февр. 2026 г.",
    SetCalendars((WEEKENDS,)): "календари задач",
    TakeBaseline(baseline_of(lay(PAIR), "Было", NOW, 1)): "сохранён базовый план «Было»",
    RemoveBaseline(5): "удалён базовый план «Пятый»",
    RenameBaseline(5, "Шестой"): "базовый план назван «Шестой»",
    Batch((ChangeTask(Task(2, "B", 3, "u2", deadline=AT)), AddTask(Task(9, "Новая")))): "«B»:"
    " крайний срок 9 февр. 2026 г.; добавлена задача «Новая»",
    AddLink(Dependency(1, 2, LinkKind.SS)): "связаны задачи «A» → «B» (НН)",
    ChangeLink(Dependency(1, 2, lag=2)): "изменена задержка связи «A» → «B» (ОН+2)",
    RemoveLink(LinkKey(1, 2, LinkKind.FS)): "снята связь «A» → «B»",
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_each_edit_is_told_in_the_history(edit) -> None:
    kept = replace(baseline_of(lay(PAIR), "Пятый", NOW, 1), number=5)
    plan = replace(PAIR, baselines=(kept,))
    change = PlanEdit(1, edit, inverse(plan, edit), 1, NOW)
    told = " ".join(told_edit(RU, change, plan).split())
    assert told == EDITS[edit]
    assert sentence(told) == EDITS[edit][0].upper() + EDITS[edit][1:]


def test_every_field_edit_is_among_those_told() -> None:
    assert {type(edit) for edit in EDITS} >= set(FIELD_EDITS)
    assert START == PAIR.starts_on
