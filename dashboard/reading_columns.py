"""Passages side by side: a column a document, with pages, marked words, facts, neighbours and quotations."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

import address
import evidence_dialog
import labels
import reading_cards
import reading_find
import reading_text
import wording
from cards import Card
from directory import Document
from reading_find import Found, Wanted
from reading_parts import OPEN, PAGE, Names
from view import View

LENGTH = 8
"""Passages of a column on one page."""
FEW = 3
"""Facts of a passage that are offered without opening a list."""


def show(card: Card, found: Found, documents: list[Document], wanted: Wanted, known: Names, view: View) -> None:
    """The passages in columns, between the words that cite them."""
    with st.container(border=True, key="card-reading"):
        st.markdown(f"##### {wording.markdown(card.title)}")
        st.caption(wording.markdown(card.subtitle))
        _columns(found, documents, wanted, known, view)
        st.caption("  \n".join(wording.markdown(line) for line in card.footer))


def read(found: Found, row: int) -> None:
    """Show the passage of a row of the list in its column. For a callback."""
    own = found.passages.iloc[row]
    before = found.passages["doc_id"].iloc[:row].eq(own["doc_id"]).sum()
    st.session_state["rd_view"], st.session_state[OPEN] = "side", [own["passage_id"]]
    st.session_state[PAGE] = str(before // LENGTH + 1)


def _columns(found: Found, documents: list[Document], wanted: Wanted, known: Names, view: View) -> None:
    number = reading_cards.counts(found, documents, view)
    page = _page(max(own for own, _ in number.values()))
    first = (page - 1) * LENGTH
    shown = {
        document.id: found.passages[found.passages["doc_id"] == document.id].iloc[first : first + LENGTH]
        for document in documents
    }
    visible = [passage_id for frame in shown.values() for passage_id in frame["passage_id"]]
    opened = [passage_id for passage_id in address.seed(address.Parameter(OPEN, None, ())) if passage_id in visible]
    st.session_state[OPEN] = opened
    passage = _Passages(found, visible, opened, wanted, known, view)
    for column, document in zip(st.columns(len(documents), gap="medium"), documents, strict=True):
        own, whole = number[document.id]
        share = wording.number(round(own / whole * 100, 1)) if whole else "0"
        with column:
            st.html(
                reading_text.head_html(
                    document.name,
                    view.directory.colour(document.region_id),
                    labels.word("reading.count", count=own, whole=whole, share=share),
                )
            )
            if shown[document.id].empty:
                st.caption(labels.word("reading.none_here") if not own else labels.word("reading.no_more"))
            for row in shown[document.id].itertuples():
                passage.show(row, document)


def _page(most: int) -> int:
    """Draw the pages of the longest column, where it has several, and return the one to show."""
    pages = max(1, math.ceil(most / LENGTH))
    wanted = str(address.seed(address.Parameter(PAGE, None, "1")))
    page = min(max(int(wanted), 1), pages) if wanted.isdecimal() else 1
    st.session_state[PAGE] = str(page)
    if pages > 1:
        key = f"rd_pager_{pages}_{page}"

        def turn() -> None:
            st.session_state[PAGE], st.session_state[OPEN] = str(st.session_state[key]), []

        with st.container(horizontal=True, vertical_alignment="center"):
            st.pagination(pages, default=page, key=key, on_change=turn, width=340)
            st.caption(labels.word("reading.page", page=page, pages=pages, length=LENGTH))
    return page


class _Passages:
    """The passages of one page with what is drawn of each: words, facts, neighbours, quotation."""

    def __init__(
        self, found: Found, visible: list[str], opened: list[str], wanted: Wanted, known: Names, view: View
    ) -> None:
        self.view, self.known, self.opened = view, known, opened
        near = {
            passage_id: reading_find.neighbours(view.tables["passages"], doc_id, passage_id)
            for passage_id, doc_id in zip(found.passages["passage_id"], found.passages["doc_id"], strict=True)
            if passage_id in opened
        }
        self.near = near
        self.texts = view.tables.texts([*visible, *(other for pair in near.values() for other in pair if other)])
        self.signs = {doc_id: reading_find.pattern(words) for doc_id, words in found.words.items()}
        self.spans = reading_text.spans(view.tables.evidence, visible)
        facts = view.facts[view.facts["passage_id"].isin(visible)]
        self.focus = set(facts.loc[facts["key"] == wanted.indicator, "target_id"]) if wanted.indicator else set()
        self.facts: dict[str, dict[str, str]] = {}
        columns = ("passage_id", "target_id", "value_words", "label")
        for passage_id, target_id, value, label in zip(*(facts[column] for column in columns), strict=True):
            told = wording.markdown(labels.word("reading.fact", value=value, label=label))
            self.facts.setdefault(passage_id, {})[target_id] = told

    def show(self, row: Any, document: Document) -> None:
        """One passage. `row`: a row of passages as a named tuple."""
        passage_id, line = str(row.passage_id), int(row.line)
        text = self.texts.get(passage_id, "")
        numbers = self.spans.get(passage_id, {})
        focus = [span for target_id, span in numbers.items() if target_id in self.focus]
        body = reading_text.marked(text, list(numbers.values()), focus, self.signs.get(document.id))
        about = labels.word(
            "reading.about",
            line=labels.word("words.line", line=line),
            themes=reading_cards.themes(row.themes),
            chars=row.chars,
        )
        place = reading_cards.place(row.section_id, self.known.paths)
        before, after = (self.texts.get(other, "") for other in self.near.get(passage_id, ("", "")))
        with st.container(border=True, gap="xsmall"):
            st.html(reading_text.passage_html(place, about, body, before, after))
            self._facts(passage_id)
            if text:
                path = self.known.paths.get(row.section_id, "")
                self._more(passage_id, reading_text.quotation(text, document.title, path, line))

    def _facts(self, passage_id: str) -> None:
        """The facts of a passage, each one click from its place."""
        told = self.facts.get(passage_id, {})
        if not told:
            return
        key = f"rd_facts_{wording.short_id(passage_id)}"

        def ask() -> None:
            evidence_dialog.ask(st.session_state[key] or "")
            st.session_state[key] = None

        head = labels.word("reading.facts", count=len(told))
        few = len(told) <= FEW
        place = st if few else st.popover(head, type="tertiary", icon=":material/pin:")
        place.pills(
            head,
            sorted(told, key=lambda target: target not in self.focus),
            key=key,
            format_func=lambda target: told[target],
            label_visibility="collapsed",
            on_change=ask,
        )

    def _more(self, passage_id: str, quotation: str) -> None:
        """Neighbours on demand, and the words to take away."""
        opened = passage_id in self.opened

        def switch() -> None:
            kept = [other for other in self.opened if other != passage_id]
            st.session_state[OPEN] = kept if opened else [*kept, passage_id]

        with st.container(horizontal=True, gap="small"):
            st.button(
                labels.word("reading.near_close") if opened else labels.word("reading.near_open"),
                key=f"rd_near_{wording.short_id(passage_id)}",
                type="tertiary",
                icon=":material/unfold_less:" if opened else ":material/unfold_more:",
                on_click=switch,
            )
            with st.popover(labels.word("reading.quote"), type="tertiary", icon=":material/format_quote:"):
                st.code(quotation, language=None, wrap_lines=True)
