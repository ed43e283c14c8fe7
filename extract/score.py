"""How well the tables agree with facts that people read from the documents (gold).

A gold file holds one fact a line, behind a first line that may name the lines that were annotated. A fact is found
where a row of the document has its number, its unit and its line (one line off at most); each row serves once. Of what
is found the other fields are compared. Facts marked optional count neither way, nor do worded rows without an
attribute.
`themes-*.jsonl` files hold themes of passages, the dominant one first.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract import tables
from extract.schema import Row

FIELDS = ("kind", "year", "qualifier", "measure", "attribute", "theme", "indicator")
SAME_UNIT = {
    "％": "%",
    "个百分点": "百分点",
    "人民币亿元": "亿元",
    "m²": "平方米",
    "m2": "平方米",
    "ug/m3": "微克/立方米",
}
ALIKE = 0.5
"""Share of letter pairs that two names of one indicator have in common, at least."""

Fact = dict[str, Any]


class GoldError(tables.TableError):
    """A gold file is not what it should be."""


@dataclass
class Tally:
    """Counts of one document, or of all: facts found, in the gold, extracted; the same of targets; fields right."""

    found: int = 0
    gold: int = 0
    extracted: int = 0
    targets_found: int = 0
    targets_gold: int = 0
    targets_extracted: int = 0
    right: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        for name in ("found", "gold", "extracted", "targets_found", "targets_gold", "targets_extracted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.right += other.right


def tallies(folder: Path, gold: Path) -> dict[str, Tally]:
    """What each document of a gold folder scores, by its id. Raises GoldError where there is no gold."""
    files = sorted(path for path in gold.glob("*.jsonl") if not path.name.startswith("themes-"))
    if not files:
        raise GoldError(f"{gold}: holds no gold files (*.jsonl)")
    rows = defaultdict[object, list[Row]](list)
    for row in tables.read(folder, ["targets"])["targets"]:
        rows[row["doc_id"]].append(row)
    found = {}
    for path in files:
        head, *rest = _facts(path)
        facts = [fact for fact in (head, *rest) if "kind" in fact]
        found[str(head["doc"])] = tally(head, facts, rows[head["doc"]])
    return found


def report(folder: Path, gold: Path) -> list[str]:
    """Lines that tell the accuracy per document, pooled and per field. Raises GoldError where there is no gold."""
    whole, lines = Tally(), []
    for doc_id, one in tallies(folder, gold).items():
        lines.append(_told(doc_id, one))
        whole.add(one)
    lines += [_told("all", whole), "right on found rows: " + _fields(whole)]
    return [*lines, *_theme_lines(folder, gold)]


def tally(head: Fact, facts: Sequence[Fact], rows: Sequence[Row]) -> Tally:
    """Hold the rows of one document against its facts; `head` may give the range of lines that were annotated."""
    first, last = head.get("range", (1, 10**9))
    inside = [
        row
        for row in rows
        if first - 1 <= _line(row) <= last + 1 and (row["kind"] != "qualitative" or row["attribute"])
    ]
    sure = [fact for fact in facts if not fact.get("optional")]
    pairs, over = pair(sure, inside)
    _, over = pair([fact for fact in facts if fact.get("optional")], over)
    took = [row for _, row in pairs] + over
    return Tally(
        len(pairs),
        len(sure),
        len(took),
        sum(fact["kind"] == row["kind"] == "target" for fact, row in pairs),
        sum(fact["kind"] == "target" for fact in sure),
        sum(row["kind"] == "target" for row in took),
        Counter(name for fact, row in pairs for name in FIELDS if agrees(name, fact, row)),
    )


def pair(facts: Sequence[Fact], rows: Sequence[Row]) -> tuple[list[tuple[Fact, Row]], list[Row]]:
    """(facts with the rows that state them, the rows left over). Of several rows the likest is taken."""
    free = defaultdict[object, list[Row]](list)
    for row in rows:
        free[_amount(row)].append(row)
    pairs = []
    for fact in facts:
        near = [row for row in free[_amount(fact)] if abs(_line(row) - fact["line"]) <= 1]
        if near:
            best = min(
                near,
                key=lambda row: (
                    not alike(fact["indicator"], row["indicator"]),
                    fact["kind"] != row["kind"],
                    abs(_line(row) - fact["line"]),
                ),
            )
            free[_amount(fact)].remove(best)
            pairs.append((fact, best))
    return pairs, [row for left in free.values() for row in left]


def agrees(name: str, fact: Fact, row: Row) -> bool:
    """True where a row says the same as the fact in one field."""
    if name == "indicator":
        return alike(fact["indicator"], row["indicator"])
    if name == "qualifier":
        return (fact["qualifier"] or "=") == (row["qualifier"] or "=")
    if name == "year":
        said, read = _years(fact), _years(row)
        return said == read or (not fact.get("year") and said[1] is not None and said[1] == read[1])
    return (fact.get(name) or "") == (row[name] or "")


def alike(one: object, other: object) -> bool:
    """True where two names share at least half of their letter pairs."""
    a, b = _letter_pairs(one), _letter_pairs(other)
    return 2 * len(a & b) >= ALIKE * (len(a) + len(b))


def _letter_pairs(name: object) -> set[str]:
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(name or "")))
    return {letters[i : i + 2] for i in range(len(letters) - 1)} or {letters}


def _amount(item: Fact | Row) -> tuple[object, ...]:
    """What a fact and a row must have in common besides their line."""
    if item["value"] is None:
        return None, item["value_high"], str(item.get("value_text") or "")
    unit = unicodedata.normalize("NFKC", str(item["unit"] or "")).replace(" ", "").lower()
    high = item["value_high"]
    return round(float(item["value"]), 6), None if high is None else round(float(high), 6), SAME_UNIT.get(unit, unit)


def _line(row: Row) -> int:
    return int(row["line"] or 0)


def _years(item: Fact | Row) -> tuple[int | None, int | None]:
    if item.get("period"):
        first, last = str(item["period"]).split("-")
        return int(first), int(last)
    if item.get("period_start") and item.get("period_end"):
        return int(item["period_start"] or 0), int(item["period_end"] or 0)
    year = item.get("year")
    return (int(year), int(year)) if year else (None, None)


def _facts(path: Path) -> list[Fact]:
    try:
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError as reason:
        raise GoldError(f"{path.name}: is not one JSON object a line ({reason})") from reason
    if not found or not all(isinstance(fact, dict) and "doc" in fact for fact in found):
        raise GoldError(f"{path.name}: a fact must be an object that names its doc")
    return found


def _theme_lines(folder: Path, gold: Path) -> Iterator[str]:
    labels = [fact for path in sorted(gold.glob("themes-*.jsonl")) for fact in _facts(path) if fact.get("themes")]
    if not labels:
        return
    found: dict[tuple[object, int], object] = {}
    for row in tables.read(folder, ["passages"])["passages"]:
        found.setdefault((row["doc_id"], _line(row)), row["theme"])
    themes = [
        next((t for step in (0, -1, 1) if (t := found.get((fact["doc"], fact["line"] + step)))), None)
        for fact in labels
    ]
    strict = sum(theme == fact["themes"][0] for fact, theme in zip(labels, themes, strict=True))
    lenient = sum(theme in fact["themes"] for fact, theme in zip(labels, themes, strict=True))
    yield f"themes of {len(labels)} passages: dominant {strict / len(labels):.3f}, any {lenient / len(labels):.3f}"


def _told(name: str, one: Tally) -> str:
    facts, targets = (one.found, one.gold, one.extracted), (one.targets_found, one.targets_gold, one.targets_extracted)
    return f"{name:18} facts {_ratios(*facts)}   targets {_ratios(*targets)}   {_fields(one)}"


def f1(found: int, gold: int, extracted: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * found / (gold + extracted) if found else 0.0


def _ratios(found: int, gold: int, extracted: int) -> str:
    precision, recall = found / extracted if extracted else 0.0, found / gold if gold else 0.0
    return f"P {precision:.3f} R {recall:.3f} F1 {f1(found, gold, extracted):.3f} ({found}/{gold}, {extracted})"


def _fields(one: Tally) -> str:
    return "  ".join(f"{name} {one.right[name] / one.found if one.found else 0:.3f}" for name in FIELDS)
