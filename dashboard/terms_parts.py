"""Parts of the page 用词差异: choice of the two sides, the word that is clicked, and the search for any word."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

import address
import cards
import chart_style
import evidence_dialog
import fields
import filters
import labels
import links
import lookup
import stress
import terms_cards
import wording
from card import Card
from stress import REST, Pair
from view import View, kept

UNIT = address.Parameter("tm_unit", stress.UNITS, stress.UNITS[0])
MOST = address.Parameter("tm_n", ("10", "20", "30"), "20")
QUERY = address.Parameter("tm_q")
WORD = address.Parameter("tm_word")
"""Term, or id of a topic, that is clicked: its dialog is open."""

_SENTENCES = 2
"""Passages of a document that the dialog shows, at most."""

_QUOTE = "border-left:3px solid {colour};padding:.15rem .8rem;margin:.35rem 0;line-height:1.7"
_MARK = "background:#FFE9A8;color:inherit;padding:0 .1em;border-radius:3px;font-weight:600"


def choose(view: View) -> tuple[Pair, int] | None:
    """Draw the choice of unit, sides and length; the comparison, or None where nothing can be compared."""
    unit = address.seed(UNIT)
    against = kept(_opponents, view.whole, unit)
    usable = {document.id: _ordered(against.get(document.id, set()), view) for document in view.documents}
    firsts = tuple(doc_id for doc_id, found in usable.items() if found)
    with st.container(horizontal=True):
        _segments(UNIT, labels.word("terms_page.unit"), lambda item: labels.word(f"terms_page.{item}"))
        _segments(MOST, labels.word("terms_page.count"), str)
    if not firsts:
        _nothing(view)
        return None
    left, right = st.columns(2)
    first = fields.draw(
        left.selectbox,
        address.Parameter("tm_a", firsts, firsts[0]),
        labels.word("terms_page.first"),
        format_func=view.directory.document,
    )
    seconds = tuple(usable[first])
    rest = kept(_pair, view.whole, unit, first, REST)

    def name(doc_id: str) -> str:
        return terms_cards.other_name(rest, view) if doc_id == REST else view.directory.document(doc_id)

    second = fields.draw(
        right.selectbox,
        address.Parameter("tm_b", seconds, seconds[0]),
        labels.word("terms_page.second"),
        format_func=name,
    )
    return kept(_pair, view.whole, unit, first, second), int(st.session_state["tm_n"])


def _pair(view: View, unit: str, first: str, second: str) -> Pair:
    """The comparison of two documents, or of one with the rest."""
    type_of = {document.id: document.doc_type for document in view.directory.documents.values()}
    return stress.pair(view.tables["emphasis"], unit, first, second, type_of)


def _opponents(view: View, unit: str) -> dict[str, set[str]]:
    return stress.opponents(view.tables["emphasis"], unit)


def _segments(parameter: address.Parameter, title: str, name: object) -> None:
    fields.draw(st.segmented_control, parameter, title, required=True, format_func=name)


def _ordered(found: set[str], view: View) -> list[str]:
    """What a document can be held against, of what is chosen: the rest first, then documents in their order."""
    chosen = [document.id for document in view.documents if document.id in found]
    return [REST, *chosen] if REST in found else chosen


def _nothing(view: View) -> None:
    """What stands in place of the chart where the chosen documents have no counterpart."""
    with st.container(border=True, key="tm-nothing"):
        st.markdown(labels.word("terms_page.no_pair"))
        st.caption(labels.word("terms_page.no_pair_hint"))
        st.button(labels.word("filters.reset"), key="tm-reset", on_click=filters.reset, args=(view.filters,))


def compare(pair: Pair, most: int, view: View) -> None:
    """The card of a comparison, of the chosen themes; a click on a row asks for its word."""
    card, names = kept(sides, view, pair.unit, pair.first, pair.second, most, address.seed(WORD))
    if card is None:
        with st.container(border=True, key="tm-empty"):
            st.markdown(labels.word(f"terms_page.no_rows_{pair.unit}"))
            st.button(labels.word("filters.reset"), key="tm-reset", on_click=filters.reset, args=(view.filters,))
        return
    st.caption(labels.word("terms_page.click_hint"))
    cards.show(card, on_pick=lambda row: ask(names[row]), on_mark=ask)


def sides(view: View, unit: str, first: str, second: str, most: int, word: str = "") -> tuple[Card | None, list[str]]:
    """The card of a comparison, None where the themes chosen leave nothing, and the name of each row of its table."""
    pair = kept(_pair, view.whole, unit, first, second)
    shown = stress.Pair(unit, first, second, view.selection.listed(pair.rows).reset_index(drop=True))
    card = None if shown.rows.empty else terms_cards.sides_card(shown, most, view, word)
    return card, list(shown.rows["name"])


def ask(name: str) -> None:
    """Show a word or topic at the end of this run. For callbacks of marks and cells."""
    st.session_state[WORD.key] = name


def _closed() -> None:
    st.session_state[WORD.key] = ""


def search(view: View) -> None:
    """The search for any word: its card, or what is not found, and longer words that hold it."""
    st.subheader(labels.word("terms_page.search"), anchor=False)
    word = fields.draw(
        st.text_input,
        QUERY,
        labels.word("terms_page.query"),
        max_chars=40,
        placeholder=labels.word("terms_page.query_placeholder"),
        help=labels.word("terms_page.query_help"),
    )
    if not (word := (word or "").strip()):
        st.caption(labels.word("terms_page.query_hint"))
        return
    table = _counts(word, view)
    if table is None:
        st.info(wording.markdown(labels.word("terms_page.not_found", word=word)))
    else:
        cards.show(terms_cards.word_card(_known(word, view), table, view, wording.short_id(word)))
    _longer(word, view)
    words = labels.word("terms_page.to_reading", word=word)
    links.draw(view, "reading", words, "menu_book", q=word)


def _known(word: str, view: View) -> str:
    return lookup.canonical(view.tables["terms"], word)


def _counts(word: str, view: View) -> pd.DataFrame | None:
    """A word in the chosen documents; None where none of them has it."""
    known = _known(word, view)
    documents = view.tables["documents"]
    chars = dict(zip(documents["doc_id"], documents["chars"], strict=True))
    order = [document.id for document in sorted(view.documents, key=lambda one: _type_rank(one.doc_type))]
    table = lookup.by_document(view.tables["terms"], chars, known, order)
    return table if known and int(table["count"].sum()) else None


def _type_rank(doc_type: str) -> int:
    known = labels.node("doc_types")
    return known.index(doc_type) if doc_type in known else len(known)


def _longer(word: str, view: View) -> None:
    """Longer words that hold the word, one click away."""
    found = lookup.holding(view.tables["terms"], word, [document.id for document in view.documents])
    if not found:
        return
    key = f"tm-longer-{wording.short_id(word)}"

    def follow() -> None:
        st.session_state["tm_q"] = st.session_state[key]

    st.pills(
        labels.word("terms_page.longer"),
        found,
        key=key,
        on_change=follow,
        format_func=fields.plain(wording.markdown),
    )


def dialog(pair: Pair | None, view: View) -> None:
    """The word or topic that is clicked, in a dialog over the page. To be called once, at the end of the page."""
    name = address.seed(WORD)
    row = pair.rows[pair.rows["name"] == name] if pair is not None and name else None
    if pair is None or row is None or row.empty or st.session_state.get(evidence_dialog.FACT):
        st.session_state[WORD.key] = ""
        return
    language = labels.language()
    title = terms_cards.name_of(pair.unit, name, view)

    @st.dialog(wording.markdown(title), width="large", on_dismiss=_closed)
    def shown() -> None:
        labels.use(language)
        record = row.iloc[0].to_dict()
        short = terms_cards.short_names(pair, view)
        st.markdown(wording.markdown(terms_cards.counts_said(record, short)))
        st.caption(wording.markdown(terms_cards.hover_said(record, title, short)))
        if pair.unit == "topic":
            _topic_words(name, view)
            words = labels.word("terms_page.to_topic", topic=title)
            links.draw(view, "reading", words, "menu_book", topic=name)
        else:
            table = _counts(name, view)
            if table is not None:
                card = terms_cards.word_card(name, table, view, "clicked")
                st.plotly_chart(card.figure, theme=None, key="tm-word", config=chart_style.CONFIG, alt=card.alt)
            _sentences(name, view)
            words = labels.word("terms_page.to_reading", word=name)
            links.draw(view, "reading", words, "menu_book", q=name)

    shown()


def _topic_words(topic: str, view: View) -> None:
    """The words that signal a topic, with their counts in the chosen documents."""
    grid = lookup.of_topic(view.tables["terms"], topic, [document.id for document in view.documents])
    if grid.empty:
        st.caption(labels.word("terms_page.no_topic_words"))
        return
    named = grid.rename(columns=view.directory.document).rename_axis(labels.word("terms_page.term"))
    st.caption(labels.word("terms_page.topic_words"))
    st.dataframe(named, alt=labels.word("terms_page.topic_words"))


def _sentences(word: str, view: View) -> None:
    """The first passages of each chosen document that hold the word, where the words of the documents are."""
    if not view.tables.has_words:
        st.caption(labels.word("evidence.no_quote"))
        return
    passages = view.tables["passages"]
    own = passages[passages["doc_id"].isin([document.id for document in view.documents])]
    own = own[own["kind"] != "heading"]
    hits = pd.DataFrame(
        view.tables.texts(list(own["passage_id"]), holding=[word]).items(), columns=["passage_id", "text"], dtype=object
    )
    found = own.merge(hits, on="passage_id").sort_values("line", kind="stable")
    for document in view.documents:
        mine = found[found["doc_id"] == document.id]
        if mine.empty:
            continue
        colour = view.directory.colour(document.region_id)
        count = labels.word("terms_page.passages", document=document.name, count=len(mine))
        st.markdown(f"**{wording.markdown(count)}**")
        quotes = [_quote(row.text, word, row.line, colour) for row in mine.head(_SENTENCES).itertuples()]
        st.html("".join(quotes))


def _quote(text: str, word: str, line: int, colour: str) -> str:
    """A passage round a word as HTML in which nothing but the mark is markup."""
    before, marked, after = (html.escape(part) for part in lookup.excerpt(text, word) or (text, "", ""))
    place = html.escape(labels.word("words.line", line=line))
    mark = f'<mark style="{_MARK}">{marked}</mark>'
    return (
        f'<blockquote style="{_QUOTE.format(colour=colour)}">{before}{mark}{after} <small>{place}</small></blockquote>'
    )
