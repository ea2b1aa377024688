"""Many tasks in one line: the first by name, the rest by their number."""

from collections.abc import Sequence

from core.i18n import Translator
from core.ui.desk import plain

_NAMED = 8


def first_of(titles: Sequence[str], between: str, _: Translator) -> str:
    """Name the first of many tasks, and say how many more there are: all stand in the chart."""
    shown = between.join(plain(title) for title in titles[:_NAMED])
    more = len(titles) - _NAMED
    if more <= 0:
        return shown
    return shown + between + _.plural("and {n} more task", "and {n} more tasks", more)
