"""Write the summary of a case as a PDF, by typst."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from casework.domain.referral import Referral
from casework.domain.step import Step
from casework.domain.summary import Summary
from core.i18n import Translator
from core.printing import print_pdf

_TEMPLATE: Final = Path(__file__).with_suffix(".typ")


def write_pdf(summary: Summary, _: Translator, *, at: datetime) -> bytes:
    """Set a summary in type, as made at an instant."""
    data = {
        "language": _.language,
        "centre": summary.centre,
        "title": summary.initiative,
        "subtitle": summary.case.title,
        "footer": _("{centre} · drawn up {day}", centre=summary.centre, day=_.date(summary.today)),
        "facts": list(_facts(summary, _)),
        "sections": [section for section in _sections(summary, _) if _is_full(section)],
    }
    return print_pdf(_TEMPLATE, data, at=at)


def _facts(summary: Summary, _: Translator) -> Iterator[tuple[str, str]]:
    case = summary.case
    status = _.label(case.status)
    if case.close_reason is not None and case.closed_on is not None:
        status += f", {_.date(case.closed_on)} ({_.label(case.close_reason)})"
    yield _("Case"), _("opened {day}", day=_.date(case.opened_on)) + f", {status}"
    yield _("The initiative now"), _.label(summary.state)
    yield _("Lead"), summary.lead
    if summary.members:
        yield _("Works on it too"), ", ".join(summary.members)


def _sections(summary: Summary, _: Translator) -> Iterator[dict[str, Any]]:
    case = summary.case
    asked = _("Asked on {day}", day=_.date(case.asked_on)) if case.asked_on else ""
    yield _section(_("Request"), [(asked, case.request)])
    yield _section(_("Plan of help"), list(_plan(summary, _)))
    free = [step for step in summary.steps if step.need_id is None]
    yield _section(_("Agreed steps"), [_step(step, _) for step in free])
    yield _section(
        _("Meetings"),
        [(_.date(line.held_on), _.show(line.topics)) for line in summary.meetings],
    )
    yield _section(_("Referrals"), [_referral(one, _) for one in summary.referrals])
    yield _section(_("Contacts with authorities"), list(_contacts(summary, _)))
    yield _section(_("What came of it"), [], summary.outcome)


def _plan(summary: Summary, _: Translator) -> Iterator[tuple[str, str]]:
    for need in summary.needs:
        goal = f"\n{_('Goal: {goal}', goal=need.goal)}" if need.goal else ""
        yield _.label(need.state), f"{need.title}{goal}"
        for step in summary.steps:
            if step.need_id == need.id:
                yield _step(step, _)


def _step(step: Step, _: Translator) -> tuple[str, str]:
    if step.done_on is not None:
        return _("done {day}", day=_.day(step.done_on)), step.text
    return _("due {day}", day=_.day(step.due_on)) if step.due_on else "", step.text


def _referral(one: Referral, _: Translator) -> tuple[str, str]:
    return _.date(one.asked_on), f"{one.said.to_whom}: {_.label(one.state)}"


def _contacts(summary: Summary, _: Translator) -> Iterator[tuple[str, str]]:
    for contact in summary.contacts:
        form = contact.form
        result = contact.answer.result if contact.answer else None
        became = _.label(result) if result else _("awaited")
        day = _.date(form.registered_on) if form.registered_on else ""
        yield day, f"{form.addressee}: {form.subject} ({became})"


def _section(title: str, rows: list[tuple[str, str]], text: str = "") -> dict[str, Any]:
    return {"title": title, "text": text, "rows": rows}


def _is_full(section: dict[str, Any]) -> bool:
    return bool(section["text"] or section["rows"])
