"""Which indicators the page 目标清单 lists, and how many each facet would leave. Frame → frame."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

import facts as fact_rows
from selection import Selection

SPREADS = ("all", "shared", "every", "several", "one", "none")
"""How widely an indicator is spread: any; two documents mention it; every region, two of them, one, none aims at it."""

STATES = ("target", "mentioned", "absent")
"""What at least one document does: sets a target; mentions it without a numeric one; does not mention it."""


NEEDED = ("key", "region_id", "plan_id", "indicator_theme", "kind", "attribute", "first", "last")
"""Columns of prepared facts that counting needs."""


@dataclass(frozen=True)
class Facets:
    """What the page itself asks for, beside the global filters. No states: any."""

    spread: str = SPREADS[0]
    states: tuple[str, ...] = ()
    query: str = ""


def listed(facts: pd.DataFrame, selection: Selection, documents: dict[str, str]) -> pd.DataFrame:
    """One row an indicator that the selected facts state: rows of `facts.catalogue` in its order, and in how many of
    `documents` it has a state.

    Columns of the catalogue (`regions`: those that aim at it), then target, mentioned, absent.
    """
    stated = selection.facts(facts)
    table = fact_rows.catalogue(stated)
    aimed = stated["kind"].eq("target").groupby([stated["key"], stated["doc_id"]]).max().groupby(level=0).sum()
    own = facts[facts["doc_id"].isin(documents)]
    speaking = own.groupby("key")["doc_id"].nunique()
    target = table["key"].map(aimed).fillna(0).astype(int)
    absent = len(documents) - table["key"].map(speaking).fillna(0).astype(int)
    return table.assign(target=target, mentioned=table["documents"] - target, absent=absent)


def spread(table: pd.DataFrame, choice: str, regions: int) -> pd.Series:
    """Whether each row of `listed` is spread as `choice` (one of SPREADS) says; `regions` are those looked at."""
    aims = table["regions"]
    return {
        "all": aims >= 0,
        "shared": table["documents"] > 1,
        "every": aims >= max(regions, 1),
        "several": aims > 1,
        "one": aims == 1,
        "none": aims == 0,
    }[choice]


def stating(table: pd.DataFrame, states: tuple[str, ...]) -> pd.Series:
    """Whether some document has one of the states of each indicator; all pass where none is chosen."""
    return table[list(states)].gt(0).any(axis=1) if states else pd.Series(True, index=table.index)


def matching(table: pd.DataFrame, facts: pd.DataFrame, query: str) -> pd.Series:
    """Whether each word of the query stands in the name of the indicator or in the wording of one of its facts."""
    kept = pd.Series(True, index=table.index)
    for word in query.casefold().split():
        worded = facts.loc[facts["indicator"].str.casefold().str.contains(word, regex=False), "key"]
        kept &= table["label"].str.casefold().str.contains(word, regex=False) | table["key"].isin(set(worded))
    return kept


@dataclass(frozen=True)
class Listing:
    """The listed indicators: `table` before the facet of spread, `rows` after it; how many regions are looked at."""

    table: pd.DataFrame
    rows: pd.DataFrame
    regions: int


def build(facts: pd.DataFrame, selection: Selection, documents: dict[str, str], facets: Facets) -> Listing:
    """What the global filters and the facets leave. `documents`: id → region of those looked at."""
    table = listed(facts, selection, documents)
    regions = len(set(documents.values()))
    table = table[stating(table, facets.states) & matching(table, facts, facets.query)]
    return Listing(table, table[spread(table, facets.spread, regions)], regions)


def counts(
    listing: Listing,
    facts: pd.DataFrame,
    selection: Selection,
    documents: dict[str, str],
    facets: Facets,
    options: dict[str, tuple[str, ...]],
) -> dict[str, dict[str, int]]:
    """Facet → option → how many indicators would be left if it alone were chosen there, all else as it is.

    `listing`: what `build` makes of the other arguments; `options`: those of the global filters theme, kind, attribute.
    """

    def left(key: str, *options: str) -> pd.DataFrame:
        """What would be left with these options of a filter in place of what is chosen there."""
        chosen = replace(selection, **{key: options})
        if facets.spread != SPREADS[0] or facets.states:
            return build(facts, chosen, documents, facets).rows
        table = chosen.facts(searched)[["key", "indicator_theme"]].drop_duplicates("key")
        return table.rename(columns={"indicator_theme": "theme"})

    names = facts[["key", "label"]].drop_duplicates("key")
    found = names.loc[matching(names, facts, facets.query), "key"]
    searched = facts.loc[facts["key"].isin(found), list(NEEDED)]
    themes = left("themes")["theme"].value_counts()
    loose, regions = listing.table, listing.regions
    if facets.states:
        loose = build(facts, selection, documents, replace(facets, states=())).table
    in_spread, in_state = spread(loose, facets.spread, regions), stating(loose, facets.states)
    return {
        "theme": {theme: int(themes.get(theme, 0)) for theme in options["theme"]},
        "kind": {kind: len(left("kinds", kind)) for kind in options["kind"]},
        "attribute": {one: len(left("attributes", one)) for one in options["attribute"]},
        "spread": {choice: int((spread(loose, choice, regions) & in_state).sum()) for choice in SPREADS},
        "state": {state: int((stating(loose, (state,)) & in_spread).sum()) for state in STATES},
    }
