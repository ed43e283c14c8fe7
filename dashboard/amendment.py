"""A correction that a reader makes of a fact: its fields, what is wrong with new values, and the entries it gives.

The entries are those of data/corrections.yaml. Each finds its row by line and by the fewest fields that tell it from
the other rows of the line, as they stand once the entries before it are applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import yaml

import labels
import schema
from checked import CORRECTION
from errors import ReadableError

Cell = str | int | float | None
Row = dict[str, Cell]
"""A fact: "" for no text, None for no number."""

CHOICES = {
    "kind": "kinds",
    "qualifier": "qualifier_names",
    "measure": "measures",
    "attribute": "attributes",
    "theme": "themes",
}
"""Fields that hold one of several ids → the head of labels.yaml that names them."""

TEXTS = {"indicator": 200, "unit": 20, "value_text": 200}
"""Fields of free words → how many signs they may have."""

AMOUNTS, YEARS = ("value", "value_high"), ("year", "period_start", "period_end")
DERIVED = ("indicator_id", "theme", "topic")
"""Fields that follow from the name of the indicator unless an entry sets them."""

FIELDS = ("indicator", *AMOUNTS, "unit", "qualifier", "value_text", *YEARS, "kind", "measure", "attribute", *DERIVED)
"""All fields that can be corrected."""

TIMES = ("year", "period", "none")
FIRST_YEAR, LAST_YEAR = 1949, 2100
REASON = 500
"""Signs that a reason may have."""

_AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{1,9})?")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Amendment:
    """A fact as it stood, the fields as they should be (none: it is no fact), and why."""

    row: Row
    set: Row
    reason: str

    @property
    def id(self) -> str:
        """Id of the fact."""
        return str(self.row["target_id"])


@dataclass(frozen=True)
class Read:
    """What a form holds: the changed fields, and by field (`reason`, or `all` for the whole) what is wrong in words."""

    changed: Row
    faults: dict[str, str]


def row(facts: pd.DataFrame, target_id: str) -> Row:
    """A row of the table of targets by its id, which must be there."""
    return _row(facts[facts["target_id"] == target_id].iloc[0])


def _row(fact: pd.Series) -> Row:
    columns = schema.TABLES["targets"]
    texts: Row = {name: str(fact[name]) for name in columns.text}
    years: Row = {name: None if pd.isna(fact[name]) else int(fact[name]) for name in columns.year}
    amounts: Row = {name: None if pd.isna(fact[name]) else float(fact[name]) for name in columns.amount}
    return texts | years | amounts | {"line": int(fact["line"])}


def time_of(fact: Row) -> str:
    """How the time of a fact is said: one of TIMES."""
    return "year" if fact["year"] is not None else "period" if fact["period_end"] is not None else "none"


def plain(cell: Cell) -> str:
    """A cell as it is typed: 7000, 4.5."""
    whole = isinstance(cell, float) and cell == int(cell)
    return "" if cell is None else str(int(cell)) if whole else str(cell)  # type: ignore[arg-type]


def read(fact: Row, given: Mapping[str, str]) -> Read:
    """What a form says of a fact. `given`: field → what was typed or chosen, `time` one of TIMES, `reason`, `drop`."""
    values, faults = dict(fact), dict[str, str]()
    if not _words(given["reason"]):
        faults["reason"] = labels.word("amend.faults.reason")
    if given.get("drop"):
        return Read({}, faults)
    _texts(values, faults, given)
    _amounts(values, faults, given)
    _time(values, faults, given)
    changed = _changed(fact, values)
    if not changed and not faults.keys() - {"reason"}:
        faults["all"] = labels.word("amend.faults.unchanged")
    return Read(changed, faults)


def _texts(values: Row, faults: dict[str, str], given: Mapping[str, str]) -> None:
    for name in (*TEXTS, *CHOICES, "indicator_id", "topic"):
        if name in given:
            values[name] = _words(given[name])
    for name in ("indicator", "value_text"):
        if name in given and not values[name]:
            faults[name] = labels.word("amend.faults.needed")


def _amounts(values: Row, faults: dict[str, str], given: Mapping[str, str]) -> None:
    for name in AMOUNTS:
        text = re.sub(r"[,\uff0c\s]", "", given.get(name, "")).replace("\u2212", "-").replace("\uff0e", ".")
        if name not in given:
            continue
        if text and not _AMOUNT.fullmatch(text):
            faults[name] = labels.word("amend.faults.number")
        elif not text and name == "value":
            faults[name] = labels.word("amend.faults.needed")
        else:
            values[name] = float(text) if text else None
    low, high = values["value"], values["value_high"]
    if not faults.keys() & set(AMOUNTS) and high is not None and float(high) <= float(low or 0):
        faults["value_high"] = labels.word("amend.faults.range")


def _time(values: Row, faults: dict[str, str], given: Mapping[str, str]) -> None:
    asked = {"year": YEARS[:1], "period": YEARS[1:], "none": ()}[given["time"]]
    for name in YEARS:
        text = _words(given.get(name, "")) if name in asked else ""
        values[name] = int(text) if _YEAR.fullmatch(text) else None
        if name in asked and not FIRST_YEAR <= (values[name] or 0) <= LAST_YEAR:  # type: ignore[operator]
            faults[name] = labels.word("amend.faults.year", first=FIRST_YEAR, last=LAST_YEAR)
    start, end = values["period_start"], values["period_end"]
    if not faults.keys() & set(YEARS) and start is not None and int(start) > int(end or 0):
        faults["period_end"] = labels.word("amend.faults.period")


def _changed(fact: Row, values: Row) -> Row:
    """The fields that differ, and those that would not stay as they are if the entry did not say so."""
    changed = {name for name in FIELDS if values[name] != fact[name]}
    if "theme" in changed:
        changed.add("topic")
    if changed and fact["rule"] == CORRECTION and not changed & {"indicator", "unit", "measure"}:
        changed.update(DERIVED)
    return {name: values[name] for name in FIELDS if name in changed}


def _words(text: str) -> str:
    return " ".join(text.split())


def made(fact: Row, given: Mapping[str, str]) -> Amendment:
    """The correction that a form without faults stands for."""
    return Amendment(fact, read(fact, given).changed, _words(given["reason"]))


def entries(held: Iterable[Amendment], facts: pd.DataFrame) -> list[dict[str, Any]]:
    """Entries of data/corrections.yaml, in order. `facts`: the table of targets, which must hold every row amended.

    Raises ReadableError where a row cannot be told from another of its line.
    """
    lines: dict[tuple[Cell, Cell], dict[str, Row]] = {}
    made = []
    for one in held:
        place = one.row["doc_id"], one.row["line"]
        if place not in lines:
            found = facts[(facts["doc_id"] == place[0]) & (facts["line"] == place[1])]
            lines[place] = {str(fact["target_id"]): _row(fact) for _, fact in found.iterrows()}
        here = lines[place]
        now = here.pop(one.id)
        made.append(_entry(one, _find(now, here.values())))
        if one.set:
            here[one.id] = now | one.set
    return made


def _entry(one: Amendment, find: Row) -> dict[str, Any]:
    head = {"doc": one.row["doc_id"], "line": one.row["line"], "action": "override" if one.set else "drop"}
    told = {"set": _written(one.set)} if one.set else {}
    return head | {"find": _written(find)} | told | {"reason": one.reason}


def _find(fact: Row, others: Iterable[Row]) -> Row:
    """The fewest fields, the value first, that no other row of the line shares."""
    first = "value_text" if fact["value"] is None else "value"
    order = dict.fromkeys((first, "unit", *(name for name in FIELDS if name not in DERIVED)))
    found, left = Row(), list(others)
    for name in order:
        fewer = [other for other in left if other[name] == fact[name]]
        if name == first or len(fewer) < len(left):
            found[name], left = fact[name], fewer
        if not left:
            return found
    raise ReadableError(labels.word("amend.faults.twins", line=fact["line"]))


def _written(fields: Row) -> Row:
    """Fields as they are written: whole numbers without a point."""
    return {name: int(cell) if isinstance(cell, float) and cell == int(cell) else cell for name, cell in fields.items()}


def dump(made: list[dict[str, Any]]) -> str:
    """Entries as a whole corrections.yaml."""
    text: str = yaml.safe_dump({"corrections": made}, allow_unicode=True, sort_keys=False, width=120)
    return text
