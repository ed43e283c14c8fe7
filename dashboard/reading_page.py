"""One page of passages, worked out for its columns: words as HTML, facts, neighbours and quotations."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

import labels
import reading_cards
import reading_find
import reading_text
import wording
from directory import Document
from reading_find import Found
from reading_text import Span
from view import View

LENGTH = 8
"""Passages of a column on one page."""


@dataclass(frozen=True)
class Passage:
    """A passage as drawn: HTML in which nothing but our marks is markup, facts (id → words), words to take away.

    `quotation` is empty where the words are absent; `opened` tells whether its neighbours are shown.
    """

    id: str
    html: str
    facts: dict[str, str]
    quotation: str
    opened: bool


@dataclass(frozen=True)
class Column:
    """A document with its passages on this page. `found`: how many it has on all pages."""

    head: str
    found: int
    passages: tuple[Passage, ...]


def pages(found: Found, documents: Sequence[str]) -> int:
    """Pages of the longest column, at least one."""
    count = found.passages["doc_id"].value_counts()
    return max(1, math.ceil(max(int(count.get(doc_id, 0)) for doc_id in documents) / LENGTH))


def columns(
    found: Found,
    documents: list[Document],
    page: int,
    opened: Sequence[str],
    indicator: str,
    paths: Mapping[str, str],
    view: View,
) -> tuple[Column, ...]:
    """The columns of one page. `indicator`: key of the one whose facts are framed; `paths`: section → chapter."""
    first = (page - 1) * LENGTH
    shown = {
        document.id: found.passages[found.passages["doc_id"] == document.id].iloc[first : first + LENGTH]
        for document in documents
    }
    rows = pd.concat(list(shown.values()))
    matter = _matter(rows, opened, indicator, paths, view)
    number = reading_cards.counts(found, documents, view)
    made = []
    for document in documents:
        own, whole = number[document.id]
        share = wording.number(round(own / whole * 100, 1)) if whole else "0"
        counted = labels.word("reading.count", count=own, whole=whole, share=share)
        head = reading_text.head_html(document.name, view.directory.colour(document.region_id), counted)
        sign = reading_find.pattern(found.words.get(document.id, ()))
        passages = (matter.passage(row, document.title, sign) for row in shown[document.id].to_dict("records"))
        made.append(Column(head, own, tuple(passages)))
    return tuple(made)


@dataclass(frozen=True)
class _Matter:
    """What the passages of a page are made of, by passage: words, numbers of facts, facts in words, neighbours.

    `focus`: facts that are framed; `paths`: section → chapter.
    """

    texts: dict[str, str]
    spans: dict[str, dict[str, Span]]
    told: dict[str, dict[str, str]]
    near: dict[str, tuple[str, str]]
    focus: set[str]
    paths: Mapping[str, str]

    def passage(self, row: dict[Hashable, Any], title: str, sign: re.Pattern[str] | None) -> Passage:
        """A passage of the document called `title`. `row`: columns of passages; `sign` finds words looked for."""
        passage_id, section, line = str(row["passage_id"]), str(row["section_id"]), int(row["line"])
        text, numbers = self.texts.get(passage_id, ""), self.spans.get(passage_id, {})
        framed = [span for target, span in numbers.items() if target in self.focus]
        about = labels.word(
            "reading.about",
            line=labels.word("words.line", line=line),
            themes=reading_cards.themes(row["themes"]),
            chars=row["chars"],
        )
        return Passage(
            passage_id,
            reading_text.passage_html(
                reading_cards.place(section, self.paths),
                about,
                reading_text.marked(text, list(numbers.values()), framed, sign),
                *(self.texts.get(other, "") for other in self.near.get(passage_id, ("", ""))),
            ),
            self.told.get(passage_id, {}),
            reading_text.quotation(text, title, self.paths.get(section, ""), line) if text else "",
            passage_id in self.near,
        )


def _matter(rows: pd.DataFrame, opened: Sequence[str], indicator: str, paths: Mapping[str, str], view: View) -> _Matter:
    place = dict(zip(rows["passage_id"], rows["doc_id"], strict=True))
    passages = view.tables["passages"]
    near = {one: reading_find.neighbours(passages, place[one], one) for one in opened if one in place}
    facts = view.facts[view.facts["passage_id"].isin(list(place))]
    focus = set(facts.loc[facts["key"] == indicator, "target_id"]) if indicator else set()
    return _Matter(
        view.tables.texts([*place, *(other for pair in near.values() for other in pair if other)]),
        reading_text.spans(view.tables.evidence, list(place)),
        _told(facts, focus),
        near,
        focus,
        paths,
    )


def _told(facts: pd.DataFrame, focus: set[str]) -> dict[str, dict[str, str]]:
    """Passage → its facts (id → words), those in focus first."""
    found: dict[str, dict[str, str]] = {}
    names = ("passage_id", "target_id", "value_words", "label")
    rows = zip(*(facts[name] for name in names), strict=True)
    for passage_id, target_id, value, label in sorted(rows, key=lambda row: row[1] not in focus):
        words = wording.markdown(labels.word("reading.fact", value=value, label=label))
        found.setdefault(passage_id, {})[target_id] = words
    return found
