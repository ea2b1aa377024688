"""Bodies of the public pages: plain HTML for a phone, every text of a person escaped."""

from collections.abc import Iterable
from html import escape

from accounts.domain.contact import ConsentScope
from casework.domain.feedback import LEAST, MOST, SENTENCE_LIMIT, Asked, Feedback
from casework.domain.leader import LeaderView
from casework.domain.step import STEP_LIMIT, Step
from core.i18n import Translator


def feedback_form(asked: Asked, typed: Feedback, wrong: str, _: Translator) -> str:
    """Make the form of an answer: five steps from useless to very useful, one sentence."""
    about = (
        _("How useful was our meeting of {day} to you?", day=_.date(asked.held_on))
        if asked.held_on
        else _("How useful was our meeting to you?")
    )
    ends = {LEAST: _("not at all"), MOST: _("very")}
    choices = "".join(
        f'<label><input type="radio" name="usefulness" value="{mark}" required'
        f"{' checked' if mark == typed.usefulness else ''}>"
        f"{escape(f'{mark}, {ends[mark]}' if mark in ends else str(mark))}</label>"
        for mark in range(LEAST, MOST + 1)
    )
    one, send = escape(_("One sentence, if you like")), escape(_("Send"))
    note = _("Your consultant and the heads of the centre read it. It is published nowhere.")
    return (
        f"{_wrong(wrong)}<form method='post'><fieldset><legend>{escape(about)}</legend>{choices}"
        f"</fieldset><label>{one}"
        f'<input type="text" name="sentence" maxlength="{SENTENCE_LIMIT}"'
        f' value="{escape(typed.sentence)}"></label>'
        f"<p class='soft'>{escape(note)}</p><button>{send}</button></form>"
    )


def leader_page(view: LeaderView, told: str, typed: tuple[str, str], _: Translator) -> str:
    """Make the page of a leader; `typed` is a question that was refused, and why."""
    return "".join(
        (
            f"<p class='told' role='status'>{escape(told)}</p>" if told else "",
            _wrong(typed[1]),
            f"<p>{escape(view.name)} · {escape(view.centre)}</p>",
            _section(_("When we meet"), _meetings(view, _)),
            _section(_("Next steps"), _steps(view.waiting, _, _("Nothing waits."))),
            _section(_("Already done"), _steps(view.done, _, "")) if view.done else "",
            _section(_("Ask a question"), _question(view, typed[0], _)),
            _section(_("What you agreed to"), _consents(view, _)) if view.consents else "",
        )
    )


def _meetings(view: LeaderView, _: Translator) -> str:
    if not view.meetings:
        nothing = escape(_("No meeting is planned yet."))
        return f"<p class='soft'>{nothing}</p>"
    return _list(
        ", ".join(
            part
            for part in (
                _.weekday(one.on),
                f"{one.starts_at:%H:%M}" if one.starts_at else "",
                _.label(one.form) if one.form else "",
            )
            if part
        )
        for one in view.meetings
    )


def _steps(steps: Iterable[Step], _: Translator, nothing: str) -> str:
    listed = [_step(step, _) for step in steps]
    return _list(listed) if listed else f"<p class='soft'>{escape(nothing)}</p>"


def _step(step: Step, _: Translator) -> str:
    if step.done_on is not None:
        when = _("done on {day}", day=_.date(step.done_on))
    else:
        when = _("until {day}", day=_.date(step.due_on)) if step.due_on else ""
    return f"{step.text} ({when})" if when else step.text


def _question(view: LeaderView, typed: str, _: Translator) -> str:
    answered, waits = _("answered"), _("waits for an answer")
    asked = _list(f"{step.text} ({answered if step.done_on else waits})" for step in view.questions)
    label, button = escape(_("Your question")), escape(_("Ask"))
    hint = _("The person who leads your case reads it and gets in touch with you.")
    return (
        f"{asked if view.questions else ''}<form method='post'>"
        "<input type='hidden' name='act' value='ask'>"
        f"<label>{label}<textarea name='question' rows='3'"
        f" maxlength='{STEP_LIMIT}' required>{escape(typed)}</textarea></label>"
        f"<p class='soft'>{escape(hint)}</p><button>{button}</button></form>"
    )


def _consents(view: LeaderView, _: Translator) -> str:
    parts = []
    for consent in view.consents:
        scope = _.label(ConsentScope(consent.scope))
        line = _("{what}, given on {day}", what=scope, day=_.date(consent.given_on))
        if consent.withdrawn_on is not None:
            back = _("taken back on {day}", day=_.date(consent.withdrawn_on))
            parts.append(f"<p>{escape(line)}; {escape(back)}</p>")
            continue
        button, sure = escape(_("Take it back")), escape(_("Yes, I take this consent back"))
        parts.append(
            f"<form method='post'><p>{escape(line)}</p>"
            "<input type='hidden' name='act' value='withdraw'>"
            f"<input type='hidden' name='consent' value='{consent.id}'>"
            f"<label><input type='checkbox' name='sure' value='1' required> "
            f"{sure}</label>"
            f"<button class='quiet'>{button}</button></form>"
        )
    return "".join(parts)


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _wrong(text: str) -> str:
    return f"<p class='wrong' role='alert'>{escape(text)}</p>" if text else ""
