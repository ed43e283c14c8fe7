"""Words of a document as HTML in which nothing but the marks is markup, and as a quotation with its place."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

import labels
from chart_style import QUIET, RULE

Span = tuple[int, int]

_NUMBER = "background:#FFE9A8;color:inherit;border-radius:3px;padding:0 .1em"
_FOCUS = "background:#FFC94D;color:inherit;border-radius:3px;padding:0 .1em;font-weight:700;outline:1px solid #8A5A00"
_WORD = "text-decoration:underline 2px #1F5A96;text-underline-offset:3px;font-weight:600"
_TEXT = "font-size:.92rem;line-height:1.8;margin:.15rem 0;overflow-wrap:anywhere"
_NEAR = f"font-size:.85rem;line-height:1.7;margin:.3rem 0;padding-left:.6rem;border-left:3px solid {RULE};color:{QUIET}"
_SMALL = f"font-size:.78rem;line-height:1.5;color:{QUIET};overflow-wrap:anywhere"
_CELL = '<span style="color:#9AA5B1"> │ </span>'

_ORDINAL = re.compile(r"\u7b2c[\u4e00-\u9fff0-9]+[\u7f16\u7bc7\u7ae0\u8282]$")
"""A number of a chapter that says by itself which one it is: 第二章, 第三节."""


def marked(
    text: str, numbers: Sequence[Span] = (), focus: Sequence[Span] = (), words: re.Pattern[str] | None = None
) -> str:
    """`text` as HTML: numbers of facts on yellow, those in focus framed, words that are looked for underlined.

    Spans count characters of `text`; a cell of a table ends at a tab, shown as a line.
    """
    found = [match.span() for match in words.finditer(text)] if words else []
    styles = ((_NUMBER, numbers), (_FOCUS, focus), (_WORD, found))
    cuts = sorted({0, len(text), *(cut for _, spans in styles for span in spans for cut in span if cut <= len(text))})
    pieces = []
    for start, end in pairwise(cuts):
        held = [style for style, spans in styles if any(a <= start and end <= b for a, b in spans)]
        style = ";".join(held[1:] if held[:2] == [_NUMBER, _FOCUS] else held)
        piece = html.escape(text[start:end].lstrip("\t") if start == 0 else text[start:end]).replace("\t", _CELL)
        tag = "mark" if style and not held[0].startswith("text") else "span"
        pieces.append(f'<{tag} style="{style}">{piece}</{tag}>' if style else piece)
    return "".join(pieces)


def passage_html(place: str, about: str, body: str, before: str = "", after: str = "") -> str:
    """A passage: where it stands, what it is about, and its words (`body`, HTML) between its neighbours (plain text).

    Without words only the place is shown.
    """
    near = [f'<div style="{_NEAR}">{html.escape(text)}</div>' if text else "" for text in (before, after)]
    words = f'<div style="{_TEXT}">{body}</div>' if body else ""
    head = f'<div style="{_SMALL};font-weight:600">{html.escape(place)}</div>'
    return f'{head}<div style="{_SMALL}">{html.escape(about)}</div>{near[0]}{words}{near[1]}'


def head_html(name: str, colour: str, count: str) -> str:
    """Head of a column: the document in the colour of its region, and how many passages it has."""
    told = f'<b style="color:{colour}">{html.escape(name)}</b><div style="{_SMALL}">{html.escape(count)}</div>'
    return f'<div style="border-top:4px solid {colour};padding-top:.4rem">{told}</div>'


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
