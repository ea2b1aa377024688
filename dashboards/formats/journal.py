"""The monthly journal and the annex to the certificate of work, for signature."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from core.i18n import Term, Translator
from core.printing import print_pdf
from core.spreadsheet import Value, write_xlsx
from dashboards.domain.journal import AnnexLine, Journal, JournalLine
from hours.domain.entries import Activity

_HERE: Final = Path(__file__).parent
JOURNAL: Final = _HERE / "journal.typ"
ANNEX: Final = _HERE / "annex.typ"


@dataclass(frozen=True, slots=True)
class Printed:
    """When a paper was made, and where: it stands at its foot."""

    at: datetime
    zone: ZoneInfo


def journal_pdf(journal: Journal, printed: Printed, _: Translator) -> bytes:
    """Print every meeting of the period with its minutes, and the places to sign."""
    return print_pdf(JOURNAL, journal_data(journal, printed, _), at=printed.at)


def annex_pdf(journal: Journal, printed: Printed, _: Translator) -> bytes:
    """Print what was done by topic: the annex to a contractor's certificate of work."""
    return print_pdf(ANNEX, annex_data(journal, printed, _), at=printed.at)


def journal_xlsx(journal: Journal, _: Translator) -> bytes:
    """Write the journal as a sheet: a line a piece of work, minutes as numbers, sums at the end."""
    columns = {
        "number": _("No."), "day": _("Date"), "start": _("Start"),
        "initiatives": _("Initiatives"), "topics": _("Topics"), "form": _("Form"),
        "activity": _("Counts as"),
        **{kind.value: f"{_.label(kind)}, {_('min')}" for kind in journal.kinds},
        "total": f"{_('Total')}, {_('min')}",
    }  # fmt: skip
    rows = [_row(number, line, _) for number, line in enumerate(journal.lines, start=1)]
    sums: dict[str, Value] = {kind.value: journal.of_kind(kind) for kind in journal.kinds}
    if journal.private_minutes:
        rows.append({"topics": _("private meetings"), "total": journal.private_minutes})
    rows.append({"initiatives": _("Total"), **sums, "total": journal.total})
    return write_xlsx(rows, columns, title=title(journal, _))


def file_name(journal: Journal, kind: str, _: Translator) -> str:
    """Name a file after what it is, of when and whose."""
    what = _("Annex to the certificate") if kind == "annex" else _("Journal of consultations")
    return f"{what}, {period_name(journal, _)}, {journal.person}".replace("/", "-")


def title(journal: Journal, _: Translator) -> str:
    """Name the journal: Journal of consultations, November 2026."""
    return _("Journal of consultations, {period}", period=period_name(journal, _))


def period_name(journal: Journal, _: Translator) -> str:
    """Name a month by its name, any other period by its days."""
    first, last = journal.period.starts_on, journal.period.last_day
    whole_month = first.day == 1 and (last.year, last.month) == (first.year, first.month)
    if whole_month and journal.period.ends_before.day == 1:
        return _.month(first)
    return f"{_.date(first)} – {_.date(last)}"


def journal_data(journal: Journal, printed: Printed, _: Translator) -> dict[str, Any]:
    """Put a journal into the texts and numbers that its template sets."""
    minute = [f"{_.label(kind)}, {_('min')}" for kind in journal.kinds]
    heads = [_("No."), _("Date"), _("Start"), _("Initiatives"), _("Topics"), _("Form")]
    rows: list[list[str] | dict[str, str]] = []
    for activity, lines in journal.sections:
        if len(journal.sections) > 1:
            minutes = sum(line.total for line in lines)
            rows.append({"section": _.label(activity), "total": str(minutes)})
        first = 1 + sum(isinstance(row, list) for row in rows)
        rows += [_cells(place, line, journal, _) for place, line in enumerate(lines, first)]
    if journal.private_minutes:
        blank = ["" for _kind in journal.kinds]
        told = [_("private meetings"), "", *blank, str(journal.private_minutes)]
        rows.append(["", "", "", "", *told])
    return {
        **_common(journal, printed, _),
        "title": title(journal, _),
        "heads": [*heads, *minute, f"{_('Total')}, {_('min')}"],
        "kinds": [kind.value for kind in journal.kinds],
        "rows": rows,
        "totals": [*(str(journal.of_kind(kind)) for kind in journal.kinds), str(journal.total)],
        "notes": notes_of(journal, _),
    }


