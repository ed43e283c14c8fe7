"""Passages that were found → the card that names and counts them."""

from __future__ import annotations

import pandas as pd

import labels
import reading_find
from card import Card, sources
from directory import Document
from reading_find import Found, Wanted
from view import View

_FACTS_ONLY = frozenset({"years", "kind", "attribute"})
"""Filters that touch passages only where they come from facts."""


def names(documents: list[Document], view: View) -> dict[str, str]:
    """Documents by their region; by their own name where a region has several."""
    regions = [document.region_id for document in documents]
    return {
        document.id: document.name
        if regions.count(document.region_id) > 1
        else view.directory.region(document.region_id)
        for document in documents
    }


def counts(found: Found, documents: list[Document], view: View) -> dict[str, tuple[int, int]]:
    """Passages found and all passages of each document."""
    every = reading_find.readable(view.tables["passages"], [document.id for document in documents])
    whole = every["doc_id"].value_counts()
    return {one.id: (found.counts.get(one.id, 0), int(whole.get(one.id, 0))) for one in documents}


def asked(wanted: Wanted, indicators: dict[str, str], view: View) -> list[str]:
    """What is wanted in words, each part with its heading."""
    said = {
        "theme": labels.join([labels.name("themes", theme) for theme in wanted.themes]),
        "topic": view.directory.topic(wanted.topic) if wanted.topic else "",
        "indicator": indicators.get(wanted.indicator, wanted.indicator),
        "q": " ".join(wanted.words),
    }
    return [
        labels.word("filters.summary", name=labels.word(f"reading.{part}"), values=words)
        for part, words in said.items()
        if words
    ]


def card(
    found: Found,
    wanted: Wanted,
    documents: list[Document],
    indicators: dict[str, str],
    paths: dict[str, str],
    view: View,
) -> Card:
    """Every passage that was found, as a table; title and subtitle say what was asked for and how much there is.

    `indicators`: key → name; `paths`: section → chapter.
    """
    short, number = names(documents, view), counts(found, documents, view)
    said = labels.join(
        [labels.word("reading.counted", name=short[doc_id], count=own) for doc_id, (own, _) in number.items()]
    )
    focus = [
        *(labels.name("themes", theme) for theme in wanted.themes),
        *([view.directory.topic(wanted.topic)] if wanted.topic else []),
        *([indicators.get(wanted.indicator, wanted.indicator)] if wanted.indicator else []),
        *wanted.words,
    ]
    title = (
        labels.word("reading.title_all", values=said)
        if wanted.nothing
        else labels.word("reading.title", focus=labels.word("reading.both").join(focus), values=said)
    )
    skipped = frozenset({"theme"}) | (frozenset() if wanted.indicator else _FACTS_ONLY)
    parts = [labels.word("card.unit", unit=labels.word("reading.unit")), *asked(wanted, indicators, view)]
    return Card(
        id="reading",
        title=title,
        subtitle=labels.word("filters.between").join([*parts, view.describe(skipped)]),
        source=sources([document.title for document in documents]),
        version=view.tables.version,
        table=_table(found.passages, paths, view),
        notes=_notes(documents, wanted, view),
    )


def _notes(documents: list[Document], wanted: Wanted, view: View) -> tuple[str, ...]:
    """How passages were matched, and what was done to the words."""
    table = view.tables["documents"]
    converted = set(table.loc[table["script"] == "traditional", "doc_id"]) & {document.id for document in documents}
    notes = [labels.word("reading.note_passages")]
    if wanted.themes:
        notes.append(labels.word("reading.note_theme"))
    if wanted.topic:
        whole = view.tables.has_words
        notes.append(labels.word("reading.note_topic") if whole else labels.word("reading.note_topic_sections"))
    if converted and view.tables.has_words:
        said = labels.join([view.directory.document(doc_id) for doc_id in sorted(converted)])
        notes.append(labels.word("reading.note_script", documents=said))
    return tuple(notes)


def _table(passages: pd.DataFrame, paths: dict[str, str], view: View) -> pd.DataFrame:
    """The passages as a table, its columns named as shown; with their words where they are."""
    columns: dict[str, object] = {
        labels.word("columns.document"): [view.directory.document(doc_id) for doc_id in passages["doc_id"]],
        labels.word("columns.line"): passages["line"],
    }
    if view.tables.has_words:
        texts = view.tables.texts(list(passages["passage_id"]))
        columns[labels.word("reading.words")] = [texts.get(passage_id, "") for passage_id in passages["passage_id"]]
        columns[labels.word("reading.hits")] = passages["hits"]
    columns |= {
        labels.word("columns.chapter"): [place(section, paths) for section in passages["section_id"]],
        labels.word("columns.theme"): [themes(own) for own in passages["themes"]],
        labels.word("columns.chars"): passages["chars"],
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def place(section_id: str, paths: dict[str, str]) -> str:
    """The chapter of a section in words."""
    return paths.get(section_id) or labels.word("words.no_chapter")


def themes(ids: str) -> str:
    """Themes of a passage in words, the first one first."""
    known = [labels.name("themes", theme) for theme in ids.split("|") if theme]
    return labels.join(known) if known else labels.word("reading.no_theme")
