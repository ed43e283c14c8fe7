"""Parts of the page 指标对比: choice of the indicator, table of all that is stated, the way to all indicators."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import address
import facts as fact_rows
import facts_table
import fields
import filters
import labels
import links
import wording
from facts_table import Listed
from view import View, kept

FOCUS = "gdp"
"""Canonical indicator that a first visit shows."""


def _listing(whole: View, themes: tuple[str, ...]) -> pd.DataFrame:
    facts = whole.facts
    return fact_rows.catalogue(facts[facts["indicator_theme"].isin(themes)] if themes else facts)


def _related(whole: View, themes: tuple[str, ...], key: str) -> dict[str, str]:
    """Neighbours of an indicator, by key: each with the number of regions that set a target."""
    names = {}
    for row in fact_rows.related(kept(_listing, whole, themes), key).itertuples():
        option = "compare.related_option" if row.regions else "compare.related_plain"
        names[row.key] = wording.markdown(labels.word(option, label=row.label, regions=row.regions))
    return names


def choose(view: View) -> pd.Series | None:
    """Draw the choice of an indicator and return its row of the catalogue, None where there is none to choose."""
    listing = kept(_listing, view.whole, view.selection.themes)
    if listing.empty:
        st.info(labels.word("compare.no_indicator"))
        return None
    names = dict(zip(listing["key"], listing["label"], strict=True))
    start = FOCUS if FOCUS in names else next(iter(names))
    chosen = fields.draw(
        st.selectbox,
        address.Parameter("indicator", tuple(names), start, lambda key: {names[key]}),
        labels.word("compare.indicator"),
        format_func=names.__getitem__,
        help=labels.word("compare.indicator_help"),
        placeholder=labels.word("compare.placeholder"),
    )
    focus = listing[listing["key"] == chosen].iloc[0]
    _neighbours(kept(_related, view.whole, view.selection.themes, str(chosen)), focus["key"])
    st.caption(
        wording.markdown(
            labels.word("words.apart").join(
                [
                    labels.word(
                        "compare.stated",
                        theme=labels.name("themes", focus["theme"]),
                        regions=focus["regions"],
                        facts=focus["facts"],
                    ),
                    labels.word("compare.list_size", count=len(listing)),
                ]
            )
        )
    )
    return focus


def _neighbours(names: dict[str, str], key: str) -> None:
    """Indicators of the same theme (key → what is written on it), one click away."""
    if not names:
        return
    pill = f"related-{wording.short_id(key)}"

    def follow() -> None:
        st.session_state["indicator"] = st.session_state[pill]

    st.pills(
        labels.word("compare.related"),
        list(names),
        key=pill,
        on_change=follow,
        format_func=fields.plain(names.__getitem__),
    )


def nothing(label: str, view: View) -> None:
    """What stands in place of the charts when the filters leave nothing of the indicator."""
    with st.container(border=True, key="nothing"):
        st.markdown(wording.markdown(labels.word("compare.nothing", label=label)))
        st.caption(labels.word("compare.nothing_hint"))
        st.button(labels.word("filters.reset"), key="reset-nothing", on_click=filters.reset, args=(view.filters,))


def parted(count: int) -> None:
    """Why an indicator has several charts."""
    st.caption(labels.word("compare.split_note", count=count))


def _ordered(view: View, ids: list[str]) -> Listed:
    own = view.facts[view.facts["target_id"].isin(ids)]
    place = {doc_id: number for number, doc_id in enumerate(view.directory.documents)}
    own = own.sort_values(["doc_id", "line"], key=lambda c: c.map(place) if c.name == "doc_id" else c)
    return facts_table.listed(own)


def facts(ids: list[str], label: str, view: View) -> None:
    """Facts, by id, of an indicator called `label`, document by document."""
    st.subheader(labels.word("compare.facts"), anchor=False)
    shown = kept(_ordered, view.whole, ids)
    facts_table.show(shown, labels.word("compare.facts_title", label=label))


def overview(view: View) -> None:
    """The way to every indicator by document."""
    links.draw(view, "targets", labels.word("compare.to_targets"), "checklist")
