"""Tables in every state they arrive in, from the lines of the file to the facts (tests/specs/tables.jsonl)."""

from __future__ import annotations

import pytest

from tests.extract import spec


@pytest.mark.parametrize("case", spec.params("tables"))
def test_tables(case: spec.Case) -> None:
    found = spec.extraction(case["lines"], case.get("form", "txt"), **case.get("doc", {}))
    assert spec.differences(case["expect"], found.targets) == []
