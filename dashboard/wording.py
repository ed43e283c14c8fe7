"""Facts as words: values, times, and text made safe for the place where it is shown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

import labels

_PIECE = re.compile(
    r"""[（《“("]*(?:\u7ea6?[0-9A-Za-z.,%≥≤≈<>+\-\u2212–—'’]+[\u4e07\u4ebf]?[\u4e00-\u9fff]?|\S(?:/\S)?)"""
    r"""[，。、；：）》”):;,."]*|\s"""
)
"""What is not torn apart at a line's end: a number with its sign, 约 and unit, a word, and the brackets round it."""

_YEARLY = "\u5e74\u5747"
"""年均: what the name of an indicator says where its rate counts by the year. Words of documents, whatever we speak."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&\"'/])")


def number(value: float) -> str:
    """A number without needless zeros; digits in groups of three from 100,000 on."""
    text = f"{value:,.6f}" if abs(value) >= 100_000 else f"{value:.6f}"
    return text.rstrip("0").rstrip(".")


def value(fact: Mapping[Any, Any]) -> str:
    """The value of a row of `targets` as written, with qualifier and unit: ≥40个, 2—3家, 约6%, 第1位, or its words.

    A rate over several years says what it is: 年均6%, 累计20.5%.
    """
    if pd.isna(fact["value"]):
        return str(fact["value_text"])
    amount = number(fact["value"])
    if not pd.isna(fact["value_high"]):
        amount = labels.word("words.range", low=amount, high=number(fact["value_high"]))
    if fact["measure"] == "rank":
        return labels.word("words.rank_top" if fact["qualifier"] in {"<", "<="} else "words.rank", value=amount)
    plain = f"{labels.name('qualifiers', fact['qualifier'])}{amount}{fact['unit']}"
    manner = _manner(fact)
    return labels.word(f"words.{manner}", value=plain) if manner else plain


def _manner(fact: Mapping[Any, Any]) -> str:
    """How a rate over several years counts: by the year, or summed up; "" where that is not said."""
    start, end = fact["period_start"], fact["period_end"]
    if pd.isna(start) or pd.isna(end) or start == end or fact["unit"] != "%":
        return ""
    if fact["measure"] in {"growth", "change"} and _YEARLY in fact["indicator"]:
        return "yearly"
    return "summed" if fact["measure"] == "change" else ""


def when(fact: Mapping[str, Any]) -> str:
    """The year or period of a row of `targets`: 2025年, 2021—2025年."""
    if not pd.isna(fact["year"]):
        return labels.word("words.year", year=fact["year"])
    start, end = fact["period_start"], fact["period_end"]
    if pd.isna(start) and pd.isna(end):
        return labels.word("words.no_time")
    if pd.isna(start) or pd.isna(end) or start == end:
        return labels.word("words.year", year=start if pd.isna(end) else end)
    return labels.word("words.period", start=start, end=end)


def standard(fact: pd.Series) -> str:
    """The value in the one unit of its family; empty where there is none."""
    if pd.isna(fact["value_std"]):
        return ""
    amount = number(fact["value_std"])
    if not pd.isna(fact["value_high_std"]):
        amount = labels.word("words.range", low=amount, high=number(fact["value_high_std"]))
    return f"{amount}{fact['unit_std']}"


def rule(rule_id: str) -> str:
    """What a rule of the extraction does; its id where no word is known. Joined ids (a+b) are read one by one."""
    return labels.join([labels.name("rules", part) for part in rule_id.split("+")])


def markdown(text: str) -> str:
    """Text that Markdown shows as it is: no emphasis, formula, link or icon can come of it."""
    return _MARKDOWN.sub(r"\\\1", text)


def plot(text: str) -> str:
    """Text that a chart shows as it is: no tag can come of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_NARROW = re.compile("[\\u0000-\\u2e7f]")
_FULL = re.compile("[“”—…·]")


@lru_cache(8192)
def width(text: str) -> float:
    """Width of a text in Han characters: a Latin letter or digit counts a little more than half."""
    return len(text) - 0.42 * (len(_NARROW.findall(text)) - len(_FULL.findall(text)))


def wrap(text: str, limit: float) -> list[str]:
    """Lines of at most `limit` Han widths; a number, a Latin word or a sign that ends a clause is not torn off."""
    return list(_wrapped(text, limit))


@lru_cache(8192)
def _wrapped(text: str, limit: float) -> tuple[str, ...]:
    lines, line, used = [], "", 0.0
    for piece in _PIECE.findall(text):
        if line and used + width(piece.rstrip()) > limit:
            lines.append(line.rstrip())
            line = piece.lstrip()
            used = width(line)
        else:
            line += piece
            used += width(piece)
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def wrapped(text: str, limit: float) -> str:
    """Lines of `wrap` for a chart, made safe and joined with <br>."""
    return "<br>".join(plot(line) for line in wrap(text, limit))


def short_id(*texts: str) -> str:
    """Eight ASCII signs for texts, the same from run to run: for keys of widgets."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]
