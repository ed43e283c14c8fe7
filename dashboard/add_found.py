"""Parts of the page 添加文档: what was found in a document, what to look at in it, and where to go with it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

import add_parts
import add_questions
import cards
import doubts
import downloads
import evidence_dialog
import facts as fact_rows
import labels
import links
import wording
from briefing import bundle
from compare_parts import FOCUS
from facts import AIMS
from schema import NAMES, TABLES
from uploads.brought import Document
from uploads.workspace import Workspace
from view import View, kept, told

SHOWN = 50
"""Doubts that are listed at most."""


def show(document: Document, held: Workspace, view: View) -> None:
    """A document: what it is, how much was found, what is doubtful, what can be done with it."""
    if document.id not in view.directory.documents:
        return
    key = wording.short_id(document.id)
    with st.container(border=True, key=f"add-found-{key}"):
        st.markdown(f"**{wording.markdown(view.directory.document(document.id))}**")
        st.caption(wording.markdown(_what(document, view)))
        _counts(document.id, view)
        _unheld(document.id, view)
        _actions(document, held, view, key)
        _doubtful(document.id, view, key)


def _what(document: Document, view: View) -> str:
    """What the document was taken for, and by what."""
    row = view.tables["documents"].set_index("doc_id").loc[document.id]
    start, end = row["period_start"], row["period_end"]
    years = str(start) if start == end else labels.word("words.range", low=start, high=end)
    level = labels.name("add_page.levels", row["level"]) if row["level"] else ""
    region = labels.word("add_page.region_level", region=view.directory.region(row["region_id"]), level=level)
    parts = [
        labels.word("words.title_marks", title=row["title"]),
        region if level else view.directory.region(row["region_id"]),
        view.directory.plans.get(row["plan_id"], row["plan_id"]),
        labels.name("doc_type_names", row["doc_type"]),
        labels.word("add_page.years", years=years),
        labels.word("add_page.by_you" if any(document.told.options()) else "add_page.by_title"),
    ]
    return labels.word("filters.between").join(parts)


def _counts(doc_id: str, view: View) -> None:
    tables = view.tables.brought
    facts = view.facts[view.facts["doc_id"] == doc_id]
    fates = tables["numbers"][tables["numbers"]["doc_id"] == doc_id]["fate"].value_counts()
    aims = int(facts["kind"].isin(AIMS).sum())
    own = {
        "sections": (int((tables["sections"]["doc_id"] == doc_id).sum()), ""),
        "facts": (len(facts), labels.word("add_page.of_aims", aims=aims, own=int((facts["indicator_id"] == "").sum()))),
        "numbers": (int(fates.sum()), _fates(fates)),
    }
    for column, (name, (count, more)) in zip(st.columns([1, 2, 2]), own.items(), strict=True):
        with column, st.container(gap=None):
            st.metric(labels.word(f"add_page.counts.{name}"), f"{count:,}")
            st.caption(more)


def _unheld(doc_id: str, view: View) -> None:
    """Say where a document beside many regions is not held against the rest of these."""
    if view.many and not (view.tables.brought["emphasis"]["doc_id"] == doc_id).any():
        st.caption(labels.word("add_page.no_rest"))


def _fates(fates: pd.Series) -> str:
    said = [f"{labels.name('fates', fate)} {int(fates.get(fate, 0))}" for fate in labels.node("fates")]
    return labels.word("words.comma").join(said)


def _doubtful(doc_id: str, view: View, key: str) -> None:
    found = told(_listed, view.whole, doc_id)
    if not found:
        st.caption(labels.word("add_page.no_doubts"))
        return
    st.markdown(labels.word("add_page.doubtful", count=len(found)))
    st.caption(labels.word("add_page.doubtful_hint", shown=min(SHOWN, len(found))))
    shown = found[:SHOWN]
    state = f"add_doubts_{key}"

    def follow() -> None:
        row = cards.picked(st.session_state[state])
        if row is not None and shown[row].fact:
            evidence_dialog.ask(shown[row].fact)

    st.dataframe(
        doubts.table(shown, view),
        hide_index=True,
        key=state,
        on_select=follow,
        selection_mode="single-cell",
        placeholder="",
        alt=labels.word("add_page.doubtful", count=len(found)),
        column_config={
            labels.word("columns.doubt"): st.column_config.Column(width=250),
            labels.word("columns.indicator"): st.column_config.Column(width=190),
            labels.word("columns.sentence"): st.column_config.Column(width="large"),
        },
    )


def _listed(view: View, doc_id: str) -> list[doubts.Doubt]:
    return doubts.found(view, doc_id)


def _actions(document: Document, held: Workspace, view: View, key: str) -> None:
    busy = bool(held.jobs)
    with st.container(horizontal=True):
        if st.button(
            labels.word("add_page.compare"), key=f"add_compare_{key}", type="primary", icon=":material/compare_arrows:"
        ):
            _compare(document.id, view)
        for name, ids in (("tables", document.id), ("all_tables", "")):
            st.download_button(
                labels.word(f"add_page.{name}"),
                data=partial(packed, view, ids),
                file_name=downloads.file_name(ids or labels.word("add_page.all_name"), view.tables.version, form="zip"),
                mime="application/zip",
                key=f"add_{name}_{key}",
                on_click="ignore",
                icon=":material/download:",
            )
        if add_parts.saving(view):
            st.button(
                labels.word("add_page.save"),
                key=f"add_save_{key}",
                on_click=held.save,
                args=(document,),
                disabled=busy,
                help=labels.word("add_page.save_help"),
                icon=":material/group_add:",
            )
        with st.popover(labels.word("add_page.correct"), icon=":material/edit:", disabled=busy):
            st.caption(labels.word("add_page.correct_hint"))
            told = add_questions.fields(key, document.answer.known, add_questions.FIELDS[:3], view)
            st.button(
                labels.word("add_page.again"),
                key=f"add_again_{key}",
                on_click=lambda: None if told is None else held.change(document, told),
                disabled=told is None,
            )
        st.button(
            labels.word("add_page.remove"),
            key=f"add_remove_{key}",
            on_click=held.remove,
            args=(document,),
            disabled=busy,
            type="tertiary",
            icon=":material/delete:",
        )


def _compare(doc_id: str, view: View) -> None:
    """Leave for the comparison of an indicator of the document, with its region and plan chosen."""
    document = view.directory.documents[doc_id]
    key = focus(view, doc_id)
    query = links.query(view, **({"indicator": key} if key else {}))
    for name, own in (("region", document.region_id), ("plan", document.plan_id)):
        chosen = view.selection.by_filter[name]
        if own not in chosen:
            query[name] = [own, *chosen]
    st.switch_page("app_pages/compare.py", query_params=query)


def focus(view: View, doc_id: str) -> str:
    """The indicator to look at first: the usual one where the document states it, else the one that most share."""
    own = view.facts[view.facts["doc_id"] == doc_id]
    aims = own[own["kind"].isin(AIMS)]
    keys = set(aims["key"] if len(aims) else own["key"])
    listing = kept(_catalogue, view.whole)
    shared = [key for key in listing["key"] if key in keys]
    return FOCUS if FOCUS in keys else next(iter(shared), "")


def _catalogue(view: View) -> pd.DataFrame:
    return fact_rows.catalogue(view.facts)


def packed(view: View, doc_id: str = "") -> bytes:
    """An archive of the tables as CSV: the rows of one document, or all. Words of the documents come along."""
    tables = view.tables.brought if doc_id else view.tables
    files = [(table, tables[table]) for table in (*TABLES, *NAMES) if table in tables]
    if tables.has_words:
        files.append(("texts", tables.words("texts")))
    if tables.evidence is not None:
        files.append(("evidence", tables.evidence.reset_index()))
    if doc_id:
        ids = set(view.facts[view.facts["doc_id"] == doc_id]["target_id"])
        files = [(name, part) for name, frame in files if (part := _rows(frame, doc_id, ids)) is not None]
    return bundle.pack([(f"{name}.csv", downloads.csv(frame)) for name, frame in files], datetime.now())


def _rows(frame: pd.DataFrame, doc_id: str, target_ids: set[str]) -> pd.DataFrame | None:
    """The rows of a document; None of a table that has none for any."""
    if "doc_id" in frame:
        return frame[frame["doc_id"] == doc_id]
    return frame[frame["target_id"].isin(target_ids)] if "target_id" in frame else None
