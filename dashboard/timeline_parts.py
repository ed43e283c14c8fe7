"""Parts of the page 时间线: choice of the indicator, what is worked out for it, and the targets behind a disc."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pandas as pd
import streamlit as st

import address
import compare_parts
import fields
import filters
import labels
import links
import listing_dialog
import pace
import panels
import timeline_cards
import timeline_points
import wording
from card import Card
from facts import AIMS
from view import View, kept

FOCUS = "gdp"
"""Canonical indicator that a first visit shows."""

SPOT = address.Parameter("tl_spot")
"""Holds the disc whose targets are listed: document and time, parted by a colon."""


@dataclass(frozen=True)
class Work:
    """What is worked out for one indicator: cards of its panels, and of its checks by aim of a plan."""

    panels: list[Card]
    checks: list[Card]


def _work(view: View, key: str, label: str) -> Work:
    own = view.stated[view.stated["key"] == key]
    found = pace.checks(view.stated, key)
    grouped = [list(group) for _, group in groupby(found, key=lambda check: str(check.aim["target_id"]))]
    drawn = (timeline_cards.panel_card(panel, label, view) for panel in panels.build(own, view.directory))
    return Work(
        [card for card in drawn if card is not None],
        [timeline_cards.pace_card(checks, label, view) for checks in grouped],
    )


def work(view: View, key: str, label: str) -> Work:
    """What is worked out for an indicator called `label` under the filters of the view."""
    return kept(_work, view, key, label)


def _spread(view: View) -> Card | None:
    return timeline_cards.spread_card(view.stated, view)


def spread(view: View) -> Card | None:
    """The card of targets by time; None where there is none."""
    return kept(_spread, view)


def _choices(whole: View, themes: tuple[str, ...]) -> pd.DataFrame:
    facts = whole.facts
    return timeline_points.choices(facts[facts["indicator_theme"].isin(themes)] if themes else facts)


def choose(view: View) -> tuple[str, str] | None:
    """Draw the choice of an indicator and return its key and name; None where none has two dated values."""
    listing = kept(_choices, view.whole, view.selection.themes)
    if listing.empty:
        with st.container(border=True, key="tl-none"):
            st.markdown(labels.word("timeline.no_indicator"))
            st.button(labels.word("filters.reset"), key="tl-reset", on_click=filters.reset, args=(view.filters,))
        return None
    names = dict(zip(listing["key"], listing["label"], strict=True))
    start = FOCUS if FOCUS in names else next(iter(names))
    key = fields.draw(
        st.selectbox,
        address.Parameter("tl_indicator", tuple(names), start, lambda key: {names[key]}),
        labels.word("compare.indicator"),
        format_func=lambda key: names[key],
        help=labels.word("timeline.indicator_help", count=len(names)),
        placeholder=labels.word("compare.placeholder"),
    )
    return str(key), names[key]


def none_dated(label: str) -> None:
    """What stands in place of a chart when the filters leave no dated value of the indicator."""
    with st.container(border=True, key="tl-undated"):
        st.markdown(wording.markdown(labels.word("timeline.none_dated", label=label)))
        st.caption(labels.word("compare.nothing_hint"))


def to_compare(key: str, label: str, view: View) -> None:
    """The way to the same indicator side by side."""
    words = labels.word("targets_page.compare", label=label)
    links.draw(view, "compare", words, "compare_arrows", indicator=key)


def spot(mark: str) -> None:
    """List the targets behind a disc. For callbacks."""
    st.session_state[SPOT.key] = mark


def behind(view: View) -> None:
    """The targets of the disc that was clicked; nothing where none was."""
    doc_id, _, when = str(address.seed(SPOT) or "").partition(":")
    if not doc_id:
        return
    stated = view.stated
    own = stated[stated["kind"].isin(AIMS) & stated["doc_id"].eq(doc_id) & stated["when_words"].eq(when)]
    if own.empty:
        return
    head = labels.word("timeline.behind", document=view.directory.document(doc_id), when=when, count=len(own))
    ids, label = list(own["target_id"]), str(own["label"].iloc[0])
    listing_dialog.show(head, lambda: compare_parts.facts(ids, label, view), lambda: spot(""))
