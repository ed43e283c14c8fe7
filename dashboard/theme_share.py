"""How much of each document's text a theme or topic takes.

A measure is `share` (% of all characters of text, each passage under its first theme), `density` (mentions in 10,000
characters, headings included, as they hold mentions too) or `count` (mentions). For shares headings are not text.
"""

from __future__ import annotations

import pandas as pd

MEASURES = ("share", "density", "count")


def document_chars(passages: pd.DataFrame) -> pd.Series:
    """Characters of text of each document, by doc_id."""
    return passages[passages["kind"] != "heading"].groupby("doc_id")["chars"].sum()


def _per_10k(table: pd.DataFrame, passages: pd.DataFrame) -> pd.Series:
    """Mentions in 10,000 characters of the document of each row."""
    chars = table["doc_id"].map(passages.groupby("doc_id")["chars"].sum()).astype("float64")
    return (table["count"] / chars * 10_000).fillna(0.0)


def counted(passages: pd.DataFrame, coverage: pd.DataFrame | None = None) -> pd.DataFrame:
    """What `by_theme` adds up: doc_id, theme, mentions, passages, chars of each theme that a document touches.

    And a row a document with the theme "": all its characters as `mentions`, those of text as `chars`. Without
    `coverage` no theme is mentioned.
    """
    text = passages[passages["kind"] != "heading"]
    taken = text[text["theme"] != ""].groupby(["doc_id", "theme"])["chars"].agg(["size", "sum"])
    taken = taken.rename(columns={"size": "passages", "sum": "chars"})
    if coverage is None:
        table = taken.assign(mentions=0).reset_index()
    else:
        said = coverage[coverage["theme"] != ""].groupby(["doc_id", "theme"])["mentions"].sum()
        table = taken.join(said, how="outer").reset_index()
    whole = passages.groupby("doc_id")["chars"].sum().rename("mentions").to_frame()
    whole = whole.assign(chars=document_chars(passages), passages=0, theme="").reset_index()
    return pd.concat([table, whole])[["doc_id", "theme", "mentions", "passages", "chars"]].fillna(0)


def by_theme(counts: pd.DataFrame, documents: list[str]) -> pd.DataFrame:
    """One row a document and theme: doc_id, theme, share (%), density (in 10,000 characters), count, passages, chars.

    Every theme that any of the documents touches stands in each of them, with 0 where it is absent. `counts`: columns
    of `counted`.
    """
    counts = counts[counts["doc_id"].isin(documents)]
    whole, own = counts[counts["theme"] == ""].set_index("doc_id"), counts[counts["theme"] != ""]
    numbers = ["mentions", "passages", "chars"]
    keys = zip(own["doc_id"].tolist(), own["theme"].tolist(), strict=True)
    said = dict(zip(keys, own[numbers].astype("int64").to_numpy().tolist(), strict=True))
    themes = sorted({theme for _, theme in said})
    rows = [(doc_id, theme, *said.get((doc_id, theme), (0, 0, 0))) for doc_id in documents for theme in themes]
    table = pd.DataFrame(rows, columns=["doc_id", "theme", "count", "passages", "chars"])
    text, chars = (table["doc_id"].map(whole[column]).astype("float64") for column in ("chars", "mentions"))
    table["share"] = (table["chars"] / text * 100).fillna(0.0)
    table["density"] = (table["count"] / chars * 10_000).fillna(0.0)
    return table


def by_topic(passages: pd.DataFrame, coverage: pd.DataFrame, documents: list[str], theme: str) -> pd.DataFrame:
    """One row a document and topic of `theme`: doc_id, topic, count, density, share (% of the theme's mentions)."""
    said = coverage[coverage["doc_id"].isin(documents) & (coverage["theme"] == theme)]
    index = pd.MultiIndex.from_product([documents, sorted(set(said["topic"]))], names=["doc_id", "topic"])
    table = pd.DataFrame(index=index)
    table["count"] = said.groupby(["doc_id", "topic"])["mentions"].sum()
    table = table.fillna(0).astype("int64").reset_index()
    table["density"] = _per_10k(table, passages)
    table["share"] = (table["count"] / table.groupby("doc_id")["count"].transform("sum") * 100).fillna(0.0)
    return table


def ranked(table: pd.DataFrame, column: str, measure: str) -> list[str]:
    """Themes or topics of `table` by the mean of `measure` over documents, largest first; none that is 0 everywhere.

    Mentions that belong to no topic stand last.
    """
    mean = table.groupby(column)[measure].mean().sort_values(ascending=False, kind="stable")
    items = [str(item) for item in mean.index[mean > 0]]
    return sorted(items, key=lambda item: item == "")


def widest_gap(table: pd.DataFrame, column: str, measure: str) -> pd.DataFrame:
    """One row an item of `column`, widest first: high, low (doc_id of the extremes), high_value, low_value, gap."""
    table = table.reset_index(drop=True)
    values = table.groupby(column, sort=True)[measure]
    high, low = table.loc[values.idxmax()], table.loc[values.idxmin()]
    found = pd.DataFrame(
        {
            column: high[column].to_numpy(),
            "high": high["doc_id"].to_numpy(),
            "low": low["doc_id"].to_numpy(),
            "high_value": high[measure].to_numpy(),
            "low_value": low[measure].to_numpy(),
        }
    )
    found["gap"] = found["high_value"] - found["low_value"]
    return found.sort_values("gap", ascending=False, kind="stable", ignore_index=True)
