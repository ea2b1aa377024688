import pytest
from hypothesis import given, settings

from core.calendar import russian_calendar
from core.errors import DomainError
from core.i18n import translator
from core.spreadsheet import MissingColumnsError
from roadmaps.domain.errors import NotationError, PlanCellError, UnknownRowError
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.schedule import schedule
from roadmaps.domain.spans import spans
from roadmaps.domain.table import plan_of, rows_of
from roadmaps.domain.worktime import work_time
from roadmaps.formats.plan_csv import read_plan_csv, write_plan_csv
from tests.roadmaps.plans import START, plans
from tests.roadmaps.plans import plan_of as made


def _csv(plan: Plan, language: str) -> bytes:
    result = schedule(plan)
    dates = spans(plan, result, work_time(plan, russian_calendar()))
    return write_plan_csv(plan, result, dates, {}, translator(language))


@settings(max_examples=40)
@given(plans())
def test_a_plan_survives_the_way_there_and_back_in_both_languages(plan: Plan) -> None:
    if not plan.tasks:
        return
    for language in ("ru", "en"):
        rows, ignored = read_plan_csv(_csv(plan, language), "plan.csv")
        again = plan_of(Plan(START), rows)
        assert ignored == ()
        assert _plain(again) == _plain(plan)


def _plain(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (r.number, r.title, r.duration, r.waits, r.done_percent, r.part_of, r.uid)
        for r in rows_of(plan)
    ]


def test_the_table_tells_dates_float_and_what_is_critical() -> None:
    text = _csv(made(2, 1), "en").decode("utf-8-sig")
    assert text.splitlines() == [
        'No.,Task,Duration,Predecessors,Responsible,"Done, %",Part of No.,Start,Finish,Float,Critical,uid',
        "1,A,2,,,0,,2026-02-02,2026-02-03,0,yes,u1",
        "2,B,1,,,0,,2026-02-02,2026-02-02,1,no,u2",
    ]


def test_a_formula_in_a_title_does_not_run_in_excel_and_comes_back_whole() -> None:
    plan = Plan(START, (Task(1, "=HYPERLINK(1)", 1, uid="u"),))
    data = _csv(plan, "ru")
    assert b";'=HYPERLINK" in data
    assert read_plan_csv(data, "plan.csv")[0][0].title == "=HYPERLINK(1)"


def test_windows_1251_and_a_table_without_numbers_are_read() -> None:
    data = "Задача;Длительность;Предшественники\nСмета;3;\nСтройка;5;1ОН+2\n".encode("cp1251")
    rows, _ignored = read_plan_csv(data, "plan.csv")
    assert [(r.number, r.title, r.waits) for r in rows] == [
        (1, "Смета", ""),
        (2, "Стройка", "1ОН+2"),
    ]


def test_columns_that_mean_nothing_are_named() -> None:
    data = b"Task,Duration,Colour\nA,1,red\n"
    assert read_plan_csv(data, "plan.csv")[1] == ("Colour",)


@pytest.mark.parametrize(
    ("text", "error", "details"),
    [
        ("a,b\n1,2\n", MissingColumnsError, {}),
        ("Task\nA\n", MissingColumnsError, {}),
        (
            "Task,Duration\nA,long\n",
            PlanCellError,
            {"row": 2, "column": "Duration", "text": "long"},
        ),
        ("Task,Duration\nA,1.5\n", PlanCellError, {"row": 2, "column": "Duration", "text": "1.5"}),
        ("Task,Duration\nA,\n", PlanCellError, {"row": 2, "column": "Duration", "text": ""}),
        (
            "No.,Task,Duration\n1,A,1\n1,B,1\n",
            PlanCellError,
            {"row": 3, "column": "No.", "text": "1"},
        ),
        ("Task,Duration,Predecessors\nA,1,B\n", NotationError, {"row": 1, "text": "B"}),
        (
            "Task,Duration,Predecessors\nA,1,7\n",
            UnknownRowError,
            {"row": 1, "number": 7, "last": 1},
        ),
        ("Task,Duration,Part of No.\nA,1,7\n", UnknownRowError, {"row": 1, "number": 7, "last": 1}),
    ],
)
def test_what_is_wrong_in_a_table_is_named(
    text: str, error: type[DomainError], details: dict[str, object]
) -> None:
    with pytest.raises(error) as caught:
        plan_of(Plan(START), read_plan_csv(text.encode(), "plan.csv")[0])
    assert details.items() <= caught.value.details.items()
    for language in ("ru", "en"):
        assert translator(language).error(caught.value)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(DomainError):
        read_plan_csv(data, "plan.csv")


def test_a_table_copied_from_microsoft_project_is_read_with_its_words() -> None:
    text = (
        "Ид.;Название задачи;Длительность;Предшественники;Названия ресурсов;% завершения\r\n"
        "1;Смета;3 дней;;Анна Ёжикова;100%\r\n"
        "2;Ёлка;1 день?;1ОН+2 дн;;0,0\r\n"
    )
    rows, ignored = read_plan_csv(text.encode("cp1251"), "plan.csv")
    assert ignored == ()
    assert [(r.title, r.duration, r.waits, r.responsible, r.done_percent) for r in rows] == [
        ("Смета", 3, "", "Анна Ёжикова", 100),
        ("Ёлка", 1, "1ОН+2 дн", "", 0),
    ]
    with pytest.raises(PlanCellError):
        read_plan_csv(text.encode(), "plan.csv", PlanUnit.HOUR)
