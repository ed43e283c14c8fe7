"""The documents on the page 数据与方法: which they are, and where each comes from."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import streamlit as st

import data_nation
import labels
from view import View, kept


def ids(view: View) -> list[str]:
    """The documents of the page: all, or those of the chosen regions where there are many."""
    if not view.many:
        return list(view.directory.documents)
    return [document.id for document in view.directory.documents.values() if document.region_id in view.regions]


def _documents(view: View) -> pa.Table:
    table = view.tables["documents"].set_index("doc_id").reindex(ids(view)).reset_index()
    return listed(table, view)


def listed(table: pd.DataFrame, view: View) -> pa.Table:
    """Rows of the table of documents as they are shown."""
    region = view.places.name if view.many and view.places else view.directory.region
    ends = zip(table["period_start"], table["period_end"], strict=True)
    frame = pd.DataFrame(
        {
            "title": table["title"],
            "region": [region(one) for one in table["region_id"]],
            "doc_type": [labels.name("doc_type_names", doc_type) for doc_type in table["doc_type"]],
            "period": [
                ""
                if pd.isna(start)
                else str(start)
                if start == end
                else labels.word("words.range", low=start, high=end)
                for start, end in ends
            ],
            "issued": table["issued"],
            "chars": table["chars"],
            "passages": table["passages"],
            "targets": table["targets"],
            "status": [labels.name("statuses", status) for status in table["status"]],
            "sha": table["source_sha256"].str[:12],
        }
    )
    return pa.Table.from_pandas(
        frame.rename(columns={column: labels.word(f"columns.{column}") for column in frame}), preserve_index=False
    )


def documents(view: View) -> None:
    """Every document with where it comes from."""
    if view.many:
        data_nation.provinces(view)
    st.subheader(labels.word("data_page.documents"), anchor=False)
    if view.many:
        data_nation.search(view, listed)
    shown = kept(_documents, view.whole)
    st.dataframe(shown, hide_index=True, placeholder="", alt=labels.word("data_page.documents"))
    absent = view.tables.evidence is None
    st.caption(labels.word("data_page.evidence_absent" if absent else "data_page.evidence_present"))
