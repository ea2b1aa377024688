"""How initiatives are worded: days known to a year, states with their colours."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from casework.domain.initiative import InitiativeForm
from casework.domain.life import InitiativeState, Precision, When
from casework.service import Lists
from core.catalogue import Item, labels
from core.i18n import Translator

Colour = Literal["green", "orange", "gray"]
COLOURS: Final[Mapping[InitiativeState, Colour]] = {
    InitiativeState.ALIVE: "green",
    InitiativeState.NGO: "green",
    InitiativeState.SOCIAL_ENTERPRISE: "green",
    InitiativeState.PAUSED: "orange",
    InitiativeState.UNKNOWN: "orange",
    InitiativeState.MERGED: "gray",
    InitiativeState.SPLIT: "gray",
    InitiativeState.CEASED: "gray",
}


def when_words(when: When | None, _: Translator) -> str:
    """Show a day as exactly as it is known: 2014, May 2014, 23 May 2014."""
    if when is None:
        return ""
    if when.precision is Precision.YEAR:
        return str(when.on.year)
    return _.month(when.on) if when.precision is Precision.MONTH else _.date(when.on)


def options(items: Iterable[Item], chosen: Iterable[str], _: Translator) -> dict[str, str]:
    """Map codes that may be chosen to labels: those in use now, and those chosen already."""
    kept = set(chosen)
    return labels((item for item in items if item.active or item.code in kept), _)


def theme_words(form: InitiativeForm, lists: Lists, _: Translator) -> str:
    """Show the themes and the territory of an initiative in one line."""
    known = labels(lists.themes, _)
    words = [known.get(theme, theme) for theme in form.themes]
    if form.territory:
        words.append(labels(lists.territories, _).get(form.territory, form.territory))
    return " · ".join(words)
