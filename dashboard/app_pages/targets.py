"""目标清单: every indicator by document, in states of saying and silence; a click on a cell opens its facts."""

from __future__ import annotations

import streamlit as st

import cards
import labels
import targets_cards
import targets_parts
from view import current

view = current()
work = targets_cards.work(view, targets_parts.asked())
targets_parts.facets(view, work.counts)
if work.card is None:
    targets_parts.nothing(view)
else:
    columns = {document.name: document.id for document in view.documents}

    def follow(document: str, row: int) -> None:
        targets_parts.follow(work.stated, targets_parts.cell_id(document, work.keys[row]))

    st.caption(labels.word("targets_page.hint") + "  \n" + labels.word("targets_page.legend"))
    cards.show(
        work.card,
        on_mark=lambda mark: follow(mark.rpartition(":")[0], int(mark.rpartition(":")[2])),
        on_cell=lambda row, column: follow(columns.get(column, ""), row),
    )
    targets_parts.behind(work.stated, view)
