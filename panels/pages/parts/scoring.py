"""Filling in a sheet: the text, one criterion at a time, the words, the handing in.

Every click keeps the draft. What is on the screen is saved under the version that the person
has seen, so that two windows cannot overwrite each other unnoticed.
"""

from dataclasses import replace
from typing import Final

import streamlit as st

from core.drafts import find_draft
from core.ui.desk import plain, saved, told, words
from core.ui.note import note
from core.workspace import Workspace
from panels.domain.criteria import Criterion, said
from panels.domain.sheet import LONGEST_COMMENT, LONGEST_REASON, Opinion, Score, unanswered
from panels.pages.parts.prose import prose
from panels.service import SheetView, draft_key, save_sheet, submit_sheet

ABSTAIN: Final = 0


def draw(here: Workspace, view: SheetView) -> None:
    """Draw the present step, keep what it holds, and lead on to the next."""
    last = len(view.panel.criteria) + 2
    step = min(st.session_state.setdefault(_key(view, "step"), _first_step(view)), last)
    if step == 0:
        _text(view)
        _turn(here, view, view.sheet.opinion, step)
    elif step < last - 1:
        opinion = _criterion(view, view.panel.criteria[step - 1], step)
        _turn(here, view, opinion, step)
    elif step == last - 1:
        _turn(here, view, _words(view), step)
    else:
        _hand_in(here, view)


def _text(view: SheetView) -> None:
    _ = words()
    st.markdown(prose(view.submission.text))
    count = len(view.panel.criteria)
    st.caption(
        _.plural("{n} criterion follows, one at a time.", "{n} criteria follow, one at a time.", count)
    )  # fmt: skip


def _criterion(view: SheetView, criterion: Criterion, step: int) -> Opinion:
    """Draw one criterion and give the opinion as it now stands."""
    _ = words()
    total = len(view.panel.criteria)
    st.progress((step - 1) / total, _("Criterion {number} of {total}", number=step, total=total))
    st.header(plain(said(criterion.title, _.language)), anchor=False)
    question = said(criterion.question, _.language)
    if question:
        st.markdown(plain(question))
    score = view.sheet.opinion.score(criterion.id)
    options = [*criterion.scale.marks, ABSTAIN]
    key = _key(view, f"mark_{criterion.id}")
    _seen_now(view, key)
    mark = st.radio(
        _("Mark"),
        options,
        index=_place(score, options),
        format_func=lambda one: _("I cannot judge this") if one == ABSTAIN else str(one),
        captions=[plain(criterion.level(one, _.language)) for one in options],
        key=key,
        label_visibility="collapsed",
    )
    reason = note(
        key=_key(view, f"reason_{criterion.id}"),
        draft=draft_key(view.sheet.id, f"criterion-{criterion.id}"),
        label=_("Why you cannot judge this") if mark == ABSTAIN else _("Why this mark (optional)"),
        value=score.reason,
        height=80,
        limit=LONGEST_REASON,
    )
    with st.expander(_("Text of the project"), key=_key(view, "text")):
        st.markdown(prose(view.submission.text))
    now = Score(criterion.id, mark or None, abstains=mark == ABSTAIN, reason=reason)
    return _with_score(view.sheet.opinion, now)


def _words(view: SheetView) -> Opinion:
    _ = words()
    st.header(_("In your words"), anchor=False)
    _seen_now(view, _key(view, "comment"))
    opinion = view.sheet.opinion
    comment = note(
        key=_key(view, "comment"),
        draft=draft_key(view.sheet.id, "comment"),
        label=_("What is strong here, and what worries you?"),
        value=opinion.comment,
        height=140,
        limit=LONGEST_COMMENT,
    )
    recommendation = note(
        key=_key(view, "recommendation"),
        draft=draft_key(view.sheet.id, "recommendation"),
        label=_("What should the team do next? One recommendation per line."),
        value=opinion.recommendation,
        height=140,
        limit=LONGEST_COMMENT,
    )
    return replace(opinion, comment=comment, recommendation=recommendation)


def _turn(here: Workspace, view: SheetView, opinion: Opinion, step: int) -> None:
    """Keep the step and draw the two buttons that lead on."""
    _ = words()
    kept = _keep(here, view, opinion, step)
    with st.bottom, st.container(horizontal=True, key="sheet_turn"):
        back = step > 0 and st.button(
            _("Back"), key="sheet_back", icon=":material/arrow_back:", disabled=not kept
        )
        on = st.button(_("Next"), key="sheet_next", type="primary", disabled=not kept)
    if back or on:
        st.session_state[_key(view, "step")] = step + (1 if on else -1)
        st.rerun()
    if kept and view.sheet.version > 1:
        st.caption(_("The draft is kept. Nobody but you can read it."))


def _keep(here: Workspace, view: SheetView, opinion: Opinion, step: int) -> bool:
    """Save the draft if it has changed; tell whether the screen and the database agree."""
    seen = _seen(view)
    if _plain(opinion) == _plain(view.sheet.opinion):
        seen["version"] = view.sheet.version
        return True
    kept = False
    with told():
        seen["version"] = save_sheet(
            here, sheet_id=view.sheet.id, version=seen["version"], opinion=opinion
        )
        kept = True
    _ = words()
    if not kept and st.button(_("Show what is saved"), key="sheet_reload"):
        _forget(view)
        _go(view, step)
    return kept


