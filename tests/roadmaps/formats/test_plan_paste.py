from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.domain.edits import AddTask, Batch, Edit, apply
from roadmaps.domain.edits_new import new_tasks, numbered
from roadmaps.domain.errors import ConstraintBeforeStartError, PlanCellError
from roadmaps.domain.laid import lay
from roadmaps.domain.notation import parse_length
from roadmaps.domain.pasting import PastedNumbers, pasting
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.table import rows_of
from roadmaps.domain.terms import Counting
from roadmaps.domain.worktime import work_time
from roadmaps.formats.plan_paste import read_pasted, unread_headers
from tests.roadmaps.plans import START, plan_of

PLAN = plan_of(2, 5, links="A-B")


def _made(text: str, numbers: PastedNumbers = PastedNumbers.OWN) -> list[tuple[object, ...]]:
    found = pasting(PLAN, read_pasted(text), numbers)
    assert found.problems == ()
    return [
        (r.number, r.title, r.duration, r.waits, r.responsible, r.done_percent, r.part_of)
        for r in rows_of(_grown(found.edits))[2:]
    ]


def _grown(edits: tuple[Edit, ...]) -> Plan:
    batch = Batch(edits)
    ids = [10 + place for place, _task in enumerate(new_tasks(batch))]
    return apply(PLAN, numbered(batch, PLAN, 7, ids))


def _problems(text: str, numbers: PastedNumbers = PastedNumbers.OWN) -> list[str]:
    found = pasting(PLAN, read_pasted(text), numbers)
    assert found.edits == ()
    return [f"{line}: {translator('ru').error(problem)}" for line, problem in found.problems]


def test_rows_without_headers_are_added_with_links_among_them() -> None:
    text = "Смета\t3 дн.\t\tАнна\t50%\r\nЁлка\t5,0\t1ОН+2\r\n\r\nПраздник\t0\t1; 2"
    assert _made(text) == [
        (3, "Смета", 3, "", "Анна", 50, None),
        (4, "Ёлка", 5, "3FS+2", "", 0, None),
        (5, "Праздник", 0, "3; 4", "", 0, None),
    ]


def test_numbers_may_mean_the_rows_of_the_plan_and_those_that_the_new_ones_get() -> None:
    assert _made("Смета\t3\t2\nЁлка\t1\t3", PastedNumbers.PLAN) == [
        (3, "Смета", 3, "2", "", 0, None),
        (4, "Ёлка", 1, "3", "", 0, None),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "№\tЗадача\tДлительность\tПредшественники\tЧасть строки №\tЦвет",
        "ID\tTask Name\tDuration\tPredecessors\tPart of No.\tColour",
        "Ид.\tНазвание задачи\tДней\tЖдёт задач\tЧасть строки №\tцена",
    ],
)
def test_headers_say_which_column_is_which_and_own_numbers_are_kept(head: str) -> None:
    text = f"{head}\n10\tСтадия\t\t\t\tx\n20\tСмета\t3 days?\t\t10\ty\n"
    assert _made(text.replace("days?", "дня")) == [
        (3, "Стадия", 1, "", "", 0, None),
        (4, "Смета", 3, "", "", 0, 3),
    ]
    assert _made(text) == _made(text.replace("days?", "дня"))


def test_days_without_durations_are_counted_as_those_of_a_file() -> None:
    text = (
        "Название\tНачало\tОкончание\tЧасть строки №\n"
        "Стадия\t03.02.2026\t15.02.2026\t\n"
        "Смета\t03.02.2026\t10.02.2026\t1\n"
        "Праздник двора\t14.02.2026\t15.02.2026\t1\n"
        "Отчёт\t2026-02-16\t\t\n"
        "Потом\t\t\t"
    )
    assert unread_headers(text) == ()
    when = work_time(PLAN, russian_calendar())
    found = pasting(PLAN, read_pasted(text), PastedNumbers.OWN, when)
    laid = lay(_grown(found.edits), russian_calendar())
    told = [
        (x.duration, x.counting, *(f"{day:%d.%m}" for day in (span.start, span.finish)))
        for x, span in ((x, laid.span(x.id)) for x in laid.plan.tasks[2:])
    ]
    assert told == [
        (1, Counting.WORKING, "03.02", "15.02"),
        (6, Counting.WORKING, "03.02", "10.02"),
        (2, Counting.ELAPSED, "14.02", "15.02"),
        (1, Counting.WORKING, "16.02", "16.02"),
        (1, Counting.WORKING, "02.02", "02.02"),
    ]


