"""Every case of tests/specs against the stage it is about."""

from __future__ import annotations

import pytest

from extract.lexicons import lexicons
from tests.extract import spec


@pytest.mark.parametrize("case", spec.params("quantities"))
def test_quantities(case: spec.Case) -> None:
    text = spec.tidy(case["text"]).text
    if case.get("stage") == "statement":
        assert spec.differences([], spec.rows(case)) == []
        return
    found = spec.amounts(text, case).quantities
    got = [(q.value, q.value_high, q.qualifier) for q in found]
    assert got == [(e["value"], e["value_high"], e["qualifier"]) for e in case["expect"]], text
    at = 0
    for expected, quantity in zip(case["expect"], found, strict=True):
        assert quantity.unit in spec.as_list(expected["unit"])
        printed = spec.tidy(expected["text"]).text
        at = text.index(printed, at)
        end = at + len(printed)
        assert all(at <= a < b <= end for a, b in quantity.digits), text[quantity.start : quantity.end]
        at = end


@pytest.mark.parametrize("case", spec.params("periods"))
def test_periods(case: spec.Case) -> None:
    text = spec.tidy(case["text"]).text
    found = spec.times(text, case)
    got = [(m.period.year, m.period.start, m.period.end, m.role) for m in found]
    assert got == [(e.get("year"), e.get("start"), e.get("end"), e["role"]) for e in case["expect"]]
    for expected, mention in zip(case["expect"], found, strict=True):
        start = text.index(spec.tidy(expected["text"]).text)
        assert mention.start < start + len(expected["text"]) and mention.end > start


@pytest.mark.parametrize("case", spec.params("targets"))
def test_targets(case: spec.Case) -> None:
    assert spec.differences(case["expect"], spec.rows(case)) == []


@pytest.mark.parametrize("case", spec.params("naming"))
def test_naming(case: spec.Case) -> None:
    assert [row.indicator for row in spec.rows(case)] == case["names"]


@pytest.mark.parametrize("case", spec.params("headings"))
def test_headings(case: spec.Case) -> None:
    found = lexicons().headings.match(spec.tidy(case["text"]).text)
    got = found and {"name": found.name, "number": found.number, "title": found.title, "run_in": found.run_in}
    assert got == (case["expect"] and {"run_in": False} | case["expect"])


def test_no_case_stands_twice() -> None:
    for name in ("quantities", "periods", "targets", "headings", "tables", "furniture", "naming"):
        keys = [str((c.get("text") or c["lines"], c.get("doc"), c.get("path"))) for c in spec.cases(name)]
        assert len(keys) == len(set(keys)), name
