"""One page of passages in columns, as HTML: words with their marks, facts, neighbours and quotations."""

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


FEW = 3
"""Facts of a passage that are offered without opening a list."""


@dataclass(frozen=True)
class Page:
    """A page as drawn: HTML in which nothing but our marks is markup; ids of passages with their neighbours shown."""

    html: str
    opened: tuple[str, ...]


def pages(found: Found, documents: Sequence[str]) -> int:
    """Pages of the longest column, at least one."""
    return max(1, math.ceil(max(found.counts.get(doc_id, 0) for doc_id in documents) / LENGTH))


def page(
    found: Found,
    documents: list[Document],
    number: int,
    opened: Sequence[str],
    indicator: str,
    paths: Mapping[str, str],
    view: View,
) -> Page:
    """One page, a column a document. `indicator`: key of the one whose facts are framed; `paths`: section → chapter."""
    first = (number - 1) * LENGTH
    shown = {
        document.id: found.passages[found.passages["doc_id"] == document.id].iloc[first : first + LENGTH]
        for document in documents
    }
    rows = pd.concat(list(shown.values()))
    matter = _matter(rows, opened, indicator, paths, view)
    count = reading_cards.counts(found, documents, view)
    made = []
    for document in documents:
        own, whole = count[document.id]
        share = wording.number(round(own / whole * 100, 1)) if whole else "0"
        sign = reading_find.pattern(found.words.get(document.id, ()))
        made.append(
            reading_text.column_html(
                document.name,
                view.directory.colour(document.region_id),
                labels.word("reading.count", count=own, whole=whole, share=share),
                [matter.passage(row, document.title, sign) for row in shown[document.id].to_dict("records")],
                labels.word("reading.no_more" if own else "reading.none_here"),
            )
        )
    return Page("".join(made), tuple(matter.near))


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

    def passage(self, row: dict[Hashable, Any], title: str, sign: re.Pattern[str] | None) -> str:
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
        words = reading_text.passage_html(
            reading_cards.place(section, self.paths),
            about,
            reading_text.marked(text, list(numbers.values()), framed, sign),
            *(self.texts.get(other, "") for other in self.near.get(passage_id, ("", ""))),
        )
        quotation = reading_text.quotation(text, title, self.paths.get(section, ""), line)
        more = reading_text.more_html(passage_id, passage_id in self.near, quotation) if text else ""
        return words + reading_text.facts_html(self.told.get(passage_id, {}), FEW) + more


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
        found.setdefault(passage_id, {})[target_id] = labels.word("reading.fact", value=value, label=label)
    return found
