"""All roadmaps at once: what stands out, whom they ask for too much, and each of them."""

import streamlit as st

from casework.pages.parts.filters import choose, search_text
from core.catalogue import labels
from core.ui.address import asked, found_id
from core.ui.desk import empty, heading, words, workspace
from hours.pages.parts.choices import pick
from roadmaps.domain.portfolio_lines import NO_THEME, Flag, Grouping, PortfolioSearch
from roadmaps.pages.parts.portfolio import (
    draw_groups,
    draw_lines,
    draw_overloads,
    draw_picture,
    flag_help,
)
from roadmaps.service import view_portfolio

_ = words()
here = workspace()

flags = {flag.value: flag for flag in Flag}
search = PortfolioSearch(
    text=asked("find")[:200],
    initiative_id=found_id("initiative"),
    lead_id=found_id("lead"),
    doer=asked("doer")[:300],
    theme=asked("theme")[:40],
    flag=flags.get(asked("show")),
    at_work=not asked("cases"),
)
view = view_portfolio(here, search)

heading(
    _("Portfolio of roadmaps"),
    _("Which plans are late or have come to a stop, which end soon, and who has too much to do?"),
)
if view.is_empty:
    empty(
        _("No roadmaps yet"),
        _("As soon as initiatives have dated plans, all of them are seen here side by side."),
        (_("New roadmap"), "roadmap_new", {}),
    )
else:
    themes = labels(view.themes, _)
    with st.container(horizontal=True, vertical_alignment="bottom", key="portfolio_filters"):
        search_text(_("Find"), "find")
        choose(
            _("Initiative"),
            "initiative",
            {"": _("Every initiative")} | {str(x): name for x, name in view.initiatives.items()},
        )
        choose(
            _("Consultant"),
            "lead",
            {"": _("Every consultant")} | {str(x): name for x, name in view.leads.items()},
        )
        choose(_("Who does tasks"), "doer", {"": _("Anybody")} | dict(view.doers))
        choose(
            _("Theme"),
            "theme",
            {"": _("Every theme")} | themes | {NO_THEME: _("Without a theme")},
        )
        choose(_("Case"), "cases", {"": _("Not closed"), "all": _("Closed ones too")})
    with st.container(horizontal=True, vertical_alignment="bottom", key="portfolio_flags"):
        names = {"": _("All")} | {flag.value: _.label(flag) for flag in Flag}
        counts = {"": view.counts[None]} | {flag.value: view.counts[flag] for flag in Flag}
        pick(
            _("Show"),
            "show",
            {code: f"{name}: {_.number(counts[code])}" for code, name in names.items()},
            default="",
        )
        groups = {group.value: _.label(group) for group in Grouping} | {"none": _("Not grouped")}
        by = choose(_("Put together by"), "by", groups, Grouping.LEAD.value)
    st.caption(_("How these are counted"), help=flag_help(_))
    draw_overloads(view, _)
    grouping = None if by == "none" else Grouping(by)
    draw_picture(view, grouping, themes, _)
    if grouping in {Grouping.LEAD, Grouping.THEME}:
        draw_groups(view, grouping, themes, _)
    draw_lines(here, view, search, themes, _)
