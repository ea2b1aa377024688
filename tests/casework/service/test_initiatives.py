"""Initiatives against real databases: registering, editing together, lists, people, life."""

from dataclasses import asdict, replace
from datetime import date
from threading import Barrier, Thread

import pytest

from accounts.domain.contact import ConsentScope, NewConsent, OwnProfileError
from accounts.service import contacts_of
from casework import service
from casework.domain.initiative import (
    AlreadyThereError,
    InitiativeFilter,
    InitiativeForm,
    InitiativeInUseError,
    InitiativePart,
    NewInitiative,
    NewParticipant,
)
from casework.domain.life import (
    FoundedTwiceError,
    InitiativeState,
    LifeEvent,
    LifeEventType,
    Precision,
    When,
)
from core.audit import find_lines, verify
from core.catalogue import add_missing
from core.database import tallied
from core.errors import ForbiddenError, InvalidError, NotFoundError, StaleError
from core.i18n import Term
from core.permissions import Role
from tests import factories

FORM = InitiativeForm("Живой двор", "Сажаем деревья", ("ecology", "yards"), "perm_motovilikha")
LEADER = NewParticipant("Анна Ёлкина", email="anna@example.org", phone="+7 342 212-00-00")


@pytest.fixture(autouse=True)
def _catalogues(database) -> None:
    with database.writing() as db:
        add_missing(db, service.builtin_catalogues())


def register(workspace, name: str = "Живой двор", **more) -> int:
    form = more.pop("form", replace(FORM, name=name))
    registered = service.register_initiative(
        workspace, new=NewInitiative(form, **more), is_sure=True
    )
    assert registered.id is not None
    return registered.id


def view(workspace, initiative_id: int):
    return service.view_initiative(workspace, initiative_id=initiative_id)


def state(workspace, initiative_id: int) -> InitiativeState:
    """The state as the list has it, which must be the one that the events say."""
    derived = view(workspace, initiative_id).initiative.life.state
    page = service.list_initiatives(workspace, InitiativeFilter(state=derived, size=None))
    assert initiative_id in {line.id for line in page.lines}
    return derived


def lines(database) -> list[tuple[str, str]]:
    with database.reading() as db:
        assert verify(db).broken_at is None
        return [(line.action, line.subject) for line in reversed(find_lines(db))]


def test_an_initiative_is_registered_with_its_leader_and_beginning(workspace, database) -> None:
    founded = When(date(2009, 1, 1), Precision.YEAR)
    initiative_id = register(workspace, founded=founded, leader=LEADER)
    seen = view(workspace, initiative_id)
    assert seen.initiative.form == FORM
    assert seen.initiative.life.founded == founded
    assert seen.initiative.life.state is InitiativeState.ALIVE
    [participant] = seen.initiative.participants
    assert participant.part is InitiativePart.LEADER
    contact = seen.contacts[participant.person_id]
    assert (contact.name, contact.phone) == ("Анна Ёлкина", "+7 342 212-00-00")
    actions = [action for action, _subject in lines(database)]
    assert actions == ["initiative.registered", "person.added", "initiative.person_added"]


def test_an_initiative_not_seen_at_work_has_an_unknown_state(workspace) -> None:
    assert state(workspace, register(workspace, is_active=False)) is InitiativeState.UNKNOWN


def test_a_like_name_is_asked_about_and_nothing_is_registered(workspace) -> None:
    known = register(workspace, "Клуб «Живой двор»")
    asked = service.register_initiative(
        workspace, new=NewInitiative(replace(FORM, name="ЖИВОЙ ДВОР"))
    )
    assert (asked.id, asked.similar) == (None, ((known, "Клуб «Живой двор»"),))
    assert service.list_initiatives(workspace, InitiativeFilter()).total == 1


def test_the_same_form_sent_twice_registers_once(workspace) -> None:
    once, twice = (register(workspace, token="t1", leader=LEADER) for _ in range(2))
    assert once == twice
    assert len(view(workspace, once).initiative.participants) == 1


def test_registration_with_an_unknown_theme_registers_nobody_and_nothing(
    workspace, database
) -> None:
    with pytest.raises(InvalidError):
        register(workspace, form=replace(FORM, themes=("dragons",)), leader=LEADER)
    assert lines(database) == []


