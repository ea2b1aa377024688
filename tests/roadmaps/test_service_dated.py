"""Tables that people keep: from when until when, and no durations."""

from datetime import date, datetime

import pytest

from roadmaps import service
from roadmaps.domain.errors import PlanCellError
from roadmaps.domain.plan import Plan
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting
from roadmaps.service import File, NewPlan

TABLE = """Задача;Начало;Окончание;Ответственный
Смета;02.11.2026;06.11.2026;Анна
Ёлка;09.11.2026;09.11.2026;
Праздник;31.12.2026;;
Отчёт;;;
"""


def _file(text: str = TABLE) -> File:
    return File("план.csv", text.encode("cp1251"))


def test_days_become_lengths_and_dates_to_keep(workspace, case_id) -> None:
    preview = service.preview_import(
        workspace, case_id=case_id, file=_file(), starts_on=date(2026, 12, 1)
    )
    assert (preview.is_dated, preview.ignored) == (True, ())
    assert preview.plan.starts_on == date(2026, 11, 2)
    # the fourth of November is a holiday
    assert [(x.title, x.duration) for x in preview.plan.tasks] == [
        ("Смета", 4),
        ("Ёлка", 1),
        ("Праздник", 1),
        ("Отчёт", 1),
    ]
    assert preview.plan.tasks[1].constraint == Constraint(
        ConstraintKind.SNET, datetime(2026, 11, 9)
    )
    assert preview.plan.tasks[3].constraint is None

    new = NewPlan(case_id, "Из таблицы", Plan(date(2026, 12, 1)))
    made = service.import_roadmap(workspace, new=new, file=_file())
    view = service.view_plan(workspace, roadmap_id=made)
    ends = [view.spans[task.id].finish.date() for task in view.plan.tasks[:2]]
    assert ends == [date(2026, 11, 6), date(2026, 11, 9)]


def test_what_is_held_on_days_off_keeps_its_days(workspace, case_id) -> None:
    text = (
        "Задача;Начало;Окончание\nСмета;07.12.2026;11.12.2026\nПраздник двора;12.12.2026;13.12.2026\n"
        "Ярмарка;04.12.2026;06.12.2026\nУборка;13.12.2026;15.12.2026\nОтчёт;14.12.2026;14.12.2026\n"
    )
    new = NewPlan(case_id, "Из таблицы", Plan(date(2026, 12, 1)))
    made = service.import_roadmap(workspace, new=new, file=_file(text))
    view = service.view_plan(workspace, roadmap_id=made)
    found = [
        (x.duration, x.counting, *(f"{day:%d.%m}" for day in (span.start, span.finish)))
        for x, span in ((x, view.spans[x.id]) for x in view.plan.tasks)
    ]
    assert found == [
        (5, Counting.WORKING, "07.12", "11.12"),
        (2, Counting.ELAPSED, "12.12", "13.12"),
        (3, Counting.ELAPSED, "04.12", "06.12"),
        (3, Counting.ELAPSED, "13.12", "15.12"),
        (1, Counting.WORKING, "14.12", "14.12"),
    ]


@pytest.mark.parametrize("cell", ["05.11.2026;01.11.2026", "завтра;06.11.2026", "01.01.9999;"])
def test_days_that_cannot_be_are_refused_with_their_row(workspace, case_id, cell: str) -> None:
    text = f"Задача;Начало;Окончание\nА;02.11.2026;03.11.2026\nБ;{cell}\n"
    with pytest.raises(PlanCellError) as caught:
        service.preview_import(
            workspace, case_id=case_id, file=_file(text), starts_on=date(2026, 12, 1)
        )
    assert caught.value.details["row"] == 3


def test_a_table_with_durations_keeps_to_them(workspace, case_id) -> None:
    text = "Задача;Длительность;Начало;Окончание\nА;3;02.11.2026;30.11.2026\n"
    preview = service.preview_import(
        workspace, case_id=case_id, file=_file(text), starts_on=date(2026, 12, 1)
    )
    assert preview.is_dated is False
    assert [(x.duration, x.constraint) for x in preview.plan.tasks] == [(3, None)]
    assert preview.plan.starts_on == date(2026, 12, 1)
