"""Frames as CSV files that open well in a spreadsheet."""

from __future__ import annotations

import re

import pandas as pd

_FORMULA = re.compile(r"[=+\-@\t\r](?![\d.,]+%?$)")
"""How a formula begins; a plain signed number is none."""

_PART, _BYTES = 40, 240
"""Signs of a part of a file name, and bytes of all parts, at most."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)?", re.IGNORECASE)
"""Names that Windows keeps for itself, and no name."""


def _safe(cell: object) -> object:
    """Text that a spreadsheet would take for a formula, marked as text; anything else as it is."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def csv(frame: pd.DataFrame) -> bytes:
    """The frame without its index as UTF-8 with byte-order mark; no cell or column name can act as a formula."""
    texts = [column for column in frame if not pd.api.types.is_numeric_dtype(frame[column])]
    safe = frame.assign(**{column: [_safe(cell) for cell in frame[column]] for column in texts})
    text: str = safe.rename(columns=_safe).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def file_name(*parts: str, form: str = "csv") -> str:
    """A file name of the parts, without what a file system refuses or finds too long: 地区生产总值_1a2b3c4d.csv."""
    joined = [re.sub(r"(?<=[!-~])\s+(?=[!-~])", "-", part) for part in parts]
    words = [word for part in joined if (word := re.sub(r"[\s\x00-\x1f\\/:*?\"<>|]+", "", part).strip("."))]
    limit = _PART
    while len(stem := "_".join(word[:limit] for word in words).encode()) > _BYTES:
        limit -= 1
    name = stem.decode()
    return f"{'_' if _RESERVED.fullmatch(name.partition('.')[0]) else ''}{name}.{form}"
