"""Chapters of documents → figures: bars of mentions by chapter, and a plan's outline as a treemap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import labels
import wording
from chart_style import INK, PALE, QUIET, SCALE, SUBTITLE_SIZE, WHITE, WIDTH, coloured, figure, left_margin
from directory import Directory, Document

CHAPTERS = 5
"""Chapters of a document that have a bar of their own; the others share one."""

_ROW, _WRAP = 34, 19
"""Of the bars: height of a row, and Han widths of a label."""

_STRIP, _HEAD, _LETTER, _DARK, _LEAST = 64, 24, 11, 0.55, 0.5
"""Of the treemap: usual height of a chapter, height of its head, size of letters, where on the scale they turn white,
and the least share (%) that is written."""


def lines(table: pd.DataFrame, documents: list[Document], chapters: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of the bars: each document as a head, below it its first chapters and the others together.

    `table`: columns of `theme_outline.by_chapter`. A head has doc_id, count and no share; a bar has name too.
    """
    rows: list[dict[str, Any]] = []
    for document in documents:
        own = table[table["doc_id"] == document.id]
        rows.append({"doc_id": document.id, "name": "", "count": int(own["count"].sum()), "share": None, "rest": 0})
        for chapter, count, share in zip(*(own[c].head(CHAPTERS) for c in ("chapter", "count", "share")), strict=True):
            name = chapters.get(chapter) or labels.word("words.no_chapter")
            rows.append({"doc_id": document.id, "name": name, "count": int(count), "share": share, "rest": 0})
        rest = own.iloc[CHAPTERS:]
        if len(rest):
            sums = {"count": int(rest["count"].sum()), "share": float(rest["share"].sum()), "rest": len(rest)}
            rows.append({"doc_id": document.id, "name": labels.word("outline.rest", count=len(rest)), **sums})
    return rows


def bars(rows: list[dict[str, Any]], directory: Directory, unit: str) -> go.Figure:
    """Body of bars of the share (%) of a document's mentions by chapter; `rows` as from `lines`."""
    shown = [
        _short(row["name"]) if row["name"] else coloured(directory.document(row["doc_id"]), _colour(row, directory))
        for row in rows
    ]
    plain = [name if row["name"] else directory.document(row["doc_id"]) for name, row in zip(shown, rows, strict=True)]
    told = [(place, row) for place, row in enumerate(rows) if row["share"] is not None]
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": [row["share"] for _, row in told],
        "y": [place for place, _ in told],
        "marker": {
            "color": [_colour(row, directory) for _, row in told],
            "opacity": [0.4 if row["rest"] else 1.0 for _, row in told],
        },
        "text": [labels.word("outline.bar", share=f"{row['share']:.1f}", count=row["count"]) for _, row in told],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": SUBTITLE_SIZE, "color": INK},
        "customdata": [wording.plot(f"{directory.document(row['doc_id'])} {row['name']}") for _, row in told],
        "hovertemplate": "%{customdata}<br>%{text}<extra></extra>",
    }
    heads = [
        {
            "text": labels.word("outline.total", count=row["count"]) if row["count"] else labels.word("outline.unsaid"),
            "x": 0,
            "xanchor": "left",
            "xshift": 4,
            "y": place,
            "showarrow": False,
            "font": {"size": SUBTITLE_SIZE, "color": QUIET},
        }
        for place, row in enumerate(rows)
        if row["share"] is None
    ]
    return figure(
        _ROW * len(rows) + 56,
        left_margin(plain),
        24,
        top=8,
        bottom=48,
        traces=[bar],
        annotations=heads,
        bargap=0.35,
        xaxis={"range": [0, 124], "tickvals": [0, 20, 40, 60, 80, 100], "title": {"text": wording.plot(unit)}},
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": shown,
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
        },
    )


def _short(name: str) -> str:
    """A heading in two lines at most; what is cut off shows when hovered over, and in the table."""
    first, *more = wording.wrap(name, _WRAP)
    second = [more[0] if len(more) == 1 else more[0][:-1] + "…"] if more else []
    return "<br>".join(wording.plot(line) for line in (first, *second))


def _colour(row: dict[str, Any], directory: Directory) -> str:
    return directory.colour(directory.documents[row["doc_id"]].region_id)


def shade(part: float) -> str:
    """The colour of SCALE at `part` (0 to 1)."""
    for (low, first), (high, second) in pairwise(SCALE):
        if part <= high:
            mix = (part - low) / (high - low)
            pairs = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
            return "#" + "".join(f"{round(a + (b - a) * mix):02X}" for a, b in pairs)
    return SCALE[-1][1]


