"""Parts of the page 数据与方法: counts, check of numbers and issues, method, dictionary, downloads."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

import address
import cards
import chart_stacked
import checked
import data_documents
import data_nation
import downloads
import fields
import issue_words
import labels
import plots
import wording
from card import Card, sources, unit_line
from facts import AIMS
from view import View, kept

FATES = {"target": "#1F5A96", "excluded": "#66737F", "issue": "#B3541E"}
"""Colour of what became of a number."""

KINDS = {"target": "#1F5A96", "qualitative": "#5B3F8C", "baseline": "#66737F", "past_target": "#8A5A00"}
"""Colour of a kind of statement."""


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={column: labels.word(f"columns.{column}") for column in frame})


def _every_document(view: View) -> str:
    return sources([view.directory.title(doc_id) for doc_id in data_documents.ids(view)])


def part(parts: tuple[str, ...]) -> str:
    """Draw the choice of a part of the page, and return it."""
    chosen: str = fields.draw(
        st.segmented_control,
        address.Parameter("dt_part", parts, parts[0]),
        labels.word("data_page.part"),
        required=True,
        format_func=lambda name: labels.word(f"data_page.parts.{name}"),
        label_visibility="collapsed",
    )
    return chosen


def _totals(whole: View) -> dict[str, int]:
    if whole.many:
        return data_nation.totals(whole)
    facts, tables = whole.facts, whole.tables
    return {
        "documents": len(tables["documents"]),
        "facts": len(facts),
        "targets": int(facts["kind"].isin(AIMS).sum()),
        "indicators": int(facts["key"].nunique()),
        "issues": int(tables["issues"]["severity"].isin(("warning", "error")).sum()),
    }


def totals(view: View) -> None:
    """Five numbers that tell the size of the data."""
    said = kept(_totals, view.nation)
    for column, (key, value) in zip(st.columns(len(said)), said.items(), strict=True):
        column.metric(labels.word(f"data_page.{key}_count"), f"{value:,}", border=True)


def kinds(view: View) -> None:
    """Statements by document and kind, where there is any."""
    card = kept(_kinds_card, view.whole)
    if card is not None:
        cards.show(card)


def _kinds_card(view: View) -> Card | None:
    if view.facts.empty:
        return None
    counts = view.facts.groupby(["doc_id", "kind"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=data_documents.ids(view), columns=list(KINDS), fill_value=0)
    rows = [view.directory.document(doc_id) for doc_id in counts.index]
    sums = counts.sum(axis=1)
    most = view.directory.document(str(sums.idxmax()))
    parts = {kind: (labels.name("kinds", kind), colour) for kind, colour in KINDS.items()}
    title = labels.word("data_page.kinds_title", document=most, count=int(sums.max()))
    return _count_card("kinds", title, counts, rows, parts, labels.word("data_page.kinds_unit"), view)


def ledger(view: View) -> None:
    """What became of every number of the documents, and by which rule."""
    st.subheader(labels.word("data_page.ledger"), anchor=False)
    card = kept(_ledger_card, view.whole)
    if card is not None:
        cards.show(card)
        _rules(view)


def _ledger_card(view: View) -> Card | None:
    numbers = view.tables["numbers"]
    if numbers.empty:
        return None
    counts = numbers.groupby(["doc_id", "fate"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=data_documents.ids(view), columns=list(FATES), fill_value=0)
    rows = [view.directory.document(doc_id) for doc_id in counts.index]
    whole = int(counts.to_numpy().sum())
    said = [
        labels.word(
            "data_page.ledger_value",
            fate=labels.name("fates", fate),
            count=int(counts[fate].sum()),
            share=f"{counts[fate].sum() / whole * 100:.1f}",
        )
        for fate in FATES
    ]
    title = labels.word("data_page.ledger_title", total=whole, values=labels.word("words.comma").join(said))
    parts = {fate: (labels.name("fates", fate), colour) for fate, colour in FATES.items()}
    return _count_card(
        "ledger",
        title,
        counts,
        rows,
        parts,
        labels.word("data_page.ledger_unit"),
        view,
        labels.word("data_page.ledger_note"),
    )


def _count_card(
    name: str,
    title: str,
    counts: pd.DataFrame,
    rows: list[str],
    parts: dict[str, tuple[str, str]],
    unit: str,
    view: View,
    note: str = "",
) -> Card:
    table = counts.rename(columns={part: words for part, (words, _) in parts.items()})
    table.insert(0, labels.word("columns.document"), rows)
    return Card(
        id=name,
        title=title,
        subtitle=unit_line(unit, labels.word("data_page.chosen_documents" if view.many else "data_page.all_documents")),
        alt=title,
        source=_every_document(view),
        version=view.tables.version,
        table=table.reset_index(drop=True),
        body=chart_stacked.draw(counts, rows, parts, unit),
        notes=(note,) if note else (),
        plot=plots.stacked(rows, counts, parts, unit),
    )


def accuracy(view: View) -> None:
    """How well the rules do against facts that people read in the documents, with and without corrections."""
    table = checked.accuracy(view.settings.paths.accuracy)
    if table.empty:
        return
    st.subheader(labels.word("data_page.accuracy"), anchor=False)
    st.caption(labels.word("data_page.accuracy_note"))
    names = {
        name: labels.word(f"data_page.accuracy_columns.{name}") for name in labels.node("data_page.accuracy_columns")
    }
    shown = table.assign(
        doc_id=[view.directory.document(doc_id) for doc_id in table["doc_id"]],
        corrected=[labels.name("data_page.corrected", way) for way in table["corrected"]],
    )
    st.dataframe(
        shown[list(names)].rename(columns=names),
        hide_index=True,
        placeholder="",
        alt=labels.word("data_page.accuracy"),
        column_config={
            words: st.column_config.NumberColumn(format="%.3f")
            for name, words in names.items()
            if name not in ("doc_id", "corrected", "facts")
        },
    )


def _rules(view: View) -> None:
    """How many numbers each rule of the extraction dealt with."""
    st.subheader(labels.word("data_page.rules"), anchor=False)
    counts = view.tables["numbers"].groupby(["fate", "rule"]).size().rename("numbers").reset_index()
    counts = counts.sort_values("numbers", ascending=False)
    counts["rule"] = [wording.rule(rule) for rule in counts["rule"]]
    counts["fate"] = [labels.name("fates", fate) for fate in counts["fate"]]
    st.dataframe(_shown(counts), hide_index=True, placeholder="", alt=labels.word("data_page.rules"))


def issues(view: View) -> None:
    """What the reader of the tables must know, worst first."""
    st.subheader(labels.word("data_page.issues"), anchor=False)
    table = view.tables["issues"]
    if table.empty:
        st.caption(labels.word("data_page.issues_none"))
        return
    options = list(labels.node("severities"))
    chosen = fields.draw(
        st.pills,
        address.Parameter("severity", options, (), lambda item: labels.names("severities", item)),
        labels.word("data_page.severity"),
        selection_mode="multi",
        format_func=lambda item: labels.name("severities", item),
    )
    kept = table[table["severity"].isin(chosen)] if chosen else table
    rank = {severity: number for number, severity in enumerate(options)}
    kept = kept.assign(rank=kept["severity"].map(rank)).sort_values(["rank", "doc_id", "line"])
    frame = pd.DataFrame(
        {
            "severity": [labels.name("severities", severity) for severity in kept["severity"]],
            "document": [view.directory.document(doc_id) for doc_id in kept["doc_id"]],
            "line": kept["line"].astype("Int64").mask(kept["line"] == 0),
            "message": [
                issue_words.issue(code, said) for code, said in zip(kept["code"], kept["message"], strict=True)
            ],
        }
    )
    st.dataframe(_shown(frame), hide_index=True, placeholder="", alt=labels.word("data_page.issues"))


def method(_: View) -> None:
    """The method in short."""
    for part in labels.node("method"):
        st.markdown(f"**{wording.markdown(part['head'])}**  \n{wording.markdown(part['text'])}")


def _csv(view: View, table: str) -> bytes:
    return downloads.csv(view.tables[table])


def dictionary(view: View) -> None:
    """What each field of each table means, and the table to take away."""
    tables = {name: about for name, about in labels.node("tables").items() if name in view.tables}
    st.subheader(labels.word("data_page.dictionary"), anchor=False)
    names = list(tables)
    chosen = fields.draw(
        st.selectbox,
        address.Parameter("table", names, "targets"),
        labels.word("data_page.table"),
        format_func=lambda table: str(tables[table]["name"]),
    )
    meanings = tables[chosen]["columns"]
    columns = pd.DataFrame({"field": list(meanings), "meaning": list(meanings.values())})
    st.dataframe(_shown(columns), hide_index=True, height="content", alt=labels.word("data_page.dictionary"))
    st.subheader(labels.word("data_page.downloads"), anchor=False)
    st.caption(labels.word("data_page.download_hint"))
    if view.many:
        st.caption(labels.word("data_page.chosen_download"))
    with st.grid(4):
        for table, about in tables.items():
            st.download_button(
                labels.word("data_page.download", name=about["name"], count=f"{view.tables.size(table):,}"),
                mime="text/csv",
                data=partial(_csv, view, table),
                key=f"download-{table}",
                on_click="ignore",
                file_name=downloads.file_name(about["name"], view.tables.version),
                width="stretch",
                icon=":material/download:",
            )