def _hand_in(here: Workspace, view: SheetView) -> None:
    _ = words()
    opinion = _with_drafts(here, view)
    st.header(_("Check and hand in"), anchor=False)
    missing = unanswered(opinion, view.panel.criteria)
    for number, criterion in enumerate(view.panel.criteria, start=1):
        _line(view, number, criterion, opinion.score(criterion.id))
    if missing:
        st.warning(_("Without a mark: {numbers}", numbers=", ".join(map(str, missing))))
    for title, text in ((_("Comment"), opinion.comment), (_("Recommendations"), opinion.recommendation)):  # fmt: skip
        st.markdown(f"**{title}**  \n{prose(text) or '—'}")
    if st.session_state.get(_key(view, "sure")):
        _confirm(here, view, opinion)
        return
    with st.bottom, st.container(horizontal=True, key="sheet_turn"):
        if st.button(_("Back"), key="sheet_back", icon=":material/arrow_back:"):
            _go(view, len(view.panel.criteria) + 1)
        if st.button(_("Hand in"), key="sheet_hand_in", type="primary", disabled=bool(missing)):
            st.session_state[_key(view, "sure")] = True
            st.rerun()


def _confirm(here: Workspace, view: SheetView, opinion: Opinion) -> None:
    """Ask once more, at the bottom where the thumb is, and hand the sheet in."""
    _ = words()
    with st.bottom, st.container(key="sheet_sure"):
        st.markdown(_("A sheet that is handed in no longer changes. Hand it in?"))
        with st.container(horizontal=True, key="sheet_turn"):
            yes = st.button(_("Yes, hand in"), key="sheet_submit", type="primary")
            not_yet = st.button(_("Not yet"), key="sheet_wait")
    if not_yet:
        del st.session_state[_key(view, "sure")]
        st.rerun()
    if yes:
        with told():
            submit_sheet(here, sheet_id=view.sheet.id, version=view.sheet.version, opinion=opinion)
            _forget(view)
            saved(
                _("Sheet handed in. Thank you!"),
                to=("submission", {"submission": view.submission.id}),
            )


def _line(view: SheetView, number: int, criterion: Criterion, score: Score) -> None:
    _ = words()
    shown = _("cannot judge") if score.abstains else "—" if score.mark is None else str(score.mark)
    with st.container(horizontal=True, vertical_alignment="center", key=f"sheet_line_{number}"):
        st.markdown(f"{number}. {plain(said(criterion.title, _.language))}: **{shown}**")
        if st.button(_("Change"), key=f"sheet_change_{number}", type="tertiary"):
            _go(view, number)


def _go(view: SheetView, step: int) -> None:
    st.session_state[_key(view, "step")] = step
    st.rerun()


def _first_step(view: SheetView) -> int:
    """Begin with the text, or go on at the first criterion that waits."""
    criteria, opinion = view.panel.criteria, view.sheet.opinion
    if view.sheet.version == 1:
        return 0
    waiting = [n for n, one in enumerate(criteria, 1) if not opinion.score(one.id).is_answered]
    return waiting[0] if waiting else len(criteria) + 1


def _place(score: Score, options: list[int]) -> int | None:
    if score.abstains:
        return options.index(ABSTAIN)
    return None if score.mark is None else options.index(score.mark)


def _with_score(opinion: Opinion, score: Score) -> Opinion:
    others = tuple(one for one in opinion.scores if one.criterion_id != score.criterion_id)
    return replace(opinion, scores=(*others, score))


def _with_drafts(here: Workspace, view: SheetView) -> Opinion:
    """Add what was typed into a note and never left, so that no words are lost."""
    opinion = view.sheet.opinion
    for criterion in view.panel.criteria:
        kept = find_draft(here, draft_key(view.sheet.id, f"criterion-{criterion.id}"))
        if kept and not kept.is_cleared:
            score = replace(opinion.score(criterion.id), reason=kept.text)
            opinion = _with_score(opinion, score)
    comment = find_draft(here, draft_key(view.sheet.id, "comment"))
    if comment and not comment.is_cleared:
        opinion = replace(opinion, comment=comment.text)
    recommendation = find_draft(here, draft_key(view.sheet.id, "recommendation"))
    if recommendation and not recommendation.is_cleared:
        opinion = replace(opinion, recommendation=recommendation.text)
    return opinion


def _plain(opinion: Opinion) -> tuple[object, ...]:
    said_ = sorted(
        (one.criterion_id, one.mark or 0, one.abstains, one.reason)
        for one in opinion.scores
        if one.is_answered or one.reason
    )
    return said_, opinion.comment, opinion.recommendation


def _seen_now(view: SheetView, key: str) -> None:
    """Take the stored version as seen where a step is drawn for the first time."""
    if key not in st.session_state:
        _seen(view)["version"] = view.sheet.version


def _seen(view: SheetView) -> dict[str, int]:
    """Give the version that this tab has seen, in a box that is changed in place.

    Writing to the session's state is a moment at which a newer click may end the run: after
    the sheet is saved, and before its version is noted, the person would meet themselves.
    """
    box: dict[str, int] = st.session_state.setdefault(
        _key(view, "seen"), {"version": view.sheet.version}
    )
    return box


def _key(view: SheetView, name: str) -> str:
    return f"sheet_{view.sheet.id}_{name}"


def _forget(view: SheetView) -> None:
    prefix = _key(view, "")
    for key in [k for k in st.session_state if str(k).startswith(prefix)]:
        del st.session_state[key]
