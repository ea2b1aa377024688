"""The pages of initiatives do what they say."""

from datetime import date

import pytest

from accounts.domain.contact import ConsentScope, NewConsent
from casework import service
from casework.domain.initiative import InitiativeForm, NewInitiative, NewParticipant
from casework.domain.life import InitiativeState, LifeEvent, LifeEventType, When
from core.catalogue import add_missing
from core.permissions import Role
from core.ui.desk import plain
from tests import factories

NASTY = "<script>alert(1)</script> **жирно** [x](http://evil) $a$ :red[б]"


@pytest.fixture(autouse=True)
def _catalogues(database) -> None:
    with database.writing() as db:
        add_missing(db, service.builtin_catalogues())


def register(workspace, name: str = "Живой двор", **more) -> int:
    form = InitiativeForm(name, "Сажаем деревья", ("yards",), "kungur")
    new = NewInitiative(form, **more)
    registered = service.register_initiative(workspace, new=new, is_sure=True)
    assert registered.id is not None
    return registered.id


def view(workspace, initiative_id: int):
    return service.view_initiative(workspace, initiative_id=initiative_id)


def names(test) -> list[str]:
    return list(test.dataframe[0].value["name"])


def told(test) -> str:
    """Everything the page says by text, warnings and errors."""
    kinds = (test.markdown, test.caption, test.warning, test.error, test.text)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def the_only(workspace) -> int:
    [(initiative_id, _name)] = service.choose_initiative(workspace)
    return initiative_id


# ------------------------------------------------------------------- the list


def test_an_empty_list_says_what_it_is_for(open_page) -> None:
    page = open_page("initiatives")
    assert "Пока нет ни одной инициативы" in told(page)
    assert not page.dataframe


def test_the_list_is_filtered_by_its_address(open_page, workspace) -> None:
    register(workspace)
    register(workspace, "Ёлки", is_active=False)
    assert names(open_page("initiatives")) == ["Ёлки", "Живой двор"]
    assert names(open_page("initiatives", find="ЕЛК")) == ["Ёлки"]
    assert names(open_page("initiatives", state="alive")) == ["Живой двор"]
    assert "Ничего не нашлось" in told(open_page("initiatives", theme="sport"))
    assert names(open_page("initiatives", state="nonsense", territory="kungur")) == [
        "Ёлки",
        "Живой двор",
    ]


def test_a_filter_goes_into_the_address(open_page, workspace) -> None:
    register(workspace)
    register(workspace, "Ёлки", is_active=False)
    page = open_page("initiatives")
    page.selectbox(key="filter_state").select("unknown").run()
    assert names(page) == ["Ёлки"]
    assert page.query_params["state"] == "unknown"


def test_the_list_shows_labels_and_not_codes(open_page, workspace) -> None:
    register(workspace, leader=NewParticipant("Анна Ёлкина"))
    row = open_page("initiatives").dataframe[0].value.iloc[0]
    assert row["state"] == "Действует"
    assert row["themes"] == "Дворы и общественные пространства"
    assert (row["territory"], row["leader"]) == ("Кунгур", "Анна Ёлкина")
    row = open_page("initiatives", language="en").dataframe[0].value.iloc[0]
    assert (row["state"], row["territory"]) == ("At work", "Kungur")


def test_the_list_is_paged(open_page, workspace) -> None:
    for number in range(30):
        register(workspace, f"Двор {number:02}")
    assert len(names(open_page("initiatives"))) == 25
    assert names(open_page("initiatives", initiatives_page=2)) == [
        f"Двор {number}" for number in range(25, 30)
    ]


def test_an_archived_initiative_is_found_in_the_archive(open_page, workspace) -> None:
    initiative_id = register(workspace)
    register(workspace, "Ёлки")
    service.archive_initiative(workspace, initiative_id=initiative_id)
    assert names(open_page("initiatives")) == ["Ёлки"]
    assert names(open_page("initiatives", state="archive")) == ["Живой двор"]


# ------------------------------------------------------------- registering one


