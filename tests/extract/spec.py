"""The specs: cases of language as data (`tests/specs/*.jsonl`), one a line, and how they are run.

A case that is right by the codebook but not met yet says so: `"unmet": "why"`. It runs as a strict xfail, so that
the day it is met it fails, and the mark goes. Nothing here is copied from a document.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import cleaning, pipeline, targets
from extract.extraction import Extraction
from extract.lexicons import lexicons
from extract.model import Anchor, Document, Paragraph, Passage, Source, Target
from extract.periods import Mention
from extract.quantities import Found
from extract.recognition import Recognised

SPECS = Path(__file__).parents[1] / "specs"
PLAN = {"period_start": 2021, "period_end": 2025, "doc_type": "规划纲要"}

Case = dict[str, Any]


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The cases of one file, in its order; each knows its line."""
    lines = (SPECS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(text) | {"line": number} for number, text in enumerate(lines, start=1) if text.strip())


def params(name: str) -> list[Any]:
    """Parameters for pytest: a case not met yet is expected to fail, and must."""
    found = []
    for case in cases(name):
        marks = [unmet(case["unmet"])] if case.get("unmet") else []
        found.append(pytest.param(case, id=f"line {case['line']}", marks=marks))
    return found


def unmet(why: str) -> pytest.MarkDecorator:
    """What is right by the codebook and not met yet: fails the day it is met, so that the mark goes."""
    return pytest.mark.xfail(reason=why, strict=True, raises=AssertionError)


def document(**fields: Any) -> Document:
    """A document with the period and type of a case."""
    known = PLAN | fields
    period = known["period_start"], known["period_end"]
    return Document("case", "county", "county", "plan", known["doc_type"], *period, "规划", "")


def paragraphs(lines: Sequence[str]) -> list[Paragraph]:
    """Lines as the reader hands them to cleaning: without blanks at their ends, empty ones left out."""
    found = []
    for number, text in enumerate(lines, start=1):
        bare = text.strip()
        if bare:
            found.append(Paragraph(bare, (Anchor(0, number, text.index(bare)),)))
    return found


def tidy(text: str) -> Paragraph:
    """One line after cleaning."""
    known = lexicons()
    return cleaning.clean(paragraphs([text]), known.furniture, known.headings).paragraphs[0]


def times(text: str, case: Case) -> tuple[Mention, ...]:
    """The times of a cleaned text."""
    return lexicons().tools.periods.find(text, document(**case.get("doc", {})))


def amounts(text: str, case: Case) -> Found:
    """Quantities and exclusions of a cleaned text, as the stages find them: times are taken first."""
    return lexicons().tools.quantities.find(text, [(m.start, m.end) for m in times(text, case)])


def rows(case: Case) -> list[Target]:
    """What the target stage makes of the text of a case (a list of texts: passages one after the other)."""
    texts = as_list(case["text"])
    path = tuple(case.get("path", ()))
    passages = [Passage(f"p{i}", "case", "s", "text", tidy(text), path) for i, text in enumerate(texts)]
    doc = document(**case.get("doc", {}))
    return list(targets.extract(doc, passages, lambda indicator, passage: ("", ""), lexicons().tools).targets)


def same_unit(one: str, other: str) -> bool:
    return _unit(one) == _unit(other)


def _unit(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    return {"个百分点": "百分点", "m2": "平方米"}.get(folded, folded)


def same_indicator(one: str, other: str) -> bool:
    """At least half of the pairs of neighbouring characters are common: the rule by which rows are scored."""
    x, y = _pairs(one), _pairs(other)
    return 2 * len(x & y) / (len(x) + len(y)) >= 0.5


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
    return {bare[i : i + 2] for i in range(len(bare) - 1)} or {bare}


def period_of(target: Target) -> str:
    """Year or years of a row as the specs write them: 2025, 2021-2025, or nothing."""
    if target.year is not None:
        return str(target.year)
    start, end = target.period_start, target.period_end
    return "" if start is None else str(start) if start == end else f"{start}-{end}"


def extraction(lines: Sequence[str], form: str = "txt", **fields: Any) -> Extraction:
    """A file of these lines through all stages."""
    source = Source("case", "0" * 64, tuple(lines), form)
    return pipeline.extract_document(source, Recognised(document(**fields), ()))


def as_list(value: Any) -> list[Any]:
    """A field of a case that may hold one right answer or several."""
    return value if isinstance(value, list) else [value]


def _same_amount(expected: Case, row: Target) -> bool:
    if expected.get("value_text"):
        return row.value is None and row.value_text == expected["value_text"]
    if row.value is None or abs(row.value - expected["value"]) > 1e-6 or row.value_high != expected.get("value_high"):
        return False
    return any(same_unit(unit, row.unit) for unit in as_list(expected["unit"]))


def _named(expected: Case, row: Target) -> bool:
    return any(same_indicator(name, row.indicator) for name in as_list(expected["indicator"]))


def differences(expected: Sequence[Case], found: Sequence[Target]) -> list[str]:
    """What is missed, invented or otherwise judged; nothing where the rows are right."""
    free, wrong = list(found), []
    for one in expected:
        near = sorted((row for row in free if _same_amount(one, row)), key=lambda row: not _named(one, row))
        if not near:
            wrong.append(f"missed {one['indicator']} {one.get('value_text') or one['value']} {one.get('unit', '')}")
            continue
        row = near[0]
        free.remove(row)
        wrong += _wrong_fields(one, row)
    return wrong + [f"invented {row.indicator} {row.value} {row.unit} {row.value_text} ({row.rule})" for row in free]


def _wrong_fields(expected: Case, row: Target) -> Iterator[str]:
    at = f"of {expected['indicator']} {expected.get('value', expected.get('value_text'))}"
    if not _named(expected, row):
        yield f"indicator {at} is {row.indicator}"
    for name in ("qualifier", "measure", "kind", "attribute", "origin"):
        if name in expected and getattr(row, name) != expected[name]:
            yield f"{name} {at} is {getattr(row, name) or 'empty'}, not {expected[name] or 'empty'}"
    when = str(expected.get("period") or expected.get("year") or "")
    if when and period_of(row) != when:
        yield f"time {at} is {period_of(row) or 'empty'}, not {when}"
