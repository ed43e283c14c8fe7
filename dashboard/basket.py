"""The briefing basket of this visitor: cards from any page, in order, with titles and notes of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

import taking
from briefing.item import Item
from briefing.places import item
from view import View

_ITEMS, _TITLE = "_basket", "_basket_title"
MOST = 60
"""Cards that a basket holds at most."""


def items() -> list[Item]:
    """The cards in their order."""
    found: list[Item] = st.session_state.setdefault(_ITEMS, [])
    return found


def title() -> str:
    """The title that the visitor has given the briefing; "" where none is."""
    return str(st.session_state.get(_TITLE, ""))


def take_in(given: Callable[[], View] | None) -> None:
    """Put in what was collected since the last run; `given` gives the view that it was collected from."""
    collected = taking.collected() if given else []
    if given and collected:
        held, view = {(one.card.id, one.link) for one in items()}, given()
        new = [item(card, view, link) for card, link in collected if (card.id, link) not in held]
        st.session_state[_ITEMS] = (items() + new)[:MOST]


def append(new: list[Item], name: str) -> None:
    """Hold these cards too, and this title where there is none. For callbacks."""
    st.session_state[_ITEMS], st.session_state[_TITLE] = (items() + new)[:MOST], title() or name


def entitle(name: str) -> None:
    """Give the briefing a title. For callbacks."""
    st.session_state[_TITLE] = name


def change(number: int, **fields: str) -> None:
    """Give a card another `name` or `note`. For callbacks."""
    st.session_state[_ITEMS] = [replace(one, **fields) if place == number else one for place, one in enumerate(items())]


def move(number: int, by: int) -> None:
    """Move a card up (−1) or down (1). For callbacks."""
    held, place = items(), number + by
    if 0 <= place < len(held):
        held[number], held[place] = held[place], held[number]


def remove(number: int) -> None:
    """Take a card out. For callbacks."""
    del items()[number]
