"""The checks of written tables, on a small set that holds, spoiled in one place each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extract import tables
from extract.config import Config, load_config
from extract.schema import Row, Tables, schema
from extract.table_check import check


def issue(line: int) -> Row:
    return {"doc_id": "甲", "line": line, "severity": "info", "code": "x", "message": "一"}


def document() -> Row:
    return {
        "doc_id": "qingshi-14fyp",
        "region_id": "qingshi",
        "level": "district",
        "plan_id": "14fyp",
        "doc_type": "规划纲要",
        "period_start": 2021,
        "period_end": 2025,
        "title": "纲要",
        "issued": None,
        "script": "simplified",
        "source_sha256": "0",
        "chars": 9,
        "passages": 1,
        "targets": 1,
        "status": "ok",
    }


def target() -> Row:
    columns = schema().tables["targets"].columns
    row: Row = dict.fromkeys(columns)
    row |= {
        "target_id": "t1",
        "doc_id": "qingshi-14fyp",
        "region_id": "qingshi",
        "plan_id": "14fyp",
        "kind": "target",
        "theme": "economy",
        "indicator": "面积",
        "value": 3.0,
        "qualifier": "=",
        "unit": "公顷",
        "measure": "level",
        "year": 2025,
        "section_id": "s0",
        "passage_id": "p0",
        "line": 3,
        "origin": "text",
        "rule": "r",
        "confidence": 0.9,
    }
    return row


def emphasis() -> Row:
    row: Row = dict.fromkeys(schema().tables["emphasis"].columns, 0)
    return row | {
        "unit": "term",
        "name": "桥",
        "topic": None,
        "theme": None,
        "doc_id": "qingshi-14fyp",
        "against": "rest",
        "types": "规划纲要|规划建议",
        "count": 7,
        "total": 9,
        "total_against": 9,
    }


def whole() -> Tables:
    found: Tables = {name: [] for name in schema().tables}
    found["documents"] = [document()]
    found["sections"] = [
        {
            "section_id": "s0",
            "doc_id": "qingshi-14fyp",
            "parent_id": None,
            "level": 0,
            "number": None,
            "heading": "纲要",
            "line": 1,
            "chars": 9,
        }
    ]
    found["passages"] = [
        {
            "passage_id": "p0",
            "doc_id": "qingshi-14fyp",
            "section_id": "s0",
            "line": 3,
            "kind": "text",
            "chars": 9,
            "theme": "economy",
            "themes": "economy|urban",
        }
    ]
    found["targets"] = [target()]
    found["numbers"] = [
        {
            "doc_id": "qingshi-14fyp",
            "passage_id": "p0",
            "line": 3,
            "start": 4,
            "end": 5,
            "text": "3",
            "fate": "target",
            "target_id": "t1",
            "rule": "r",
        }
    ]
    found["terms"] = [
        {"doc_id": "qingshi-14fyp", "term": "桥", "topic": None, "theme": None, "count": 7, "chapters": 1}
    ]
    found["emphasis"] = [emphasis()]
    return found


@pytest.fixture
def config(project: Path) -> Config:
    return load_config(project / "config.yaml")


def test_good_tables_pass(tmp_path: Path, config: Config) -> None:
    tables.write(whole(), tmp_path / "tables")
    assert check(tmp_path / "tables", config) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("targets", "kind", "aim", "targets.kind: not allowed: 'aim'"),
        ("targets", "year", 1948, "targets.year: not allowed: 1948"),
        ("targets", "confidence", 1.5, "targets.confidence"),
        ("targets", "passage_id", "p9", "targets.passage_id: not in passages.passage_id"),
        ("targets", "target_id", "t2", "no number in the ledger: t2"),
        ("targets", "period_start", 2026, ""),
        ("passages", "themes", "economy|战争", "passages.themes: not allowed"),
        ("passages", "section_id", "s9", "not in sections.section_id"),
        ("numbers", "fate", "excluded", "fate and target_id contradict"),
        ("numbers", "fate", "issue", "100.0% of the numbers are issues"),
        ("terms", "count", 8, "emphasis.count: not what terms and coverage count"),
        ("emphasis", "types", "规划纲要|别的", "emphasis.types: not allowed"),
        ("documents", "targets", 30, "30 targets, outside [1, 20]"),
        ("documents", "passages", 2, "has 1 rows there, not 2"),
        ("documents", "period_start", 2030, "ends before it begins"),
        ("documents", "doc_id", "other", "not there: qingshi-14fyp"),
    ],
)
def test_a_breach_is_told(table: str, column: str, value: Any, words: str, tmp_path: Path, config: Config) -> None:
    found = whole()
    found[table][0][column] = value
    tables.write(found, tmp_path / "tables")
    faults = check(tmp_path / "tables", config)
    assert any(words in fault for fault in faults) if words else faults == []


def test_missing_and_unsorted_files_are_told(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "tables"
    assert "run `python -m extract build`" in check(folder, config)[0]
    tables.write({**whole(), "issues": [issue(1), issue(2)]}, folder)
    head, *rows = (folder / "issues.csv").read_text(encoding="utf-8").splitlines()
    (folder / "issues.csv").write_text("\n".join([head, *rows[::-1]]) + "\n", encoding="utf-8")
    assert any("order of their key" in fault for fault in check(folder, config))
    (folder / "issues.csv").write_text(f"{head}\n{rows[0]}\n{rows[0]}\n", encoding="utf-8")
    assert any("stands twice" in fault for fault in check(folder, config))


def test_the_committed_tables_hold_without_the_words_of_the_documents(tmp_path: Path, config: Config) -> None:
    tables.write(whole(), tmp_path / "tables")
    for path in (tmp_path / "tables").glob("*.parquet"):
        path.unlink()
    assert check(tmp_path / "tables", config) == []
