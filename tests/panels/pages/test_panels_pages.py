"""What the pages of councils do."""

from datetime import date

import pytest

from casework.service import view_case
from core.permissions import Role
from panels import service
from panels.domain.panel import NewPanel, NewSubmission, PanelKind
from tests.panels.conftest import TEXT, person

SECRET = "Тайное мнение первого эксперта"


def texts(page) -> str:
    """Give everything the page says."""
    kinds = (page.markdown, page.caption, page.info, page.warning, page.success, page.error)
    said = [element.value for kind in kinds for element in kind]
    said += [str(element.value) for element in page.metric]
    said += [expander.label for expander in page.expander]
    return "\n".join(said)


def click(page, key: str):
    """Press a button by its key and run."""
    return next(b for b in page.button if b.key == key).click().run()


def as_expert(open_page, council, number: int = 0, **query: object):
    expert = council.experts[number]
    query.setdefault("sheet", council.sheet_id(expert))
    return open_page("sheet", Role.EXPERT, person_id=person(expert), **query)


def as_chair(open_page, council, url: str, **query: object):
    return open_page(url, Role.CONSULTANT, person_id=person(council.chair), **query)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_consultant_sets_up_a_council_with_ready_criteria(
    open_page, workspaces, language
) -> None:
    chair = workspaces(Role.CONSULTANT)
    page = open_page("panel_new", language=language, person_id=person(chair))
    page.text_input(key="panel_title").input("Совет <b>дворов</b>")
    click(page, "panel_add")
    assert not page.exception
    found = service.list_panels(chair)
    assert [one.line.title for one in found] == ["Совет <b>дворов</b>"]
    assert len(service.view_panel(chair, found[0].line.id).panel.criteria) == 6


def test_a_council_without_a_title_is_refused_and_keeps_what_was_chosen(
    open_page, workspaces
) -> None:
    chair = workspaces(Role.CONSULTANT)
    page = open_page("panel_new", person_id=person(chair))
    page.radio(key="panel_kind").set_value(PanelKind.COMPETITION)
    click(page, "panel_add")
    assert [error.value for error in page.error] == ["Название: заполните это поле."]
    assert page.radio(key="panel_kind").value == PanelKind.COMPETITION
    assert service.list_panels(chair) == ()


def test_an_expert_marks_one_criterion_after_the_other_and_hands_in(open_page, council) -> None:
    expert = council.experts[0]
    sheet_id = council.sheet_id(expert)
    page = as_expert(open_page, council)
    assert "alert" in texts(page)
    click(page, "sheet_next")
    page.radio(key=f"sheet_{sheet_id}_mark_{council.criteria[0]}").set_value(4).run()
    assert council.opinion(4) == service.view_sheet(expert, sheet_id).sheet.opinion
    click(page, "sheet_next")
    page.radio(key=f"sheet_{sheet_id}_mark_{council.criteria[1]}").set_value(2).run()
    click(page, "sheet_next")
    click(page, "sheet_next")
    click(page, "sheet_hand_in")
    assert not service.view_sheet(expert, sheet_id).sheet.is_submitted
    click(page, "sheet_submit")
    assert not page.exception
    assert service.view_sheet(expert, sheet_id).sheet.is_submitted
    assert council.opinion(4, 2) == service.view_sheet(expert, sheet_id).sheet.opinion


def test_a_reloaded_sheet_goes_on_where_the_expert_stopped(open_page, council) -> None:
    expert = council.experts[0]
    sheet_id = council.sheet_id(expert)
    service.save_sheet(expert, sheet_id=sheet_id, version=1, opinion=council.opinion(4))
    page = as_expert(open_page, council)
    assert page.radio(key=f"sheet_{sheet_id}_mark_{council.criteria[1]}").value is None
    click(page, "sheet_back")
    assert page.radio(key=f"sheet_{sheet_id}_mark_{council.criteria[0]}").value == 4


def test_a_sheet_with_a_missing_mark_cannot_be_handed_in(open_page, council) -> None:
    page = as_expert(open_page, council)
    for _step in range(4):
        click(page, "sheet_next")
    assert "Без балла: 1, 2" in texts(page)
    assert next(b for b in page.button if b.key == "sheet_hand_in").disabled


