"""Importing a list of initiatives: dry run, all or nothing, and taking it back."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from accounts.service import find_namesakes
from casework import service
from casework.domain.initiative import InitiativeFilter, NewParticipant
from casework.domain.initiative_import import ImportVerdict, NothingNewError, RowsToMendError
from casework.domain.life import InitiativeState, LifeEvent, LifeEventType, When
from core.audit import find_lines
from core.catalogue import add_missing
from core.errors import ForbiddenError, NotFoundError
from core.i18n import translator
from core.permissions import Role
from core.spreadsheet import (
    FileTooBigError,
    MissingColumnsError,
    TableTooLongError,
    UnreadableTableError,
    read_table,
)
from tests import factories

HEAD = "Название;Темы;Район;Год основания;Лидер;Телефон;Заметки"
GOOD = (
    f"{HEAD}\n"
    "Живой двор;Экология и раздельный сбор;Кунгур;2009;Анна Ёлкина;+7 342 212-00-00;x\n"
    "Школа соседей;;;05.2012;Анна Ёлкина;+7 342 212-00-00;\n"
    "=HYPERLINK(1) 🎄;;;;;;"
)
BAD = f"{GOOD}\nДом;Драконы;;давно;;;"


@pytest.fixture(autouse=True)
def _catalogues(database) -> None:
    with database.writing() as db:
        add_missing(db, service.builtin_catalogues())


@pytest.fixture
def manager(workspaces):
    return workspaces(Role.MANAGER)


def take(workspace, text: str = GOOD, encoding: str = "utf-8", **more):
    return service.import_initiatives(
        workspace, data=text.encode(encoding), name="список.csv", **more
    )


def names(workspace) -> list[str]:
    page = service.list_initiatives(workspace, InitiativeFilter(size=None))
    return [line.name for line in page.lines]


def test_a_dry_run_counts_and_changes_nothing(manager, database) -> None:
    preview = service.preview_import(manager, data=BAD.encode(), name="список.csv")
    assert dict(preview.counts) == {ImportVerdict.NEW: 3, ImportVerdict.ERROR: 1}
    assert preview.rows[-1].number == 5
    assert names(manager) == []
    with database.reading() as db:
        assert find_lines(db) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_list_is_imported_in_both_encodings(manager, encoding) -> None:
    text = GOOD.replace(" 🎄", "") if encoding == "cp1251" else GOOD
    result = take(manager, text, encoding)
    assert (result.created, result.skipped) == (3, 0)
    assert names(manager)[-2:] == ["Живой двор", "Школа соседей"]


def test_an_imported_initiative_has_its_beginning_and_leader_and_no_more(manager, database) -> None:
    result = take(manager)
    page = service.list_initiatives(manager, InitiativeFilter("живой"))
    [line] = page.lines
    assert (line.themes, line.territory) == (("ecology",), "kungur")
    assert [page.leaders[leader] for leader in line.leader_ids] == ["Анна Ёлкина"]
    unknown = service.list_initiatives(manager, InitiativeFilter("hyperlink"))
    assert unknown.lines[0].state is InitiativeState.UNKNOWN
    with manager.reading() as tx:
        assert len(find_namesakes(tx, "Анна Ёлкина")) == 1
    with database.reading() as db:
        lines = find_lines(db, text=f"import:{result.import_id}")
    assert [(line.action, dict(line.details)) for line in lines] == [
        ("initiatives.imported", {"rows": 3, "skipped": 0})
    ]


def test_one_bad_row_lets_nothing_in(manager) -> None:
    with pytest.raises(RowsToMendError) as caught:
        take(manager, BAD)
    assert caught.value.details == {"count": 1}
    assert names(manager) == []


def test_rows_to_mend_come_back_as_they_were_with_what_to_mend(manager) -> None:
    preview = service.preview_import(manager, data=BAD.encode(), name="список.csv")
    data = service.rows_to_mend(preview, "Что исправить", translator("ru").error, "ru")
    table = read_table(data, "a.csv")
    assert table.headers == (*HEAD.split(";"), "Что исправить")
    [row] = table.rows
    assert row.cells[:2] == ("Дом", "Драконы")
    assert "Драконы" in str(row.cells[-1])
    again = service.preview_import(manager, data=data, name="исправить.csv")
    assert dict(again.counts) == {ImportVerdict.ERROR: 1}


def test_known_initiatives_are_left_out_unless_wanted(manager) -> None:
    take(manager)
    with pytest.raises(NothingNewError):
        take(manager)
    again = take(manager, f"{GOOD}\nНовый сад;;;;;;")
    assert (again.created, again.skipped) == (1, 3)
    assert take(manager, with_duplicates=True).created == 3


def test_the_same_form_sent_twice_imports_once(manager) -> None:
    first = take(manager, token="t")
    second = take(manager, token="t", with_duplicates=True)
    assert (second.import_id, second.created) == (first.import_id, 3)
    assert len(names(manager)) == 3


def test_a_person_reached_the_same_way_is_the_same_person(manager) -> None:
    known = service.register_initiative(
        manager,
        new=service_new("Сад", NewParticipant("анна елкина", phone="8 (342) 212-00-00")),
    )
    assert known.id
    take(manager)
    with manager.reading() as tx:
        assert len(find_namesakes(tx, "Анна Ёлкина")) == 1


def service_new(name: str, leader: NewParticipant):
    from casework.domain.initiative import InitiativeForm, NewInitiative

    return NewInitiative(InitiativeForm(name), leader=leader)


def test_undo_removes_what_the_import_made_with_its_people(manager) -> None:
    result = take(manager)
    assert service.undo_import(manager, import_id=result.import_id) == 0
    assert names(manager) == []
    with manager.reading() as tx:
        assert find_namesakes(tx, "Анна Ёлкина") == ()
    [brief] = service.list_imports(manager).imports
    assert (brief.rows, brief.left, brief.undone_at is not None) == (3, 0, True)


def test_undo_keeps_what_somebody_has_worked_on(manager, database) -> None:
    result = take(manager)
    ids = {
        line.name: line.id for line in service.list_initiatives(manager, InitiativeFilter()).lines
    }
    with database.writing() as db:
        lead = factories.make_person(db, roles=[Role.CONSULTANT])
        factories.make_case(db, lead, initiative_id=ids["Живой двор"])
    event = LifeEvent(LifeEventType.PAUSED, When(manager.clock().date()))
    service.add_life_event(manager, initiative_id=ids["Школа соседей"], event=event)
    assert service.undo_import(manager, import_id=result.import_id) == 2
    assert names(manager) == ["Живой двор", "Школа соседей"]
    with manager.reading() as tx:
        assert len(find_namesakes(tx, "Анна Ёлкина")) == 1


def test_undo_keeps_people_known_before(manager) -> None:
    with manager.transaction() as tx:
        from accounts.service import add_contact_person

        add_contact_person(tx, "Анна Ёлкина", phone="+7 342 212-00-00")
    result = take(manager)
    service.undo_import(manager, import_id=result.import_id)
    with manager.reading() as tx:
        assert len(find_namesakes(tx, "Анна Ёлкина")) == 1


def test_an_excel_list_with_real_dates_and_years_is_imported(manager) -> None:
    from datetime import date

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Name", "Founded"])
    sheet.append(["Garden", date(2014, 10, 26)])
    sheet.append(["School of neighbours", 2009])
    data = BytesIO()
    book.save(data)
    service.import_initiatives(manager, data=data.getvalue(), name="list.xlsx")
    lines = service.list_initiatives(manager, InitiativeFilter()).lines
    assert [line.founded and line.founded.on for line in lines] == [
        date(2014, 10, 26),
        date(2009, 1, 1),
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_template_is_understood_once_filled(manager, language) -> None:
    book = load_workbook(BytesIO(service.import_template(language)))
    book.worksheets[0].append(["Живой двор"])
    data = BytesIO()
    book.save(data)
    preview = service.preview_import(manager, data=data.getvalue(), name="a.xlsx")
    assert [row.name for row in preview.rows] == ["Живой двор"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("Столбец;Другой\nа;б\n".encode(), MissingColumnsError),
        (b"\x89PNG\r\n\x1a\n\x00", UnreadableTableError),
        (b"x" * (11 * 2**20), FileTooBigError),
        (("Название\n" + "Сад\n" * 1_001).encode(), TableTooLongError),
    ],
)
def test_a_file_that_cannot_be_a_list_is_refused(manager, data, error) -> None:
    for act in (service.preview_import, service.import_initiatives):
        with pytest.raises(error):
            act(manager, data=data, name="a.csv")


def test_only_managers_and_administrators_import(workspaces) -> None:
    consultant = workspaces(Role.CONSULTANT)
    acts = (
        lambda: take(consultant),
        lambda: service.preview_import(consultant, data=GOOD.encode(), name="a.csv"),
        lambda: service.undo_import(consultant, import_id=1),
        lambda: service.list_imports(consultant),
    )
    for act in acts:
        with pytest.raises(ForbiddenError):
            act()


def test_an_import_that_is_not_there_is_not_found(manager) -> None:
    with pytest.raises(NotFoundError):
        service.undo_import(manager, import_id=999)
