"""指标对比: one indicator side by side, all that is stated of it, and the way to every indicator by document."""

from __future__ import annotations

import cards
import compare_cards
import compare_parts
import evidence_dialog
import facts as fact_rows
import panels
from view import current

view = current()
listing = fact_rows.catalogue(view.selection.listed(view.facts, "indicator_theme"))
focus = compare_parts.choose(listing)
if focus is not None:
    stated = view.selection.facts(view.facts)
    own = stated[stated["key"] == focus["key"]]
    if own.empty:
        compare_parts.nothing(focus["label"], view)
    parted = panels.build(own, view.directory)
    if len(parted) > 1:
        compare_parts.parted(len(parted))
    for panel in parted:
        cards.show(compare_cards.panel_card(panel, focus["label"], view), on_mark=evidence_dialog.ask)
    if len(own):
        compare_parts.facts_table(own, view)
compare_parts.overview()
