"""Ready-made briefings: one region on a page, several regions compared."""

from __future__ import annotations

import chart_themes
import compare_cards
import headlines
import overview_parts
import profile_parts
import theme_parts
from briefing.item import Item
from briefing.places import item
from card import Card
from facts import AIMS
from view import View

INDICATORS = 6
"""Headline indicators that a comparison shows, each with a card of its own, at most."""


def items(view: View) -> list[Item]:
    """The cards of the regions of a view: the profile of a single one, else the comparison."""
    regions = {document.region_id for document in view.documents}
    shown = profile(view) if len(regions) == 1 else comparison(view)
    return [item(card, view) for card in shown]


def profile(view: View) -> list[Card]:
    """The sheet of every document of a view, as the page 单区档案 shows it."""
    found: list[Card] = []
    for document in view.documents:
        sheet = profile_parts.build(document, False, view)
        found += [card for card in (sheet.targets, sheet.topics, sheet.themes, sheet.relation) if card is not None]
    return found


def comparison(view: View) -> list[Card]:
    """Regions side by side, their differences, the headline indicators they share, themes, what each stresses."""
    whole = overview_parts.build(view)
    found = [card for _, card in whole.regions]
    found += [whole.differences] if whole.differences is not None else []
    aims = view.stated[view.stated["kind"].isin(AIMS)]
    spread = aims.groupby("key")["region_id"].nunique()
    shared = [key for key in headlines.HEADLINES if spread.get(key, 0) > 1][:INDICATORS]
    names = view.facts.drop_duplicates("key").set_index("key")["label"]
    for key in shared:
        found += compare_cards.compared(view, key, str(names[key])).cards[:1]
    for doc_type in chart_themes.facets(view.documents):
        gap = theme_parts.gap(view, "share", doc_type)
        found += [gap] if gap is not None else []
    return [*found, whole.stresses]
