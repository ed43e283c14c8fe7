"""The choice of regions out of many: those at hand as pills, and a search that brings others to hand.

Only what is at hand and the first hits go to the browser. The search runs on the server.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

import address
import fields
import labels
import wording
from address import Parameter
from directory import CHOICE_COLOURS
from places import Places

MOST = len(CHOICE_COLOURS)
"""Regions that may be chosen at once: each has a colour of its own."""

AT_HAND = 18
"""Regions that stay at hand, chosen or not."""

HITS = 12
"""Hits of a search that are shown."""

_AT_HAND, _BEFORE, _FULL = "_regions_at_hand", "_regions_before", "_regions_full"
SEARCH, FOUND = "region_search", "region_found"


def draw(parameter: Parameter, title: str, places: Places) -> tuple[str, ...]:
    """Draw the choice where the caller stands; the regions chosen, by id, in the order in which they came to hand."""
    key = parameter.key
    values: list[str] = address.seed(parameter)
    if len(values) > MOST:
        st.session_state[key] = values = values[:MOST]
        st.session_state[_FULL] = True
    at_hand = _at_hand(values, places)

    def limit() -> None:
        if len(st.session_state[key]) > MOST:
            st.session_state[key] = st.session_state[_BEFORE]
            st.session_state[_FULL] = True

    names = {region: wording.markdown(places.name(region)) for region in at_hand}
    chosen = fields.draw(
        st.pills,
        replace(parameter, options=at_hand),
        title,
        selection_mode="multi",
        format_func=names.__getitem__,
        help=labels.word("filters.region_search_help", most=MOST),
        on_change=limit,
    )
    st.session_state[_BEFORE] = list(chosen)
    _search(key, places)
    if st.session_state.pop(_FULL, False):
        st.caption(f":orange[{labels.word('filters.region_full', most=MOST)}]")
    return tuple(region for region in at_hand if region in chosen)


def _at_hand(chosen: list[str], places: Places) -> tuple[str, ...]:
    """What was at hand and still is there, and what is chosen; the oldest that are not chosen are let go."""
    before = (region for region in st.session_state.get(_AT_HAND, ()) if region in places.speaking)
    held = list(dict.fromkeys([*before, *chosen]))
    spare = [region for region in held if region not in chosen]
    gone = set(spare[: max(0, len(held) - AT_HAND)])
    st.session_state[_AT_HAND] = tuple(region for region in held if region not in gone)
    return st.session_state[_AT_HAND]


def choose(region: str, key: str = "region") -> None:
    """Choose one more region, or say that there are enough. For callbacks."""
    now = list(st.session_state.get(key, ()))
    if region in now:
        return
    if len(now) >= MOST:
        st.session_state[_FULL] = True
    else:
        st.session_state[key] = [*now, region]


def _search(key: str, places: Places) -> None:
    """The field of the search, and its hits, each of which a click chooses."""
    query = st.text_input(
        labels.word("filters.region_search"),
        key=SEARCH,
        placeholder=labels.word("filters.region_search_placeholder"),
        label_visibility="collapsed",
        icon=":material/search:",
        max_chars=40,
    )
    if not query or not query.strip():
        return
    found = places.find(query, without=st.session_state[key])
    if not found:
        st.caption(labels.word("filters.region_none", query=wording.markdown(query)))
        return

    def take() -> None:
        region = st.session_state[FOUND]
        if region:
            choose(region, key)
        st.session_state[FOUND] = None

    hits = {region: _hit(region, places) for region in found[:HITS]}
    st.pills(
        labels.word("filters.region_found", count=len(found)),
        list(hits),
        key=FOUND,
        format_func=fields.plain(hits.__getitem__),
        on_change=take,
    )
    if len(found) > HITS:
        st.caption(labels.word("filters.region_more", count=len(found) - HITS))


def _hit(region: str, places: Places) -> str:
    """A hit with the regions it lies in: 鼓楼区（江苏省 › 南京市）."""
    path = places.path(region)
    name = places.regions[region].name
    return wording.markdown(labels.word("words.twin", label=name, mark=path) if path else name)
