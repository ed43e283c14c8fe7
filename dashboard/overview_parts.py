"""Parts of the page 总览: questions that lead to other pages, links below cards, what a click leads to."""

from __future__ import annotations

import streamlit as st

import evidence_dialog
import labels
import links
import overview_cards
import stress_cards
from differences import Difference
from view import View

QUESTIONS = {
    "research": ("compare", "compare_arrows", {"indicator": "rd_intensity"}),
    "unmentioned": ("carryover", "move_down", {"co_only": "1"}),
    "targets": ("targets", "checklist", {}),
    "words": ("terms", "match_word", {}),
}
"""Question → page that answers it, icon, focus."""


def questions(view: View) -> None:
    """The questions an analyst comes with, each a link to its answer."""
    with st.container(border=True, key="questions"):
        st.markdown(f"**{labels.word('overview.questions')}**")
        for pair in (list(QUESTIONS)[:2], list(QUESTIONS)[2:]):
            for column, name in zip(st.columns(2), pair, strict=True):
                page, icon, focus = QUESTIONS[name]
                with column:
                    links.draw(view, page, labels.word(f"overview.ask_{name}"), icon, **focus)


def profiles(regions: list[str], view: View) -> None:
    """A link to the page of each region."""
    with st.container(horizontal=True, key=f"profiles-{'-'.join(regions)}"):
        for region in regions:
            name = view.directory.region(region)
            links.draw(view, "profile", labels.word("overview.to_profile", region=name), "assignment", pf_region=region)


def comparisons(found: list[Difference], view: View) -> None:
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
