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


def by_theme(passages: pd.DataFrame, coverage: pd.DataFrame, documents: list[str]) -> pd.DataFrame:
    """One row a document and theme: doc_id, theme, share (%), density (in 10,000 characters), count, passages, chars.

    Every theme that any of the documents touches stands in each of them, with 0 where it is absent.
    """
    text = passages[(passages["kind"] != "heading") & passages["doc_id"].isin(documents)]
    said = coverage[coverage["doc_id"].isin(documents) & (coverage["theme"] != "")]
    taken = text[text["theme"] != ""].groupby(["doc_id", "theme"])["chars"].agg(["size", "sum"])
    themes = sorted(set(said["theme"]) | {theme for _, theme in taken.index})
    index = pd.MultiIndex.from_product([documents, themes], names=["doc_id", "theme"])
    table = pd.DataFrame(index=index)
    table["count"] = said.groupby(["doc_id", "theme"])["mentions"].sum()
    table["passages"], table["chars"] = taken["size"], taken["sum"]
    table = table.fillna(0).astype("int64").reset_index()
    whole = table["doc_id"].map(document_chars(passages)).astype("float64")
    table["share"] = (table["chars"] / whole * 100).fillna(0.0)
    table["density"] = _per_10k(table, passages)
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
    rows = []
    for item, group in table.groupby(column, sort=True):
        high, low = group.loc[group[measure].idxmax()], group.loc[group[measure].idxmin()]
        rows.append(
            {
                column: item,
                "high": high["doc_id"],
                "low": low["doc_id"],
                "high_value": high[measure],
                "low_value": low[measure],
                "gap": high[measure] - low[measure],
            }
        )
    columns = [column, "high", "low", "high_value", "low_value", "gap"]
    return pd.DataFrame(rows, columns=columns).sort_values("gap", ascending=False, kind="stable", ignore_index=True)
