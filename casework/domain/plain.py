"""A meeting as plain values, for a page's memory and for taking a change back."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from casework.domain.consultation import (
    Audience,
    Consultation,
    ConsultationForm,
    Draft,
    Topic,
    Work,
)
from core.permissions import Secrecy


def draft_from(found: Consultation, works: tuple[Work, ...] = (), note: str | None = None) -> Draft:
    """Say of a stored meeting what its form would hold."""
    return Draft(
        held_on=found.held_on,
        topics=found.topics,
        consultants=works or tuple(Work(person) for person in found.consultants),
        starts_at=found.starts_at,
        audience=found.audience,
        form=found.form,
        cases=frozenset(found.cases),
        secrecy=found.secrecy,
        named=found.named,
        note=note,
        expected_minutes=found.expected_minutes,
    )


def plain_draft(draft: Draft) -> dict[str, Any]:
    """Turn a draft into texts and numbers; agreed steps are left out."""
    return {
        "held_on": draft.held_on.isoformat(),
        "starts_at": draft.starts_at and draft.starts_at.isoformat("minutes"),
        "topics": sorted(topic.value for topic in draft.topics),
        "consultants": [
            [w.person_id, w.contact, w.preparation, w.travel] for w in draft.consultants
        ],
        "audience": draft.audience.value,
        "form": draft.form.value,
        "cases": sorted(draft.cases),
        "secrecy": draft.kept_secrecy.value,
        "named": sorted(draft.named),
        "note": draft.note,
        "expected_minutes": draft.expected_minutes,
    }


def draft_of(plain: Mapping[str, Any]) -> Draft:
    """Read what `plain_draft` wrote."""
    starts_at = plain["starts_at"]
    return Draft(
        held_on=date.fromisoformat(plain["held_on"]),
        starts_at=time.fromisoformat(starts_at) if starts_at else None,
        topics=frozenset(Topic(code) for code in plain["topics"]),
        consultants=tuple(Work(*numbers) for numbers in plain["consultants"]),
        audience=Audience(plain["audience"]),
        form=ConsultationForm(plain["form"]),
        cases=frozenset(plain["cases"]),
        secrecy=Secrecy(plain["secrecy"]),
        named=frozenset(plain["named"]),
        note=plain["note"],
        expected_minutes=plain["expected_minutes"],
    )
