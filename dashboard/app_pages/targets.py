"""目标清单: every indicator by document, in states of saying and silence; a click on a cell opens its facts."""

from __future__ import annotations

import streamlit as st

import cards
import labels
import target_rows
import targets_cards
import targets_parts
from view import current

view = current()
documents = {document.id: document.region_id for document in view.documents}
wanted = targets_parts.asked()
listing = target_rows.build(view.facts, view.selection, documents, wanted)
options = targets_parts.options(view)
targets_parts.facets(view, target_rows.counts(view.facts, view.selection, documents, wanted, options))
if listing.rows.empty:
    targets_parts.nothing(view)
else:
    stated = view.selection.facts(view.facts)
    card, keys = targets_cards.card(stated, listing, wanted, view)
    columns = {view.directory.document(document): document for document in documents}

    def follow(document: str, row: int) -> None:
        targets_parts.follow(stated, targets_parts.cell_id(document, keys[row]))

    st.caption(labels.word("targets_page.hint") + "  \n" + labels.word("targets_page.legend"))
    cards.show(
        card,
        on_mark=lambda mark: follow(mark.rpartition(":")[0], int(mark.rpartition(":")[2])),
        on_cell=lambda row, column: follow(columns.get(column, ""), row),
    )
    targets_parts.behind(stated, view)