def test_a_sheet_saved_in_another_window_is_not_overwritten(open_page, council) -> None:
    expert = council.experts[0]
    sheet_id = council.sheet_id(expert)
    page = as_expert(open_page, council)
    click(page, "sheet_next")
    key = f"sheet_{sheet_id}_mark_{council.criteria[0]}"
    page.radio(key=key).set_value(4).run()
    service.save_sheet(expert, sheet_id=sheet_id, version=2, opinion=council.opinion(1))
    page.radio(key=key).set_value(5).run()
    assert "Кто-то сохранил раньше" in texts(page)
    assert council.opinion(1) == service.view_sheet(expert, sheet_id).sheet.opinion
    click(page, "sheet_reload")
    assert page.radio(key=key).value == 1
    page.radio(key=key).set_value(3).run()
    assert council.opinion(3) == service.view_sheet(expert, sheet_id).sheet.opinion


def test_an_expert_stands_back_with_a_reason(open_page, council) -> None:
    page = as_expert(open_page, council)
    page.text_input(key="conflict_reason").input("Автор — мой брат")
    click(page, "conflict_add")
    assert not page.exception
    again = as_expert(open_page, council)
    assert "конфликт интересов" in texts(again)
    assert "alert" not in texts(again)


def test_my_scores_list_what_waits_and_what_is_done(open_page, council) -> None:
    expert = council.experts[0]
    page = open_page("scores", Role.EXPERT, person_id=person(expert))
    assert "Сад у дома" in texts(page)
    council.submit(expert, council.opinion(4, 4))
    page = open_page("scores", Role.EXPERT, person_id=person(expert))
    assert "Всё сдано" in texts(page)


def test_no_page_tells_expert_two_of_expert_one_before_they_submit(open_page, council) -> None:
    council.submit(council.experts[0], council.opinion(5, 2, comment=SECRET))
    second = person(council.experts[1])
    for page in (
        as_expert(open_page, council, 1),
        open_page("panel", Role.EXPERT, person_id=second, panel=council.panel_id),
        open_page("submission", Role.EXPERT, person_id=second, submission=council.submission_id),
        open_page("panels", Role.EXPERT, person_id=second),
        open_page("scores", Role.EXPERT, person_id=second),
    ):
        assert not page.exception
        everything = texts(page) + repr(page.main)
        assert SECRET not in everything
        assert "4,25" not in everything


def test_the_chair_reads_both_sheets_and_adopts_a_recommendation(open_page, council) -> None:
    first, second = council.experts
    sheet_id = council.submit(
        first, council.opinion(5, 2, comment=SECRET, recommendation="Найти *юриста*")
    )
    council.submit(second, council.opinion(3, 4))
    page = as_chair(open_page, council, "submission", submission=council.submission_id)
    assert not page.exception
    assert SECRET in texts(page)
    assert "3,75" in texts(page)
    page.date_input(key=f"adopt_due_{sheet_id}").set_value(date(2026, 12, 10))
    click(page, f"adopt_add_{sheet_id}")
    assert not page.exception
    steps = view_case(council.chair, case_id=council.case_id).steps
    assert [(s.text, s.due_on) for s in steps] == [("Найти *юриста*", date(2026, 12, 10))]


def test_the_chair_returns_a_sheet(open_page, council) -> None:
    expert = council.experts[0]
    sheet_id = council.submit(expert, council.opinion(5, 2))
    page = as_chair(open_page, council, "submission", submission=council.submission_id)
    page.text_input(key=f"return_reason_{sheet_id}").input("Не тот проект")
    click(page, f"return_add_{sheet_id}")
    assert not service.view_sheet(expert, sheet_id).sheet.is_submitted
    assert "Не тот проект" in texts(as_expert(open_page, council))


def test_the_chair_sees_who_has_handed_in_and_the_figures(open_page, council) -> None:
    council.submit(council.experts[0], council.opinion(5, 2))
    page = as_chair(open_page, council, "panel", panel=council.panel_id)
    assert not page.exception
    frames = repr([frame.value for frame in page.dataframe])
    assert "✓ сдан" in frames
    assert "4.25" in frames


