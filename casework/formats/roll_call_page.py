"""The page on which a leader says how their initiative is: plain HTML for a phone."""

from html import escape

from casework.domain.roll_call import NOTE_LIMIT, OFFERED, RollAsked
from core.i18n import Translator


def roll_call_form(asked: RollAsked, note: str, wrong: str, _: Translator) -> str:
    """Make the form; every text of a person is escaped."""
    choices = "".join(
        f'<label><input type="radio" name="outcome" value="{outcome.value}" required>'
        f"{escape(_.label(outcome))}</label>"
        for outcome in OFFERED
    )
    ask, more, send = (
        _("How is your initiative now?"),
        _("A few words, if you like"),
        _("Send"),
    )
    told = _("The centre asks twice a year. Nobody but the centre reads your answer.")
    refused = f"<p class='wrong' role='alert'>{escape(wrong)}</p>" if wrong else ""
    return (
        f"<p>{escape(asked.centre)}</p>{refused}<form method='post'><fieldset>"
        f"<legend>{escape(ask)}</legend>{choices}</fieldset>"
        f"<label>{escape(more)}"
        f'<input type="text" name="note" maxlength="{NOTE_LIMIT}" value="{escape(note)}"></label>'
        f"<p class='soft'>{escape(told)}</p><button>{escape(send)}</button></form>"
    )
