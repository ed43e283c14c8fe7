"""Where the facts of a card stand, as rows that go into a file with it."""

from __future__ import annotations

import pandas as pd

import labels
import wording
from briefing import amounts
from briefing.item import Item
from card import Card
from evidence import quote
from view import View

COLUMNS = (
    *("region", "indicator", "value", "value_std", "unit_std", "when", "kind"),
    *("document", "chapter", "line", "rule"),
)


def places(card: Card, view: View) -> pd.DataFrame:
    """A row a fact of a card, document by document, columns COLUMNS named as shown, the numbers of the value after it.

    With the sentence of each (column 原句) where the words of the documents are; no rows for a card without facts.
    """
    own = view.facts[view.facts["target_id"].isin(card.facts)]
    order = {doc_id: number for number, doc_id in enumerate(view.directory.documents)}
    own = own.sort_values(["doc_id", "line"], key=lambda c: c.map(order) if c.name == "doc_id" else c, kind="stable")
    table = pd.DataFrame(
        {
            "region": own["region"],
            "indicator": own["indicator"],
            "value": own["value_words"],
            "value_std": own["value_std"],
            "unit_std": own["unit_std"],
            "when": own["when_words"],
            "kind": [labels.name("kinds", kind) for kind in own["kind"]],
            "document": own["doc_id"].map(view.directory.title),
            "chapter": own["chapter"],
            "line": own["line"],
            "rule": [wording.rule(rule) for rule in own["rule"]],
        }
    )
    named = table.rename(columns={column: labels.word(f"columns.{column}") for column in COLUMNS})
    after = COLUMNS.index("value") + 1
    parts = dict(zip(amounts.PARTS, ("value", "value_high", "unit"), strict=True))
    for number, (part, column) in enumerate(amounts.names(labels.word("columns.value")).items(), start=after):
        named.insert(number, column, own[parts[part]])
    if view.tables.evidence is not None:
        quotes = [quote(view.tables.evidence, target_id) for target_id in own["target_id"]]
        named[labels.word("evidence.quote")] = ["" if found is None else "".join(found) for found in quotes]
    return named.reset_index(drop=True)


def item(card: Card, view: View, link: str = "", note: str = "", name: str = "") -> Item:
    """A card of a view on its way into a file."""
    return Item(card, link, note, name, places(card, view))