def test_undoing_a_registration_removes_the_people_only_it_mentioned(workspace, database) -> None:
    kept = register(workspace, "Школа соседей", leader=LEADER)
    person = view(workspace, kept).initiative.participants[0].person_id
    shared = register(workspace, leader=NewParticipant("", person_id=person))
    own = register(workspace, "Велодвижение", leader=NewParticipant("Пётр"))
    gone = view(workspace, own).initiative.participants[0].person_id
    for initiative_id in (shared, own):
        service.remove_initiative(workspace, initiative_id=initiative_id)
    with workspace.reading() as tx:
        assert set(contacts_of(tx, [person, gone])) == {person}
    with pytest.raises(NotFoundError):
        view(workspace, own)
    assert ("person.removed", f"person:{gone}") in lines(database)


def test_an_initiative_with_a_case_is_not_removed(workspace, database) -> None:
    initiative_id = register(workspace)
    with database.writing() as db:
        lead = factories.make_person(db, roles=[Role.CONSULTANT])
        factories.make_case(db, lead, initiative_id=initiative_id)
    with pytest.raises(InitiativeInUseError):
        service.remove_initiative(workspace, initiative_id=initiative_id)
    assert view(workspace, initiative_id).initiative.form == FORM
    assert len(view(workspace, initiative_id).cases) == 1


def test_an_initiative_somebody_worked_on_is_not_removed(workspace) -> None:
    initiative_id = register(workspace)
    edit(workspace, initiative_id, name="Двор живой")
    with pytest.raises(InitiativeInUseError):
        service.remove_initiative(workspace, initiative_id=initiative_id)


def edit(workspace, initiative_id: int, **changes) -> int:
    initiative = view(workspace, initiative_id).initiative
    return service.edit_initiative(
        workspace,
        initiative_id=initiative_id,
        version=initiative.version,
        seen=initiative.form,
        wanted=replace(initiative.form, **changes),
    )


def test_an_edit_is_saved_and_taken_back(workspace, database) -> None:
    initiative_id = register(workspace)
    version = edit(workspace, initiative_id, name="Двор живёт", themes=("sport",))
    assert view(workspace, initiative_id).initiative.form.themes == ("sport",)
    found = service.list_initiatives(workspace, InitiativeFilter("ЖИВЕТ"))
    assert [line.id for line in found.lines] == [initiative_id]
    service.revert_initiative(
        workspace, initiative_id=initiative_id, version=version, form=asdict(FORM)
    )
    assert view(workspace, initiative_id).initiative.form == FORM
    assert lines(database).count(("initiative.edited", f"initiative:{initiative_id}")) == 2


def test_of_two_people_saving_the_same_initiative_the_second_sees_all_three_versions(
    workspace, workspaces
) -> None:
    initiative_id = register(workspace)
    other = workspaces(Role.MANAGER)
    seen = view(workspace, initiative_id).initiative
    edit(other, initiative_id, name="Её название")
    with pytest.raises(StaleError) as caught:
        service.edit_initiative(
            workspace,
            initiative_id=initiative_id,
            version=seen.version,
            seen=seen.form,
            wanted=replace(seen.form, name="Моё название"),
        )
    field = Term("field.initiative_name")
    details = caught.value.details
    assert details["original"][field] == "Живой двор"
    assert details["current"][field] == "Её название"
    assert details["yours"][field] == "Моё название"
    assert view(workspace, initiative_id).initiative.form.name == "Её название"


