"""Where a theme or topic stands within documents → cards: mentions by chapter, and the outline of one document."""

from __future__ import annotations

import pandas as pd

import chart_outline
import labels
import plots
import theme_cards
import theme_outline
from card import Card, sources, unit_line
from directory import Document
from view import View

_NAMED, _ENOUGH = 3, 10
"""Documents that a title names at most, and mentions that a document needs to be named by a share."""

_UNUSED = frozenset({"years", "kind", "attribute", "theme"})
"""Filters that do not touch what a chosen theme brings."""


def chapter_card(table: pd.DataFrame, theme: str, topic: str, view: View) -> Card:
    """Mentions of a theme, or of a topic, by chapter. `table`: columns of `theme_outline.by_chapter`, not empty."""
    sections = theme_outline.names(view.tables["sections"])
    focus = view.directory.topic(topic) if topic else labels.name("themes", theme)
    unit = labels.word("outline.chapter_unit", focus=focus)
    documents = view.documents
    top = table[table["chapter"] != ""].groupby("doc_id", sort=False).head(_NAMED)
    title = labels.word("outline.chapter_title", focus=focus, values=_tops(table, documents, sections, view))
    return Card(
        id=f"chapters-{theme}-{topic}",
        title=title,
        subtitle=unit_line(unit, view.describe(_UNUSED)),
        source=sources([document.title for document in documents]),
        version=view.tables.version,
        table=pd.DataFrame(
            {
                labels.word("columns.document"): [view.directory.document(doc_id) for doc_id in table["doc_id"]],
                labels.word("columns.chapter"): [
                    sections.get(chapter) or labels.word("words.no_chapter") for chapter in table["chapter"]
                ],
                labels.word("columns.count"): table["count"],
                labels.word("outline.share"): table["share"].round(1),
            }
        ),
        notes=(labels.word("outline.chapter_note", count=chart_outline.CHAPTERS),),
        alt=title,
        plot=plots.bars(
            [
                labels.word(
                    "words.regional_document", region=view.directory.document(doc_id), document=sections[chapter]
                )
                for doc_id, chapter in zip(top["doc_id"], top["chapter"], strict=True)
            ],
            list(top["count"]),
            [view.directory.colour(view.directory.documents[doc_id].region_id) for doc_id in top["doc_id"]],
            focus,
            unit,
        ),
        body=chart_outline.bars(chart_outline.lines(table, documents, sections), view.directory, unit),
    )


def _tops(table: pd.DataFrame, documents: list[Document], sections: dict[str, str], view: View) -> str:
    """The first chapter of each document with its share; with its count where mentions are few."""
    said = []
    for document in documents:
        own = table[table["doc_id"] == document.id]
        if own.empty or not own["chapter"].iloc[0]:
            continue
        top = own.iloc[0]
        share = labels.word("outline.percent", share=f"{top['share']:.0f}")
        count = labels.word("outline.times", count=top["count"])
        said.append(
            labels.word(
                "outline.top",
                region=theme_cards.region(document.id, documents, view),
                chapter=sections[top["chapter"]].partition(" ")[0],
                value=share if own["count"].sum() >= _ENOUGH else count,
            )
        )
    text = labels.join(said[:_NAMED]) or labels.word("words.no_chapter")
    return labels.word("compare.title_more", values=text) if len(said) > _NAMED else text


def outline_card(table: pd.DataFrame, theme: str, document: Document, view: View) -> Card:
    """The outline of one document, coloured by a theme. `table`: columns of `theme_outline.outline`, not empty."""
    name = labels.name("themes", theme)
    passages = view.tables["passages"]
    text = passages[(passages["doc_id"] == document.id) & (passages["kind"] != "heading")]
    whole, own = int(text["chars"].sum()), int(text.loc[text["theme"] == theme, "chars"].sum())
    chapters = table[table["parent"] == ""]
    top = chapters.loc[chapters["own"].idxmax()]
    title = (
        labels.word(
            "outline.title",
            document=document.name,
            theme=name,
            share=f"{own / whole * 100:.1f}",
            chapter=top["name"],
            part=f"{top['own'] / own * 100:.0f}",
        )
        if top["own"] > 0
        else labels.word("outline.title_none", document=document.name, theme=name)
    )
    unit = labels.word("outline.unit", theme=name)
    named = theme_outline.names(view.tables["sections"])
    return Card(
        id=f"outline-{theme}-{document.id}",
        title=title,
        subtitle=unit_line(
            unit, labels.word("filters.summary", name=labels.word("outline.document"), values=document.name)
        ),
        source=sources([document.title]),
        version=view.tables.version,
        table=pd.DataFrame(
            {
                labels.word("outline.chapter"): [
                    named.get(parent, "") or own for parent, own in zip(table["parent"], table["name"], strict=True)
                ],
                labels.word("outline.section"): table["name"].where(table["parent"] != "", ""),
                labels.word("columns.line"): table["line"],
                labels.word("columns.chars"): table["chars"],
                labels.word("outline.theme_chars", theme=name): table["own"],
                labels.word("outline.theme_share", theme=name): table["share"].round(1),
                labels.word("outline.strongest"): [
                    labels.name("themes", theme) if theme else labels.word("outline.no_theme")
                    for theme in table["dominant"]
                ],
            }
        ),
        notes=(labels.word("outline.note", theme=name),),
        alt=title,
        body=chart_outline.treemap(table, document.label, max(whole, int(chapters["chars"].sum()))),
    )
