"""The journal and the annex on paper and as a sheet, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from casework.domain.consultation import ConsultationForm
from core.i18n import translator
from core.printing import print_png
from dashboards.domain.journal import Journal, JournalLine, Share, annex_of
from dashboards.formats import Printed, annex_pdf, file_name, journal_pdf, journal_xlsx, notes_of
from dashboards.formats.journal import JOURNAL, annex_data, journal_data
from hours.domain.entries import Activity, TimeKind
from hours.domain.periods import Period

PRINTED = Printed(
    datetime(2026, 11, 25, 9, 0, 0, 123_456, tzinfo=UTC), ZoneInfo("Asia/Yekaterinburg")
)
MARKUP = "Двор #panic() *звёзд* </b> $x$ @нет"
NAMES = ("Красные носы на Каме", MARKUP)


def line(day: int) -> JournalLine:
    return JournalLine(
        date(2026, 11, day), ((TimeKind.CONTACT, 60), (TimeKind.PREPARATION, 15)),
        starts_at=time(10, 30), initiatives=NAMES, topics=("budget", "legal"),
        form=ConsultationForm.IN_PERSON,
    )  # fmt: skip


@pytest.fixture
def journal() -> Journal:
    lines = (line(5), line(9))
    shares = [Share(("consultation", day), "budget", 75) for day in (5, 9)]
    november = Period(date(2026, 11, 1), date(2026, 12, 1))
    return Journal("Центр", "Анна Ёлкина", november, lines, annex_of(shares, 50), 50)


def test_journal_tells_every_line_and_adds_up(journal) -> None:
    told = journal_data(journal, PRINTED, translator("ru"))
    assert told["title"] == "Журнал консультаций, ноябрь 2026"
    assert told["rows"][0] == [
        "1", "5 нояб. 2026\N{NARROW NO-BREAK SPACE}г.", "10:30", f"Красные носы на Каме; {MARKUP}",
        "бюджет, юридическая", "лично", "60", "15", "75",
    ]  # fmt: skip
    assert told["rows"][2] == ["", "", "", "", "закрытые встречи", "", "", "", "50"]
    assert told["totals"] == ["120", "30", "200"]
    assert len(told["notes"]) == 1


def test_other_work_is_a_section_of_its_own_in_the_same_total(journal) -> None:
    report = JournalLine(
        date(2026, 11, 6), ((TimeKind.ADMINISTRATION, 40),),
        activity=Activity.OTHER, is_meeting=False,
    )  # fmt: skip
    share = Share(("work", 1), None, 40, Activity.OTHER, is_meeting=False)
    shares = [Share(("consultation", day), "budget", 75) for day in (5, 9)]
    whole = replace(journal, lines=(*journal.lines, report), annex=annex_of([*shares, share], 50))
    told = journal_data(whole, PRINTED, translator("ru"))
    named = [row for row in told["rows"] if isinstance(row, dict)]
    assert named == [
        {"section": "Консультирование", "total": "150"},
        {"section": "Другая работа", "total": "40"},
    ]
    assert [row[0] for row in told["rows"] if isinstance(row, list)] == ["1", "2", "3", ""]
    assert told["totals"][-1] == "240"
    assert annex_data(whole, PRINTED, translator("en"))["rows"] == [
        ["budget", "2", "2 h 30 min"],
        ["other work", "", "40 min"],
        ["confidential consulting", "", "50 min"],
    ]
    for language in ("ru", "en"):
        assert journal_pdf(whole, PRINTED, translator(language)).startswith(b"%PDF-")
    rows = load_workbook(BytesIO(journal_xlsx(whole, translator("en")))).active
    assert [cell.value for cell in rows["G"]][1:4] == ["Consulting", "Consulting", "Other work"]


def test_annex_names_no_confidential_topic(journal) -> None:
    told = annex_data(journal, PRINTED, translator("en"))
    assert told["title"] == "Annex to the certificate of work, November 2026"
    assert told["rows"] == [
        ["budget", "2", "2 h 30 min"],
        ["confidential consulting", "", "50 min"],
    ]
    assert told["totals"] == ["Total", "", "3 h 20 min"]
    assert len(told["notes"]) == 1


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("paper", [journal_pdf, annex_pdf])
def test_papers_are_pdfs_and_equal_for_equal_data(journal, paper, language) -> None:
    first, again = (paper(journal, PRINTED, translator(language)) for _time in range(2))
    assert first.startswith(b"%PDF-")
    assert first == again


def test_a_long_month_goes_over_several_pages_and_an_empty_one_takes_one(journal) -> None:
    def pages(lines: tuple[JournalLine, ...]) -> int:
        told = journal_data(replace(journal, lines=lines), PRINTED, translator("ru"))
        return len(print_png(JOURNAL, told, at=PRINTED.at, ppi=20))

    assert pages(()) == 1
    assert pages(tuple(line(day) for day in range(1, 29)) * 2) > 2


def test_sheet_holds_minutes_as_numbers_and_formulas_as_texts(journal) -> None:
    risky = replace(line(5), initiatives=("=1+1",))
    data = journal_xlsx(replace(journal, lines=(risky,)), translator("en"))
    rows = list(load_workbook(BytesIO(data)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("No.", "Date", "Start", "Initiatives")
    assert rows[1][3] == "=1+1"
    assert load_workbook(BytesIO(data)).active["D2"].data_type == "s"
    assert rows[1][-1] == 75
    assert rows[1][6] == "Consulting"
    assert rows[2][4:] == ("private meetings", None, None, None, None, 50)
    assert rows[3][-1] == 125


def test_paper_of_another_says_that_private_meetings_are_not_all_there(journal) -> None:
    _ = translator("en")
    own, others = (notes_of(replace(journal, is_whole=whole), _) for whole in (True, False))
    assert own == ["Private meetings are told as a sum, without days and kinds of time."]
    assert others[0].startswith("Private meetings are counted only in sums of many.")
    assert notes_of(replace(journal, private_minutes=0), _) == []


def test_paper_says_what_is_not_approved_and_which_days_were_opened_again(journal) -> None:
    opened = ((date(2026, 11, 5), "a visit was forgotten"), (date(2026, 11, 9), ""))
    told = notes_of(replace(journal, unapproved=75, opened=opened), translator("en"))
    assert told[1:] == [
        "Not approved yet: 1 h 15 min.",
        "5 Nov 2026 was locked and opened again: a visit was forgotten",
        "9 Nov 2026 was locked and opened again.",
    ]


def test_files_are_named_after_what_when_and_whose(journal) -> None:
    _ = translator("ru")
    name = "Журнал консультаций, ноябрь 2026, Анна Ёлкина"
    assert file_name(journal, "journal", _) == name
    assert file_name(replace(journal, person="a/b"), "annex", _).endswith(", a-b")
