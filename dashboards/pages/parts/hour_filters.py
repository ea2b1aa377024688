"""The filters of the hours pages, read from the address and written into links."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from casework.domain.consultation import Topic
from core.errors import InvalidError
from core.i18n import Coded, Term, Translator
from core.ui.address import asked, asked_id
from core.ui.desk import plain
from dashboards.charts import span
from dashboards.service import HoursFilter, RowsView
from hours.pages.parts.agreements import span as dates
from hours.pages.parts.choices import asked_person, asked_quarter, choose, quarter_name, topic_name
from hours.service import PRIVATE, UNNAMED, WITHOUT, Activity, Period, Quarter, TimeKind

C = TypeVar("C", bound=Coded)
_NO_TOPIC = {PRIVATE, WITHOUT}  # what a link asks for where a topic would stand


def asked_hours() -> HoursFilter:
    """Read every filter from the address.

    Raises `InvalidError` or `NotFoundError` for a word that names nothing.
    """
    return HoursFilter(
        quarter=asked_quarter(),
        activity=_member(Activity, "activity"),
        person_id=UNNAMED if asked("person") == PRIVATE else asked_person(),
        topic=asked("topic") if asked("topic") in _NO_TOPIC else _member(Topic, "topic"),
        kind=_member(TimeKind, "kind"),
        week=_day("week"),
        days=_days(),
        agreement_id=asked_id("agreement") if asked("agreement") else None,
    )


def address(asked_for: HoursFilter, **narrower: object) -> dict[str, str]:
    """Write the filters as they stand in a link, some of them narrowed."""
    chosen: dict[str, object] = {
        "quarter": asked_for.quarter.code if asked_for.quarter else None,
        "activity": asked_for.activity,
        "person": asked_for.person_id,
        "topic": asked_for.topic,
        "kind": asked_for.kind,
        "week": asked_for.week,
        "agreement": asked_for.agreement_id,
    }
    if asked_for.days is not None:
        chosen |= {"quarter": None, "since": asked_for.days.starts_on}
        chosen["until"] = asked_for.days.last_day
    chosen |= narrower
    if chosen["person"] == UNNAMED:
        chosen["person"] = PRIVATE
    return {name: str(value) for name, value in chosen.items() if value is not None}


def choose_quarter(quarters: tuple[Quarter, ...], current: Quarter, _: Translator) -> None:
    """Ask for a quarter; the current one is the default."""
    options = {quarter.code: quarter_name(quarter, _) for quarter in quarters}
    choose(_("Quarter"), "quarter", options, default=current.code)


def choose_person(people: Mapping[int, str], asked_for: HoursFilter, _: Translator) -> None:
    """Ask for a consultant; everybody is the default.

    Nobody by name can be chosen only by a link from the private part of a figure.
    """
    options = {str(person): name for person, name in people.items()}
    if asked_for.person_id == UNNAMED:
        options[PRIVATE] = person_name(UNNAMED, people, _)
    choose(_("Consultant"), "person", {"": _("everybody")} | options)


def choose_topic(topics: tuple[str, ...], _: Translator) -> None:
    """Ask for a topic; all of them are the default."""
    options = {topic: topic_name(topic, _) for topic in topics}
    choose(_("Topic"), "topic", {"": _("every topic")} | options)


def person_name(person: int, people: Mapping[int, str], _: Translator) -> str:
    """Name a consultant of a figure, or what of private time is told of nobody by name."""
    return _("private meetings, no names") if person == UNNAMED else people[person]


def narrowed(view: RowsView, _: Translator) -> tuple[str, ...]:
    """Say in words what the rows are narrowed to."""
    chosen = view.asked
    week = chosen.period
    said = (
        dates(chosen.days, _)
        if chosen.days
        else chosen.quarter and quarter_name(chosen.quarter, _),
        view.agreement and plain(view.agreement),
        chosen.week and (span(week, _) if week.days else _.day(chosen.week)),
        chosen.activity and _.label(chosen.activity),
        None if chosen.person_id is None else plain(person_name(chosen.person_id, view.people, _)),
        chosen.topic and topic_name(chosen.topic, _),
        chosen.kind and _.label(chosen.kind),
    )
    return tuple(each for each in said if each)


def _member(kind: type[C], name: str) -> C | None:
    code = asked(name)
    if not code:
        return None
    if code not in set(kind):
        raise InvalidError(field=Term(f"field.{name}"), value=code[:40])
    return kind(code)


def _days() -> Period | None:
    """Read a period of its own by its first and last day; half of one is none."""
    since, until = _day("since"), _day("until")
    if since is None or until is None:
        return None
    if not since <= until < date.max:
        raise InvalidError(field=Term("field.period"), value=asked("until")[:40])
    return Period(since, until + timedelta(days=1))


def _day(name: str) -> date | None:
    text = asked(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidError(field=Term(f"field.{name}"), value=text[:40]) from None
