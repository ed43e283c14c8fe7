"""Facts of one indicator → panels: what may be drawn on one axis, as rows of marks.

A panel holds one measure, one unit and, for cumulative values, one number of years; amounts of a city that dwarf
those of its districts get a panel of their own. A row of a panel is a document with one target: the values measured
before it, the aim of the period before, and the target itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

import labels
import wording
from directory import Directory

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
    unit, factor = _unit(group)
    merged = _merge(group.assign(x=group["x"] / factor, x_high=group["x_high"] / factor))
    rows: list[dict[str, object]] = []
    for doc_id in sorted(merged["doc_id"].unique(), key=directory.place):
        rows += _rows(merged[merged["doc_id"] == doc_id], measure, len({mark["row"] for mark in rows}))
    marks = pd.DataFrame(rows, columns=list(MARK_COLUMNS)).astype({"x": "float64", "x_high": "float64"})
    return Panel(axis, measure, span, unit, marks, group)


def _unit(group: pd.DataFrame) -> tuple[str, float]:
    """The unit most written in the group, as shown on the axis, and how many standard units it holds."""
    written = group[group["value"].notna() & (group["value"] != 0)]
    aims = written[written["kind"] == "target"]
    units = (aims if len(aims) else written)["unit"]
    if units.empty:
        return "", 1.0
    unit = str(units.mode().iloc[0])
    sample = written[written["unit"] == unit].iloc[0]
    return unit, float(sample["x"] / sample["value"])


def _merge(group: pd.DataFrame) -> pd.DataFrame:
    """One row for what a document states more than once, with all its lines in words."""
    same = ["doc_id", "region_id", "kind", "x", "x_high", "qualifier", "value_text", "first", "last"]
    parts = []
    for _, copies in group.groupby(same, dropna=False, sort=False):
        lines = [labels.word("words.line", line=line) for line in sorted(set(copies["line"]))]
        parts.append(copies.iloc[0].to_dict() | {"lines": labels.word("words.lines_and").join(lines)})
    return pd.DataFrame(parts)


def _rows(document: pd.DataFrame, measure: str, first_row: int) -> list[dict[str, object]]:
    """Marks of one document: a row a target, and on each the measured value it starts from."""
    by_time = document.sort_values(["last", "x"], na_position="first")
    measured = by_time[by_time["kind"] == "baseline"]
    aims = by_time[by_time["kind"].isin(("target", "qualitative"))]
    before = by_time[by_time["kind"].isin(("baseline", "past_target"))]
    if aims.empty:
        return [_mark(first_row, fact) for _, fact in before.iterrows()]
    before = before[before["x"].notna()]
    marks = []
    for number, (_, aim) in enumerate(aims.iterrows()):
        start = measured[measured["year"].notna()].tail(1) if measure in {"level", "share"} else measured.tail(1)
        shown = before if number == 0 else start
        marks += [_mark(first_row + number, fact) for _, fact in shown.iterrows()]
        needed = required(start.iloc[0], aim, measure) if len(start) else ""
        marks.append(_mark(first_row + number, aim) | {"required": needed})
    return marks


def _mark(row: int, fact: pd.Series) -> dict[str, object]:
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


def required(start: pd.Series, aim: pd.Series, measure: str) -> str:
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
