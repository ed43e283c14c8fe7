"""Where a fact stands: document, chapter, line, rule, and the sentence with its number marked.

Words of the documents are there only where the documents are; elsewhere the place is shown and how to get the words.
"""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

import amending
import checked
import labels
import wording
from view import View

_STYLE = "border-left:3px solid #1F5A96;padding:.35rem .9rem;margin:.2rem 0;line-height:1.8"
_MARK = "background:#FFE9A8;color:inherit;padding:0 .15em;border-radius:3px;font-weight:600"


def quote(evidence: pd.DataFrame | None, target_id: str) -> tuple[str, str, str] | None:
    """The sentence of a fact as what stands before its number, the number and what follows; None where it is absent."""
    if evidence is None or target_id not in evidence.index:
        return None
    row = evidence.loc[target_id]
    text, before = str(row["quote"]), int(row["start"])
    start, end = int(row["value_start"]) - before, int(row["value_end"]) - before
    return (text[:start], text[start:end], text[end:]) if 0 <= start <= end <= len(text) else (text, "", "")


def quote_html(parts: tuple[str, str, str]) -> str:
    """The sentence as HTML in which nothing but the mark is markup."""
    before, marked, after = (html.escape(part) for part in parts)
    return f'<blockquote style="{_STYLE}">{before}<mark style="{_MARK}">{marked}</mark>{after}</blockquote>'


def also(facts: pd.DataFrame, fact: pd.Series) -> list[str]:
    """Other places that state the same value of the same indicator for the same time, in words."""
    same = facts[
        (facts["key"] == fact["key"])
        & (facts["region_id"] == fact["region_id"])
        & (facts["kind"] == fact["kind"])
        & (facts["value_words"] == fact["value_words"])
        & (facts["when_words"] == fact["when_words"])
        & (facts["target_id"] != fact["target_id"])
    ]
    return [
        labels.word("evidence.place", document=row.document, line=labels.word("words.line", line=row.line))
        for row in same.itertuples()
    ]


def rows(fact: pd.Series, view: View) -> dict[str, str]:
    """What is known of a fact, heading → words, without what is empty."""
    confidence = "" if pd.isna(fact["confidence"]) else f"{fact['confidence']:.2f}"
    standard = wording.standard(fact)
    known = {
        "indicator": fact["indicator"],
        "value": fact["value_words"],
        "standard": "" if standard == fact["value_words"] else standard,
        "when": fact["when_words"],
        "kind": labels.name("kinds", fact["kind"]),
        "attribute": labels.name("attributes", fact["attribute"]),
        "document": labels.word("words.title_marks", title=view.directory.title(fact["doc_id"])),
        "chapter": fact["chapter"] or labels.word("words.no_chapter"),
        "line": labels.word("words.line", line=fact["line"]),
        "origin": labels.name("origins", fact["origin"]),
        "rule": wording.rule(fact["rule"]),
        "confidence": confidence,
        "corrected": checked.reason(fact, checked.corrections(view.settings.paths.corrections)),
    }
    return {labels.word(f"evidence.{key}"): str(text) for key, text in known.items() if text}


def show(fact: pd.Series, view: View) -> None:
    """Draw the place of a fact, its sentence where the words are, and where else the same is said."""
    with st.container(border=True, key="evidence"):
        parts = quote(view.tables.evidence, fact["target_id"])
        if parts:
            st.html(quote_html(parts))
        if amending.opened(fact["target_id"]):
            st.caption(wording.markdown(" · ".join(_place(fact, view))))
            amending.form(fact["target_id"], view)
            return
        known = [(wording.markdown(head), wording.markdown(text)) for head, text in rows(fact, view).items()]
        half = (len(known) + 1) // 2
        for column, part in zip(st.columns(2), (known[:half], known[half:]), strict=True):
            column.table(dict(part), border="horizontal")
        elsewhere = also(view.facts, fact)
        if elsewhere:
            st.caption(wording.markdown(labels.word("evidence.also", places=labels.join(elsewhere))))
        if not parts:
            st.caption(labels.word("evidence.no_quote"))
            st.caption(wording.markdown(labels.word("evidence.how_to")))
        amending.offer(fact["target_id"], view)


def _place(fact: pd.Series, view: View) -> list[str]:
    """Where a fact stands and what was read there, in one line."""
    shown = (fact["value_words"], fact["when_words"], labels.word("words.line", line=fact["line"]))
    return [view.directory.document(fact["doc_id"]), *shown, wording.rule(fact["rule"])]
