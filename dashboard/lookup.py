"""One word in the documents: how often it stands in each, in how many chapters, and what words hold it."""

from __future__ import annotations

import pandas as pd

AROUND = 46
"""Characters that a passage shows on each side of a word."""


def canonical(terms: pd.DataFrame, word: str) -> str:
    """The word as the table writes it; "" where it has none. Capital and small letters are one."""
    word = word.strip()
    if not word:
        return ""
    if (terms["term"] == word).any():
        return word
    same = terms.loc[terms["term"].str.casefold() == word.casefold(), "term"]
    return str(same.iloc[0]) if len(same) else ""


def by_document(terms: pd.DataFrame, chars: dict[str, int], word: str, documents: list[str]) -> pd.DataFrame:
    """A row a document, in the order given: doc_id, count, per_10k (per 10,000 characters), chapters; 0 where absent.

    `chars`: document → its characters.
    """
    own = terms[terms["term"] == word].groupby("doc_id")[["count", "chapters"]].agg({"count": "sum", "chapters": "max"})
    table = own.reindex(documents).fillna(0).astype(int).rename_axis("doc_id").reset_index()
    size = table["doc_id"].map(chars).astype("float64")
    table["per_10k"] = (table["count"] / size.where(size > 0) * 10_000).fillna(0.0)
    return table[["doc_id", "count", "per_10k", "chapters"]]


def holding(terms: pd.DataFrame, word: str, documents: list[str], most: int = 12) -> list[str]:
    """Longer words that hold a word, the most frequent in the documents first."""
    word = word.strip()
    if not word:
        return []
    own = terms[terms["doc_id"].isin(documents) & terms["term"].str.contains(word, case=False, regex=False)]
    counts = own[own["term"].str.casefold() != word.casefold()].groupby("term")["count"].sum()
    return list(counts.sort_values(ascending=False, kind="stable").head(most).index)


def of_topic(terms: pd.DataFrame, topic: str, documents: list[str]) -> pd.DataFrame:
    """The words that signal a topic × the documents: counts, most frequent first."""
    own = terms[(terms["topic"] == topic) & terms["doc_id"].isin(documents)]
    if own.empty or not topic:
        return pd.DataFrame(columns=documents)
    grid = own.pivot_table(index="term", columns="doc_id", values="count", aggfunc="sum", fill_value=0)
    grid = grid.reindex(columns=documents, fill_value=0).astype(int)
    order = grid.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return grid.loc[order]


def excerpt(text: str, word: str) -> tuple[str, str, str] | None:
    """A passage round the first place of a word: before, the word as it stands, after; None where it does not."""
    place = text.casefold().find(word.casefold())
    if place < 0 or not word:
        return None
    end = place + len(word)
    start, stop = max(0, place - AROUND), min(len(text), end + AROUND)
    before = ("…" if start else "") + text[start:place]
    return before, text[place:end], text[end:stop] + ("…" if stop < len(text) else "")
