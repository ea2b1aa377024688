"""A submitted run: its profile, its gaps and its answers."""

from functools import partial

import streamlit as st

from core.i18n import Translator
from core.ui.address import write
from core.ui.charts import chart
from core.ui.desk import Undo, plain, saved, told, words, workspace
from core.ui.forms import submit
from core.ui.tables import Column, table
from core.workspace import Workspace
from diagnostics.charts import bars, gap_lines, in_words, level_in_words, radar
from diagnostics.domain.assessment import Response
from diagnostics.domain.instrument import Item, Missing, text
from diagnostics.domain.scoring import Gap, rounded
from diagnostics.domain.views import AssessmentView, Earlier
from diagnostics.service import export_answers, make_needs

_FIRST_GAPS = 10
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(here: Workspace, view: AssessmentView) -> None:
    """Draw the three sides of a result."""
    _ = words()
    profile, missing, given = st.tabs([_("Profile"), _("Gaps"), _("Answers")], key="result_tabs")
    with profile:
        _profile(view, _)
    with missing:
        _gaps(here, view, _)
    with given:
        _answers(view, _)


def _profile(view: AssessmentView, _: Translator) -> None:
    _choose_beside(view, _)
    before = view.beside.profile if view.beside else None
    alt = in_words(view.instrument, view.profile, _)
    left, right = st.columns(2)
    with left:
        chart(radar(view.instrument, view.profile, before, _), key="radar", alt=alt)
    with right:
        chart(bars(view.instrument, view.profile, before, _), key="bars", alt=alt)
    _levels(view, _)
    if view.beside:
        compared = view.beside.comparison
        st.caption(
            _(
                "The difference is counted over the questions that mean the same in both runs and are"
                " answered in both: {shared} of {total}.",
                shared=compared.shared,
                total=compared.total,
            )
        )


def _levels(view: AssessmentView, _: Translator) -> None:
    table(
        [
            {
                "domain": text(domain.labels, _.language),
                "level": level_in_words(score, _, brief=True),
                "wanted": _.number(rounded(score.wanted), digits=1),
                "coverage": _("{count} of {total}", count=score.answered, total=score.applicable),
                "change": _change(view, domain.name, _),
            }
            for domain, score in zip(view.instrument.domains, view.profile.scores, strict=True)
        ],
        columns={
            "domain": Column(_("Domain"), width="medium"),
            "level": Column(_("Level"), help=_("From 1 to 4: the weighted mean of the answers")),
            "wanted": Column(_("Wanted")),
            "coverage": Column(_("Answered")),
            "change": Column(_("Difference")),
        },
        key="levels",
    )


def _choose_beside(view: AssessmentView, _: Translator) -> None:
    if not view.earlier:
        return
    runs: dict[int, Earlier] = {run.id: run for run in view.earlier}
    shown = view.beside.run.id if view.beside else 0
    st.session_state["beside"] = shown

    def keep() -> None:
        write("beside", st.session_state["beside"])

    st.selectbox(
        _("Put beside"),
        [*runs, 0],
        format_func=lambda run: (
            f"{_.date(runs[run].held_on)} · {_.label(runs[run].kind)}" if run else _("no other run")
        ),
        key="beside",
        on_change=keep,
    )


def _change(view: AssessmentView, domain: str, _: Translator) -> str:
    if view.beside is None:
        return ""
    difference = view.beside.comparison.change(domain).difference
    if difference is None:
        return _("not comparable")
    size = rounded(abs(difference))
    sign = "" if not size else "+" if difference > 0 else "−"
    return f"{sign}{_.number(size, digits=1)}"


