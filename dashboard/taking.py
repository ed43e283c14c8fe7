"""What a reader asks to take away, from the click to the end of the run: a card to export, cards for the basket."""

from __future__ import annotations

import streamlit as st

import address
import labels
from card import Card

_EXPORT, _COLLECTED = "_export", "_collected"

Taken = tuple[Card, str]
"""A card and the link to the view that shows it."""


def export(card: Card) -> None:
    """Ask for the files of a card. For callbacks."""
    st.session_state[_EXPORT] = (card, address.link(card.version))


def asked() -> Taken | None:
    """The card whose files are asked for."""
    taken: Taken | None = st.session_state.get(_EXPORT)
    return taken


def done() -> None:
    """No card is asked for any more. For callbacks."""
    st.session_state[_EXPORT] = None


def collect(card: Card) -> None:
    """Put a card into the basket. For callbacks."""
    st.session_state.setdefault(_COLLECTED, []).append((card, address.link(card.version)))
    st.toast(labels.word("basket.added"), icon=":material/playlist_add:")


def collected() -> list[Taken]:
    """The cards put into the basket since the last call."""
    found: list[Taken] = st.session_state.pop(_COLLECTED, [])
    return found
