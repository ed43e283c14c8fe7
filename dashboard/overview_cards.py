"""The cards of the page 总览: regions side by side, largest differences, what each document stresses."""

from __future__ import annotations

from typing import Any

import pandas as pd

import chart_contrast
import chart_grid
import chart_themes
import citing
import derived
import headlines
import labels
import plots
import theme_cards
import theme_share
import wording
from card import Card, unit_line
from chart_grid import Cell, Row
from differences import Difference
from directory import Document
from facts import AIMS
from view import View, kept

INDICATORS, DIFFERENCES, TOPICS = 7, 3, 5
"""Headline indicators, differences and topics of a document that are shown, at most."""

WHOLE = frozenset({"years", "kind", "attribute"})
"""Filters that do not touch what is counted over whole documents."""

_NAME = 1.0
"""Width of the column of names by that of a region."""


def _counts(facts: pd.DataFrame) -> dict[str, dict[str, int]]:
    """doc_id → number of facts, targets and indicators."""
    stated: dict[str, list[tuple[str, str]]] = {}
    for doc_id, kind, key in zip(*(facts[column].tolist() for column in ("doc_id", "kind", "key")), strict=True):
        stated.setdefault(doc_id, []).append((kind, key))
    return {
        doc_id: {
            "facts": len(own),
            "targets": sum(kind in AIMS for kind, _ in own),
            "indicators": len({key for _, key in own}),
        }
        for doc_id, own in stated.items()
    }


_NONE = {"facts": 0, "targets": 0, "indicators": 0}


def _years(view: View) -> dict[str, tuple[Any, Any]]:
    """Document → its first and last year, missing where none is said."""
    frame = view.tables["documents"]
    years = zip(frame["period_start"], frame["period_end"], strict=True)
    return dict(zip(frame["doc_id"], years, strict=True))


def period(document: Document, view: View) -> str:
    """Years that a document plans for, in words."""
    first, last = kept(_years, view.whole)[document.id]
    if pd.isna(first) and pd.isna(last):
        return labels.word("overview.no_period")
    return wording.when({"year": None, "period_start": first, "period_end": last})


def _document_rows(
    regions: list[str], documents: list[Document], counts: dict[str, dict[str, int]], view: View
) -> list[Row]:
    """Documents below each other, each with its period and counts."""
    own = {region: [document for document in documents if document.region_id == region] for region in regions}
    rows = []
    for place in range(max(len(members) for members in own.values())):
        cells = [Cell(labels.word("overview.row_document") if place == 0 else "")]
        for members in own.values():
            cell = Cell()
            if place < len(members):
                document = members[place]
                told = counts.get(document.id, _NONE)
                cell = Cell(document.label, light=labels.word("overview.counts", period=period(document, view), **told))
            cells.append(cell)
        rows.append(Row(tuple(cells)))
    return rows


def _headline_cell(found: headlines.Headline | None, first: Document, view: View, hidden: bool) -> Cell:
    """Aim with its time over the value it starts from; what is only measured in plain letters.

    A document other than `first` is named. `hidden`: what is said does not pass the filters.
    """
    if found is None:
        return Cell(light=labels.word("overview.outside") if hidden else labels.word("overview.unsaid"))
    fact, start = found.fact, found.start
    if found.measured:
        value = labels.word("overview.measured", value=fact["value_words"], when=fact["when_words"])
        return Cell(light=value, id=fact["target_id"])
    before = "" if start is None else start_words(start)
    when = str(fact["when_words"])
    if fact["doc_id"] != first.id:
        when = labels.word("overview.from_document", when=when, document=view.directory.label(fact["doc_id"]))
    return Cell(fact["value_words"], when, before, fact["target_id"], bold=True)


def start_words(start: headlines.Fact) -> str:
    """A measured value with its time: 2020年：5312.8亿元."""
    return labels.word("overview.start", value=start["value_words"], when=start["when_words"])


def grid_card(regions: list[str], view: View) -> Card:
    """Regions side by side: documents, counts and headline indicators."""
    facts = view.stated.loc[view.stated["region_id"].isin(regions), [*headlines.NEEDED, "label"]]
    documents = [document for document in view.documents if document.region_id in regions]
    counts = _counts(facts)
    keys = headlines.present(facts, INDICATORS)
    found = headlines.headlines(facts, keys, list(view.directory.documents))
    first = {document.region_id: document for document in reversed(documents)}
    heads = [Cell(view.directory.region(r), bold=True, colour=view.directory.colour(r)) for r in regions]
    rows = [Row((Cell(), *heads)), *_document_rows(regions, documents, counts, view)]
    rows += [Row(band=labels.word("overview.row_indicators"))] if keys else []
    names = dict(zip(facts["key"], facts["label"], strict=True))
    shown_ids = {document.id for document in documents}
    known = view.facts.loc[view.facts["doc_id"].isin(shown_ids), ["key", "region_id"]]
    stated_at = set(zip(known["key"], known["region_id"], strict=True))
    for key in keys:
        cells = [
            _headline_cell(found.get((key, region)), first[region], view, (key, region) in stated_at)
            for region in regions
        ]
        rows.append(Row((Cell(names[key], id=INDICATOR + key), *cells)))
    shown = [found[(key, region)] for key in keys for region in regions if (key, region) in found]
    stated = [fact for item in shown for fact in (item.fact, item.start) if fact is not None]
    title = _grid_title(documents, counts, view)
    return Card(
        id=f"regions-{wording.short_id(*regions)}",
        title=title,
        subtitle=unit_line(labels.word("overview.unit_each"), view.describe()),
        source=citing.facts(
            [document.id for document in documents], pd.DataFrame(stated, columns=list(headlines.NEEDED)), view
        ),
        version=view.tables.version,
        table=_grid_table(rows, regions, view),
        body=chart_grid.draw([_NAME, *([1.0] * len(regions))], rows),
        alt=title,
        notes=(labels.word("overview.grid_note"),),
        facts=tuple(str(fact["target_id"]) for fact in stated),
        hint=labels.word("overview.grid_hint"),
    )