def test_an_initiative_is_registered_and_taken_back(open_page, workspace) -> None:
    page = open_page("initiative_new")
    page.text_input(key="initiative_name").set_value(NASTY)
    page.multiselect(key="initiative_themes").set_value(["yards", "sport"])
    page.selectbox(key="initiative_territory").select("kungur")
    page.text_input(key="initiative_founded").set_value("05.2009")
    page.text_input(key="initiative_person").set_value("Анна Ёлкина")
    page.text_input(key="initiative_phone").set_value("+7 342 212-00-00")
    page.checkbox(key="initiative_agreed").check()
    page.button(key="initiative_save").click().run()
    assert not page.exception
    assert page.title[0].value == plain(NASTY)
    seen = view(workspace, the_only(workspace))
    assert seen.initiative.form == InitiativeForm(NASTY, "", ("sport", "yards"), "kungur")
    assert seen.initiative.life.state is InitiativeState.ALIVE
    [contact] = seen.contacts.values()
    assert (contact.name, len(contact.consents)) == ("Анна Ёлкина", 1)
    page.button(key="saved_undo").click().run()
    assert service.choose_initiative(workspace) == ()


def test_a_refused_form_keeps_every_character(open_page, workspace) -> None:
    page = open_page("initiative_new")
    page.text_input(key="initiative_name").set_value("Сад")
    page.text_area(key="initiative_summary").set_value("ы" * 6_000)
    page.text_input(key="initiative_founded").set_value("когда-то")
    page.button(key="initiative_save").click().run()
    [error] = page.error
    assert "когда" in error.value
    assert page.text_area(key="initiative_summary").value == "ы" * 6_000
    assert page.text_input(key="initiative_founded").value == "когда-то"
    assert service.choose_initiative(workspace) == ()


def test_a_name_is_needed(open_page) -> None:
    page = open_page("initiative_new")
    page.button(key="initiative_save").click().run()
    assert "Название инициативы" in page.error[0].value


def test_a_similar_name_is_asked_about_once(open_page, workspace) -> None:
    register(workspace, "Клуб «Живой двор»")
    page = open_page("initiative_new")
    page.text_input(key="initiative_name").set_value("Живой двор")
    page.button(key="initiative_save").click().run()
    assert "похожим названием" in page.warning[0].value
    assert len(service.choose_initiative(workspace)) == 1
    assert page.text_input(key="initiative_name").value == "Живой двор"
    page.checkbox(key="initiative_is_sure").check()
    page.button(key="initiative_save").click().run()
    assert len(service.choose_initiative(workspace)) == 2


# ------------------------------------------------------------------ one of them


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_shows_what_people_wrote_as_it_stands(open_page, workspace, language) -> None:
    initiative_id = register(workspace, NASTY, leader=NewParticipant(NASTY, email="a@b.c"))
    event = LifeEvent(LifeEventType.PAUSED, When(date(2026, 11, 23)), note=NASTY)
    service.add_life_event(workspace, initiative_id=initiative_id, event=event)
    page = open_page("initiative", initiative=initiative_id, language=language)
    assert not page.exception
    shown = told(page)
    assert shown.count(plain(NASTY)) == 2  # the leader and the event; the title apart
    assert NASTY not in shown


@pytest.mark.parametrize("asked", ["999", "слово", "", "1;drop", "9" * 40])
def test_an_id_that_is_none_gets_a_sentence(open_page, asked) -> None:
    page = open_page("initiative", initiative=asked)
    assert not page.exception
    assert "Не найдено" in page.error[0].value


def test_a_name_is_edited_and_the_edit_taken_back(open_page, workspace) -> None:
    initiative_id = register(workspace)
    page = open_page("initiative", initiative=initiative_id)
    field = next(i for i in page.text_input if i.key and i.key.endswith("_name"))
    field.set_value("Двор живёт")
    page.button(key="initiative_save").click().run()
    assert page.title[0].value == "Двор живёт"
    page.button(key="saved_undo").click().run()
    assert page.title[0].value == "Живой двор"
    assert view(workspace, initiative_id).initiative.form.name == "Живой двор"


def test_of_two_people_saving_the_second_is_shown_all_three_versions(open_page, workspace) -> None:
    initiative_id = register(workspace)
    page = open_page("initiative", initiative=initiative_id)
    seen = view(workspace, initiative_id).initiative
    service.edit_initiative(
        workspace,
        initiative_id=initiative_id,
        version=seen.version,
        seen=seen.form,
        wanted=InitiativeForm("Её название", seen.form.summary, ("yards",), "kungur"),
    )
    field = next(i for i in page.text_input if i.key and i.key.endswith("_name"))
    field.set_value("Моё название")
    page.button(key="initiative_save").click().run()
    assert page.error
    compared = str(page.table[0].value)
    for name in ("Живой двор", "Её название", "Моё название"):
        assert name in compared
    assert view(workspace, initiative_id).initiative.form.name == "Её название"