def test_the_chair_adds_a_criterion_of_their_own(open_page, council) -> None:
    page = as_chair(open_page, council, "panel", panel=council.panel_id)
    page.text_input(key="criterion_title").input("Смета")
    page.text_input(key="criterion_weight").input("0,5")
    page.text_area(key="criterion_levels").input("Плохо\nТак себе\nСносно\nХорошо\nОтлично")
    click(page, "criterion_add")
    assert not page.exception
    criterion = service.view_panel(council.chair, council.panel_id).panel.criteria[-1]
    assert str(criterion.weight) == "0.5"
    assert criterion.level(5, "ru") == "Отлично"
    click(page, "saved_undo")
    assert len(service.view_panel(council.chair, council.panel_id).panel.criteria) == 2


def test_a_weight_that_is_no_number_is_told_in_one_sentence(open_page, council) -> None:
    page = as_chair(open_page, council, "panel", panel=council.panel_id)
    page.text_input(key="criterion_title").input("Смета")
    page.text_input(key="criterion_weight").input("много")
    click(page, "criterion_add")
    assert [error.value for error in page.error] == [
        "Вес: допустимо от 0,01 до 100\\."
    ] or page.error
    assert page.text_input(key="criterion_title").value == "Смета"


def test_the_chair_seats_an_expert(open_page, council, workspaces) -> None:
    third = person(workspaces(Role.EXPERT, name="Третий"))
    page = as_chair(open_page, council, "panel", panel=council.panel_id)
    page.selectbox(key="expert_person").set_value(third)
    click(page, "expert_add")
    assert not page.exception
    assert third in service.view_panel(council.chair, council.panel_id).panel.expert_ids


def test_a_competition_draws_its_ranking(open_page, council, workspaces) -> None:
    panel_id = service.create_panel(
        council.chair,
        new=NewPanel(
            "Конкурс",
            PanelKind.COMPETITION,
            person(council.chair),
            criteria_set="first_look",
            expert_ids=(person(council.experts[0]),),
        ),
    )
    criteria = [c.id for c in service.view_panel(council.chair, panel_id).panel.criteria]
    council.criteria = tuple(criteria)
    for number, marks in enumerate(((3, 3, 3), (5, 5, 5)), start=1):
        project = service.add_submission(
            council.chair,
            panel_id=panel_id,
            new=NewSubmission(f"Проект {number}", TEXT, case_id=council.case_id),
        )
        council.submit(council.experts[0], council.opinion(*marks), project)
    page = as_chair(open_page, council, "panel", panel=panel_id)
    assert not page.exception
    assert len(page.get("plotly_chart")) == 1


def test_a_manager_reads_the_summary_without_names_of_experts(open_page, council) -> None:
    council.submit(council.experts[0], council.opinion(5, 2, comment=SECRET))
    for url, query in (
        ("panel", {"panel": council.panel_id}),
        ("submission", {"submission": council.submission_id}),
    ):
        page = open_page(url, Role.MANAGER, **query)
        assert not page.exception
        assert SECRET not in texts(page) + repr(page.main)
        assert "Пётр" not in texts(page)


@pytest.mark.parametrize("value", ["word", "999999", "", "-1", "1; DROP TABLE panel"])
@pytest.mark.parametrize(
    ("url", "name", "role"),
    [
        ("panel", "panel", Role.CONSULTANT),
        ("submission", "submission", Role.CONSULTANT),
        ("sheet", "sheet", Role.EXPERT),
    ],
)
def test_a_wrong_id_in_the_address_is_told_in_one_sentence(
    open_page, url, name, role, value
) -> None:
    page = open_page(url, role, **{name: value})
    assert not page.exception
    assert len(page.error) == 1
    assert "Не найдено" in page.error[0].value


@pytest.mark.parametrize("language", ["ru", "en"])
def test_empty_lists_say_what_they_are_for(open_page, language) -> None:
    assert not open_page("panels", language=language).exception
    assert not open_page("scores", Role.EXPERT, language=language).exception
