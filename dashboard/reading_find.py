"""Which passages are to be read: those of a theme, a topic, an indicator or with given words, by document.

Headings are no passages. What is wanted narrows: a passage passes all that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from data_io import Tables

MOST_WORDS = 6
"""Words of a search that count; more are left out."""


@dataclass(frozen=True)
class Wanted:
    """What a passage must have: one of the themes, the topic, a fact of the indicator (by key), all the words."""

    themes: tuple[str, ...] = ()
    topic: str = ""
    indicator: str = ""
    words: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether every passage will do."""
        return not (self.themes or self.topic or self.indicator or self.words)


@dataclass(frozen=True)
class Found:
    """Passages of `documents`, and by document the words that are looked for in it.

    `passages`: columns of the table, rank (place of a wanted theme among the passage's own, 0 its first) and hits (how
    often a word that is looked for stands in it).
    """

    documents: tuple[str, ...]
    passages: pd.DataFrame
    words: dict[str, tuple[str, ...]]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many passages a document has, those with most first; documents without one are not there."""
        return {str(doc_id): int(count) for doc_id, count in self.passages["doc_id"].value_counts().items()}


def split(text: str) -> tuple[str, ...]:
    """The words of a search, parted by blanks, each once."""
    return tuple(dict.fromkeys(text.split()))[:MOST_WORDS]


def pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """What finds any of the words, the longest first, in capitals or not; None for no words."""
    if not words:
        return None
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)


def readable(passages: pd.DataFrame, documents: Sequence[str]) -> pd.DataFrame:
    """The passages of documents without headings, in their order."""
    return passages[passages["doc_id"].isin(documents) & (passages["kind"] != "heading")]


def find(wanted: Wanted, documents: Sequence[str], stated: pd.DataFrame, tables: Tables) -> Found:
    """Passages of `documents` that have what is wanted. `stated`: facts that may bring a passage (key, passage_id).

    A topic stands where a word that signals it stands, in a section that speaks of it; without the documents' words
    every passage of such a section under one of the topic's themes counts, and wanted words are not looked for.
    """
    kept = readable(tables["passages"], documents)
    kept = kept.assign(rank=[_rank(themes, wanted.themes) for themes in kept["themes"]], hits=0)
    kept = kept[kept["rank"] >= 0]
    if wanted.indicator:
        kept = kept[kept["passage_id"].isin(stated.loc[stated["key"] == wanted.indicator, "passage_id"])]
    words = dict.fromkeys(documents, wanted.words)
    if wanted.topic:
        kept = _of_topic(kept, wanted.topic, tables)
        words = {doc_id: (*wanted.words, *own) for doc_id, own in _signals(wanted.topic, documents, tables).items()}
    if not tables.has_words or not (wanted.words or wanted.topic):
        return Found(tuple(documents), kept, words if tables.has_words else {})
    texts = _with(wanted.words, list(kept["passage_id"]), tables)
    kept = kept[kept["passage_id"].isin(texts)]
    if wanted.topic:
        signals = {doc_id: pattern(own) for doc_id, own in _signals(wanted.topic, documents, tables).items()}
        spoken = [
            (sign := signals[doc_id]) is not None and sign.search(texts[passage_id]) is not None
            for doc_id, passage_id in zip(kept["doc_id"], kept["passage_id"], strict=True)
        ]
        kept = kept[pd.Series(spoken, index=kept.index, dtype=bool)]
    seen = {doc_id: pattern(own) for doc_id, own in words.items()}
    hits = [
        0 if (sign := seen[doc_id]) is None else len(sign.findall(texts[passage_id]))
        for doc_id, passage_id in zip(kept["doc_id"], kept["passage_id"], strict=True)
    ]
    return Found(tuple(documents), kept.assign(hits=hits), words)


def _rank(themes: str, wanted: tuple[str, ...]) -> int:
    """Place of the first wanted theme among the themes of a passage; 0 where none is wanted, -1 where it has none."""
    if not wanted:
        return 0
    return next((place for place, theme in enumerate(themes.split("|")) if theme in wanted), -1)


def _of_topic(passages: pd.DataFrame, topic: str, tables: Tables) -> pd.DataFrame:
    """Passages of sections that speak of a topic; without the documents' words only those under one of its themes."""
    coverage = tables["coverage"]
    said = coverage[(coverage["topic"] == topic) & (coverage["mentions"] > 0)]
    kept = passages[passages["section_id"].isin(said["section_id"])]
    if tables.has_words:
        return kept
    themes = set(said["theme"])
    return kept[[not themes.isdisjoint(own.split("|")) for own in kept["themes"]]]


def _signals(topic: str, documents: Sequence[str], tables: Tables) -> dict[str, tuple[str, ...]]:
    """The words by which each document speaks of a topic."""
    terms = tables["terms"]
    own = terms[(terms["topic"] == topic) & terms["doc_id"].isin(documents)].groupby("doc_id")["term"].agg(tuple)
    return {doc_id: own.get(doc_id, ()) for doc_id in documents}


def _with(words: tuple[str, ...], passage_ids: list[str], tables: Tables) -> dict[str, str]:
    """The texts, by passage, that hold all the words, in capitals or not."""
    if not words or not passage_ids:
        return tables.texts(passage_ids)
    held = " and ".join(["contains(lower(text), ?)"] * len(words))
    found = tables.query(
        f"select passage_id, text from texts where passage_id in (select unnest(?)) and {held}",
        [passage_ids, *(word.lower() for word in words)],
    )
    return dict(zip(found["passage_id"], found["text"], strict=True))


def within(found: Found, documents: Sequence[str]) -> Found:
    """What was found in some of the documents."""
    kept = found.passages[found.passages["doc_id"].isin(documents)]
    return Found(tuple(documents), kept, found.words)


def ordered(found: Found, best_first: bool) -> Found:
    """The passages document by document, as they follow each other or the nearest to what is wanted first."""
    place = {doc_id: number for number, doc_id in enumerate(found.documents)}
    by = ["place", "rank", "hits"] if best_first else ["place"]
    ranked = found.passages.assign(place=found.passages["doc_id"].map(place))
    ranked = ranked.sort_values(by, ascending=[column != "hits" for column in by], kind="stable")
    return replace(found, passages=ranked.drop(columns="place"))


def neighbours(passages: pd.DataFrame, doc_id: str, passage_id: str) -> tuple[str, str]:
    """The passages before and after one in its document, by id; "" where there is none."""
    ids = list(readable(passages, [doc_id])["passage_id"])
    place = ids.index(passage_id)
    return ids[place - 1] if place else "", ids[place + 1] if place + 1 < len(ids) else ""