def test_of_two_saves_at_the_same_instant_exactly_one_is_kept(workspaces) -> None:
    first = workspaces(Role.CONSULTANT)
    initiative_id = register(first)
    seen = view(first, initiative_id).initiative
    outcomes: list[str] = []
    barrier = Barrier(2)

    def save(name: str) -> None:
        workspace = workspaces(Role.CONSULTANT)
        barrier.wait()
        try:
            service.edit_initiative(
                workspace,
                initiative_id=initiative_id,
                version=seen.version,
                seen=seen.form,
                wanted=replace(seen.form, name=name),
            )
        except StaleError:
            outcomes.append("stale")
        else:
            outcomes.append(name)

    threads = [Thread(target=save, args=(name,)) for name in ("Один", "Два")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("stale") == 1
    assert view(first, initiative_id).initiative.form.name in outcomes


def test_events_move_the_state_and_can_be_taken_back_and_forth(workspace, database) -> None:
    initiative_id = register(workspace)
    event = LifeEvent(LifeEventType.CEASED, When(date(2026, 1, 1), Precision.YEAR))
    event_id = service.add_life_event(workspace, initiative_id=initiative_id, event=event)
    assert state(workspace, initiative_id) is InitiativeState.CEASED
    which = {"initiative_id": initiative_id, "event_id": event_id}
    service.remove_life_event(workspace, **which)
    assert state(workspace, initiative_id) is InitiativeState.ALIVE
    with pytest.raises(NotFoundError):
        service.remove_life_event(workspace, **which)
    service.restore_life_event(workspace, **which)
    assert state(workspace, initiative_id) is InitiativeState.CEASED
    assert [action for action, _subject in lines(database)][-3:] == [
        "life_event.added",
        "life_event.removed",
        "life_event.restored",
    ]


def test_a_second_beginning_is_refused_also_by_undo(workspace) -> None:
    initiative_id = register(workspace)

    def found(year: int) -> int:
        when = When(date(year, 1, 1), Precision.YEAR)
        return service.add_life_event(
            workspace, initiative_id=initiative_id, event=LifeEvent(LifeEventType.FOUNDED, when)
        )

    first = found(2009)
    with pytest.raises(FoundedTwiceError):
        found(2010)
    service.remove_life_event(workspace, initiative_id=initiative_id, event_id=first)
    found(2010)
    with pytest.raises(FoundedTwiceError):
        service.restore_life_event(workspace, initiative_id=initiative_id, event_id=first)
    founded = view(workspace, initiative_id).initiative.life.founded
    assert founded == When(date(2010, 1, 1), Precision.YEAR)


def test_an_event_of_another_initiative_is_not_found(workspace) -> None:
    one, other = register(workspace), register(workspace, "Школа соседей")
    event_id = view(workspace, one).initiative.events[0].id
    with pytest.raises(NotFoundError):
        service.remove_life_event(workspace, initiative_id=other, event_id=event_id)


def test_a_person_is_added_with_consent_removed_and_given_back(workspace, database) -> None:
    initiative_id = register(workspace)
    consent = NewConsent(ConsentScope.CONTACT, date(2026, 11, 20), "подписанный бланк")
    added = service.add_person(
        workspace, initiative_id=initiative_id, new=replace(LEADER, consent=consent)
    )
    seen = view(workspace, initiative_id)
    [contact] = seen.contacts.values()
    assert [(c.scope, c.ground) for c in contact.consents] == [("contact", "подписанный бланк")]
    which = {"initiative_id": initiative_id, "bond_id": added.bond_id}
    service.remove_person(workspace, **which)
    assert view(workspace, initiative_id).initiative.participants == ()
    service.restore_person(workspace, **which)
    assert view(workspace, initiative_id).initiative.participants == seen.initiative.participants
    with pytest.raises(NotFoundError):
        service.restore_person(workspace, **which)
    text = str(lines(database))
    assert "Анна" not in text
    assert "бланк" not in text


def test_a_known_name_is_asked_about_before_a_second_person_is_made(workspace) -> None:
    first = register(workspace, leader=LEADER)
    second = register(workspace, "Школа соседей")
    asked = service.add_person(workspace, initiative_id=second, new=NewParticipant("анна  елкина"))
    [namesake] = asked.namesakes
    assert (asked.bond_id, namesake.initiatives) == (None, ("Живой двор",))
    chosen = NewParticipant("анна елкина", InitiativePart.MEMBER, person_id=namesake.id)
    assert service.add_person(workspace, initiative_id=second, new=chosen).bond_id
    with pytest.raises(AlreadyThereError):
        service.add_person(workspace, initiative_id=second, new=chosen)
    with pytest.raises(AlreadyThereError):
        service.add_person(
            workspace, initiative_id=first, new=replace(LEADER, person_id=namesake.id)
        )
    other = service.add_person(
        workspace, initiative_id=second, new=NewParticipant("Анна Ёлкина"), is_sure=True
    )
    assert other.bond_id
    assert len(view(workspace, second).contacts) == 2


def test_contacts_are_corrected_with_a_consent_and_the_correction_taken_back(workspace) -> None:
    initiative_id = register(workspace, leader=LEADER)
    [seen] = view(workspace, initiative_id).contacts.values()
    wanted = replace(seen, phone="+7 912 000-00-00")
    consent = NewConsent(ConsentScope.CONTACT, date(2026, 11, 23), "устно")
    version = service.edit_person(
        workspace, initiative_id=initiative_id, wanted=wanted, seen=seen, consent=consent
    )
    [now] = view(workspace, initiative_id).contacts.values()
    assert (now.phone, len(now.consents), now.version) == ("+7 912 000-00-00", 1, version)
    with pytest.raises(StaleError) as caught:
        service.edit_person(workspace, initiative_id=initiative_id, wanted=wanted, seen=seen)
    assert caught.value.details["current"][Term("field.phone")] == "+7 912 000-00-00"
    before = {"name": seen.name, "email": seen.email, "phone": seen.phone, "version": version}
    service.revert_person(workspace, initiative_id=initiative_id, person_id=seen.id, contact=before)
    [now] = view(workspace, initiative_id).contacts.values()
    assert now.phone == LEADER.phone


def test_who_signs_in_keeps_their_own_contacts(workspace, database) -> None:
    with database.writing() as db:
        person_id = factories.make_person(db, "Олег", roles=[Role.CONSULTANT])
    initiative_id = register(workspace, leader=NewParticipant("", person_id=person_id))
    [seen] = view(workspace, initiative_id).contacts.values()
    with pytest.raises(OwnProfileError):
        service.edit_person(
            workspace, initiative_id=initiative_id, wanted=replace(seen, name="Иван"), seen=seen
        )


def test_contacts_of_a_person_elsewhere_are_not_corrected_from_here(workspace) -> None:
    [seen] = view(workspace, register(workspace, leader=LEADER)).contacts.values()
    other = register(workspace, "Школа соседей")
    with pytest.raises(NotFoundError):
        service.edit_person(workspace, initiative_id=other, wanted=seen, seen=seen)


def test_archived_initiatives_leave_the_list_and_come_back(workspace) -> None:
    initiative_id = register(workspace)
    service.archive_initiative(workspace, initiative_id=initiative_id)
    assert service.list_initiatives(workspace, InitiativeFilter()).total == 0
    assert service.list_initiatives(workspace, InitiativeFilter(archived=True)).total == 1
    assert service.choose_initiative(workspace) == ()
    service.unarchive_initiative(workspace, initiative_id=initiative_id)
    assert service.list_initiatives(workspace, InitiativeFilter()).total == 1


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (InitiativeFilter(), ["Ёлки", "Живой двор", "Школа соседей", "100 % двор"]),
        (InitiativeFilter("ЁЛКИ"), ["Ёлки"]),
        (InitiativeFilter("елк"), ["Ёлки"]),
        (InitiativeFilter("двор ЖИВ"), ["Живой двор"]),
        (InitiativeFilter("%"), ["100 % двор"]),
        (InitiativeFilter("_"), []),
        (InitiativeFilter(theme="sport"), ["Ёлки"]),
        (InitiativeFilter(territory="kungur"), ["Школа соседей"]),
        (InitiativeFilter("двор", theme="sport"), []),
        (InitiativeFilter(state=InitiativeState.UNKNOWN), ["Школа соседей"]),
        (InitiativeFilter(state=InitiativeState.CEASED), []),
    ],
)
def test_lists_are_searched_and_filtered(workspace, wanted, names) -> None:
    register(workspace)
    register(workspace, "Ёлки", form=InitiativeForm("Ёлки", themes=("sport",)))
    register(workspace, "100 % двор")
    register(workspace, form=InitiativeForm("Школа соседей", territory="kungur"), is_active=False)
    page = service.list_initiatives(workspace, wanted)
    assert sorted(line.name for line in page.lines) == sorted(names)
    assert page.total == len(names)