def test_an_event_moves_the_state_and_is_taken_back(open_page, workspace) -> None:
    initiative_id = register(workspace)
    page = open_page("initiative", initiative=initiative_id)
    page.selectbox(key="life_event_type").select(LifeEventType.CEASED)
    page.text_input(key="life_event_when").set_value("2026")
    page.text_input(key="life_event_note").set_value("Лидер уехала")
    page.button(key="life_event_save").click().run()
    assert not page.exception
    assert view(workspace, initiative_id).initiative.life.state is InitiativeState.CEASED
    assert "Лидер уехала" in told(page)
    assert page.text_input(key="life_event_note").value == ""
    page.button(key="saved_undo").click().run()
    assert view(workspace, initiative_id).initiative.life.state is InitiativeState.ALIVE


@pytest.mark.parametrize(
    ("when", "sentence"),
    [("", "Когда"), ("2030", "допустимо"), ("вчера", "не дата"), ("31.02.2020", "не дата")],
)
def test_an_event_on_no_day_is_refused_and_keeps_what_was_typed(
    open_page, workspace, when, sentence
) -> None:
    initiative_id = register(workspace)
    page = open_page("initiative", initiative=initiative_id)
    page.selectbox(key="life_event_type").select(LifeEventType.PAUSED)
    page.text_input(key="life_event_when").set_value(when)
    page.text_input(key="life_event_note").set_value("важное")
    page.button(key="life_event_save").click().run()
    assert sentence in page.error[0].value
    assert page.text_input(key="life_event_note").value == "важное"
    assert len(view(workspace, initiative_id).initiative.events) == 1


def test_an_event_is_removed_and_given_back(open_page, workspace) -> None:
    initiative_id = register(workspace)
    event_id = view(workspace, initiative_id).initiative.events[0].id
    page = open_page("initiative", initiative=initiative_id)
    page.button(key=f"life_event_remove_{event_id}").click().run()
    assert view(workspace, initiative_id).initiative.events == ()
    page.button(key="saved_undo").click().run()
    assert len(view(workspace, initiative_id).initiative.events) == 1


def test_a_person_of_a_known_name_is_asked_about(open_page, workspace) -> None:
    register(workspace, "Ёлки", leader=NewParticipant("Анна Ёлкина"))
    initiative_id = register(workspace)
    page = open_page("initiative", initiative=initiative_id)
    page.text_input(key="joining_person").set_value("анна елкина")
    page.button(key="joining_save").click().run()
    assert not page.exception
    assert view(workspace, initiative_id).initiative.participants == ()
    radio = page.radio(key="joining_choice")
    assert [plain("Анна Ёлкина, Ёлки"), "Кто-то другой"] == radio.options
    radio.set_value(service_person(workspace))
    page.button(key="joining_save").click().run()
    [participant] = view(workspace, initiative_id).initiative.participants
    assert participant.person_id == service_person(workspace)
    assert page.text_input(key="joining_person").value == ""
    page.button(key=f"participant_remove_{participant.id}").click().run()
    assert view(workspace, initiative_id).initiative.participants == ()
    page.button(key="saved_undo").click().run()
    assert view(workspace, initiative_id).initiative.participants == (participant,)


def test_contacts_are_corrected_and_the_correction_taken_back(open_page, workspace) -> None:
    initiative_id = register(workspace, leader=NewParticipant("Анна", phone="+7 342 1"))
    page = open_page("initiative", initiative=initiative_id)
    [phone] = [i for i in page.text_input if i.key and "correct" in i.key and "phone" in i.key]
    phone.set_value("+7 342 2")
    [save] = [b for b in page.button if b.key and b.key.endswith("save") and "correct" in b.key]
    save.click().run()
    assert not page.exception
    [contact] = view(workspace, initiative_id).contacts.values()
    assert contact.phone == "+7 342 2"
    page.button(key="saved_undo").click().run()
    [contact] = view(workspace, initiative_id).contacts.values()
    assert contact.phone == "+7 342 1"


def test_a_consent_is_taken_back_and_that_is_taken_back(open_page, workspace) -> None:
    consent = NewConsent(ConsentScope.CONTACT, date(2026, 3, 1), "бланк *7*")
    initiative_id = register(workspace, leader=NewParticipant("Анна", consent=consent))
    [bond] = view(workspace, initiative_id).initiative.participants
    key = f"participant_withdraw_{bond.id}"
    page = open_page("initiative", initiative=initiative_id)
    page.date_input(key=f"{key}_day").set_value(date(2026, 2, 1))
    page.button(key=f"{key}_save").click().run()
    assert len(page.error) == 1, "before it was given"
    page.date_input(key=f"{key}_day").set_value(date(2026, 11, 20))
    page.button(key=f"{key}_save").click().run()
    assert not page.error
    assert "отозвано 20 нояб. 2026" in told(page)
    assert "не пишите и не звоните" in told(page)
    assert key not in [button.key for button in page.button]
    page.button(key="saved_undo").click().run()
    assert "отозвано" not in told(page)


