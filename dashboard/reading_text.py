"""Words of a document as HTML in which nothing but the marks is markup, and as a quotation with its place."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

import labels

Span = tuple[int, int]

_CELL = '<span class="cell"> │ </span>'

_ORDINAL = re.compile(r"\u7b2c[\u4e00-\u9fff0-9]+[\u7f16\u7bc7\u7ae0\u8282]$")
"""A number of a chapter that says by itself which one it is: 第二章, 第三节."""


def marked(
    text: str, numbers: Sequence[Span] = (), focus: Sequence[Span] = (), words: re.Pattern[str] | None = None
) -> str:
    """`text` as HTML: numbers of facts on yellow, those in focus framed, words that are looked for underlined.

    Spans count characters of `text`; a cell of a table ends at a tab, shown as a line.
    """
    found = [match.span() for match in words.finditer(text)] if words else []
    looks = (("number", numbers), ("focus", focus), ("found", found))
    cuts = sorted({0, len(text), *(cut for _, spans in looks for span in spans for cut in span if cut <= len(text))})
    pieces = []
    for start, end in pairwise(cuts):
        held = [look for look, spans in looks if any(a <= start and end <= b for a, b in spans)]
        piece = html.escape(text[start:end].lstrip("\t") if start == 0 else text[start:end]).replace("\t", _CELL)
        tag = "span" if held[:1] == ["found"] else "mark"
        pieces.append(f'<{tag} class="{" ".join(held)}">{piece}</{tag}>' if held else piece)
    return "".join(pieces)


def passage_html(place: str, about: str, body: str, before: str = "", after: str = "") -> str:
    """A passage: where it stands, what it is about, and its words (`body`, HTML) between its neighbours (plain text).

    Without words only the place is shown.
    """
    near = [_block("near", html.escape(text)) for text in (before, after)]
    head = _block("small place", html.escape(place)) + _block("small", html.escape(about))
    return f"{head}{near[0]}{_block('words', body)}{near[1]}"


def _block(look: str, body: str) -> str:
    return f'<div class="{look}">{body}</div>' if body else ""


def facts_html(told: Mapping[str, str], few: int) -> str:
    """The facts of a passage (id → words), each a button that carries its id; of more than `few` as a list to open."""
    buttons = "".join(_button("fact", target_id, words) for target_id, words in told.items())
    if not told:
        return ""
    head = html.escape(labels.word("reading.facts", count=len(told)))
    if len(told) <= few:
        return f'<div class="facts" role="group" aria-label="{head}">{buttons}</div>'
    return f'<details><summary>{head}</summary><div class="facts">{buttons}</div></details>'


def more_html(passage_id: str, opened: bool, quotation: str) -> str:
    """What can be done with a passage: show or hide its neighbours, and take its words away as a quotation."""
    near = _button("near", passage_id, labels.word("reading.near_close" if opened else "reading.near_open"))
    copy = _button("copy", "", labels.word("reading.quote"))
    return f'<div class="more">{near}{copy}</div><blockquote hidden>{html.escape(quotation)}</blockquote>'


def _button(action: str, item: str, words: str) -> str:
    return f'<button type="button" data-{action}="{html.escape(item)}">{html.escape(words)}</button>'


def column_html(name: str, colour: str, count: str, passages: Sequence[str], empty: str) -> str:
    """A document in the colour of its region with how many passages it has, and these (HTML), or a word for none."""
    told = f'<b style="color:{colour}">{html.escape(name)}</b>{_block("small", html.escape(count))}'
    body = "".join(f"<article>{passage}</article>" for passage in passages) or _block("small", html.escape(empty))
    return f'<section><header style="border-color:{colour}">{told}</header>{body}</section>'


def chapter(path: str) -> str:
    """The place of a section in short: 第二章第一节; headings whose numbers do not say what they count stand whole."""
    parts = []
    for part in path.split(labels.word("words.path")) if path else []:
        number = part.partition(" ")[0]
        parts.append(number if _ORDINAL.match(number) else part)
    plain = all(_ORDINAL.match(part) for part in parts)
    return "".join(parts) if plain else labels.word("words.path").join(parts)


def quotation(text: str, title: str, path: str, line: int) -> str:
    """The words with their place: “……”（《…》第二章第一节，第47行）. Marks of quotation within become single ones."""
    inner = text.strip().replace("\t", "\u3000").translate(str.maketrans("“”", "‘’"))
    return labels.word("reading.quotation", text=inner, title=title, chapter=chapter(path), line=line)


def spans(evidence: pd.DataFrame | None, passage_ids: Sequence[str]) -> dict[str, dict[str, Span]]:
    """Where the numbers of facts stand in the texts of passages: passage → fact → its span."""
    if evidence is None:
        return {}
    own = evidence[evidence["passage_id"].isin(passage_ids)]
    found: dict[str, dict[str, Span]] = {}
    places = zip(own["passage_id"], own.index, own["value_start"], own["value_end"], strict=True)
    for passage_id, target_id, start, end in places:
        if 0 <= start < end:
            found.setdefault(passage_id, {})[str(target_id)] = (int(start), int(end))
    return found