def test_names_sort_with_yo_as_ye(workspace) -> None:
    for name in ("Жуки", "Ёлки", "Дом"):
        register(workspace, name)
    page = service.list_initiatives(workspace, InitiativeFilter())
    assert [line.name for line in page.lines] == ["Дом", "Ёлки", "Жуки"]


def test_a_list_is_paged_by_the_database(workspace) -> None:
    for number in range(5):
        register(workspace, f"Двор {number}")
    second = service.list_initiatives(workspace, InitiativeFilter(page=2, size=2))
    assert [line.name for line in second.lines] == ["Двор 2", "Двор 3"]
    beyond = service.list_initiatives(workspace, InitiativeFilter(page=99, size=2))
    assert [line.name for line in beyond.lines] == ["Двор 4"]
    assert beyond.total == 5


def test_an_export_holds_all_pages_and_is_noted(workspace, database) -> None:
    for number in range(3):
        register(workspace, f"Двор {number}")
    page = service.export_initiatives(workspace, InitiativeFilter(page=2, size=2))
    assert len(page.lines) == 3
    assert lines(database)[-1] == ("initiative.exported", "initiatives")


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_queries_however_long_it_is(workspace, database, count) -> None:
    for number in range(count):
        register(workspace, f"Двор {number}", leader=NewParticipant(f"Анна {number}"))
    with tallied() as tally:
        service.list_initiatives(workspace, InitiativeFilter())
    assert (
        tally.statements == 7 + database.is_sqlite
    )  # BEGIN; count, page, themes, leaders, names, two lists


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_the_same_queries_however_many_people(workspace, database, count) -> None:
    initiative_id = register(workspace)
    for number in range(count):
        service.add_person(
            workspace, initiative_id=initiative_id, new=NewParticipant(f"Анна {number}")
        )
    with tallied() as tally:
        view(workspace, initiative_id)
    assert tally.statements == 10 + database.is_sqlite  # BEGIN