def _gaps(here: Workspace, view: AssessmentView, _: Translator) -> None:
    if not view.gaps and not view.unknowns:
        st.success(_("Every answer is at the wanted level or above."), icon=":material/eco:")
        return
    if view.gaps:
        shown = view.gaps[:_FIRST_GAPS]
        alt = "; ".join(_named(view, gap, _) for gap in shown)
        chart(gap_lines(view.instrument, shown, _), key="gaps", alt=alt)
    with st.form("needs"):
        st.markdown(_("**What is worth working on?** The chosen becomes needs of the case."))
        for gap in view.gaps[:_FIRST_GAPS]:
            _gap(view, gap, _)
        if len(view.gaps) > _FIRST_GAPS:
            with st.expander(_("Narrower gaps"), key="gaps_rest"):
                for gap in view.gaps[_FIRST_GAPS:]:
                    _gap(view, gap, _)
        if view.unknowns:
            st.markdown(_("**To be found out:** nobody knew"))
            for item in view.unknowns:
                _choice(view, item, text(item.short, _.language), _)
        if view.may_make_needs and submit(_("Make needs of the chosen"), key="needs_make"):
            _make(here, view, _)


def _named(view: AssessmentView, gap: Gap, _: Translator) -> str:
    item = view.instrument.item(gap.item)
    return _(
        "{name}: now {level}, wanted {wanted}",
        name=text(item.short, _.language) if item else gap.item,
        level=gap.level,
        wanted=gap.wanted,
    )


def _gap(view: AssessmentView, gap: Gap, _: Translator) -> None:
    item = view.instrument.item(gap.item)
    if item is None:
        return
    _choice(view, item, _named(view, gap, _), _)
    following = next((lv for lv in item.scale.levels if lv.score > gap.level), None)
    if following:
        step = plain(text(following.labels, _.language))
        st.caption(_("The next step: {step}", step=step))


def _choice(view: AssessmentView, item: Item, label: str, _: Translator) -> None:
    is_need = item.name in view.needs
    mark = _("already a need")
    st.checkbox(
        f"{plain(label)} · {mark}" if is_need else plain(label),
        key=f"need_{item.name}",
        disabled=is_need or not view.may_make_needs,
    )


def _make(here: Workspace, view: AssessmentView, _: Translator) -> None:
    offered = [*(gap.item for gap in view.gaps), *(item.name for item in view.unknowns)]
    chosen = [name for name in offered if st.session_state.get(f"need_{name}")]
    if not chosen:
        st.warning(_("Choose at least one line."))
        return
    run = view.assessment.id
    with told():
        made = make_needs(here, assessment_id=run, items=chosen, language=_.language)
        arguments = {"assessment_id": run, "need_ids": list(made)}
        saved(
            _.plural("{n} need added to the case", "{n} needs added to the case", len(made)),
            undo=Undo("diagnostics.service:unmake_needs", arguments),
            reset={f"need_{name}": False for name in chosen},
        )


def _answers(view: AssessmentView, _: Translator) -> None:
    with st.container(horizontal=True, key="answers_files"):
        for file, mime in (("csv", "text/csv"), ("xlsx", _SHEET)):
            st.download_button(
                _("Answers, {file}", file=file.upper()),
                partial(_file, view.assessment.id, file),
                file_name=f"diagnostic_{view.assessment.id}.{file}",
                mime=mime,
                key=f"answers_{file}",
                icon=":material/download:",
                on_click="ignore",
            )
    for domain in view.instrument.domains:
        st.header(plain(text(domain.labels, _.language)), anchor=False)
        for item in domain.items:
            _answer(item, view.responses.get(item.name, Response()), _)


def _answer(item: Item, response: Response, _: Translator) -> None:
    st.markdown(f"**{plain(text(item.labels, _.language))}**")
    if isinstance(response.answer, Missing):
        st.markdown(f":gray[{_.label(response.answer)}]")
    elif level := item.scale.level(response.answer):
        st.markdown(f"{level.score}. {plain(text(level.labels, _.language))}")
    if response.justification:
        st.caption(plain(response.justification))


def _file(run: int, file: str) -> bytes:
    return export_answers(workspace(), assessment_id=run, file=file, words=words())
