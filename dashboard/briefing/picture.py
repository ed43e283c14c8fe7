"""A card → the bytes of its picture, checked before they are handed out."""

from __future__ import annotations

import html
import re
import struct
from typing import Literal

import labels
from briefing import layout, renderer
from briefing.item import Item
from briefing.renderer import Renderer
from errors import ReadableError

Form = Literal["png", "svg"]
FORMS: tuple[Form, ...] = ("png", "svg")

_HEAD = struct.Struct(">16xII")
"""Where a PNG tells its width and height."""


def unavailable() -> str:
    """Why no PNG can be made, as one sentence; "" where it can. An SVG is made, plainer, without a browser as well."""
    return "" if renderer.browser() else labels.word("pictures.no_browser")


def draw(item: Item, size: str, form: Form, drawn_by: Renderer | None = None) -> bytes:
    """The picture of a card at a size of `layout.SIZES`, as PNG or SVG.

    `drawn_by`: the renderer, else the one that all share. Raises ReadableError where it cannot be made.
    """
    reason = unavailable()
    if reason and form == "svg":
        from briefing import plain_svg  # loads a library of charts that is needed here alone, and by few machines

        return plain_svg.draw(item, size)
    if reason:
        raise ReadableError(reason)
    laid = layout.lay_out(item, size)
    scale = laid.scale if form == "png" else layout.SIZES[size].width / laid.figure.layout.width
    made = (drawn_by or renderer.shared()).draw(laid.figure, form, scale)
    right = sized(made) == layout.SIZES[size].pixels if form == "png" else shows_title(made, item)
    if not right:
        raise ReadableError(labels.word("pictures.mixed"))
    return made


def sized(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    width, height = _HEAD.unpack_from(png)
    return width, height


def said(svg: bytes) -> str:
    """All words of an SVG, without blanks."""
    return _close(html.unescape(re.sub(r"<[^>]*>", "", svg.decode())))


def shows_title(svg: bytes, item: Item) -> bool:
    """Whether an SVG shows the title of a card."""
    return _close(item.title) in said(svg)


def _close(text: str) -> str:
    return re.sub(r"\s+", "", text)
