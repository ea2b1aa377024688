"""Beginning a roadmap on the pages: templates, copies, agreed steps, and handing it out."""

from base64 import b64decode
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.initiative import NewParticipant
from casework.domain.need import NeedKind
from casework.domain.step import NewStep
from casework.service import add_person, note_need, plan_step, record_consultation
from roadmaps import service
from roadmaps.domain.own_template import TemplateForm
from roadmaps.domain.template import TemplateTheme
from roadmaps.formats.qr_svg import qr_svg
from roadmaps.service import NewPlan
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 5, 3, links="A-B A-C", start=START)
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))


def said(page) -> str:
    told = [*page.markdown, *page.caption, *page.title, *page.warning, *page.info]
    return "\n".join(one.value for one in told)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_templates_are_listed_by_theme(open_page, language) -> None:
    page = open_page("roadmap_templates", language=language, theme="money")
    assert not page.exception
    names = list(page.dataframe[0].value["title"])
    assert len(names) == 3
    assert ("Заявка на муниципальный грант" in names) is (language == "ru")


def test_a_roadmap_is_made_of_a_template_from_the_need_of_a_case(
    open_page, workspace, me, case_id
) -> None:
    need = note_need(workspace, case_id=case_id, kind=NeedKind.STATED, title="Нет *места*")
    page = open_page(
        "roadmap_template", person_id=me, template="event", branch="notice", case=case_id,
        need=need, starts="2026-12-01",
    )  # fmt: skip
    assert "не сверяли с текстом" in said(page)
    assert "Нет \\*места\\*" in said(page)
    page.button(key="template_make").click().run()
    assert not page.error
    [line] = service.list_roadmaps(workspace)
    view = service.view_plan(workspace, roadmap_id=line.id)
    assert (line.title, view.plan.starts_on) == ("Нет *места*", date(2026, 12, 1))
    assert view.roadmap.need_id == need


def test_a_new_roadmap_offers_templates_that_carry_the_case_along(
    open_page, me, case_id, roadmap_id
) -> None:
    page = open_page("roadmap_new", person_id=me, case=case_id, **{"from": "template"})
    links = [one.proto for one in page.get("page_link")]
    [appeal] = [x for x in links if f"template=appeal&case={case_id}" in x.query_string]
    assert "Коллективное обращение" in appeal.label
    assert "по существу" in appeal.label  # what it is for leads there too


def test_a_copy_is_looked_at_and_made(open_page, workspace, me, case_id, roadmap_id) -> None:
    page = open_page(
        "roadmap_new", person_id=me, case=case_id, source=roadmap_id, **{"from": "copy"}
    )
    assert "3 задачи, 2 зависимости; 7 рабочих дней" in said(page)
    page.button(key="copy_make").click().run()
    assert [line.title for line in service.list_roadmaps(workspace)] == ["Путь", "Путь"]


@pytest.mark.parametrize(("way", "button"), [("copy", "copy_make"), ("file", "import_add")])
def test_whose_roadmap_it_is_is_asked_and_never_guessed(
    open_page, workspace, me, case_id, roadmap_id, way, button
) -> None:
    page = open_page("roadmap_new", person_id=me, **{"from": way})
    if way == "file":
        page.file_uploader[0].upload("a.csv", "Задача;Длительность\nСмета;3\n".encode(), "text/csv")
        page.run()
    [case] = [box for box in page.selectbox if box.key in {"copy_case", "import_case"}]
    assert case.value is None
    [title] = page.text_input
    title.set_value("Своя")
    page.button(key=button).click().run()
    assert "Инициатива" in page.error[0].value
    assert [line.title for line in service.list_roadmaps(workspace)] == ["Путь"]
    assert page.text_input[0].value == "Своя"

    page.selectbox(key=case.key).select(case_id)
    page.button(key=button).click().run()
    assert not page.error
    assert {line.title for line in service.list_roadmaps(workspace)} == {"Путь", "Своя"}


def test_agreed_steps_are_added_and_taken_back(
    open_page, workspace, me, case_id, roadmap_id
) -> None:
    for text in ("Позвонить", "Написать"):
        plan_step(workspace, case_id=case_id, step=NewStep(text))
    page = open_page("roadmap_add", person_id=me, case=case_id)
    page.checkbox[1].uncheck()
    page.button(key="take_add").click().run()
    titles = [t.title for t in service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks]
    assert titles == ["A", "B", "C", "Позвонить"]
    page.button(key="saved_undo").click().run()
    assert len(service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks) == 3


