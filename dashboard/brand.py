"""The sign of the dashboard, as addresses that hold the picture itself: nothing is read or stored for it in a run."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

import chart_style
import wording


def _held(kind: str, picture: bytes) -> str:
    return f"data:image/{kind};base64,{b64encode(picture).decode()}"


ICON = _held("png", Path(__file__).with_name("icon.png").read_bytes())
"""Sign in the browser's tab; a named icon would be fetched from elsewhere."""


@cache
def logo(name: str) -> str:
    """The name of the dashboard with its sign."""
    bars = "".join(
        f'<rect x="{2 + 8 * n}" y="{26 - height}" width="6" height="{height}" rx="1" fill="{colour}"/>'
        for n, (height, colour) in enumerate(((10, "#0072B2"), (17, "#D55E00"), (23, "#117733")))
    )
    width = max(190, round(38 + 20 * wording.width(name)))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="30" viewBox="0 0 {width} 30">{bars}'
        f'<text x="34" y="23" font-family="{chart_style.FONT}" font-size="20" font-weight="700" '
        f'fill="{chart_style.INK}">{name}</text></svg>'
    )
    return _held("svg+xml", svg.encode())
