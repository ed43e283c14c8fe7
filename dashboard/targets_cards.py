"""The matrix of the page 目标清单 as a card: the finding, indicators by document, sources."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

import chart_matrix
import labels
import matrix
import target_rows
from card import Card, sources, unit_line
from facts import AIMS
from target_rows import SPREADS, Facets, Listing, spread
from view import View, kept

MIRRORED = ("theme", "kind", "attribute")
"""Global filters that the page shows a second time, with counts."""

DRAWN = 30
"""Indicators that the chart shows at most; the table has all."""


@dataclass(frozen=True)
class Work:
    """What is worked out for one choice: the facts it leaves, the listing, counts of the facets, and the matrix.

    `keys`: the indicator of each row of the card's table; there is no card where nothing is listed.
    """

    stated: pd.DataFrame
    listing: Listing
    counts: dict[str, dict[str, int]]
    card: Card | None
    keys: list[str]


def _work(view: View, facets: Facets) -> Work:
    documents = {document.id: document.region_id for document in view.documents}
    options = {item.key: item.options for item in view.filters if item.key in MIRRORED}
    listing = target_rows.build(view.facts, view.selection, documents, facets)
    counts = target_rows.counts(listing, view.facts, view.selection, documents, facets, options)
    made = None if listing.rows.empty else card(view.stated, listing, facets, view)
    return Work(view.stated, listing, counts, made[0] if made else None, made[1] if made else [])


def work(view: View, facets: Facets) -> Work:
    """What the page shows for the filters of the view and its own facets."""
    return kept(_work, view, facets)


def card(stated: pd.DataFrame, listing: Listing, facets: Facets, view: View) -> tuple[Card, list[str]]:
    """The card of the listed indicators, and the key of the indicator of each row of its table.

    `stated` are the facts that the filters leave; what they leave out shows as left out, not as unsaid.
    """
    documents = [document.id for document in view.documents]
    said = matrix.details(stated[stated["key"].isin(listing.rows["key"])])
    table = matrix.build(said, listing.rows, view.directory, documents, view.facts)
    named = table.drop(columns="key").rename(columns={c: labels.word(f"columns.{c}") for c in ("label", "theme")})
    finding = title(listing, view)
    drawn = listing.rows.head(DRAWN)
    notes = [labels.word("targets_page.note")]
    most = [labels.word("targets_page.drawn", count=DRAWN)] if len(listing.rows) > DRAWN else []
    made = Card(
        id="matrix",
        title=finding,
        subtitle=unit_line(labels.word("targets_page.unit"), *_asked(facets, len(table)), view.describe()),
        source=sources([document.title for document in view.documents]),
        version=view.tables.version,
        table=named,
        alt=finding,
        notes=tuple(notes),
        drawn=tuple(most),
        facts=tuple(stated.loc[stated["key"].isin(set(table["key"])), "target_id"]),
        body=chart_matrix.draw(drawn, said, view.facts, view.documents, view.directory),
    )
    return made, list(table["key"])


def title(listing: Listing, view: View) -> str:
    """How many indicators every region, several and only one of them aim at, before the facet of spread."""
    table, regions, kinds = listing.table, listing.regions, view.selection.kinds
    if kinds and not set(AIMS) & set(kinds):
        said = labels.join([labels.name("kinds", kind) for kind in kinds])
        shared = int(spread(table, "shared", regions).sum())
        return labels.word("targets_page.title_kinds", total=len(table), kinds=said, shared=shared)
    count = {choice: int(spread(table, choice, regions).sum()) for choice in SPREADS}
    if regions < 2:
        region = labels.join(list(dict.fromkeys(view.directory.region(d.region_id) for d in view.documents)))
        return labels.word("targets_page.title_single", total=len(table), region=region, aimed=count["every"])
    key = "title_pair" if regions == 2 else "title" if count["every"] else "title_none"
    return labels.word(f"targets_page.{key}", total=len(table), regions=regions, **count)


def _asked(facets: Facets, count: int) -> list[str]:
    """What is listed, with the facets of the page that are set."""
    parts = [labels.word("targets_page.listed", count=count)]
    if facets.query:
        parts.append(labels.word("targets_page.asked_words", words=facets.query))
    if facets.spread != SPREADS[0]:
        parts.append(labels.word(f"targets_page.spread_{facets.spread}"))
    if facets.states:
        parts.append(labels.join([labels.word(f"targets_page.state_{state}") for state in facets.states]))
    return parts
