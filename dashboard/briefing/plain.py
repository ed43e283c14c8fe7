"""What every office file is written with: words that XML can hold, tables as words, the font, the name of the file."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from numbers import Real

import pandas as pd

import labels
import wording
from briefing.item import Item

FONT = "Microsoft YaHei"
"""Of every run, Latin and East Asian: what analysts' machines have; elsewhere a substitute is found."""

DARK = "#174A7C"
"""Heads of tables and links."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML file can hold: control characters and halves of surrogate pairs."""

_LEAST, _EDGES = 2.0, 2.2
"""Narrowest content and margins of a cell, in Han characters."""

_NUMBER = re.compile(r"[+\-\u2212]?[\d,]*\.?\d+%?")


def text(value: object) -> str:
    """A cell or a line as words: nothing for what is missing, a blank for a sign that XML forbids."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, Real) and math.isnan(value)):
        return ""
    if isinstance(value, Real) and not isinstance(value, bool):
        return wording.number(float(value))
    return _FORBIDDEN.sub(" ", str(value))


def line(value: object) -> str:
    """The same on one line."""
    return " ".join(text(value).split())


def heading(items: Sequence[Item], title: str) -> str:
    """Title of a file: the one given, else that of its only card, else the name of the dashboard."""
    return line(title or (items[0].title if len(items) == 1 else labels.word("app.title")))


def day(made: datetime) -> str:
    """The date as it is written."""
    return labels.word("office.date", year=made.year, month=made.month, day=made.day)


def followable(link: str) -> bool:
    """Whether a program can be given the link to follow: an address of the web, not longer than a workbook allows."""
    return link.startswith(("http://", "https://")) and len(link) <= 2000 and not _FORBIDDEN.search(link)


@dataclass(frozen=True)
class Grid:
    """A table as words. `numeric`: of each column, whether all it holds are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]

    def wanted(self, size: float) -> list[float]:
        """Widths at which no cell of a column is broken, in the unit of the size of letters."""
        columns = zip(self.head, *self.rows, strict=True)
        return [(max(_LEAST, *map(wording.width, column)) + _EDGES) * size for column in columns]

    def widths(self, total: float, size: float) -> list[float]:
        """Widths of the columns that add up to `total`; both in the unit of the size of letters.

        Each column has room for its longest cell where that goes; else the widest are made narrower, to one width.
        """
        wanted = self.wanted(size)
        left, widest = total, total
        for place, width in enumerate(sorted(wanted)):
            widest = left / (len(wanted) - place)
            if width > widest:
                break
            left -= width
        kept = [min(width, widest) for width in wanted]
        return [width * total / sum(kept) for width in kept]


def grid(frame: pd.DataFrame) -> Grid:
    """A frame without its index as words."""
    columns = [[text(cell) for cell in frame.iloc[:, place]] for place in range(frame.shape[1])]
    numeric = tuple(any(column) and all(_NUMBER.fullmatch(cell) for cell in column if cell) for column in columns)
    return Grid(tuple(line(name) for name in frame.columns), tuple(zip(*columns, strict=True)), numeric)
