"""Parts of the page 数据与方法 on corrections: those of this visitor, and those that count already."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import amending
import amendment
import amendment_file
import amendments
import applying
import checked
import evidence_dialog
import field_words
import labels
import settings
import wording
from amendment import Amendment
from errors import ReadableError
from settings import ROOT
from uploads import session
from view import View

_SAID = "_amend_said"
FILE = "corrections.yaml"


def mine(view: View) -> None:
    """The corrections of this visitor, each with what it changes, and the file of them."""
    st.subheader(labels.word("amend.head"), anchor=False)
    saved = st.session_state.pop(_SAID, "")
    if saved:
        st.success(saved, icon=":material/check:")
    if not amendments.held():
        with st.container(border=True, key="am-nothing"):
            st.markdown(labels.word("amend.nothing"))
            st.caption(labels.word("amend.nothing_hint"))
        return
    facts = applying.stood(view, amendments.held())
    standing = amendments.standing(facts)
    gone = len(amendments.held()) - len(standing)
    if gone:
        st.warning(labels.word("amend.gone", count=gone), icon=":material/warning:")
    for one in standing:
        _one(one, view)
    if standing:
        try:
            _take(standing, facts, view)
        except ReadableError as error:
            st.error(str(error), icon=":material/error:")


def _one(one: Amendment, view: View) -> None:
    with st.container(border=True, key=f"am-one-{wording.short_id(one.id)}"):
        words, tools = st.columns([4, 1.6], vertical_alignment="center")
        with words:
            place = view.directory.document(str(one.row["doc_id"])), labels.word("words.line", line=one.row["line"])
            st.markdown(f"**{wording.markdown(str(one.row['indicator']))}**")
            st.caption(wording.markdown(" · ".join(place)))
            st.markdown(wording.markdown(field_words.changes(one, view.directory)))
            st.caption(wording.markdown(labels.word("amend.because", reason=one.reason)))
        with tools:
            amending.tools(one, view, evidence_dialog.ask)


def _take(standing: list[Amendment], facts: pd.DataFrame, view: View) -> None:
    made = amendment.entries(standing, facts)
    with st.container(horizontal=True):
        st.download_button(
            labels.word("amend.download", count=len(made)),
            data=amendment.dump(made).encode(),
            file_name=FILE,
            mime="application/yaml",
            key="am_download",
            on_click="ignore",
            type="primary",
            icon=":material/download:",
        )
        # what only this visitor sees, the others have nothing to correct in
        shared = [one for one in standing if one.row["doc_id"] not in session.added()]
        allowed = view.settings.dashboard.save_corrections and view.settings.paths.corrections
        save = (
            allowed
            and shared
            and st.button(
                labels.word("amend.save"),
                key="am_save",
                icon=":material/save:",
                help=labels.word("amend.save_help"),
            )
        )
    st.caption(labels.word("amend.apply"))
    if save:
        amendment_file.add(ROOT / settings.load().paths.corrections, amendment.entries(shared, facts))
        for one in shared:
            amendments.remove(one.id)
        st.session_state[_SAID] = labels.word("amend.saved", count=len(shared))
        st.rerun()


def register(view: View) -> None:
    """What was put right by hand in the tables, and why."""
    st.subheader(labels.word("data_page.corrections"), anchor=False)
    table = checked.corrections(view.settings.paths.corrections)
    if table.empty:
        st.caption(labels.word("data_page.corrections_none"))
        return
    st.caption(labels.word("data_page.corrections_note", count=len(table), facts=len(view.facts)))
    table = table.assign(
        document=[view.directory.document(doc_id) for doc_id in table["doc_id"]],
        fields=[field_words.fields(fields, view.directory) for fields in table["set"]],
    )
    shown = table[["document", "line", "action", "fields", "reason"]]
    st.dataframe(
        shown.rename(columns={column: labels.word(f"columns.{column}") for column in shown}),
        hide_index=True,
        placeholder="",
        alt=labels.word("data_page.corrections"),
    )
