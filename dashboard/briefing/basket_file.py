"""A basket as a small file that can be saved and loaded: JSON with all that its cards show.

A file that comes back is a stranger's: its size, its fields and the kinds of its charts are checked, and nothing in it
can fetch anything.
"""

from __future__ import annotations

import json
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import labels
from briefing.item import Item
from card import Card, Short
from errors import ReadableError
from plot import Plot, Series

FORMAT, VERSION = "plan-briefing", 1
LARGEST = 8_000_000
"""Bytes of a file that is read, at most."""

KINDS = frozenset({"scatter", "bar", "heatmap", "treemap"})
"""Kinds of traces that our charts are made of."""

LONG = 20_000
"""Characters of one text, at most."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Table(_Part):
    columns: list[str] = Field(max_length=60)
    rows: list[list[str | int | float | bool | None]] = Field(max_length=20_000)


class _Series(_Part):
    name: str
    values: list[float | int | None]
    colour: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    colours: list[str]
    labels: list[str]


class _Plot(_Part):
    kind: Literal["bar", "stacked", "line"]
    categories: list[str]
    series: list[_Series]
    unit: str


class _Margin(BaseModel):
    l: float  # noqa: E741  plotly's own name
    r: float
    t: float
    b: float


class _Layout(BaseModel):
    model_config = ConfigDict(extra="allow")

    height: float
    margin: _Margin


class _Body(_Part):
    data: list[dict[str, Any]]
    layout: dict[str, Any]


class _Short(_Part):
    body: _Body
    notes: list[str]
    width: int


class _Card(_Part):
    id: str = Field(pattern=r"^[\w.:=-]{1,200}$")
    title: str = Field(max_length=LONG)
    subtitle: str = Field(max_length=LONG)
    source: str = Field(max_length=LONG)
    version: str = Field(max_length=40)
    alt: str = Field(max_length=LONG)
    notes: list[str]
    facts: list[str]
    table: _Table
    body: _Body | None
    plot: _Plot | None
    short: _Short | None = None


class _Item(_Part):
    card: _Card
    link: str = Field(max_length=LONG, pattern=r"^(https?://[^\s<>\"]*)?$")
    note: str = Field(max_length=LONG)
    name: str = Field(max_length=LONG)
    places: _Table


class _File(_Part):
    format: Literal["plan-briefing"]
    version: Literal[1]
    title: str = Field(max_length=LONG)
    items: list[_Item] = Field(max_length=100)


def dump(items: list[Item], title: str) -> bytes:
    """The items and the title of a briefing as a file."""
    content = {"format": FORMAT, "version": VERSION, "title": title, "items": [_item(one) for one in items]}
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def load(data: bytes) -> tuple[list[Item], str]:
    """Items and title from a file of `dump`. Raises ReadableError where it is none, or too large."""
    if len(data) > LARGEST:
        raise ReadableError(labels.word("basket.too_large", size=LARGEST // 1_000_000))
    try:
        found = _File.model_validate_json(data)
        return [_read(one) for one in found.items], found.title
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise ReadableError(labels.word("basket.unreadable")) from error


def _item(one: Item) -> dict[str, Any]:
    card = one.card
    return {
        "card": {
            "id": card.id,
            "title": card.title,
            "subtitle": card.subtitle,
            "source": card.source,
            "version": card.version,
            "alt": card.alt,
            "notes": list(card.notes),
            "facts": list(card.facts),
            "table": _table(card.table),
            "body": None if card.body is None else _drawn(card.body),
            "plot": None if card.plot is None else _plot(card.plot),
            "short": card.short
            and {
                "body": _drawn(card.short.body),
                "notes": list(card.short.notes),
                "width": card.short.width,
            },
        },
        "link": one.link,
        "note": one.note,
        "name": one.name,
        "places": _table(one.places),
    }


def _drawn(body: go.Figure) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(str(body.to_json()))
    return plain


def _table(frame: pd.DataFrame) -> dict[str, Any]:
    plain = json.loads(frame.to_json(orient="split", index=False, force_ascii=False))
    return {"columns": [str(column) for column in plain["columns"]], "rows": plain["data"]}


def _plot(plot: Plot) -> dict[str, Any]:
    series = [
        {
            "name": one.name,
            "values": list(one.values),
            "colour": one.colour,
            "colours": list(one.colours),
            "labels": list(one.labels),
        }
        for one in plot.series
    ]
    return {"kind": plot.kind, "categories": list(plot.categories), "series": series, "unit": plot.unit}


def _read(one: _Item) -> Item:
    card = one.card
    body = None if card.body is None else _body(card.body)
    plot = None
    if card.plot is not None:
        series = (
            Series(row.name, tuple(row.values), row.colour, tuple(row.colours), tuple(row.labels))
            for row in card.plot.series
        )
        plot = Plot(card.plot.kind, tuple(card.plot.categories), tuple(series), card.plot.unit)
    made = Card(
        id=card.id,
        title=card.title,
        subtitle=card.subtitle,
        source=card.source,
        version=card.version,
        table=_frame(card.table),
        body=body,
        alt=card.alt,
        notes=tuple(card.notes),
        plot=plot,
        facts=tuple(card.facts),
        short=card.short and Short(_body(card.short.body), tuple(card.short.notes), card.short.width),
    )
    return Item(made, one.link, one.note, one.name, _frame(one.places))


def _frame(table: _Table) -> pd.DataFrame:
    return pd.DataFrame(table.rows, columns=table.columns)


def _body(body: _Body) -> go.Figure:
    """A chart of our own kinds, without pictures. Raises ValueError for any other."""
    if not {trace.get("type", "scatter") for trace in body.data} <= KINDS:
        raise ValueError("a chart of a kind that is never saved")
    _Layout.model_validate(body.layout)
    drawn = go.Figure(data=body.data, layout=body.layout)
    drawn.layout.images = ()
    return drawn
