"""Themes and topics by document → cards: heatmap, comparison of documents of one type, topics of a theme."""

from __future__ import annotations

import pandas as pd

import chart_themes
import labels
import plots
import theme_share
from card import Card, sources, unit_line
from directory import Document
from view import View

_UNUSED = frozenset({"years", "kind", "attribute"})
"""Filters that do not touch passages."""

_NAMED, _TOPICS = 3, 15
"""Documents that a title names, and topics that a chart shows, at most."""

_ENOUGH, _OF = 5, 20
"""Mentions of a topic, and of its theme, from which on a title gives a rate; below it gives the mentions."""


def words(value: float, measure: str) -> str:
    """A value with its unit: 18.2%, 3.1次/万字, 12次."""
    return labels.word(f"themes_page.{measure}_value", value=chart_themes.number(value, measure))


def _unit(measure: str) -> str:
    return labels.word(f"themes_page.{measure}_unit")


def heat_card(table: pd.DataFrame, measure: str, view: View) -> Card:
    """All themes of `table` (columns of `theme_share.by_theme`) in all documents of the selection."""
    themes = theme_share.ranked(table, "theme", measure)
    doc_type, tops = _tops(table, "theme", measure, view)
    title = labels.word(
        "themes_page.heat_title" if measure == "share" else "themes_page.heat_title_mentions",
        doc_type=labels.name("doc_type_names", doc_type),
        values=tops,
    )
    names = {theme: labels.name("themes", theme) for theme in themes}
    return Card(
        id=f"themes-{measure}",
        title=title,
        subtitle=unit_line(_unit(measure), view.describe(_UNUSED)),
        source=sources([document.title for document in view.documents]),
        version=view.tables.version,
        table=_table(table, "theme", view),
        notes=(labels.word(f"themes_page.{measure}_note"),),
        body=chart_themes.heatmap(table, "theme", names, measure, _unit(measure), view.documents, view.directory),
        alt=labels.word("themes_page.heat_alt", title=title, documents=len(view.documents), themes=len(themes)),
        plot=plots.by_document(table, "theme", names, measure, _unit(measure), view.directory),
    )


def gap_card(table: pd.DataFrame, measure: str, doc_type: str, documents: list[Document], view: View) -> Card | None:
    """Themes in which documents of one type differ, widest gap first; None where they speak of none."""
    own = table[table["doc_id"].isin([document.id for document in documents])]
    spread = theme_share.widest_gap(own, "theme", measure)
    spread = spread[spread["high_value"] > 0].reset_index(drop=True)
    if spread.empty:
        return None
    top = spread.iloc[0]
    title = labels.word(
        "themes_page.gap_title",
        doc_type=labels.name("doc_type_names", doc_type),
        theme=labels.name("themes", top["theme"]),
        high=region(top["high"], documents, view),
        high_value=words(top["high_value"], measure),
        low=region(top["low"], documents, view),
        low_value=words(top["low_value"], measure),
    )
    names = {theme: labels.name("themes", theme) for theme in spread["theme"]}
    return Card(
        id=f"gap-{measure}-{documents[0].id}",
        title=title,
        subtitle=unit_line(_unit(measure), view.describe(_UNUSED)),
        source=sources([document.title for document in documents]),
        version=view.tables.version,
        table=_table(own, "theme", view),
        notes=(labels.word("themes_page.gap_note"), labels.word(f"themes_page.{measure}_note")),
        body=chart_themes.gaps(own, spread, names, measure, _unit(measure), documents, view.directory),
        alt=title,
        plot=plots.by_document(own, "theme", names, measure, _unit(measure), view.directory),
    )


def topic_card(table: pd.DataFrame, measure: str, theme: str, view: View) -> Card:
    """Topics of one theme (columns of `theme_share.by_topic`) in all documents of the selection."""
    ranked = theme_share.ranked(table, "topic", measure)
    topics = [topic for topic in ranked if topic][:_TOPICS] + [topic for topic in ranked if not topic]
    doc_type, tops = _tops(table, "topic", measure, view)
    title = labels.word(
        "themes_page.topic_title",
        theme=labels.name("themes", theme),
        doc_type=labels.name("doc_type_names", doc_type),
        values=tops,
    )
    unit = labels.word("themes_page.topic_share_unit") if measure == "share" else _unit(measure)
    notes = [labels.word("themes_page.topic_note")]
    notes += [labels.word("themes_page.topic_more", count=_TOPICS)] if len(ranked) > len(topics) else []
    notes += [labels.word("themes_page.topic_share_note")] if measure == "share" else []
    notes += [labels.word("themes_page.no_topic_note")] if "" in topics else []
    names = {topic: view.directory.topic(topic) for topic in topics}
    return Card(
        id=f"topics-{measure}-{theme}",
        title=title,
        subtitle=unit_line(unit, view.describe(_UNUSED)),
        source=sources([document.title for document in view.documents]),
        version=view.tables.version,
        table=_table(table, "topic", view),
        notes=tuple(notes),
        alt=title,
        body=chart_themes.heatmap(table, "topic", names, measure, unit, view.documents, view.directory),
        plot=plots.by_document(table, "topic", names, measure, unit, view.directory),
    )


def region(doc_id: str, documents: list[Document], view: View) -> str:
    """Region of a document; the document itself where one region has several of the type."""
    document = view.directory.documents[doc_id]
    several = [other for other in documents if other.region_id == document.region_id]
    return document.name if len(several) > 1 else view.directory.region(document.region_id)


def _tops(table: pd.DataFrame, column: str, measure: str, view: View) -> tuple[str, str]:
    """The type of which most documents speak of any, and the strongest theme or topic of each of them, in words."""
    groups = chart_themes.facets(view.documents)
    speaking = set(table.loc[(table[column] != "") & (table[measure] > 0), "doc_id"])
    doc_type = max(
        groups, key=lambda name: (sum(document.id in speaking for document in groups[name]), len(groups[name]))
    )
    said = []
    for document in groups[doc_type]:
        if len(said) > _NAMED:
            break
        own = table[(table["doc_id"] == document.id) & (table[column] != "")]
        if len(own) and own[measure].max() > 0:
            top = own.loc[own[measure].idxmax()]
            name = labels.name("themes", top[column]) if column == "theme" else view.directory.topic(top[column])
            whole = table.loc[table["doc_id"] == document.id, "count"].sum()
            few = column == "topic" and (top["count"] < _ENOUGH or whole < _OF)
            said.append(
                labels.word(
                    "themes_page.top",
                    region=region(document.id, groups[doc_type], view),
                    name=name,
                    value=words(top["count"], "count") if few else words(top[measure], measure),
                )
            )
    text = labels.join(said[:_NAMED])
    return doc_type, labels.word("compare.title_more", values=text) if len(said) > _NAMED else text


def _table(table: pd.DataFrame, column: str, view: View) -> pd.DataFrame:
    """The numbers of a card, its columns named as shown."""
    documents = view.directory.documents
    frame = pd.DataFrame(
        {
            "document": [documents[doc].name for doc in table["doc_id"]],
            "doc_type": [documents[doc].type_name for doc in table["doc_id"]],
            column: [
                labels.name("themes", item) if column == "theme" else view.directory.topic(item)
                for item in table[column]
            ],
            "share": table["share"].round(2),
            "density": table["density"].round(2),
            "count": table["count"],
        }
    )
    for extra in ("passages", "chars"):
        if extra in table:
            frame[extra] = table[extra]
    return frame.rename(columns={name: labels.word(f"columns.{name}") for name in frame})
