"""Four times the text takes about four times the time, on the worst of the texts that tests.bench.growth tries.

Time is that of the processor. More than twice linear growth is let pass, for a busy machine; square growth is 16 times.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from extract import sources
from extract.markup import unmark
from extract.model import Source
from tests.hostile.shapes import MARKUP, shape
from tests.hostile.stages import seconds_of

MOST = 10.0
FLOOR = 0.06
"""Seconds below which nothing can be said."""


def growth(seconds: Callable[[int], float], size: int) -> float:
    """How many times as long four times the size takes; the best of up to three measurements."""
    seconds(1_000)
    measured = (max(seconds(4 * size), FLOOR) / max(seconds(size), FLOOR) for _ in range(3))
    return next((times for times in measured if times < MOST), MOST)


@pytest.mark.parametrize("name", ["no full stop", "blanks between digits", "ratios"])
def test_all_stages_are_linear(name: str) -> None:
    assert growth(lambda size: seconds_of(*shape(name, size))["all"], 4_500) < MOST


@pytest.mark.parametrize("name", [*MARKUP, "angles", "entities", "digits", "cells between tabs"])
def test_reading_is_linear(name: str) -> None:
    def read(size: int) -> float:
        text, form = shape(name, size)
        start = time.process_time()
        lines = sources._lines(text.encode(), "plan", form)[0]
        unmark(Source("plan", "", lines, form))
        return time.process_time() - start

    assert growth(read, 12_000) < MOST
