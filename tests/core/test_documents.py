"""Documents: what is taken, under which name it lies, and who may open it."""

import os
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import documents
from core.documents import (
    FileKindError,
    FileTooLargeError,
    add_document,
    clean_name,
    drop_documents,
    keep_file,
    list_documents,
    open_document,
    readable_by,
    sniff,
    sweep_files,
    use_document,
)
from core.errors import NotFoundError, RequiredError
from core.permissions import Role
from core.routes import routes
from core.workspace import Workspace

PDF = b"%PDF-1.7\n%..."
PNG = b"\x89PNG\r\n\x1a\n...."


def packed(*names: str, mimetype: str = "") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        if mimetype:
            parts.writestr("mimetype", mimetype)
        for name in names:
            parts.writestr(name, "<x/>")
    return file.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
ODT = packed("content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _thing_that_some_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_READERS", {})
    readable_by("thing", lambda tx, number: Role.MANAGER in tx.actor.roles and number == 5)


def add(here: Workspace, name: str, content: bytes, *subjects: str) -> int:
    file = keep_file(name, content)
    with here.transaction() as tx:
        return add_document(tx, file, subjects=subjects)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "a.exe", "application/pdf"),
        (PNG, "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "a.webp", "image/webp"),
        (DOCX, "a", documents.SUFFIXES and "application/vnd.openxmlformats-officedocument"
         ".wordprocessingml.document"),
        (XLSX, "a.docx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ODT, "a.odt", "application/vnd.oasis.opendocument.text"),
        ("имя;часы\r\n".encode("cp1251"), "a.csv", "text/csv"),
        ("имя".encode(), "a.txt", "text/plain"),
        (b"<script>alert(1)</script>", "a.html", "text/plain"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_bytes(content, name, kind) -> None:
    assert sniff(content, name) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", packed("a.txt"), b"PK\x03\x04broken",
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        packed("x", mimetype="application/epub+zip"), b"GIF89a\x00", b"\x00\x01",
    ],
    ids=["exe", "elf", "zip", "broken zip", "macros", "epub", "gif", "bytes"],
)  # fmt: skip
def test_other_kinds_are_refused_whatever_their_name(content) -> None:
    with pytest.raises(FileKindError):
        keep_file("report.pdf", content)
    assert not documents.folder().exists()


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(RequiredError):
        keep_file("a.pdf", b"")


def test_a_file_of_twenty_megabytes_is_taken_and_a_heavier_one_refused() -> None:
    limit = 20 * 1024 * 1024
    keep_file("a.pdf", PDF.ljust(limit))

    with pytest.raises(FileTooLargeError):
        keep_file("a.pdf", PDF.ljust(limit + 1))


@pytest.mark.parametrize(
    ("given_name", "kind", "cleaned"),
    [
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\Users\\Анна\\Смета.PDF", "application/pdf", "Смета.PDF"),
        ("отчёт\u202egpj.pdf", "application/pdf", "отчётgpj.pdf"),
        ("a.exe", "application/pdf", "a.exe.pdf"),
        ("", "image/png", "file.png"),
        (".htaccess", "text/plain", "htaccess.txt"),
        ('a"b<c>\r\nd.pdf', "application/pdf", "a b c d.pdf"),
        ("x" * 300 + ".pdf", "application/pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given_name, kind, cleaned) -> None:
    assert clean_name(given_name, kind) == cleaned


@given(st.text(max_size=300), st.sampled_from(sorted(documents.SUFFIXES)))
def test_no_name_escapes_its_folder_or_its_kind(name: str, kind: str) -> None:
    cleaned = clean_name(name, kind)

    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set('/\\<>:"|?*\0\n\r')
    assert cleaned.lower().endswith(documents.SUFFIXES[kind])
    assert not cleaned.startswith(".")


def test_the_same_content_is_stored_once(workspace) -> None:
    first = open_document(workspace, add(workspace, "a.pdf", PDF))
    second = open_document(workspace, add(workspace, "b.pdf", PDF))

    assert first.path == second.path
    assert (first.name, second.name) == ("a.pdf", "b.pdf")
    assert first.path.read_bytes() == PDF
    assert first.path.stat().st_mode & 0o077 == 0


def test_an_unused_document_is_its_authors_alone(workspace, workspaces) -> None:
    number = add(workspace, "a.pdf", PDF)

    assert open_document(workspace, number).media_type == "application/pdf"
    for role in Role:
        with pytest.raises(NotFoundError):
            open_document(workspaces(role), number)


def test_a_used_document_opens_to_who_may_see_the_thing(workspace, workspaces) -> None:
    number = add(workspace, "a.pdf", PDF, "thing:5")

    assert open_document(workspaces(Role.MANAGER), number).name == "a.pdf"
    with pytest.raises(NotFoundError):
        open_document(workspaces(Role.EXPERT), number)


def test_a_thing_of_an_unknown_kind_opens_nothing(workspace, workspaces) -> None:
    number = add(workspace, "a.pdf", PDF, "other:5", "thing:6", "thing:x")

    with pytest.raises(NotFoundError):
        open_document(workspaces(Role.MANAGER), number)


def test_documents_of_a_thing_are_listed_and_dropped(workspace) -> None:
    first = add(workspace, "a.pdf", PDF, "thing:5")
    second = add(workspace, "b.png", PNG, "thing:5", "thing:6")

    with workspace.transaction() as tx:
        use_document(tx, first, "thing:5")
        assert [d.name for d in list_documents(tx, "thing:5")] == ["a.pdf", "b.png"]
        drop_documents(tx, "thing:5")
        assert list_documents(tx, "thing:5") == ()
        assert [d.id for d in list_documents(tx, "thing:6")] == [second]


def test_files_without_a_row_are_swept_a_day_later(workspace, clock) -> None:
    number = add(workspace, "a.pdf", PDF, "thing:5")
    kept = keep_file("b.png", PNG)
    with workspace.transaction() as tx:
        drop_documents(tx, "thing:5", document_id=number)
        assert sweep_files(tx) == 0
    old = (clock.now - timedelta(days=2)).timestamp()
    for path in documents.folder().glob("??/*"):
        os.utime(path, (old, old))

    again = keep_file("again.png", PNG)
    with workspace.transaction() as tx:
        assert sweep_files(tx) == 1

    assert kept.sha256 == again.sha256
    assert documents.path_of(again.sha256).exists()


@pytest.fixture
def client(workspaces: Callable[..., Workspace]) -> TestClient:
    manager, expert = workspaces(Role.MANAGER), workspaces(Role.EXPERT)

    def open_door(token: str) -> Workspace:
        return {"manager": manager}.get(token, expert)

    return TestClient(Starlette(routes=routes(open_door)))


def test_a_document_is_sent_as_a_file_to_save(workspace, client) -> None:
    number = add(workspace, "Отчёт.pdf", PDF, "thing:5")

    answer = client.get(f"/documents/{number}", cookies={"casework_session": "manager"})

    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("address", ["{}", "999999", "x", "", "../saved", "1/2", "9" * 5_000])
def test_nothing_is_sent_to_who_may_not_see_it(workspace, client, address) -> None:
    number = add(workspace, "a.pdf", PDF, "thing:5")

    answer = client.get("/documents/" + address.format(number))

    assert answer.status_code == 404
    assert PDF not in answer.content
