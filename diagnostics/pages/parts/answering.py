"""A draft: one domain per step, every answer kept at once."""

from functools import partial

import streamlit as st

from core.i18n import Translator
from core.ui.address import asked, write
from core.ui.desk import Undo, plain, saved, told, words, workspace
from core.ui.top import begin_at_top
from core.workspace import Workspace
from diagnostics.domain.assessment import JUSTIFICATION_LIMIT, Response, answers, progress
from diagnostics.domain.instrument import Domain, Item, Missing, text
from diagnostics.domain.scoring import Answer
from diagnostics.domain.views import AssessmentView
from diagnostics.service import (
    answer_item,
    discard_assessment,
    justify_item,
    submit_assessment,
)

_FINISH = "finish"
_STEP = "assessment_step"


def draw(here: Workspace, view: AssessmentView) -> None:
    """Draw the step that the address asks for, and the ways to the others."""
    _ = words()
    done = progress(view.instrument, answers(view.responses))
    dealt, total = (sum(pair[place] for pair in done.values()) for place in (0, 1))
    st.progress(dealt / total, text=_("{count} of {total} questions", count=dealt, total=total))
    steps = [*(domain.name for domain in view.instrument.domains), _FINISH]
    step = _chosen_step(view, steps, done)
    domain = view.instrument.domain(step)
    if domain is None:
        _finish(here, view, done)
    else:
        if step == steps[0]:
            st.info(plain(text(view.instrument.intro, _.language)), icon=":material/forum:")
        st.header(plain(text(domain.labels, _.language)), anchor=False)
        st.caption(plain(text(domain.hints, _.language)))
        for item in domain.items:
            _question(view.assessment.id, item, view.responses.get(item.name, Response()), _)
    _neighbours(steps, step, _)
    begin_at_top(f"{view.assessment.id} {step}")


def _chosen_step(view: AssessmentView, steps: list[str], done: dict[str, tuple[int, int]]) -> str:
    """Let people go to any step; without a choice begin where something is unanswered."""
    _ = words()
    first_open = next((name for name, (count, of) in done.items() if count < of), _FINISH)
    current = asked("step") if asked("step") in steps else first_open
    write("step", current)  # pinned, or the last answer of a part would turn the page by itself
    st.session_state[_STEP] = current

    def title(step: str) -> str:
        domain = view.instrument.domain(step)
        if domain is None:
            return _("Check and submit")
        count, of = done[step]
        state = _("{count} of {total}", count=count, total=of)
        return f"{text(domain.labels, _.language)} · {state}"

    st.selectbox(
        _("Part of the diagnostic"),
        steps,
        format_func=title,
        key=_STEP,
        on_change=lambda: write("step", st.session_state[_STEP], by=_STEP),
    )
    return current


def _neighbours(steps: list[str], step: str, _: Translator) -> None:
    place = steps.index(step)
    with st.container(horizontal=True, key="assessment_neighbours"):
        if place:
            st.button(
                _("Back"),
                key="assessment_back",
                icon=":material/arrow_back:",
                on_click=partial(write, "step", steps[place - 1]),
            )
        if place < len(steps) - 1:
            st.button(
                _("Next"),
                key="assessment_next",
                type="primary",
                icon=":material/arrow_forward:",
                on_click=partial(write, "step", steps[place + 1]),
            )


def _question(run: int, item: Item, response: Response, _: Translator) -> None:
    """Draw one item. What is shown is what is stored, so that nothing looks kept that is not."""
    shown = {level.code: text(level.labels, _.language) for level in item.scale.levels}
    shown |= {way: f"_{plain(text(w, _.language))}_" for way, w in item.scale.ways_out.items()}
    key = f"answer_{run}_{item.name}"
    stored = None if response.answer is Missing.NOT_ANSWERED else response.answer
    st.session_state[key] = stored
    with st.container(border=True, key=f"item_{item.name}"):
        st.markdown(f"**{plain(text(item.labels, _.language))}**")
        st.caption(plain(text(item.hints, _.language)))
        st.radio(
            text(item.labels, _.language),
            list(shown),
            format_func=lambda code: (
                shown[code] if isinstance(code, Missing) else plain(shown[code])
            ),
            key=key,
            label_visibility="collapsed",
            on_change=partial(_keep_answer, run, item.name, response.answer),
        )
        _example(run, item, response, _)


def _example(run: int, item: Item, response: Response, _: Translator) -> None:
    written = bool(response.justification)
    key = f"example_{run}_{item.name}"
    st.session_state.setdefault(key, response.justification)
    with st.expander(
        _("Example that shows it"),
        key=f"example_box_{item.name}",
        icon=":material/edit_note:" if written else ":material/add_comment:",
    ):
        st.text_area(
            _("Example that shows it"),
            key=key,
            max_chars=JUSTIFICATION_LIMIT,
            label_visibility="collapsed",
            placeholder=_("What happened, when, with whom. Kept as soon as you leave the field."),
            on_change=partial(_keep_example, run, item.name, response.justification),
        )
        if response.answer is not Missing.NOT_ANSWERED:
            st.button(
                _("Take the answer back"),
                key=f"clear_{item.name}",
                type="tertiary",
                icon=":material/backspace:",
                on_click=partial(_answer, run, item.name, Missing.NOT_ANSWERED, response.answer),
            )


def _keep_answer(run: int, item: str, seen: Answer) -> None:
    _answer(run, item, st.session_state[f"answer_{run}_{item}"], seen)


def _answer(run: int, item: str, answer: Answer, seen: Answer) -> None:
    with told():
        answer_item(workspace(), assessment_id=run, item=item, answer=answer, seen=seen)


def _keep_example(run: int, item: str, seen: str) -> None:
    typed = st.session_state[f"example_{run}_{item}"]
    with told():
        justify_item(workspace(), assessment_id=run, item=item, justification=typed, seen=seen)


def _finish(here: Workspace, view: AssessmentView, done: dict[str, tuple[int, int]]) -> None:
    _ = words()
    run = view.assessment
    st.header(_("Check and submit"), anchor=False)
    st.markdown(
        _(
            "A submitted diagnostic is not changed any more: it stays as a mark of this day, to be"
            " compared with the next one. A part in which fewer than 60 % of the questions have a"
            " description chosen gets no level."
        )
    )
    st.table({
        plain(text(domain.labels, _.language)): _coverage(domain, done, _)
        for domain in view.instrument.domains
    })  # fmt: skip
    if st.button(
        _("Submit the diagnostic"),
        key="assessment_finish",
        type="primary",
        icon=":material/check:",
        disabled=not view.profile.answered,
    ):
        with told():
            submit_assessment(here, assessment_id=run.id, version=run.version)
            undo = Undo("diagnostics.service:withdraw_submission", {"assessment_id": run.id})
            result = ("assessment", {"assessment": run.id})
            saved(_("Diagnostic submitted"), undo=undo, to=result)
    if st.button(
        _("Discard this draft"),
        key="assessment_discard",
        type="tertiary",
        icon=":material/delete:",
    ):
        with told():
            discard_assessment(here, assessment_id=run.id)
            undo = Undo("diagnostics.service:restore_assessment", {"assessment_id": run.id})
            saved(_("Draft discarded"), undo=undo, to=("diagnostics", {}))


def _coverage(domain: Domain, done: dict[str, tuple[int, int]], _: Translator) -> str:
    count, total = done[domain.name]
    return _("{count} of {total}", count=count, total=total)
