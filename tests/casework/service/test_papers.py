"""The papers of a case: documents kept, handed out, taken away; the summary in print."""

from dataclasses import replace
from datetime import date

import pytest

from casework.domain.authority import AuthorityForm, AuthorityKind
from casework.domain.case import CaseInUseError
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.documents import TooManyDocumentsError
from casework.domain.harm import HarmForm, HarmKind
from casework.domain.need import NeedKind
from casework.domain.step import NewStep
from casework.service import (
    add_case_document,
    agree_step,
    download_case_document,
    note_need,
    record_authority,
    record_consultation,
    remove_case,
    remove_case_document,
    report_harm,
    restore_case_document,
    set_goal,
    set_members,
    summary_pdf,
    timeline,
    view_documents,
)
from casework.service import (
    documents as papers,
)
from core import audit
from core.documents import FileKindError, open_document
from core.errors import ForbiddenError, NotFoundError
from core.permissions import Role, Secrecy
from core.workspace import Workspace
from tests import factories
from tests.reading_pdf import text_of

PDF = b"%PDF-1.7\nanswer"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def person_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(workspace, database) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор *без* #машин")
        return factories.make_case(
            db, person_of(workspace), initiative_id=initiative, request="Нас не слышат $x$"
        )


def names(who: Workspace, case: int) -> list[str]:
    return [one.name for one in view_documents(who, case_id=case).documents]


def test_a_document_is_kept_and_handed_out_with_a_line_in_the_trail(
    workspace, case, database
) -> None:
    made = add_case_document(workspace, case_id=case, name="ответ.pdf", content=PDF)
    taken = download_case_document(workspace, case_id=case, document_id=made)

    assert (taken.name, taken.media_type, taken.content) == ("ответ.pdf", "application/pdf", PDF)
    assert names(workspace, case) == ["ответ.pdf"]
    with database.reading() as db:
        lines = audit.find_lines(db, limit=10)
    assert [line.action for line in lines if line.subject == f"document:{made}"] == [
        "document.downloaded",
        "document.added",
    ]
    assert "ответ" not in str([line.details for line in lines])


def test_a_document_is_taken_away_and_put_back(workspace, case) -> None:
    made = add_case_document(workspace, case_id=case, name="a.pdf", content=PDF)
    which = {"case_id": case, "document_id": made}
    remove_case_document(workspace, **which)
    assert names(workspace, case) == []
    for take in (
        lambda: download_case_document(workspace, **which),
        lambda: open_document(workspace, made),
        lambda: remove_case_document(workspace, **which),
    ):
        with pytest.raises(NotFoundError):
            take()
    restore_case_document(workspace, **which)
    assert names(workspace, case) == ["a.pdf"]
    assert open_document(workspace, made).name == "a.pdf"


def test_documents_are_for_who_works_on_the_case_and_managers(workspace, workspaces, case) -> None:
    made = add_case_document(workspace, case_id=case, name="a.pdf", content=PDF)
    member, manager = workspaces(Role.CONSULTANT), workspaces(Role.MANAGER)
    stranger, administrator = workspaces(Role.CONSULTANT), workspaces(Role.ADMINISTRATOR)
    set_members(workspace, case_id=case, members=frozenset({person_of(member)}))

    assert names(member, case) == names(manager, case) == ["a.pdf"]
    for who in (stranger, administrator):
        assert names(who, case) == []
        assert "a.pdf" not in [entry.text for entry in timeline(who, case_id=case)]
        with pytest.raises(ForbiddenError):
            download_case_document(who, case_id=case, document_id=made)
        with pytest.raises(NotFoundError):
            open_document(who, made)
        with pytest.raises(ForbiddenError):
            add_case_document(who, case_id=case, name="b.pdf", content=PDF)
    assert "a.pdf" in [entry.text for entry in timeline(member, case_id=case)]


def test_a_document_of_another_case_is_not_reached(workspace, case, database) -> None:
    made = add_case_document(workspace, case_id=case, name="a.pdf", content=PDF)
    with database.writing() as db:
        own = factories.make_case(db, person_of(workspace))
    for act in (download_case_document, remove_case_document, restore_case_document):
        with pytest.raises(NotFoundError):
            act(workspace, case_id=own, document_id=made)


