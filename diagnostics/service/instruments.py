"""Instruments: published at the start of the program, read out on their page."""

from core.permissions import Permission
from core.workspace import Transaction, Workspace
from diagnostics import store
from diagnostics.domain.instrument import Instrument
from diagnostics.domain.views import InstrumentLine
from diagnostics.formats import builtin_folders, read_folder


def publish_builtin(tx: Transaction) -> int:
    """Publish the instruments that come with the program; say how many versions are new.

    A source that is already published stays as it is, so this may run at every start.
    """
    published = [store.publish(tx.db, read_folder(folder), tx.now) for folder in builtin_folders()]
    fresh = [version_id for version_id, is_new in published if is_new]
    for version_id in fresh:
        tx.audit("instrument.published", f"instrument_version:{version_id}")
    if fresh:
        tx.touched("diagnostics")
    return len(fresh)


def list_instruments(workspace: Workspace) -> tuple[InstrumentLine, ...]:
    """List the current version of every instrument."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_DIAGNOSTIC)
        return tuple(
            _line(version_id, store.load_instrument(tx.db, version_id))
            for version_id in store.list_current(tx.db)
        )


def view_instrument(
    workspace: Workspace, *, name: str = "", version_id: int | None = None
) -> Instrument:
    """Read an instrument out: one version, or the current one by name."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_DIAGNOSTIC)
        chosen = store.load_current(tx.db, name) if version_id is None else version_id
        return store.load_instrument(tx.db, chosen)


def _line(version_id: int, instrument: Instrument) -> InstrumentLine:
    return InstrumentLine(
        version_id=version_id,
        name=instrument.name,
        version=instrument.version,
        titles=instrument.titles,
        domains=len(instrument.domains),
        items=sum(1 for _ in instrument.items),
    )
