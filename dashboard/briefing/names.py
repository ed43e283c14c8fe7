"""What the file of a card is called: theme, indicator, regions, years, data version."""

from __future__ import annotations

import pandas as pd

import downloads
import labels
from briefing.item import Item
from view import View

_NAMED = 3
"""Regions that a name lists at most."""


def file_name(item: Item, view: View, form: str, size: str = "") -> str:
    """Name of the file of a card of a view: 综合经济_地区生产总值_天河区、越秀区_2021—2025年_1a2b3c4d.png.

    `form` is the ending (png), `size` that of a picture (1600x900). The title stands for theme and indicator where the
    card does not show one indicator.
    """
    about = [item.name] if item.name else _indicator(item, view) or [item.card.title]
    return downloads.file_name(*about, _regions(view), _years(view), item.card.version, size, form=form)


def _indicator(item: Item, view: View) -> list[str]:
    """Theme and name of the one indicator of the facts of a card; [] where there is none, or more."""
    own = view.facts[view.facts["target_id"].isin(item.card.facts)]
    if own["key"].nunique() != 1:
        return []
    return [labels.name("themes", own["indicator_theme"].iloc[0]), str(own["label"].iloc[0])]


def _regions(view: View) -> str:
    names = [view.directory.region(region) for region in dict.fromkeys(d.region_id for d in view.documents)]
    if len(names) > _NAMED:
        return labels.word("pictures.regions", region=names[0], count=len(names))
    return labels.join(names)


def _years(view: View) -> str:
    """The periods chosen, else the years that the documents plan for."""
    if view.selection.periods:
        return labels.join([labels.name("periods", period) for period in view.selection.periods])
    documents = view.tables["documents"]
    own = documents[documents["doc_id"].isin([document.id for document in view.documents])]
    start, end = own["period_start"].min(), own["period_end"].max()
    if pd.isna(start) or pd.isna(end):
        return ""
    return labels.word("words.year", year=start) if start == end else labels.word("words.period", start=start, end=end)