def test_a_file_is_taken_for_what_it_is_and_a_case_holds_so_many(
    workspace, case, monkeypatch
) -> None:
    with pytest.raises(FileKindError):
        add_case_document(workspace, case_id=case, name="a.pdf", content=b"MZ\x00\x01")
    monkeypatch.setattr(papers, "DOCUMENTS_LIMIT", 2)
    for number in range(2):
        add_case_document(workspace, case_id=case, name=f"{number}.pdf", content=PDF)
    with pytest.raises(TooManyDocumentsError):
        add_case_document(workspace, case_id=case, name="3.pdf", content=PDF)
    with pytest.raises(CaseInUseError):
        remove_case(workspace, case_id=case)


def test_the_summary_holds_the_case_in_words_one_can_copy(workspace, case) -> None:
    need = note_need(workspace, case_id=case, kind=NeedKind.STATED, title="Юрист")
    set_goal(workspace, need_id=need, goal="Договор")
    agree_step(workspace, case_id=case, text="Позвонить в ТСЖ", due_on=TODAY)
    appeal = AuthorityForm(AuthorityKind.APPEAL, "Администрация", "Стоянка", TODAY)
    record_authority(workspace, case_id=case, form=appeal)
    talk = draft(workspace, case, Secrecy.CASE)
    record_consultation(workspace, draft=replace(talk, topics=frozenset({Topic.BUDGET})))

    russian = words_of(workspace, case, "ru")
    for words in (
        "Двор *без* #машин", "Нас не слышат $x$", "Юрист", "Цель: Договор", "Позвонить в ТСЖ",
        "Администрация: Стоянка", "бюджет", "Заявка", "План помощи",
    ):  # fmt: skip
        assert words in russian
    english = words_of(workspace, case, "en")
    assert "Plan of help" in english
    assert "Нас не слышат $x$" in english


def test_the_summary_leaves_out_what_is_secret_even_for_its_author(workspace, case) -> None:
    secret = draft(workspace, case, Secrecy.PRIVATE)
    steps = (NewStep("Отпуск лидера", TODAY),)
    record_consultation(workspace, draft=replace(secret, steps=steps))
    open_one = draft(workspace, case, Secrecy.CASE)
    open_one = replace(open_one, topics=frozenset({Topic.BUDGET}), held_on=date(2026, 11, 20))
    record_consultation(workspace, draft=open_one)
    harm = HarmForm(HarmKind.HARM, TODAY, "Партнёр", "Разгласил адрес")
    report_harm(workspace, case_id=case, form=harm)
    add_case_document(workspace, case_id=case, name="справка.pdf", content=PDF)

    told = words_of(workspace, case, "ru").lower()
    hidden = ("выгорание", "психолог", "отпуск", "партнёр", "адрес", "вред", "справка")
    assert "20 нояб" in told
    assert [word for word in hidden if word in told] == []


def test_taking_the_summary_leaves_a_line(workspace, workspaces, case, database) -> None:
    summary_pdf(workspace, case_id=case, language="ru")
    with database.reading() as db:
        actions = [line.action for line in audit.find_lines(db, limit=5)]
    assert actions.count("case.summary_taken") == 1
    with pytest.raises(ForbiddenError):
        summary_pdf(workspaces(Role.EXPERT), case_id=case, language="ru")


def draft(who: Workspace, case: int, secrecy: Secrecy) -> Draft:
    return Draft(
        TODAY,
        frozenset({Topic.PSYCHOLOGIST}),
        (Work(person_of(who), 30),),
        cases=frozenset({case}),
        note="Выгорание",
        secrecy=secrecy,
    )


def words_of(who: Workspace, case: int, language: str) -> str:
    """Read the summary; where typst may break a line, it sets two pieces."""
    pdf = summary_pdf(who, case_id=case, language=language)
    return text_of(pdf.content).replace("\n", "")
