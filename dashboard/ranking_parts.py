"""Parts of the page 全域排名: what is ranked and where, and the whole ranking, searched and in pages."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd
import streamlit as st

import address
import cards
import downloads
import evidence_dialog
import fields
import labels
import ranking_cards
import ranking_groups
import ranking_rows
import region_choice
import wording
from places import TOP
from ranking_cards import Scope
from ranking_rows import Figure
from view import View, kept

FOCUS = "gdp"
"""Indicator that a first visit shows."""

LENGTH = 50
"""Rows of a page of the whole ranking."""

LEVELS = ("nation", TOP, "city", "district", "county")
"""Order of the levels; others follow."""


def choose(view: View) -> Scope | None:
    """Draw the choice of an indicator, a figure of it, a level and a province; None where nothing can be ranked."""
    indicators = kept(ranking_rows.indicators, view.nation)
    if not indicators:
        st.info(labels.word("ranking.none"))
        return None
    names = {key: _option(view.directory.indicators.get(key, key), count) for key, count in indicators.items()}
    left, right = st.columns(2)
    indicator = fields.draw(
        left.selectbox,
        address.Parameter("rk_indicator", tuple(indicators), FOCUS if FOCUS in indicators else next(iter(indicators))),
        labels.word("ranking.indicator"),
        format_func=names.__getitem__,
        on_change=turn_to_first,
    )
    figures = {
        figure.id: (figure, levels) for figure, levels in kept(ranking_rows.figures, view.nation, indicator).items()
    }
    called = {key: _option(figure.name, sum(levels.values())) for key, (figure, levels) in figures.items()}
    chosen = fields.draw(
        right.selectbox,
        address.Parameter("rk_figure", tuple(figures), next(iter(figures))),
        labels.word("ranking.figure_label"),
        format_func=called.__getitem__,
        help=labels.word("ranking.figure_help"),
        on_change=turn_to_first,
    )
    figure, by_level = figures[chosen]
    return _where(figure, by_level, view)


def _option(label: str, regions: int) -> str:
    return labels.word("ranking.option", label=label, count=f"{regions:,}")


def _where(figure: Figure, by_level: dict[str, int], view: View) -> Scope:
    """Draw the choice of a level and, below the provinces, of a province."""
    known = [level for level in LEVELS if level in by_level]
    levels = (*known, *sorted(set(by_level) - set(known)))
    most = max(levels, key=lambda level: by_level[level])
    names = {one: _option(labels.name("ranking.levels", one), by_level[one]) for one in levels}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = fields.draw(
            st.segmented_control,
            address.Parameter("rk_level", levels, most),
            labels.word("ranking.level"),
            required=True,
            format_func=names.__getitem__,
            on_change=turn_to_first,
        )
        province = ""
        places = view.places
        tops = (
            [one for one, region in places.regions.items() if region.level == TOP]
            if places and level not in ("nation", TOP)
            else []
        )
        if places and len(tops) > 1:
            within = {"": labels.word("ranking.everywhere")} | {one: places.name(one) for one in tops}
            province = fields.draw(
                st.selectbox,
                address.Parameter("rk_province", tuple(within), ""),
                labels.word("ranking.province"),
                format_func=within.__getitem__,
                width=240,
                on_change=turn_to_first,
            )
    return Scope(figure, level, province or "")


def turn_to_first() -> None:
    """Back to the first page of the whole ranking: for callbacks of what changes it."""
    st.session_state["rk_page"] = "1"


def whole(view: View, scope: Scope) -> None:
    """The whole ranking: a search of it, its pages, and the way to take it along."""
    st.subheader(labels.word("ranking.whole"), anchor=False)
    query = fields.draw(
        st.text_input,
        address.Parameter("rk_q"),
        labels.word("ranking.search"),
        placeholder=labels.word("ranking.search_placeholder"),
        icon=":material/search:",
        max_chars=40,
        on_change=turn_to_first,
    )
    query = (query or "").strip()
    rows = kept(_sought, view.nation, scope, query)
    if rows.empty:
        st.caption(wording.markdown(labels.word("ranking.not_found", query=query)))
        return
    pages = tuple(str(number) for number in range(1, math.ceil(len(rows) / LENGTH) + 1))
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        page = fields.draw(
            st.selectbox,
            address.Parameter("rk_page", pages, "1"),
            labels.word("ranking.page", count=len(pages)),
            width=160,
        )
        st.download_button(
            labels.word("ranking.download", count=f"{len(rows):,}"),
            data=labels.speaking(partial(_csv, rows, view)),
            file_name=downloads.file_name(scope.figure.indicator, view.tables.version),
            mime="text/csv",
            key="rk_download",
            on_click="ignore",
            icon=":material/download:",
        )
    _table(*kept(_page, view.nation, scope, query, int(page)))


def _sought(view: View, scope: Scope, query: str) -> pd.DataFrame:
    """Rows of a ranking whose region is found by the query; all where there is none."""
    rows = ranking_cards.ranked(view, scope).rows
    return rows[rows["region_id"].isin(view.places.find(query))] if query and view.places else rows


def _page(view: View, scope: Scope, query: str, number: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A page of them, counted from 1, and the table that shows it."""
    rows = kept(_sought, view, scope, query).iloc[(number - 1) * LENGTH : number * LENGTH]
    return rows, ranking_cards.listed(rows, view)


def _csv(rows: pd.DataFrame, view: View) -> bytes:
    return downloads.csv(ranking_cards.listed(rows, view))


def _table(rows: pd.DataFrame, shown: pd.DataFrame) -> None:
    """A page of the ranking: a click on a region chooses it, one on any other cell opens its fact."""
    key, of_region = f"rk-table-{wording.short_id(*rows['target_id'])}", labels.word("columns.region")

    def follow() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if not cells:
            return
        row, column = cells[0]
        if column == of_region:
            region_choice.choose(str(rows["region_id"].iloc[row]))
        else:
            evidence_dialog.ask(str(rows["target_id"].iloc[row]))

    st.caption(labels.word("ranking.table_hint"))
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        on_select=follow,
        selection_mode="single-cell",
        placeholder="",
        alt=labels.word("ranking.whole"),
    )


def show(view: View, scope: Scope) -> None:
    """All cards of a ranking."""
    card, facts = kept(ranking_cards.bars, view, scope)
    cards.show(card, on_mark=evidence_dialog.ask, on_pick=lambda row: evidence_dialog.ask(facts[row]))
    for make in (ranking_groups.tiles, ranking_cards.spread, ranking_groups.boxes):
        more = kept(make, view, scope)
        if more is not None:
            cards.show(more, on_mark=evidence_dialog.ask)