def treemap(table: pd.DataFrame, root: str, whole: int) -> go.Figure:
    """Body of a treemap: a strip a chapter, in it a tile a part of the outline (columns of `theme_outline.outline`), as
    large as its text, the darker the more of it is under the theme; each says its heading, that share and its strongest
    theme, as far as there is room.

    `whole`: characters of all tiles and the text outside of them.
    """
    top = max(float(table["share"].max()), 1.0)
    parts = [share / top for share in table["share"]]
    chapters = table[table["parent"] == ""]
    height = min(max(_STRIP * len(chapters) + _HEAD, 360), 960)
    strips = dict(zip(chapters["id"], chapters["chars"], strict=True))
    tiles = [
        _Tile(name, chars, share, theme, height * strips.get(parent, chars) / whole, strips.get(parent))
        for name, chars, share, theme, parent in zip(
            *(table[column] for column in ("name", "chars", "share", "dominant", "parent")), strict=True
        )
    ]
    return figure(
        height,
        4,
        4,
        top=8,
        bottom=8,
        traces=[
            {
                "type": "treemap",
                "ids": ["", *table["id"]],
                "labels": [f"<b>{wording.plot(root)}</b>", *(tile.words for tile in tiles)],
                "parents": [None, *table["parent"]],
                "values": [whole, *(int(chars) for chars in table["chars"])],
                "branchvalues": "total",
                "sort": False,
                "textinfo": "label",
                "customdata": [wording.plot(root), *(tile.about for tile in tiles)],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {
                    "colors": [WHITE, *(shade(part) for part in parts)],
                    "line": {"color": "#B8C2CC", "width": 0.5},
                    "pad": {"t": _HEAD, "l": 2, "r": 2, "b": 2},
                },
                "textfont": {
                    "size": _LETTER,
                    "color": [INK, *(WHITE if part > _DARK else INK for part in parts)],
                },
                "root": {"color": PALE},
                "tiling": {"packing": "dice-slice", "pad": 1},
                "pathbar": {"visible": False},
            }
        ],
        uniformtext={"minsize": _LETTER, "mode": "hide"},
    )


@dataclass(frozen=True)
class _Tile:
    """A chapter or, where `chapter` holds the characters of its chapter, a part of one. `height`: of the strip."""

    name: str
    chars: int
    share: float
    dominant: str
    height: float
    chapter: int | None

    @property
    def theme(self) -> str:
        """The name of its strongest theme."""
        return labels.name("themes", self.dominant) if self.dominant else labels.word("outline.no_theme")

    @property
    def words(self) -> str:
        """What is written on it, as much as there is room for, names whole or not at all."""
        said = labels.word("outline.share_short", share=f"{self.share:.0f}") if self.share >= _LEAST else ""
        if self.chapter is None:
            limit, rows = WIDTH / _LETTER - 4, 1
        else:
            limit = (WIDTH * 0.96 * self.chars / self.chapter - 10) / _LETTER
            rows = int((self.height * 0.95 - _HEAD - 12) / (_LETTER * 1.35))
        about = labels.word("outline.tile", share=said, theme=self.theme).strip()
        number = self.name.partition(" ")[0]
        choices = [[self.name, about], [self.name, said], [f"{self.name} {said}".strip()]]
        choices += [[f"{number} {said}".strip()], [said]]
        if self.chapter is None:
            choices = [[f"{self.name} {said}".strip()], [f"{number} {said}".strip()]]
        broken = ([line for part in choice if part for line in wording.wrap(part, limit)] for choice in choices)
        shown = next((lines for lines in broken if len(lines) <= rows and self._fit(lines, limit)), [])
        plain = "<br>".join(wording.plot(line) for line in shown)
        return f"<b>{plain}</b>" if plain and self.chapter is None else plain

    @staticmethod
    def _fit(lines: list[str], limit: float) -> bool:
        """Whether no line, which may be one long word, is wider than there is room for."""
        return all(wording.width(line) <= limit for line in lines)

    @property
    def about(self) -> str:
        """What hovering over it tells, with the whole heading."""
        told = labels.word(
            "outline.hover", share=f"{self.share:.1f}", chars=f"{self.chars:,}", theme=wording.plot(self.theme)
        )
        return f"<b>{wording.wrapped(self.name, 24)}</b><br>{told}"
