"""Room for words that stand to the right of marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

import wording
from chart_style import LABEL_SIZE

_SLACK, _GAP, _MOST = 1.1, 16, 0.85
"""For other fonts; between mark and words in pixels; share of the width that words are given at most."""

_TAG = re.compile("<[^>]*>")


def widest(texts: Iterable[str], size: int) -> float:
    """Pixels of the widest line of texts of a chart in letters of a size; their tags take no room."""
    lines = (_TAG.sub("", line) for text in texts for line in text.split("<br>"))
    return max(map(wording.width, lines), default=0.0) * size * _SLACK


def end(xs: list[float], texts: list[str], width: float) -> float:
    """End of an axis from 0, `width` pixels long, at which every text fits to the right of its x; above zero."""
    shares = [min(_MOST, (wording.width(text) * LABEL_SIZE * _SLACK + _GAP) / width) for text in texts]
    return max((x / (1 - share) for x, share in zip(xs, shares, strict=True)), default=0.0) or 1.0
