"""指标对比: one indicator side by side, all that is stated of it, and the way to every indicator by document."""

from __future__ import annotations

import cards
import compare_cards
import compare_parts
import evidence_dialog
from view import current

view = current()
focus = compare_parts.choose(view)
if focus is not None:
    own = view.stated[view.stated["key"] == focus["key"]]
    if own.empty:
        compare_parts.nothing(focus["label"], view)
    shown = compare_cards.panel_cards(view, focus["key"], focus["label"])
    if len(shown) > 1:
        compare_parts.parted(len(shown))
    for card in shown:
        cards.show(card, on_mark=evidence_dialog.ask)
    if len(own):
        compare_parts.facts(own, view)
compare_parts.overview(view)
