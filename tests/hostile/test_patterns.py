"""No pattern takes more than linear time: four times the text takes about four times the time, whatever is repeated.

`make growth` does the same on texts seven times as long.
"""

from __future__ import annotations

import re

import pytest

from tests.hostile.patterns import grows, patterns, texts

SIZE = 600
MOST = 8.0
"""Square growth is 16 times; what stays under this grows no faster than n^1.5, on a busy machine."""
FLOOR = 0.002
"""Seconds for the longer text below which nothing can be said; square growth takes several times as long."""

ALL = patterns()


def test_the_patterns_are_found() -> None:
    names = " ".join(ALL)
    assert len(ALL) > 250
    assert all(part in names for part in ("quantities", "furniture", "headings", "titles", "pdf_text", "phrases"))


@pytest.mark.parametrize(("pattern", "piece"), [("[0-9]+x", "1"), (r"\s+$|a", " "), ("“[^”]*”", "“")])
def test_square_growth_is_seen(pattern: str, piece: str) -> None:
    found = re.compile(pattern)
    assert piece in texts(found)
    assert grows(found, piece, SIZE, MOST, FLOOR) > MOST


@pytest.mark.parametrize("name", ALL)
def test_a_pattern_takes_linear_time(name: str) -> None:
    pattern = ALL[name]
    assert not [piece for piece in texts(pattern) if grows(pattern, piece, SIZE, MOST, FLOOR)]