def test_experts_may_neither_see_nor_change(workspace, workspaces) -> None:
    initiative_id = register(workspace)
    expert = workspaces(Role.EXPERT)
    acts = (
        lambda: service.list_initiatives(expert, InitiativeFilter()),
        lambda: service.export_initiatives(expert, InitiativeFilter()),
        lambda: service.choice_lists(expert),
        lambda: service.choose_initiative(expert),
        lambda: view(expert, initiative_id),
        lambda: register(expert),
        lambda: service.archive_initiative(expert, initiative_id=initiative_id),
        lambda: service.unarchive_initiative(expert, initiative_id=initiative_id),
        lambda: service.remove_initiative(expert, initiative_id=initiative_id),
        lambda: service.add_person(expert, initiative_id=initiative_id, new=LEADER),
        lambda: service.remove_person(expert, initiative_id=initiative_id, bond_id=1),
        lambda: service.restore_person(expert, initiative_id=initiative_id, bond_id=1),
        lambda: service.remove_life_event(expert, initiative_id=initiative_id, event_id=1),
        lambda: service.restore_life_event(expert, initiative_id=initiative_id, event_id=1),
        lambda: service.edit_initiative(
            expert, initiative_id=initiative_id, version=1, seen=FORM, wanted=FORM
        ),
        lambda: service.add_life_event(
            expert,
            initiative_id=initiative_id,
            event=LifeEvent(LifeEventType.PAUSED, When(date(2014, 1, 1))),
        ),
    )
    for act in acts:
        with pytest.raises(ForbiddenError):
            act()


@pytest.mark.parametrize("missing", [0, 999, 2**31 - 1])
def test_what_is_not_there_is_not_found(workspace, missing) -> None:
    with pytest.raises(NotFoundError):
        view(workspace, missing)
    with pytest.raises(NotFoundError):
        service.archive_initiative(workspace, initiative_id=missing)


def test_builtin_lists_have_unique_codes_and_both_languages() -> None:
    items = service.builtin_catalogues()
    assert len({(item.kind, item.code) for item in items}) == len(items)
    assert all(item.labels["en"] and item.labels["ru"] for item in items)
