"""Parts of the page 总览: questions that lead to other pages, links below cards, what a click leads to."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

import differences
import evidence_dialog
import filters
import labels
import links
import overview_cards
import stress_cards
import wording
from card import Card
from differences import Difference
from view import View, kept, regardless

ACROSS = 5
"""Regions side by side in one card."""


@dataclass(frozen=True)
class Overview:
    """All that the page shows of a selection: cards of regions, with the ids of these, the differences told, cards."""

    regions: tuple[tuple[list[str], Card], ...]
    found: tuple[Difference, ...]
    differences: Card | None
    shares: Card | None
    stresses: Card


def _build(view: View) -> Overview:
    regions = list(dict.fromkeys(document.region_id for document in view.documents))
    parts = [regions[start : start + ACROSS] for start in range(0, len(regions), ACROSS)]
    found = differences.find(view.stated, view.directory)
    of_text = regardless(view, overview_cards.WHOLE)
    shown = found[: overview_cards.DIFFERENCES]
    return Overview(
        tuple((part, overview_cards.grid_card(part, view)) for part in parts),
        tuple(shown),
        overview_cards.difference_card(shown, len(found), view) if shown else None,
        kept(overview_cards.share_card, of_text),
        kept(stress_cards.stress_card, of_text),
    )


def build(view: View) -> Overview:
    """What the page shows of the documents chosen, of which there is at least one; kept for the next visit."""
    return kept(_build, view)


QUESTIONS = {
    "research": ("compare", "compare_arrows", {"indicator": "rd_intensity"}),
    "unmentioned": ("carryover", "move_down", {"co_only": "1"}),
    "targets": ("targets", "checklist", {}),
    "words": ("terms", "match_word", {}),
}
"""Question → page that answers it, icon, focus."""


def nothing(view: View) -> None:
    """What stands in place of the cards where the regions and plans chosen have no document together."""
    with st.container(border=True, key="nothing"):
        st.markdown(wording.markdown(labels.word("overview.nothing")))
        st.button(labels.word("filters.reset"), key="reset-nothing", on_click=filters.reset, args=(view.filters,))


def questions(view: View) -> None:
    """The questions an analyst comes with, each a link to its answer."""
    with st.container(border=True, key="questions"):
        head = labels.word("overview.questions")
        st.markdown(f"**{head}**")
        for column, pair in zip(st.columns(2), (list(QUESTIONS)[::2], list(QUESTIONS)[1::2]), strict=True):
            with column:
                for name in pair:
                    page, icon, focus = QUESTIONS[name]
                    links.draw(view, page, labels.word(f"overview.ask_{name}"), icon, **focus)


def profiles(regions: list[str], view: View) -> None:
    """A link to the page of each region."""
    with st.container(horizontal=True, key=f"profiles-{'-'.join(regions)}"):
        for region in regions:
            name = view.directory.region(region)
            links.draw(view, "profile", labels.word("overview.to_profile", region=name), "assignment", pf_region=region)


def comparisons(found: tuple[Difference, ...], view: View) -> None:
    """A link to the comparison of each indicator."""
    with st.container(horizontal=True, key="comparisons"):
        for difference in found:
            label = labels.word("overview.to_compare", label=difference.label)
            links.draw(view, "compare", label, "compare_arrows", indicator=difference.key)


def follow(mark: str) -> None:
    """Lead from a mark to its fact, indicator, topic or theme."""
    kinds = {
        overview_cards.INDICATOR: ("compare", "indicator"),
        stress_cards.TOPIC: ("reading", "topic"),
        stress_cards.THEME: ("themes", "topic_theme"),
    }
    for start, (page, parameter) in kinds.items():
        if mark.startswith(start):
            links.ask(page, **{parameter: mark.removeprefix(start)})
            return
    evidence_dialog.ask(mark)