INDICATOR = "indicator:"
"""What stands before the id of an indicator in the mark of its name."""


def _grid_title(documents: list[Document], counts: dict[str, dict[str, int]], view: View) -> str:
    """Number of targets by document, kinds of documents apart, largest first."""
    said = []
    for doc_type, members in chart_themes.facets(documents).items():
        aims = {document: counts.get(document.id, _NONE)["targets"] for document in members}
        values = [
            labels.word("overview.region_count", region=view.directory.region(document.region_id), count=aims[document])
            for document in sorted(members, key=lambda document: -aims[document])
        ]
        said.append(
            labels.word(
                "overview.type_counts", doc_type=labels.name("doc_type_names", doc_type), values=labels.join(values)
            )
        )
    return labels.word("overview.grid_title", values=labels.word("overview.types_joined").join(said))


def _grid_table(rows: list[Row], regions: list[str], view: View) -> pd.DataFrame:
    """The grid as a table of words: a column a region, without its bands. `rows`: those that are drawn, heads first."""
    names = [labels.word("columns.label"), *(view.directory.region(region) for region in regions)]
    body = [[_cell_words(cell) for cell in row.cells] for row in rows[1:] if row.cells]
    return pd.DataFrame(body, columns=names)


def _cell_words(cell: Cell) -> str:
    """A cell in one line: 7000亿元（2025年）｜2020年：5312.8亿元."""
    main = labels.word("states.dated", value=cell.strong, when=cell.aside) if cell.aside else cell.strong
    return labels.word("filters.between").join(part for part in (main, cell.light) if part)


def difference_card(found: list[Difference], compared: int, view: View) -> Card:
    """The widest of `compared` differences in targets, with their numbers."""
    aims = pd.concat([difference.aims for difference in found])
    notes = [labels.word("overview.difference_note", count=compared)]
    notes += [labels.word("overview.mixed_note")] if any(d.mixed or not d.same_time for d in found) else []
    said = [chart_contrast.statement(difference, view.directory) for difference in found]
    columns = ["label", "region", "value", "when", "document", "line"]
    table = pd.DataFrame(
        {
            "label": aims["label"],
            "region": aims["region"],
            "value": aims["value_words"],
            "when": aims["when_words"],
            "document": aims["document"],
            "line": [labels.word("words.line", line=line) for line in aims["line"]],
        }
    ).rename(columns={column: labels.word(f"columns.{column}") for column in columns})
    return Card(
        id=f"differences-{wording.short_id(*aims['target_id'])}",
        title=labels.word("overview.difference_title", count=len(found), values=said[0]),
        subtitle=unit_line(labels.word("overview.unit_each"), view.describe()),
        source=citing.facts(aims["doc_id"], aims, view),
        version=view.tables.version,
        table=table,
        body=chart_contrast.draw(found, view.directory),
        alt=labels.word("words.stop").join(said),
        notes=tuple(notes),
        facts=tuple(aims["target_id"]),
        hint=labels.word("overview.difference_hint"),
    )


def share_card(view: View) -> Card | None:
    """The themes in whose share of text the documents of one type differ most; None where no type has two."""
    groups = chart_themes.facets(view.documents)
    doc_type = max(groups, key=lambda name: len(groups[name]), default="")
    members = groups.get(doc_type, [])
    if len(members) < 2:
        return None
    ids = [document.id for document in members]
    table = derived.shares(view.tables)
    table = view.selection.listed(table[table["doc_id"].isin(ids)])
    spread = theme_share.widest_gap(table, "theme", "share")
    spread = spread[spread["gap"] > 0].head(DIFFERENCES)
    if spread.empty:
        return None
    table = table[table["theme"].isin(spread["theme"])]
    names = {theme: labels.name("themes", theme) for theme in spread["theme"]}
    said = [
        labels.word(
            "overview.share_value",
            theme=names[row.theme],
            high=view.directory.region(view.directory.documents[row.high].region_id),
            low=view.directory.region(view.directory.documents[row.low].region_id),
            high_value=theme_cards.words(row.high_value, "share"),
            low_value=theme_cards.words(row.low_value, "share"),
        )
        for row in spread.itertuples()
    ]
    title = labels.word(
        "overview.share_title", doc_type=labels.name("doc_type_names", doc_type), count=len(said), values=said[0]
    )
    unit = labels.word("themes_page.share_unit")
    ordered = table.sort_values("theme", key=lambda column: column.map(list(names).index), kind="stable")
    shown = pd.DataFrame(
        {
            labels.word("columns.theme"): [names[theme] for theme in ordered["theme"]],
            labels.word("columns.document"): [view.directory.document(doc_id) for doc_id in ordered["doc_id"]],
            labels.word("columns.share"): ordered["share"].round(1),
        }
    )
    return Card(
        id=f"shares-{wording.short_id(*ids)}",
        title=title,
        subtitle=unit_line(unit, view.describe(WHOLE)),
        source=citing.documents(ids, view),
        version=view.tables.version,
        table=shown,
        body=chart_themes.gaps(table, spread, names, "share", unit, members, view.directory),
        alt=labels.word("words.stop").join([title, *said[1:]]),
        notes=(labels.word("themes_page.gap_note"), labels.word("themes_page.share_note")),
        plot=plots.by_document(table, "theme", names, "share", unit, view.directory),
    )