def service_person(workspace) -> int:
    from accounts.service import find_namesakes

    with workspace.reading() as tx:
        return find_namesakes(tx, "Анна Ёлкина")[0].id


def test_the_page_links_its_cases(open_page, workspace, database) -> None:
    initiative_id = register(workspace)
    with database.writing() as db:
        lead = factories.make_person(db, roles=[Role.CONSULTANT])
        factories.make_case(db, lead, initiative_id=initiative_id)
    page = open_page("initiative", initiative=initiative_id)
    links = page.get("page_link")
    assert any("case" in link.proto.query_string for link in links)


def test_the_archive_is_a_click_away_and_back(open_page, workspace) -> None:
    initiative_id = register(workspace)
    page = open_page("initiative", initiative=initiative_id)
    page.button(key="initiative_archive").click().run()
    assert view(workspace, initiative_id).initiative.archived_on == date(2026, 11, 23)
    page.button(key="initiative_unarchive").click().run()
    assert view(workspace, initiative_id).initiative.archived_on is None


# ---------------------------------------------------------------- taking a list


def load(page, text: str, name: str = "список.csv"):
    uploader = page.get("file_uploader")[0]
    uploader.upload(name, text.encode(), "text/csv")
    return page.run()


@pytest.fixture
def manager(workspaces):
    return workspaces(Role.MANAGER)


def test_a_table_is_looked_at_taken_over_and_taken_back(open_page, manager) -> None:
    page = load(
        open_page("initiative_import", role=Role.MANAGER),
        "Название;Год основания\nСад;2009\nДом;\n",
    )
    assert not page.exception
    assert [metric.value for metric in page.metric] == ["2", "0", "0"]
    assert service.choose_initiative(manager) == ()
    page.button(key="import_take").click().run()
    assert sorted(name for _id, name in service.choose_initiative(manager)) == ["Дом", "Сад"]
    page.button(key="saved_undo").click().run()
    assert service.choose_initiative(manager) == ()


def test_rows_in_need_of_mending_let_nothing_in(open_page, manager) -> None:
    page = load(
        open_page("initiative_import", role=Role.MANAGER), f"Название;Темы\nСад;\n{NASTY};Драконы\n"
    )
    assert not page.exception
    assert "1 строку нужно исправить" in page.error[0].value
    table = page.dataframe[0].value
    assert "Драконы" in table.iloc[0]["mend"]
    assert not [button for button in page.button if button.key == "import_take"]


def test_possible_duplicates_are_left_out_unless_wanted(open_page, manager) -> None:
    register(manager, "Сад")
    page = load(open_page("initiative_import", role=Role.MANAGER), "Название\nСАД\n")
    assert page.button(key="import_take").disabled
    page.checkbox(key="import_duplicates").check().run()
    page.button(key="import_take").click().run()
    assert len(service.choose_initiative(manager)) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Столбец\nа\n", "не хватает столбцов"),
        ("", "ничего нет"),
        ("Название\n" + "Сад\n" * 1_001, "больше 1 000 строк"),
        ("Название;Название\nа;б\n", "два столбца"),
        ('Название\n"Сад\n', "Строку"),
        ("Название\n" + "x" * (11 * 2**20), "слишком велик"),
    ],
)
def test_a_file_that_is_no_list_gets_one_sentence(open_page, text, sentence) -> None:
    page = load(open_page("initiative_import", role=Role.MANAGER), text)
    assert not page.exception
    [error] = page.error
    assert sentence in error.value.replace("\u00a0", " ")


def test_an_earlier_import_is_taken_back_from_the_page(open_page, manager) -> None:
    result = service.import_initiatives(manager, data="Название\nСад\n".encode(), name="a.csv")
    page = open_page("initiative_import", role=Role.MANAGER)
    page.button(key=f"import_undo_{result.import_id}").click().run()
    assert service.choose_initiative(manager) == ()
    assert "отменена" in told(page)


def test_a_consultant_may_not_open_the_import(open_page) -> None:
    page = open_page("initiative_import")
    assert page.error
    assert not page.get("file_uploader")
