"""The size of data of many regions: counts in all and by province, and the search for documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import streamlit as st

import address
import fields
import labels
import wording
from facts import OWN_NAME
from schema import TABLES
from view import View, kept

SHOWN = 50
"""Documents that a search lists at most."""

QUERY = address.Parameter("dt_q")

_TOTALS = f"""select
    (select count(*) from typed.documents) as documents,
    count(*) as facts,
    count(*) filter (t.kind = 'target' or t.kind = 'qualitative'
        and not coalesce(coalesce(t.year, t.period_end) < d.period_start, false)) as targets,
    count(distinct case t.indicator_id when '' then '{OWN_NAME}' || t.indicator else t.indicator_id end) as indicators,
    (select count(*) from typed.issues where severity in ('warning', 'error')) as issues
    from typed.targets t left join typed.documents d using (doc_id)"""


@dataclass(frozen=True)
class Scale:
    """How much there is in all: documents, facts."""

    documents: int
    facts: int


def _scale(view: View) -> Scale:
    count = "select (select count(*) from typed.documents) as documents, (select count(*) from typed.targets) as facts"
    return Scale(*(int(number) for number in view.tables.query(count).iloc[0]))


def scale(whole: View) -> Scale:
    """How much there is in all, whether it is read or not, and of a visitor's own."""
    every, own = kept(_scale, whole.nation), whole.tables.own
    return every if own is None else Scale(every.documents + own.size("documents"), every.facts + own.size("targets"))


def totals(nation: View) -> dict[str, int]:
    """Documents, facts, targets among them, indicators and issues, in all."""
    row = nation.tables.query(_TOTALS).iloc[0]
    return {str(name): int(count) for name, count in row.items()}


def _provinces(nation: View) -> pd.DataFrame:
    """Regions, documents and facts by province, as shown; last what is in none."""
    places = nation.places
    assert places is not None
    table = nation.tables.query(
        "select region_id, count(*) as documents, sum(targets) as facts from typed.documents group by region_id"
    )
    table["province"] = [places.top(region) for region in table["region_id"]]
    table["regions"] = 1
    sums = table.groupby("province")[["regions", "documents", "facts"]].sum().astype("int64").reset_index()
    order = {region: number for number, region in enumerate(places.regions)}
    sums = sums.sort_values("province", key=lambda ids: ids.map(order).fillna(len(order)), kind="stable")
    names = [places.name(one) if one else labels.word("data_page.no_province") for one in sums["province"]]
    shown = pd.DataFrame({"region": names}).assign(**{c: list(sums[c]) for c in ("regions", "documents", "facts")})
    return shown.rename(columns={c: labels.word(f"data_page.provinces_columns.{c}") for c in shown})


def _found(nation: View, query: str) -> tuple[int, pd.DataFrame]:
    """How many documents have a query in the name of their region or in their title, and the first of them."""
    places = nation.places
    assert places is not None
    held = "region_id in (select unnest(?)) or contains(lower(title), ?)"
    values = [places.find(query), query.strip().lower()]
    count = nation.tables.query(f"select count(*) from typed.documents where {held}", values).iat[0, 0]
    rows = nation.tables.query(
        f"select {', '.join(TABLES['documents'].all)} from typed.documents where {held} order by doc_id limit {SHOWN}",
        values,
    )
    return int(count), rows


def provinces(view: View) -> None:
    """Counts by province."""
    title = labels.word("data_page.provinces")
    st.subheader(title, anchor=False)
    st.dataframe(kept(_provinces, view.nation), hide_index=True, alt=title)


def search(view: View, listed: Callable[[pd.DataFrame, View], pa.Table]) -> None:
    """The search for documents, and what the rest of the page keeps to.

    `listed`: rows of the table of documents as they are shown.
    """
    query = fields.draw(
        st.text_input,
        QUERY,
        labels.word("data_page.document_search"),
        placeholder=labels.word("data_page.document_search_placeholder"),
        icon=":material/search:",
        max_chars=40,
    )
    if query and query.strip():
        count, rows = _found(view.nation, query)
        if count:
            shown = min(count, SHOWN)
            st.caption(labels.word("data_page.document_search_found", count=f"{count:,}", shown=shown))
            table = listed(rows, view)
            st.dataframe(table, hide_index=True, placeholder="", alt=labels.word("data_page.document_search"))
        else:
            st.caption(wording.markdown(labels.word("data_page.document_search_none", query=query)))
    size = kept(totals, view.nation)
    regions = len(view.places.speaking) if view.places else 0
    st.caption(labels.word("data_page.chosen_note", regions=f"{regions:,}", documents=f"{size['documents']:,}"))
