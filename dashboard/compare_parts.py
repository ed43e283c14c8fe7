"""Parts of the page 指标对比: choice of the indicator, table of all that is stated, the way to all indicators."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import address
import cards
import evidence_dialog
import filters
import labels
import wording
from facts import related
from view import View

FOCUS = "gdp"
"""Canonical indicator that a first visit shows."""

FACT_COLUMNS = (
    "region",
    "indicator",
    "value_words",
    "when_words",
    "kind",
    "attribute",
    "document",
    "line",
    "chapter",
    "value_std",
    "unit_std",
)

WIDTHS = {"indicator": st.column_config.Column(width=210), "chapter": st.column_config.Column(width=240)}
"""Columns of facts whose words are long."""


def choose(listing: pd.DataFrame) -> pd.Series | None:
    """Draw the choice of an indicator and return its row of the catalogue, None where there is none to choose."""
    if listing.empty:
        st.info(labels.word("compare.no_indicator"))
        return None
    names = dict(zip(listing["key"], listing["label"], strict=True))
    start = FOCUS if FOCUS in names else next(iter(names))
    address.seed(address.Parameter("indicator", tuple(names), start, lambda key: {names[key]}))
    chosen = st.selectbox(
        labels.word("compare.indicator"),
        list(names),
        format_func=lambda key: names[key],
        key="indicator",
        help=labels.word("compare.indicator_help"),
        placeholder=labels.word("compare.placeholder"),
    )
    focus = listing[listing["key"] == chosen].iloc[0]
    _neighbours(related(listing, focus["key"]), focus["key"])
    st.caption(
        wording.markdown(
            labels.word("words.apart").join(
                [
                    labels.word(
                        "compare.stated",
                        theme=labels.name("themes", focus["theme"]),
                        regions=focus["regions"],
                        facts=focus["facts"],
                    ),
                    labels.word("compare.list_size", count=len(listing)),
                ]
            )
        )
    )
    return focus


def _neighbours(listing: pd.DataFrame, key: str) -> None:
    """Indicators of the same theme, one click away."""
    if listing.empty:
        return
    rows = {row.key: row for row in listing.itertuples()}
    pill = f"related-{wording.short_id(key)}"

    def follow() -> None:
        st.session_state["indicator"] = st.session_state[pill]

    def name(key: str) -> str:
        option = "compare.related_option" if rows[key].regions else "compare.related_plain"
        return wording.markdown(labels.word(option, label=rows[key].label, regions=rows[key].regions))

    st.pills(labels.word("compare.related"), list(rows), key=pill, on_change=follow, format_func=name)


def nothing(label: str, view: View) -> None:
    """What stands in place of the charts when the filters leave nothing of the indicator."""
    with st.container(border=True, key="nothing"):
        st.markdown(wording.markdown(labels.word("compare.nothing", label=label)))
        st.caption(labels.word("compare.nothing_hint"))
        st.button(labels.word("filters.reset"), key="reset-nothing", on_click=filters.reset, args=(view.filters,))


def parted(count: int) -> None:
    """Why an indicator has several charts."""
    st.caption(labels.word("compare.split_note", count=count))


def _named(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Columns of prepared facts under the names shown."""
    shown = frame[list(columns)].assign(
        kind=[labels.name("kinds", kind) for kind in frame["kind"]],
        attribute=[labels.name("attributes", attribute) for attribute in frame["attribute"]],
    )
    return shown.rename(columns={column: labels.word(f"columns.{column.removesuffix('_words')}") for column in columns})


def facts_table(own: pd.DataFrame, view: View) -> None:
    """All facts of one indicator; a click on one shows where it stands."""
    st.subheader(labels.word("compare.facts"), anchor=False)
    st.caption(labels.word("compare.facts_hint"))
    own = own.sort_values(["doc_id", "line"], key=lambda c: c.map(view.directory.place) if c.name == "doc_id" else c)
    title = labels.word("compare.facts_title", label=own["label"].iloc[0])
    key = f"facts-{wording.short_id(*own['target_id'])}"
    ids = list(own["target_id"])

    def follow() -> None:
        row = cards.picked(st.session_state[key])
        if row is not None:
            evidence_dialog.ask(ids[row])

    st.dataframe(
        _named(own, FACT_COLUMNS),
        hide_index=True,
        key=key,
        on_select=follow,
        placeholder="",
        selection_mode="single-cell",
        column_config={labels.word(f"columns.{name}"): size for name, size in WIDTHS.items()},
        alt=labels.word("card.table_alt", title=title),
    )


def overview() -> None:
    """The way to every indicator by document."""
    st.page_link("app_pages/targets.py", label=labels.word("compare.to_targets"), icon=":material/checklist:")
