"""Taking initiatives over from a list: a dry run, the import, and taking it back."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from accounts.service import contacts_of, find_namesakes, person_names
from casework import store
from casework.domain.initiative import ImportBrief, NewParticipant
from casework.domain.initiative_import import (
    COLUMNS,
    Choices,
    ImportVerdict,
    NothingNewError,
    PlannedRow,
    RowsToMendError,
    Texts,
    plan_rows,
    spellings,
)
from casework.service.initiative_people import join
from casework.service.initiatives import add_registered, remove_untouched
from casework.service.seams import stamp
from core.catalogue import Item, list_items
from core.errors import DomainError
from core.i18n import sort_key
from core.permissions import Permission
from core.spreadsheet import (
    ENGLISH,
    RUSSIAN,
    RawRow,
    RawTable,
    as_text,
    match_headers,
    read_table,
    write_csv,
    write_xlsx,
)
from core.workspace import Transaction, Workspace

ROWS_LIMIT: Final = 1_000
BYTES_LIMIT: Final = 10 * 2**20


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would bring."""

    table: RawTable
    rows: tuple[PlannedRow, ...]
    counts: Mapping[ImportVerdict, int]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import brought: ids of what it made, and how many rows it left out."""

    import_id: int
    created: int
    skipped: int


@dataclass(frozen=True, slots=True)
class ImportList:
    """The latest imports, who made them, and the centre's zone to tell when."""

    imports: tuple[ImportBrief, ...]
    zone: ZoneInfo
    people: Mapping[int, str] = field(default_factory=dict)


def preview_import(workspace: Workspace, *, data: bytes, name: str) -> ImportPreview:
    """Say what a file would bring, and change nothing."""
    table = _table(data, name)
    with workspace.reading() as tx:
        workspace.require(Permission.IMPORT_INITIATIVES)
        return _preview(tx, table)


def import_initiatives(
    workspace: Workspace,
    *,
    data: bytes,
    name: str,
    with_duplicates: bool = False,
    token: str | None = None,
) -> ImportResult:
    """Register every new row of a file, all of them or none.

    The same form sent twice imports once.

    Raises
    ------
    RowsToMendError
        If any row has errors.
    NothingNewError
        If every row is a possible duplicate and those are not wanted.
    """
    table = _table(data, name)  # before the transaction, which holds the only write lock
    with workspace.transaction() as tx:
        workspace.require(Permission.IMPORT_INITIATIVES)
        before = store.find_import_by_token(tx.db, token)
        if before is not None:
            return ImportResult(before, len(store.list_imported(tx.db, before)), 0)
        preview = _preview(tx, table)
        if preview.counts[ImportVerdict.ERROR]:
            raise RowsToMendError(count=preview.counts[ImportVerdict.ERROR])
        rows = [r for r in preview.rows if with_duplicates or r.verdict is ImportVerdict.NEW]
        if not rows:
            raise NothingNewError
        import_id = store.add_import(tx.db, len(rows), stamp(tx), token)
        skipped = len(preview.rows) - len(rows)
        tx.audit("initiatives.imported", f"import:{import_id}", rows=len(rows), skipped=skipped)
        _register(tx, rows, import_id)
    return ImportResult(import_id, len(rows), skipped)


def undo_import(workspace: Workspace, *, import_id: int) -> int:
    """Remove what an import made and nobody has worked on since; give how many stay."""
    with workspace.transaction() as tx:
        workspace.require(Permission.IMPORT_INITIATIVES)
        made = store.list_imported(tx.db, import_id)
        kept = remove_untouched(
            tx, [store.load_initiative(tx.db, made_id, lock=True) for made_id in made]
        )
        store.save_import_undone(tx.db, import_id, tx.now)
        tx.audit(
            "initiatives.import_undone", f"import:{import_id}", removed=len(made) - kept, kept=kept
        )
    return kept


def list_imports(workspace: Workspace) -> ImportList:
    """List the latest imports with what is left of each."""
    with workspace.reading() as tx:
        workspace.require(Permission.IMPORT_INITIATIVES)
        imports = store.list_imports(tx.db)
        people = person_names(tx, {one.by_id for one in imports if one.by_id is not None})
        return ImportList(imports, tx.zone, people)


def import_template(language: str) -> bytes:
    """Make an empty XLSX table with the headers that the import knows best."""
    place = 1 if language == "ru" else 0
    return write_xlsx([], {key: names[place] for key, names in COLUMNS.items()})


def rows_to_mend(
    preview: ImportPreview, head: str, told: Callable[[DomainError], str], language: str
) -> bytes:
    """Write the rows that have errors as CSV, as they were, with one more column: what to mend."""
    columns = {str(place): name for place, name in enumerate(preview.table.headers)}
    wrong = {row.number: row.errors for row in preview.rows if row.errors}
    rows = [
        {
            **{key: as_text(row.cell(int(key))) for key in columns},
            "mend": " ".join(map(told, wrong[row.number])),
        }
        for row in preview.table.rows
        if row.number in wrong
    ]
    dialect = RUSSIAN if language == "ru" else ENGLISH
    return write_csv(rows, {**columns, "mend": head}, dialect)


def _table(data: bytes, name: str) -> RawTable:
    table = read_table(data, name, limit_rows=ROWS_LIMIT, limit_bytes=BYTES_LIMIT)
    match_headers(table, COLUMNS, required=["name"])
    return table


def _preview(tx: Transaction, table: RawTable) -> ImportPreview:
    places = match_headers(table, COLUMNS, required=["name"])
    choices = Choices(
        spellings(map(_labels, list_items(tx.db, "theme"))),
        spellings(map(_labels, list_items(tx.db, "territory"))),
    )
    known = [name for _id, name in store.list_initiative_names(tx.db)]
    texts = (_texts(row, places) for row in table.rows)
    rows = plan_rows(texts, choices, known, tx.today)
    return ImportPreview(table, rows, Counter(row.verdict for row in rows))


def _labels(item: Item) -> tuple[str, list[str]]:
    return item.code, [label for label in item.labels.values() if label]


def _texts(row: RawRow, places: Mapping[str, int]) -> Texts:
    cells = {key: as_text(row.cell(place)) for key, place in places.items()}
    founded = row.cell(places.get("founded"))
    dated = founded if isinstance(founded, date) else cells.get("founded", "")
    return Texts(row.number, cells, dated)


def _register(tx: Transaction, rows: list[PlannedRow], import_id: int) -> None:
    met: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.new is None:
            continue
        initiative_id = add_registered(tx, row.new, import_id=import_id)
        leader = row.new.leader
        if initiative_id is None or leader is None:
            continue
        key = (sort_key(leader.name), leader.email.casefold(), leader.phone)
        person_id = met.get(key) or _known(tx, leader)
        bond_id = join(tx, initiative_id, replace(leader, person_id=person_id))
        if key not in met:
            met[key] = store.load_participant(tx.db, initiative_id, bond_id).person_id


def _known(tx: Transaction, leader: NewParticipant) -> int | None:
    """Find a person of the same name who can be reached the same way."""
    for contact in contacts_of(tx, [p.id for p in find_namesakes(tx, leader.name)]).values():
        same_address = leader.email and contact.email.casefold() == leader.email.casefold()
        if same_address or (leader.phone and _digits(contact.phone) == _digits(leader.phone)):
            return contact.id
    return None


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())[-10:]
