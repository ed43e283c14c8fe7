"""Accuracy against facts read by hand, on cases small enough to count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract import tables
from extract.score import GoldError, agrees, alike, pair, report, tally


def fact(value: float | None = 3, line: int = 7, **more: Any) -> dict[str, Any]:
    return {
        "doc": "d",
        "line": line,
        "indicator": "新建公园",
        "value": value,
        "value_high": None,
        "unit": "个",
        "qualifier": "=",
        "measure": "level",
        "year": 2025,
        "period": None,
        "attribute": "",
        "theme": "urban",
        "kind": "target",
        **more,
    }


def row(value: float | None = 3, line: int = 7, **more: Any) -> dict[str, Any]:
    return {
        "doc_id": "d",
        "line": line,
        "indicator": "新建公园数",
        "value": value,
        "value_high": None,
        "unit": "个",
        "qualifier": "=",
        "measure": "level",
        "year": 2025,
        "period_start": None,
        "period_end": None,
        "attribute": None,
        "theme": "urban",
        "kind": "target",
        "value_text": None,
        **more,
    }


def test_a_row_is_found_by_number_unit_and_line() -> None:
    facts = [fact(), fact(5), fact(7, line=20), fact(9, unit="%")]
    rows = [row(line=8), row(5, unit="座"), row(7, line=22), row(9, unit="％")]
    pairs, over = pair(facts, rows)
    assert [(f["value"], r["value"]) for f, r in pairs] == [(3, 3), (9, 9)]
    assert sorted(str(r["value"]) for r in over) == ["5", "7"]


def test_of_two_rows_the_likest_is_taken_and_each_serves_once() -> None:
    pairs, over = pair([fact(), fact(indicator="改造厕所")], [row(indicator="改造厕所"), row()])
    assert [r["indicator"] for _, r in pairs] == ["新建公园数", "改造厕所"] and over == []
    assert len(pair([fact(), fact()], [row()])[0]) == 1


def test_optional_facts_and_worded_rows_without_attribute_count_neither_way() -> None:
    facts = [fact(), fact(5, optional=True)]
    rows = [row(), row(5), row(None, kind="qualitative", value_text="提高")]
    counted = tally({"doc": "d"}, facts, rows)
    assert (counted.found, counted.gold, counted.extracted) == (1, 1, 1)


def test_only_annotated_lines_count() -> None:
    assert tally({"doc": "d", "range": [1, 10]}, [fact()], [row(), row(4, line=50)]).extracted == 1


def test_a_row_of_another_kind_is_a_fact_found_but_no_target_found() -> None:
    counted = tally({"doc": "d"}, [fact()], [row(kind="baseline")])
    assert (counted.found, counted.targets_found, counted.targets_gold, counted.targets_extracted) == (1, 0, 1, 0)
    assert counted.right["kind"] == 0 and counted.right["theme"] == 1


@pytest.mark.parametrize(
    ("said", "read", "same"),
    [
        ({"year": 2025}, {"year": 2025}, True),
        ({"year": 2025}, {"year": 2024}, False),
        ({"year": None, "period": "2021-2025"}, {"year": None, "period_start": 2021, "period_end": 2025}, True),
        ({"year": None, "period": "2021-2025"}, {"year": 2025}, True),
        ({"year": 2025}, {"year": None, "period_start": 2021, "period_end": 2025}, False),
        ({"year": None, "period": None}, {"year": None}, True),
    ],
)
def test_years_and_periods(said: dict[str, Any], read: dict[str, Any], same: bool) -> None:
    assert agrees("year", fact(**said), row(**read)) is same


def test_indicators_are_alike_by_half_of_their_letter_pairs() -> None:
    assert alike("地区生产总值", "地区生产总值增速") and alike("Ｒ＆Ｄ", "r&d".upper()) and not alike("公园", "厕所")


def gold(folder: Path, name: str, *lines: object) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")


def test_the_report_has_a_line_a_document_and_one_for_all(tmp_path: Path) -> None:
    gold(tmp_path / "gold", "d.jsonl", {"doc": "d", "range": [1, 99]}, fact())
    gold(tmp_path / "gold", "e.jsonl", fact(doc="e"))
    gold(tmp_path / "gold", "themes-d.jsonl", {"doc": "d", "line": 7, "themes": ["urban"]})
    tables.write({}, tmp_path / "tables")
    lines = report(tmp_path / "tables", tmp_path / "gold")
    assert [line.split()[0] for line in lines] == ["d", "e", "all", "right", "themes"]
    assert "(0/2, 0)" in lines[2]


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"line": 1}'])
def test_bad_gold_is_told(content: str, tmp_path: Path) -> None:
    tables.write({}, tmp_path / "tables")
    (tmp_path / "gold").mkdir()
    with pytest.raises(GoldError, match="no gold files"):
        report(tmp_path / "tables", tmp_path / "gold")
    (tmp_path / "gold" / "d.jsonl").write_text(content)
    with pytest.raises(GoldError, match=r"d\.jsonl"):
        report(tmp_path / "tables", tmp_path / "gold")
