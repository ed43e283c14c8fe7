"""The briefing basket of this visitor: cards from any page, in order, with titles and notes of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import taking
from basket_keeping import held, hold
from briefing.item import Item
from briefing.places import item
from view import View

MOST = 60
"""Cards that a basket holds at most."""


def items() -> list[Item]:
    """The cards in their order."""
    return list(held().items)


def title() -> str:
    """The title that the visitor has given the briefing; "" where none is."""
    return held().title


def _put(cards: list[Item]) -> None:
    basket = held()
    basket.items = cards[:MOST]
    hold(basket)


def take_in(given: Callable[[], View] | None) -> None:
    """Put in what was collected since the last run; `given` gives the view that it was collected from."""
    collected = taking.collected() if given else []
    if given and collected:
        known, view = {(one.card.id, one.link) for one in items()}, given()
        _put(items() + [item(card, view, link) for card, link in collected if (card.id, link) not in known])


def append(new: list[Item], name: str) -> None:
    """Hold these cards too, and this title where there is none. For callbacks."""
    held().title = title() or name
    _put(items() + new)


def entitle(name: str) -> None:
    """Give the briefing a title. For callbacks."""
    held().title = name
    _put(items())


def change(number: int, **fields: str) -> None:
    """Give a card another `name` or `note`. For callbacks."""
    _put([replace(one, **fields) if place == number else one for place, one in enumerate(items())])


def move(number: int, by: int) -> None:
    """Move a card up (−1) or down (1). For callbacks."""
    cards, place = items(), number + by
    if 0 <= place < len(cards):
        cards[number], cards[place] = cards[place], cards[number]
        _put(cards)


def remove(number: int) -> None:
    """Take a card out. For callbacks."""
    _put([one for place, one in enumerate(items()) if place != number])
