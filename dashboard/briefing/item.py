"""A card on its way into a file, with all that the file says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from card import Card


@dataclass(frozen=True)
class Item:
    """A card as it goes into a file.

    `link`: address of the view that shows it ("" where there is none); `note`: words of the analyst; `name`: a title of
    the analyst's own, else the card's; `places`: where its facts stand, a row a fact, columns named as shown and
    documents by their printed titles (no rows for a card that rests on counts).
    """

    card: Card
    link: str = ""
    note: str = ""
    name: str = ""
    places: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def title(self) -> str:
        """The title of the analyst's own, else that of the card."""
        return self.name or self.card.title
