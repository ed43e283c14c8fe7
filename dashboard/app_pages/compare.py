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
    shown = compare_cards.compared(view, focus["key"], focus["label"])
    if not shown.ids:
        compare_parts.nothing(focus["label"], view)
    if len(shown.cards) > 1:
        compare_parts.parted(len(shown.cards))
    for card in shown.cards:
        cards.show(card, on_mark=evidence_dialog.ask)
    if shown.ids:
        compare_parts.facts(shown.ids, focus["label"], view)
compare_parts.overview(view)