def annex_data(journal: Journal, printed: Printed, _: Translator) -> dict[str, Any]:
    """Put the sums of a journal into the texts that the annex sets."""
    number = [_("Nature of the work"), _("Meetings"), _("Hours")]
    several = sum(line.meetings or 0 for line in journal.annex) > journal.meetings
    repeated = _("A meeting with several topics is counted in each of them, once in the total.")
    told = [line for line in journal.annex if not line.is_secret]
    return {
        **_common(journal, printed, _),
        "title": _("Annex to the certificate of work, {period}", period=period_name(journal, _)),
        "heads": number,
        "rows": [
            [
                topic_of(line, _),
                "" if line.meetings is None else _.number(line.meetings),
                _.hours(line.minutes),
            ]
            for line in journal.annex
        ],
        "totals": [
            _("Total"),
            "" if len(told) < len(journal.annex) else _.number(journal.meetings),
            _.hours(journal.total),
        ],
        "notes": [repeated] * several + notes_of(journal, _),
    }


def notes_of(journal: Journal, _: Translator) -> list[str]:
    """Say what the paper tells of private meetings, and how far its time is agreed upon."""
    notes = []
    if not journal.is_whole:
        notes.append(
            _(
                "Private meetings are counted only in sums of many. The consultant's own journal"
                " counts them all."
            )
        )
    elif journal.private_minutes:
        notes.append(_("Private meetings are told as a sum, without days and kinds of time."))
    if journal.unapproved:
        notes.append(_("Not approved yet: {hours}.", hours=_.hours(journal.unapproved)))
    for day, reason in journal.opened:
        told = _("{day} was locked and opened again", day=_.date(day))
        notes.append(f"{told}: {reason}" if reason else f"{told}.")
    return notes


def topic_of(line: AnnexLine, _: Translator) -> str:
    """Name the work of a line of the annex."""
    if line.is_secret:
        return _("confidential consulting")
    if line.activity is not Activity.CONSULTING:
        return _.label(line.activity).lower()
    return _("without a topic") if line.topic is None else _.show(Term(f"topic.{line.topic}"))


def _common(journal: Journal, printed: Printed, _: Translator) -> dict[str, Any]:
    days = f"{_.date(journal.period.starts_on)} – {_.date(journal.period.last_day)}"
    return {
        "language": _.language,
        "centre": journal.centre,
        "printed": _("printed on {moment}", moment=_.moment(printed.at, printed.zone)),
        "facts": [
            [_("Centre"), journal.centre],
            [_("Consultant"), journal.person],
            [_("Period"), days],
            [_("Worked"), _.hours(journal.total)],
        ],
        "words": {
            "signature": _("signature"),
            "date": _("date"),
            "total": _("Total"),
            "nothing": _("Nothing was recorded in this period."),
        },
        "signatures": [
            [_("Consultant"), journal.person],
            [_("For the centre"), journal.manager],
        ],
    }


def _cells(number: int, line: JournalLine, journal: Journal, _: Translator) -> list[str]:
    told = _row(number, line, _)
    kinds = [str(told[kind.value]) if kind.value in told else "" for kind in journal.kinds]
    texts = (told[name] for name in ("number", "date_told", "start", "initiatives", "topics"))
    return [*(str(text or "") for text in texts), str(told["form"]), *kinds, str(line.total)]


def _row(number: int, line: JournalLine, _: Translator) -> dict[str, Value]:
    minutes: dict[str, Value] = {kind.value: minutes for kind, minutes in line.minutes}
    return {
        "number": number,
        "day": line.worked_on,
        "date_told": _.date(line.worked_on),
        "start": f"{line.starts_at:%H:%M}" if line.starts_at else "",
        "initiatives": "; ".join(line.initiatives),
        "topics": ", ".join(_.show(Term(f"topic.{topic}")) for topic in line.topics),
        "form": _.label(line.form) if line.form else "",
        "activity": _.label(line.activity),
        **minutes,
        "total": line.total,
    }
