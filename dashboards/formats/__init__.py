"""What the dashboards give out on paper and as files."""

from dashboards.formats.journal import (
    Printed,
    annex_pdf,
    file_name,
    journal_pdf,
    journal_xlsx,
    notes_of,
    topic_of,
)

__all__ = [
    "Printed",
    "annex_pdf",
    "file_name",
    "journal_pdf",
    "journal_xlsx",
    "notes_of",
    "topic_of",
]
