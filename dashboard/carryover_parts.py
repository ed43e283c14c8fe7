"""Parts of the page 承接十五五: what of the comparison is shown, and the detail of one topic."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import address
import cards
import carried
import carried_plans
import carryover_cards
import facts_table
import fields
import labels
import links
import wording
from card import Card
from carried import Choice
from carried_plans import Plans
from view import View, kept

ONLY = address.Parameter("co_only", default=False)
TERMS = address.Parameter("co_terms", default=False)
EVIDENCE = address.Parameter("co_evidence", carried.EVIDENCE, ())
SORT = address.Parameter("co_sort", carried.SORTS, carried.SORTS[0])
MOST = address.Parameter("co_n", ("10", "20", "50"), "10")
TOPIC = "co_topic"
"""Key of the state, and parameter of the address: id of the topic whose detail is shown."""

ALL = 60
"""Topics of a class that the list of what no plan below mentions shows, at most."""


def choose(view: View) -> tuple[Choice, int] | None:
    """Draw the choices; what is looked at and how many of a class are drawn. None where there is no upper plan."""
    uppers = kept(_uppers, view.whole)
    if not uppers:
        st.info(labels.word("carryover.no_plan"))
        return None
    upper = uppers[0]
    if len(uppers) > 1:
        upper = fields.draw(
            st.selectbox,
            address.Parameter("co_upper", uppers, uppers[0]),
            labels.word("carryover.upper"),
            format_func=view.directory.document,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        evidence = fields.draw(
            st.pills,
            EVIDENCE,
            labels.word("carryover.evidence"),
            selection_mode="multi",
            format_func=lambda name: labels.name("carryover.evidences", name),
            help=labels.word("carryover.evidence_help"),
        )
        sort = fields.draw(
            st.segmented_control,
            SORT,
            labels.word("carryover.sort"),
            required=True,
            format_func=lambda name: labels.word(f"carryover.sorts.{name}"),
        )
        most = fields.draw(st.segmented_control, MOST, labels.word("carryover.most"), required=True)
    with st.container(horizontal=True):
        only = fields.draw(st.toggle, ONLY, labels.word("carryover.only"), help=labels.word("carryover.only_help"))
        fields.draw(st.toggle, TERMS, labels.word("carryover.with_terms"))
    strengths = tuple(name for name in carried.EVIDENCE if name in evidence)
    return Choice(upper, "topic", strengths, only, sort), ALL if only else int(most)


def _uppers(whole: View) -> tuple[str, ...]:
    return tuple(dict.fromkeys(whole.tables["carryover"]["doc_id"]))


def _topics(whole: View, upper: str) -> dict[str, str]:
    carryover = whole.tables["carryover"]
    rows = carryover[(carryover["doc_id"] == upper) & (carryover["unit"] == "topic")]
    found = {name: whole.directory.topic(name) for name in rows["name"]}
    return {"": labels.word("carryover.no_topic")} | dict(sorted(found.items(), key=lambda item: item[1]))


def focus(choice: Choice, view: View) -> dict[str, str]:
    """The topics that can be looked at, by name (id → name), none first; seeds the one that is."""
    names = kept(_topics, view.whole, choice.upper)
    address.seed(_focus(names))
    return names


def _focus(names: dict[str, str]) -> address.Parameter:
    return address.Parameter(TOPIC, tuple(names), "", lambda name: {names[name]})


def classes(choice: Choice, plans: Plans, most: int) -> None:
    """The card of the classes of one unit; a click on a row shows the detail of its topic. After `focus`."""
    card, topics = kept(_classes, plans.view, choice, most, st.session_state[TOPIC])
    if card is None:
        _nothing(choice)
    else:
        cards.show(card, on_pick=lambda row: ask(topics[row]), on_mark=ask)


def _classes(view: View, choice: Choice, most: int, marked: str) -> tuple[Card | None, list[str]]:
    """The card of the classes, None where there is no row, and the topic of each row."""
    rows = view.selection.listed(carried.chosen(view.tables["carryover"], choice)).reset_index(drop=True)
    if rows.empty:
        return None, []
    plans = carried_plans.plans_of(view, choice.upper)
    return carryover_cards.classes_card(rows, choice, plans, most, marked), list(rows["topic"])


def _topic(view: View, upper: str, topic: str) -> Card | None:
    carryover = view.tables["carryover"]
    own = carryover[(carryover["doc_id"] == upper) & (carryover["unit"] == "topic") & (carryover["name"] == topic)]
    return carryover_cards.topic_card(own.iloc[0], carried_plans.plans_of(view, upper))


def ask(topic: str) -> None:
    """Show the detail of a topic in this run. For callbacks of marks and cells."""
    st.session_state[TOPIC] = topic
    st.toast(labels.word("carryover.shown_below"), icon=":material/arrow_downward:")


def _forget() -> None:
    """Take back what narrows the list, but for the page's own switches of order."""
    st.session_state["co_only"] = False
    st.session_state["co_evidence"] = []
    st.session_state["theme"] = []


def _nothing(choice: Choice) -> None:
    """What stands in place of a list that the filters leave empty."""
    with st.container(border=True, key=f"co-nothing-{choice.unit}"):
        st.markdown(labels.word(f"carryover.nothing_{choice.unit}"))
        st.button(labels.word("carryover.back"), key=f"co-back-{choice.unit}", on_click=_forget)


def detail(choice: Choice, plans: Plans, names: dict[str, str]) -> None:
    """One topic: every plan with its interval, the targets under it on both sides, and the way to its passages.

    `names`: what `focus` gave.
    """
    view = plans.view
    st.subheader(labels.word("carryover.detail"), anchor=False)
    topic = fields.draw(
        st.selectbox, _focus(names), labels.word("carryover.topic"), format_func=lambda name: names[name]
    )
    if not topic:
        st.caption(labels.word("carryover.detail_hint"))
        return
    card = kept(_topic, view, choice.upper, topic)
    if card is not None:
        cards.show(card)
    _aims(carried.aims(view.facts, topic, plans.all), names[topic])
    if view.many:
        st.caption(labels.word("carryover.aims_of_chosen"))
    words = labels.word("carryover.to_reading", topic=names[topic])
    links.draw(view, "reading", words, "menu_book", topic=topic)


def _aims(own: pd.DataFrame, name: str) -> None:
    """The targets under a topic; a click on one opens its place."""
    title = labels.word("carryover.aims", name=name, count=len(own))
    st.markdown(f"**{wording.markdown(title)}**")
    if own.empty:
        st.caption(labels.word("carryover.no_aims"))
        return
    facts_table.show(facts_table.listed(own), title)
