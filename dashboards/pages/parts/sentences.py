"""What a promise of hours comes to, said in a sentence."""

from core.i18n import Translator
from hours.service import Pace, PaceState

_FULL_WEEK = 5


def forecast(pace: Pace, _: Translator) -> str:
    """Say what it takes to keep the promise, or what became of it."""
    until = _.full_day(pace.period.last_day)
    match pace.state:
        case PaceState.NO_PLAN:
            return _("Nothing is promised for this quarter.")
        case PaceState.KEPT:
            return _kept(pace, _)
        case PaceState.MISSED:
            return _("The quarter ended {hours} short of the promise.", hours=_.hours(pace.left))
        case PaceState.AHEAD_OF_START:
            return _(
                "The quarter begins on {date} and needs {hours} a week.",
                date=_.full_day(pace.period.starts_on),
                hours=_.hours(pace.per_week),
            )
        case _any if pace.days_left <= _FULL_WEEK:
            return _(
                "To keep the promise the centre needs {hours} more until {date}.",
                hours=_.hours(pace.left),
                date=until,
            )
        case _any:
            return _(
                "To keep the promise the centre needs {hours} a week until {date}.",
                hours=_.hours(pace.per_week),
                date=until,
            )


def standing(pace: Pace, _: Translator) -> str:
    """Say how a running quarter stands beside an even plan; nothing when it is over."""
    match pace.state:
        case PaceState.AHEAD:
            return _("The quarter is {hours} ahead of an even plan.", hours=_.hours(pace.lead))
        case PaceState.BEHIND:
            return _("The quarter is {hours} behind an even plan.", hours=_.hours(-pace.lead))
        case PaceState.ON_TRACK:
            return _("The quarter keeps even with the plan.")
        case _:
            return ""


def _kept(pace: Pace, _: Translator) -> str:
    over = pace.done - pace.plan
    if not over:
        return _("The promise is kept to the minute.")
    return _("The promise is kept, with {hours} over.", hours=_.hours(over))