def test_days_that_cannot_be_are_named_by_their_lines() -> None:
    text = "Название\tНачало\tОкончание\nА\tзавтра\t\nБ\t05.02.2026\t03.02.2026\nВ\t30.01.2026\t"
    when = work_time(PLAN, russian_calendar())
    found = pasting(PLAN, read_pasted(text), PastedNumbers.OWN, when)
    assert [(line, problem.code) for line, problem in found.problems] == [
        (2, PlanCellError.code),
        (3, PlanCellError.code),
        (4, ConstraintBeforeStartError.code),
    ]


@pytest.mark.parametrize(
    ("head", "unit", "unread"),
    [
        ("Название\tНачало\tЦвет", PlanUnit.DAY, ("Цвет",)),
        ("Название\tНачало\tОкончание", PlanUnit.HOUR, ("Начало", "Окончание")),
        ("Задача\tДлительность\tНачало\tРезерв\tЗадача\t", PlanUnit.DAY, ("Задача",)),
        ("Смета\t3", PlanUnit.DAY, ()),
        ("", PlanUnit.DAY, ()),
    ],
)
def test_headers_that_are_not_read_are_told(head: str, unit: PlanUnit, unread: object) -> None:
    assert unread_headers(f"{head}\nА\t1", unit) == unread


def test_titles_alone_become_tasks_of_one_day() -> None:
    assert [row[1:3] for row in _made("Раз\nДва")] == [("Раз", 1), ("Два", 1)]


def test_only_a_cell_with_line_breaks_comes_in_quotes() -> None:
    text = '"Первая\nстрока ""и"" вторая"\t2\n"Ёлка"\t3\n"Ёж" и ёлка\t1'
    assert [row[1:3] for row in _made(text)] == [
        ('Первая строка "и" вторая', 2),
        ('"Ёлка"', 3),
        ('"Ёж" и ёлка', 1),
    ]


def test_every_row_that_cannot_be_read_is_named_by_its_line_with_a_cure() -> None:
    text = "Смета\t2,5\nЁлка\t5\t9\n\n\t3\nОтчёт\t1\tпосле ёлки\nПраздник\t1\t\t\t200\n" + "Я" * 301
    found = _problems(text)
    assert [line.split(":")[0] for line in found] == ["1", "2", "4", "5", "6", "7"]
    assert found[0].startswith("1: Строка 1, столбец «Длительность»: «2,5» здесь не подходит.")
    assert "Строка 2 называет строку 9" in found[1]
    assert "«после ёлки»" in found[3]


def test_a_number_that_two_rows_share_is_refused() -> None:
    assert _problems("№\tЗадача\n1\tА\n1\tБ")[0].startswith("3: Строка 3, столбец «Номер»")


@pytest.mark.parametrize(
    ("text", "unit", "length"),
    [
        ("5", PlanUnit.DAY, 5),
        ("5,0", PlanUnit.DAY, 5),
        ("5 дней", PlanUnit.DAY, 5),
        ("1 day?", PlanUnit.DAY, 1),
        ("5 ч", PlanUnit.HOUR, 5),
        ("5 ч", PlanUnit.DAY, None),
        ("2,5", PlanUnit.DAY, None),
        ("-1", PlanUnit.DAY, None),
        ("", PlanUnit.DAY, None),
    ],
)
def test_a_duration_is_read_with_the_word_of_its_unit(text, unit, length) -> None:
    assert parse_length(text, unit) == length


@settings(max_examples=60)
@given(
    st.text(alphabet=st.sampled_from('аЁ1,-;"\t\n№FS '), max_size=60),
    st.sampled_from(PastedNumbers),
)
def test_whatever_is_pasted_either_adds_all_its_rows_or_says_why_not(
    text: str, numbers: PastedNumbers
) -> None:
    pasted = read_pasted(text)
    found = pasting(Plan(date(2026, 2, 2), PLAN.tasks, PLAN.dependencies), pasted, numbers)
    added = sum(isinstance(edit, AddTask) for edit in found.edits)
    assert added == (0 if found.problems else len(pasted))
    assert all(translator("ru").error(problem) for _line, problem in found.problems)


def test_a_plan_starts_where_it_did() -> None:
    assert _grown(pasting(PLAN, read_pasted("А"), PastedNumbers.OWN).edits).starts_on == START
