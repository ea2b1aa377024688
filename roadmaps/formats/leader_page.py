"""Body of a leader's page: one roadmap in plain HTML for a phone, every text escaped."""

from dataclasses import dataclass
from html import escape

from core.i18n import Translator
from roadmaps.domain.remark import REMARK_LIMIT, Remark, SharedRoadmap, SharedStep
from roadmaps.domain.template import Step, said


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused: what was typed, why, and the step of a remark (0: of none)."""

    text: str = ""
    why: str = ""
    step_id: int = 0

    def text_for(self, step_id: int) -> str:
        """Give what was typed into the form of this step."""
        return self.text if step_id == self.step_id else ""


def leader_page(
    view: SharedRoadmap, told: str, refused: Refused, feed_url: str, _: Translator
) -> str:
    """Make the page; `told` is safe HTML.

    What was typed about a step that is gone by now is kept in the form about the whole.
    """
    if refused.step_id not in {step.id for step in view.steps}:
        refused = Refused(refused.text, refused.why)
    waiting = [step for step in view.steps if not step.is_done]
    waiting.sort(key=lambda step: step.starts_on)
    done = [step for step in view.steps if step.is_done]
    return "".join(
        (
            told and f"<div class='told' role='status'>{told}</div>",
            f"<p class='wrong' role='alert'>{escape(refused.why)}</p>" if refused.why else "",
            f"<p>{_joined(view.initiative, view.name, view.centre)}</p>",
            _ends(view, _),
            _progress(view, _),
            _section(_("What comes next"), _waiting(waiting, view, refused, _)),
            _section(_("Already done"), _done(done, view, refused, _)) if done else "",
            _section(_("Write about the roadmap"), _whole(view, refused.text_for(0), _)),
            _section(_("In your own calendar"), _calendar(feed_url, _)),
        )
    )


def told_marked(view: SharedRoadmap, task_id: int, _: Translator) -> str:
    """Say that a step was marked done, with a way back."""
    step = next((one for one in view.steps if one.id == task_id and one.is_done), None)
    if step is None:
        return ""
    words = escape(_("Marked as done: {title}", title=step.title))
    return f"<p>{words}</p>" + _button("undone", step.id, _("Not done after all"), quiet=True)


def ask_ahead(view: SharedRoadmap, task_id: int, _: Translator) -> str:
    """Ask whether a step is done that begins after today only; no answer leaves it open."""
    step = next((one for one in view.steps if one.id == task_id and not one.is_done), None)
    if step is None or step.starts_on <= view.today:
        return ""
    words = _(
        "“{title}” begins only on {day}: is it done already?",
        title=step.title,
        day=_.date(step.starts_on),
    )
    yes, no = _("Yes, it is done"), escape(_("No, not yet"))
    back = f"<form><button class='quiet'>{no}</button></form>"
    return f"<p><strong>{escape(words)}</strong></p>{_button('sure', step.id, yes)}{back}"


def _ends(view: SharedRoadmap, _: Translator) -> str:
    """Say when the whole is done: the day that everybody works towards."""
    if not view.steps:
        return ""
    last = max(step.finishes_on for step in view.steps)
    words = _("All of it is done by {day}", day=_.date(last))
    return f"<p><strong>{escape(words)}</strong></p>"


def _progress(view: SharedRoadmap, _: Translator) -> str:
    total = len(view.steps)
    words = escape(_("Done: {done} of {total}", done=view.done, total=total))
    return (
        f"<p><label for='done'>{words}</label>"
        f"<progress id='done' max='{max(total, 1)}' value='{view.done}'></progress></p>"
    )


def _waiting(steps: list[SharedStep], view: SharedRoadmap, refused: Refused, _: Translator) -> str:
    if not steps:
        words = _("Everything is done.") if view.steps else _("The plan has no steps yet.")
        return f"<p class='soft'>{escape(words)}</p>"
    return "".join(
        _step(step, view, refused, _, is_first=place == 0) for place, step in enumerate(steps)
    )


def _step(
    step: SharedStep, view: SharedRoadmap, refused: Refused, _: Translator, *, is_first: bool
) -> str:
    is_open = is_first or step.id == refused.step_id
    word = escape(_("its day has passed"))
    late = f" · <strong>{word}</strong>" if step.is_late else ""
    stage = f" · {escape(step.stage)}" if step.stage else ""
    said_of = "".join(_remark(one, view, _) for one in step.remarks)
    wrote = escape(_.plural("{n} remark", "{n} remarks", len(step.remarks)))
    button = _button("done", step.id, _("Done"))
    return (
        f"<details class='step' id='step-{step.id}'{_open(is_open)}>"
        f"<summary><span>{escape(step.title)}<br><span class='soft'>{_dates(step, _)}{stage}{late}"
        f"{' · ' + wrote if step.remarks else ''}</span></span></summary>"
        f"{_advice(step.step, view, _) if step.step else ''}"
        f"{button}{said_of}{_comment(step.id, refused, _)}</details>"
    )


def _done(steps: list[SharedStep], view: SharedRoadmap, refused: Refused, _: Translator) -> str:
    back = _("Not done after all")
    return "".join(
        f"<details class='step' id='step-{step.id}'{_open(step.id == refused.step_id)}>"
        f"<summary><span>✓ {escape(step.title)}</span>"
        f"</summary>{''.join(_remark(one, view, _) for one in step.remarks)}"
        f"{_button('undone', step.id, back, quiet=True)}{_comment(step.id, refused, _)}</details>"
        for step in steps
    )


def _advice(step: Step, view: SharedRoadmap, _: Translator) -> str:
    lines = [
        (_("What to do"), said(step.what, _.language)),
        (_("Whom to ask"), said(step.whom, _.language)),
        (_("Which paper results"), said(step.paper, _.language)),
    ]
    for law in step.laws:
        text = f"{law.article}. {said(law.says, _.language)}"
        if not law.is_fresh(view.today):
            text += " " + _("Make sure: not compared with the law for twelve months.")
        lines.append((said(law.act, _.language), text))
    return "<dl>" + "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in lines) + "</dl>"


def _remark(remark: Remark, view: SharedRoadmap, _: Translator) -> str:
    day = _.date(remark.made_at.astimezone(view.zone).date())
    words = f"<p class='said'>{escape(remark.text)}<br><span class='soft'>{escape(day)}</span></p>"
    if remark.person_id != view.person_id:
        return words
    return words + _button("unsay", remark.id, _("Take back"), quiet=True)


def _comment(task_id: int, refused: Refused, _: Translator) -> str:
    words = escape(_("Write about this step"))
    form = _form("say", task_id, _area(refused.text_for(task_id), _), _("Send"), quiet=True)
    return f"<details{_open(task_id == refused.step_id)}><summary>{words}</summary>{form}</details>"


def _whole(view: SharedRoadmap, typed: str, _: Translator) -> str:
    said_of = "".join(_remark(one, view, _) for one in view.remarks)
    hint = escape(_("The person who leads your case reads it."))
    form = _form("say", 0, _area(typed, _) + f"<p class='soft'>{hint}</p>", _("Send"))
    return said_of + form


def _calendar(url: str, _: Translator) -> str:
    words = escape(
        _(
            "Add this address to the calendar on your phone as a subscription: the steps stand"
            " there by their days. Whoever has it can read them, so keep it to yourself."
        )
    )
    address = escape(url)
    return f"<p>{words}</p><p class='address'><a class='plain' href='{address}'>{address}</a></p>"


def _open(is_open: bool) -> str:  # noqa: FBT001 — the one thing it says
    return " open" if is_open else ""


def _area(typed: str, _: Translator) -> str:
    words = escape(_("Your remark"))
    return (
        f"<label>{words}<textarea name='text' rows='3'"
        f" maxlength='{REMARK_LIMIT}' required>{escape(typed)}</textarea></label>"
    )


def _button(act: str, number: int, label: str, *, quiet: bool = False) -> str:
    return _form(act, number, "", label, quiet=quiet)


def _form(act: str, number: int, fields: str, label: str, *, quiet: bool = False) -> str:
    look = " class='quiet'" if quiet else ""
    return (
        f"<form method='post'><input type='hidden' name='act' value='{act}'>"
        f"<input type='hidden' name='number' value='{number}'>{fields}"
        f"<button{look}>{escape(label)}</button></form>"
    )


def _dates(step: SharedStep, _: Translator) -> str:
    first, last = _.day(step.starts_on), _.day(step.finishes_on)
    return escape(first if first == last else f"{first} – {last}")


def _joined(*parts: str) -> str:
    return " · ".join(escape(part) for part in parts if part)


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"
