"""Facts of one document → the rows of its key targets."""

from __future__ import annotations

import pandas as pd

import headlines
import labels
from differences import RATES
from facts import AIMS, OWN_NAME


def targets(facts: pd.DataFrame) -> pd.DataFrame:
    """The aims among prepared facts of one document, each once, the most telling first.

    New columns: lines (all lines that state it), rank (0 for a headline, 1 for a binding or expected one, 2 for a
    canonical indicator, 3 for another rate, 4 for the rest), start_words, start_when and start_id (the measured value
    it starts from; empty for none).
    """
    aims = facts[facts["kind"].isin(AIMS)].sort_values("line", kind="stable")
    same = ["key", "value_words", "when_words"]
    lines: dict[tuple[str, ...], list[int]] = {}
    for *words, line in zip(*(aims[name] for name in (*same, "line")), strict=True):
        lines.setdefault(tuple(words), []).append(line)
    order = aims.assign(bound=aims["attribute"] == "").sort_values(["bound", "line"], kind="stable")
    kept = order.drop_duplicates(same).drop(columns="bound").sort_values("line", kind="stable")
    stated = [sorted(set(lines[words])) for words in zip(*(kept[name] for name in same), strict=True)]
    needed = list(headlines.NEEDED)
    measured: dict[str, list[headlines.Fact]] = {}
    for fact in headlines.records(facts.loc[facts["kind"].eq("baseline") & facts["key"].isin(kept["key"]), needed]):
        measured.setdefault(fact["key"], []).append(fact)
    starts = [headlines.start(aim, measured.get(aim["key"], [])) for aim in headlines.records(kept[needed])]
    rank = pd.Series(4, index=kept.index)
    rank = rank.mask(kept["measure"].isin(RATES), 3).mask(~kept["key"].str.startswith(OWN_NAME), 2)
    rank = rank.mask(kept["attribute"] != "", 1).mask(kept["key"].isin(headlines.HEADLINES), 0)
    return kept.assign(
        lines=stated,
        rank=rank,
        start_words=["" if start is None else start["value_words"] for start in starts],
        start_when=["" if start is None else start["when_words"] for start in starts],
        start_id=["" if start is None else start["target_id"] for start in starts],
    )


def key_targets(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The `most` first rows of `targets` by rank, in the order of themes (most targets kept first) and lines."""
    kept = rows.sort_values(["rank", "line"], kind="stable").head(most)
    order = list(labels.node("themes"))
    place = {theme: number for number, theme in enumerate(order)}
    themes = kept["indicator_theme"].map(lambda theme: place.get(theme, len(order)))
    return kept.assign(place=themes).sort_values(["place", "line"], kind="stable").drop(columns="place")
