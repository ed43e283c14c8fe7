"""Facts of one indicator → panels: what may be drawn on one axis, as rows of marks.

A panel holds one measure, one unit and, for cumulative values, one number of years; amounts of a city that dwarf
those of its districts get a panel of their own. A row of a panel is a document with one target: the values measured
before it, the aim of the period before, and the target itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

import labels
import wording
from directory import Directory
from facts import AIMS

MARK_COLUMNS = (
    "row",
    "region_id",
    "doc_id",
    "role",
    "x",
    "x_high",
    "qualifier",
    "label",
    "when",
    "last",
    "lines",
    "required",
    "target_id",
)

Fact = dict[str, Any]
"""A prepared fact, the columns NEEDED of it."""

NEEDED = (
    "doc_id",
    "region_id",
    "kind",
    "x",
    "x_high",
    "qualifier",
    "value_text",
    "value_words",
    "when_words",
    "first",
    "last",
    "year",
    "line",
    "target_id",
)

TOLD = ("axis", "measure", "unit", "value", "value_std", "unit_std", "period_start", "period_end")
"""What of a fact tells its axis and unit."""

AMOUNTS = ("level", "cumulative", "change")
DWARFED = 5
"""Measures that grow with the size of a region, and how many times larger one level must be to stand apart."""


@dataclass(frozen=True)
class Panel:
    """What shares an axis. `unit` is the unit of the axis and of `x`, `x_high` in `marks`; empty where none is said.

    `marks`: one row a mark, columns MARK_COLUMNS; `role` is a kind of the codebook, `required` the yearly change that
    leads from the last measured value to the target, in words, `target_id` the fact. `facts` are the rows the marks
    were made from.
    """

    axis: str
    measure: str
    span: str
    unit: str
    marks: pd.DataFrame
    facts: pd.DataFrame

    @property
    def numeric(self) -> bool:
        """Whether any mark has a value to place on an axis."""
        return bool(self.marks["x"].notna().any())

    @property
    def measure_words(self) -> str:
        """Measure as shown; cumulative values with the years they add up."""
        name = labels.name("measures", self.measure)
        if not self.span:
            return name
        key = "words.span_undated" if self.span == "?" else "words.span"
        return labels.word(key, measure=name, years=self.span)


def build(facts: pd.DataFrame, directory: Directory) -> list[Panel]:
    """Panels of prepared facts of one indicator, those in which most regions set a target first."""
    facts = facts[[*NEEDED, *TOLD]]
    numeric = facts[facts["x"].notna()]
    groups: dict[str, pd.DataFrame] = {}
    for axis, group in numeric.groupby("axis", sort=True):
        for number, part in enumerate(_by_level(group, directory)):
            groups[f"{axis}|{number or ''}"] = part
    order = sorted(groups, key=lambda axis: _weight(groups[axis]), reverse=True)
    for measure, worded in facts[facts["x"].isna()].groupby("measure", sort=True):
        home = next((axis for axis in order if axis.split("|")[0] == measure), f"{measure}|||")
        groups[home] = pd.concat([groups[home], worded]) if home in groups else worded
        order += [] if home in order else [home]
    return [_panel(axis, groups[axis], directory) for axis in order]


def _by_level(group: pd.DataFrame, directory: Directory) -> list[pd.DataFrame]:
    """Values of one axis, in parts by level of region (district, city) where one level dwarfs another."""
    if group["measure"].iloc[0] not in AMOUNTS:
        return [group]
    levels = group["region_id"].map(directory.level)
    typical = group["x"].abs().groupby(levels).median()
    if len(typical) < 2 or typical.max() <= DWARFED * typical.min():
        return [group]
    return [group[levels == level] for level in typical.sort_values().index]


def _weight(group: pd.DataFrame) -> tuple[int, int, int]:
    aims = group[group["kind"] == "target"]
    return aims["region_id"].nunique(), group["doc_id"].nunique(), len(group)


def _panel(axis: str, group: pd.DataFrame, directory: Directory) -> Panel:
    measure, _, span, _ = axis.split("|")
    unit, factor = axis_unit(group)
    merged = _merge(group.assign(x=group["x"] / factor, x_high=group["x_high"] / factor))
    rows: list[dict[str, object]] = []
    for doc_id in sorted({fact["doc_id"] for fact in merged}, key=directory.place):
        own = [fact for fact in merged if fact["doc_id"] == doc_id]
        rows += _rows(own, measure, len({mark["row"] for mark in rows}))
    marks = pd.DataFrame(rows, columns=list(MARK_COLUMNS)).astype({"x": "float64", "x_high": "float64"})
    return Panel(axis, measure, span, unit, marks, group)


def axis_unit(group: pd.DataFrame) -> tuple[str, float]:
    """The unit most written in facts that share an axis, as shown on it, and how many standard units it holds.

    `group`: columns kind, value, unit, x (the value in the standard unit).
    """
    written = group[group["value"].notna() & (group["value"] != 0)]
    aims = written[written["kind"] == "target"]
    units = (aims if len(aims) else written)["unit"]
    if units.empty:
        return "", 1.0
    unit = str(units.mode().iloc[0])
    sample = written[written["unit"] == unit].iloc[0]
    return unit, float(sample["x"] / sample["value"])


def _merge(group: pd.DataFrame) -> list[Fact]:
    """One fact for what a document states more than once, with all its lines in words."""
    same = ("doc_id", "region_id", "kind", "x", "x_high", "qualifier", "value_text", "first", "last")
    copies: dict[tuple[object, ...], list[Fact]] = {}
    for fact in group[list(NEEDED)].to_dict("records"):
        key = tuple(None if pd.isna(fact[name]) else fact[name] for name in same)
        copies.setdefault(key, []).append(fact)
    merged = []
    for facts in copies.values():
        lines = [labels.word("words.line", line=line) for line in sorted({fact["line"] for fact in facts})]
        merged.append(facts[0] | {"lines": labels.word("words.lines_and").join(lines)})
    return merged


def _in_time(fact: Fact) -> tuple[bool, float, bool, float]:
    """Order of time and, within it, of size; undated first, worded last."""
    last, x = fact["last"], fact["x"]
    return not pd.isna(last), 0.0 if pd.isna(last) else float(last), bool(pd.isna(x)), 0.0 if pd.isna(x) else float(x)


def _rows(document: list[Fact], measure: str, first_row: int) -> list[dict[str, object]]:
    """Marks of one document: a row a target, and on each the measured value it starts from."""
    by_time = sorted(document, key=_in_time)
    measured = [fact for fact in by_time if fact["kind"] == "baseline"]
    aims = [fact for fact in by_time if fact["kind"] in AIMS]
    before = [fact for fact in by_time if fact["kind"] in ("baseline", "past_target")]
    if not aims:
        return [_mark(first_row, fact) for fact in before]
    before = [fact for fact in before if not pd.isna(fact["x"])]
    dated = [fact for fact in measured if not pd.isna(fact["year"])]
    start = (dated if measure in {"level", "share"} else measured)[-1:]
    marks = []
    for number, aim in enumerate(aims):
        shown = before if number == 0 else start
        marks += [_mark(first_row + number, fact) for fact in shown]
        needed = required(start[0], aim, measure) if start else ""
        marks.append(_mark(first_row + number, aim) | {"required": needed})
    return marks


def _mark(row: int, fact: Fact) -> dict[str, object]:
    role = "target" if fact["kind"] == "qualitative" and not pd.isna(fact["x"]) else fact["kind"]
    return {
        "row": row,
        "region_id": fact["region_id"],
        "doc_id": fact["doc_id"],
        "role": role,
        "x": fact["x"],
        "x_high": fact["x_high"],
        "qualifier": fact["qualifier"],
        "label": fact["value_words"],
        "when": fact["when_words"],
        "last": fact["last"],
        "lines": fact["lines"],
        "required": "",
        "target_id": fact["target_id"],
    }


def required(start: Fact, aim: Fact, measure: str) -> str:
    """Yearly change from a measured value to a target, in words: +5.7%, +0.02个百分点; empty where it is undefined.

    `x` of both in the same unit; both need a named year. Amounts grow by a yearly rate, shares by yearly points.
    """
    if pd.isna(aim["x"]) or pd.isna(start["x"]) or pd.isna(aim["year"]) or pd.isna(start["year"]):
        return ""
    years = int(aim["year"]) - int(start["year"])
    if years <= 0:
        return ""
    if measure == "share":
        change, key, digits = (aim["x"] - start["x"]) / years, "compare.required_points", 2
    elif measure == "level" and start["x"] > 0 and aim["x"] > 0:
        change, key, digits = ((aim["x"] / start["x"]) ** (1 / years) - 1) * 100, "compare.required_percent", 1
    else:
        return ""
    sign = labels.name("qualifiers", aim["qualifier"]) + ("+" if change >= 0 else "−")
    return labels.word(key, sign=sign, value=wording.number(round(abs(change), digits)))
