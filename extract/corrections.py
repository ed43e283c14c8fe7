"""Stage 8: data/corrections.yaml — what rules cannot get, put right by hand, each entry with its reason.

An entry finds exactly one row, by document, line and fields of the row, and overrides fields of it or drops it; or it
adds a row for a number that stands in the line. An entry that finds nothing any more, or too much, is an error: the
document or the rules have changed, and a person must look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from extract.model import Document, Exclusion, Issue, Passage, Target
from extract.schema import Value, schema
from extract.strict_yaml import Strict, load

if TYPE_CHECKING:
    from extract.targets import Facts

EDITABLE = (
    "kind",
    "theme",
    "topic",
    "indicator",
    "indicator_id",
    "value",
    "value_high",
    "qualifier",
    "unit",
    "value_text",
    "measure",
    "year",
    "period_start",
    "period_end",
    "attribute",
)
"""Fields that an entry may name."""

Text = Annotated[str, StringConstraints(min_length=1)]


class Correction(Strict):
    """One entry; see data/corrections.yaml for what the fields mean."""

    doc: Text
    line: Annotated[int, Field(ge=1)]
    action: Literal["override", "drop", "add"]
    find: dict[str, str | int | float | None] = Field(default_factory=dict)
    number: str = ""
    set: dict[str, str | int | float | None] = Field(default_factory=dict)
    reason: Text
    reason_zh: str = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> Correction:
        faults = [f"find.{fault}" for fault in _faults(self.find)] + [f"set.{fault}" for fault in _faults(self.set)]
        if self.action == "override" and not self.set:
            faults.append("an override needs `set`")
        if self.action == "drop" and self.set:
            faults.append("a drop sets nothing")
        if self.action == "add" and (
            not self.number or self.find or "indicator" not in self.set or "kind" not in self.set
        ):
            faults.append("an addition needs `number`, and `set` with indicator and kind, and has no `find`")
        if self.action != "add" and self.number:
            faults.append("`number` belongs to an addition")
        if faults:
            raise ValueError("; ".join(faults))
        return self


class Register(Strict):
    """All corrections."""

    corrections: tuple[Correction, ...]

    def of(self, doc_id: str) -> tuple[Correction, ...]:
        """The corrections of one document."""
        return tuple(entry for entry in self.corrections if entry.doc == doc_id)


def load_corrections(path: Path) -> Register:
    """Read the register; without a file there are no corrections. Raises ConfigError naming every fault."""
    return load(path, Register) if path.exists() else Register(corrections=())


def apply(
    facts: Facts,
    document: Document,
    passages: Sequence[Passage],
    corrections: Sequence[Correction],
    complete: Callable[[Target], Target],
) -> tuple[Facts, tuple[Issue, ...]]:
    """Correct the facts of one document.

    Args: `complete` gives a corrected row its standard unit and whatever else follows from the corrected fields; what
    the entry itself sets stands above it.
    Returns: the facts, and an error for each entry that did not find what it speaks of.
    """
    targets, exclusions, issues = list(facts.targets), dict(facts.exclusions), []
    for entry in corrections:
        if entry.action == "add":
            added = _added(entry, document, passages)
            if added is None:
                issues.append(_issue(entry, f"the number {entry.number!r} does not stand there exactly once"))
                continue
            targets.append(_set(complete(added), entry))
            others = exclusions.get(added.passage_id, ())
            exclusions[added.passage_id] = tuple(e for e in others if e.end <= added.start or e.start >= added.end)
            continue
        found = [i for i, row in enumerate(targets) if _fits(row, entry)]
        if len(found) != 1:
            issues.append(_issue(entry, f"{len(found) or 'no'} rows fit {entry.find}"))
        elif entry.action == "drop":
            row = targets.pop(found[0])
            gone = [Exclusion(start, end, "correction") for start, end in row.digits or ((row.start, row.end),)]
            exclusions[row.passage_id] = tuple(
                sorted((*exclusions.get(row.passage_id, ()), *gone), key=lambda e: e.start)
            )
        else:
            targets[found[0]] = _set(complete(_set(targets[found[0]], entry)), entry)
    return replace(facts, targets=tuple(targets), exclusions=exclusions), tuple(issues)


def _faults(fields: dict[str, str | int | float | None]) -> list[str]:
    columns = schema().tables["targets"].columns
    faults = []
    for name, value in fields.items():
        if name not in EDITABLE:
            faults.append(f"{name} is no field that can be named here")
        elif value is not None:
            column = columns[name]
            allowed = schema().values[column.values] if column.values else None
            kinds = {"str": (str,), "int": (int,), "float": (int, float)}[column.type]
            if type(value) not in kinds:
                faults.append(f"{name} must be a {column.type}, found {value!r}")
            elif allowed is not None and value not in allowed and value != "":
                faults.append(f"{name} must be one of {', '.join(allowed)}, found {value!r}")
    return faults


def _fits(row: Target, entry: Correction) -> bool:
    return row.line == entry.line and all(_same(getattr(row, name), value) for name, value in entry.find.items())


def _same(have: Value, want: Value) -> bool:
    return (have if have != "" else None) == (want if want != "" else None)


def _set(row: Target, entry: Correction) -> Target:
    return replace(row, rule="correction", **_values(entry))


def _values(entry: Correction) -> dict[str, Any]:
    """What an entry sets, in the types of the row: "" for no text, None for no number."""
    columns = schema().tables["targets"].columns
    typed: dict[str, Any] = {}
    for name, value in entry.set.items():
        empty = "" if columns[name].type == "str" else None
        typed[name] = empty if value is None else float(value) if columns[name].type == "float" else value
    return typed


def _added(entry: Correction, document: Document, passages: Sequence[Passage]) -> Target | None:
    """A new row where the number stands in the line, once; else None."""
    places = [
        (passage, at)
        for passage in passages
        for at in _occurrences(passage.text, entry.number)
        if passage.body.place(at).line == entry.line
    ]
    if len(places) != 1:
        return None
    passage, at = places[0]
    end = at + len(entry.number)
    plain = Target(
        doc_id=document.doc_id,
        region_id=document.region_id,
        plan_id=document.plan_id,
        kind="target",
        theme="",
        topic="",
        indicator="",
        indicator_id="",
        value=None,
        value_high=None,
        qualifier="=",
        unit="",
        value_text="",
        value_std=None,
        value_high_std=None,
        unit_std="",
        measure="level",
        year=None,
        period_start=None,
        period_end=None,
        attribute="",
        section_id=passage.section_id,
        passage_id=passage.passage_id,
        line=entry.line,
        origin="table" if passage.kind == "table" else "text",
        rule="",
        confidence=1.0,
        start=at,
        end=end,
        digits=((at, end),),
    )
    return _set(plain, entry)


def _occurrences(text: str, part: str) -> list[int]:
    return [found.start() for found in re.finditer(f"(?={re.escape(part)})", text)] if part in text else []


def _issue(entry: Correction, words: str) -> Issue:
    return Issue(
        entry.doc, entry.line, "error", "correction", f"data/corrections.yaml: {words}; mend or remove the entry"
    )