def test_only_the_steps_of_the_meeting_one_comes_from_are_ticked(
    open_page, workspace, me, case_id, roadmap_id
) -> None:
    plan_step(workspace, case_id=case_id, step=NewStep("Позвонить"))
    talk = Draft(
        START, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset({case_id}),
        steps=(NewStep("Со встречи"),),
    )  # fmt: skip
    meeting = record_consultation(workspace, draft=talk)
    page = open_page("roadmap_add", person_id=me, case=case_id, steps=meeting)
    assert {one.label: one.value for one in page.checkbox} == {
        "Позвонить": False,
        "Со встречи": True,
    }


def test_a_case_without_a_roadmap_is_told_how_to_begin(open_page, me, case_id) -> None:
    page = open_page("roadmap_add", person_id=me, case=case_id)
    assert "нет дорожной карты" in said(page)
    assert page.button(key="empty_roadmap_new")


def test_a_link_is_shown_once_and_a_remark_is_removed_with_an_undo(
    open_page, workspace, database, clock, me, initiative, roadmap_id
) -> None:
    new = NewParticipant("Нина", email="nina@example.org")
    add_person(workspace, initiative_id=initiative, new=new, is_sure=True)
    [leader] = service.view_roadmap_links(workspace, roadmap_id=roadmap_id).people
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    page.button(key=f"share_make_{leader}").click().run()
    address, feed = (one.value for one in page.code)
    [letter] = [urlsplit(one.proto.url) for one in page.get("link_button")]
    said_in = parse_qs(letter.query)
    assert (letter.path, said_in["subject"]) == ("nina@example.org", ["Путь"])
    assert said_in["body"][0].startswith("Здравствуйте!")
    assert address in said_in["body"][0].splitlines()
    assert feed.endswith(".ics")
    [[picture]] = [one.value for one in page.get("image")]
    assert b64decode(picture.partition(",")[2]).decode() == qr_svg(address)
    service.comment_by_link(database, address.rpartition("/")[2], text="Жду *вас*", clock=clock)
    page.run()
    assert [*page.code, *page.get("image")] == []
    assert "Жду \\*вас\\*" in said(page)
    [(remark, _name)] = service.list_remarks(workspace, roadmap_id=roadmap_id)
    page.button(key=f"remark_remove_{remark.id}").click().run()
    page.button(key="saved_undo").click().run()
    assert len(service.list_remarks(workspace, roadmap_id=roadmap_id)) == 1


def test_more_than_ten_remarks_are_shown_at_a_wish(
    open_page, workspace, database, clock, me, initiative, roadmap_id
) -> None:
    add_person(workspace, initiative_id=initiative, new=NewParticipant("Нина"), is_sure=True)
    [leader] = service.view_roadmap_links(workspace, roadmap_id=roadmap_id).people
    token = service.make_roadmap_link(workspace, roadmap_id=roadmap_id, person_id=leader)
    for number in range(11):
        service.comment_by_link(database, token, text=f"Слово {number}", clock=clock)
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    assert "Слово 0" not in said(page)
    page.checkbox(key="plan_remarks_all").check().run()
    assert "Слово 0" in said(page)


def test_a_template_of_the_centre_is_kept_renamed_and_withdrawn_on_its_pages(
    open_page, workspace, me, roadmap_id
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    page.button(key="plan_keep").click().run()
    [line] = [one for one in service.list_templates(workspace) if one.is_own]
    page = open_page("roadmap_template", person_id=me, template=line.ref)
    page.text_input(key=f"template_{line.ref[4:]}_title").set_value("Наш путь")
    page.button(key="template_save").click().run()
    assert page.title[0].value == "Наш путь"
    page.button(key="template_withdraw").click().run()
    assert [one for one in service.list_templates(workspace) if one.is_own] == []
    page.button(key="saved_undo").click().run()
    [back] = [one for one in service.list_templates(workspace) if one.is_own]
    assert back.title == "Наш путь"


def test_a_colleague_reads_a_template_of_another_without_its_form(
    open_page, workspace, roadmap_id
) -> None:
    form = TemplateForm("Чужой", TemplateTheme.CITY)
    made = service.save_as_template(workspace, roadmap_id=roadmap_id, form=form)
    page = open_page("roadmap_template", template=f"own-{made}")
    assert not page.exception
    assert [one.label for one in page.expander if "назначение" in one.label] == []
