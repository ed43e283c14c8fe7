"""data/corrections.yaml: each entry finds its one row, or the build is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.corrections import Correction, apply, load_corrections
from extract.lexicons import lexicons
from extract.model import Anchor, Document, Exclusion, Paragraph, Passage, Target
from extract.strict_yaml import ConfigError
from extract.targets import Facts, completed

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = Document("d", "qingshi", "district", "14fyp", "规划纲要", 2021, 2025, "纲要", "")
TEXT = "新建公园3个，改造5个，培训2场。"
PASSAGE = Passage("p0", "d", "s0", "text", Paragraph(TEXT, (Anchor(0, 7, 0),)))


def row(value: float, start: int, indicator: str = "公园") -> Target:
    return Target(
        doc_id="d",
        region_id="qingshi",
        plan_id="14fyp",
        kind="target",
        theme="urban",
        topic="",
        indicator=indicator,
        indicator_id="",
        value=value,
        value_high=None,
        qualifier="=",
        unit="个",
        value_text="",
        value_std=value,
        value_high_std=None,
        unit_std="个",
        measure="level",
        year=2025,
        period_start=None,
        period_end=None,
        attribute="",
        section_id="s0",
        passage_id="p0",
        line=7,
        origin="text",
        rule="r",
        confidence=0.9,
        start=start,
        end=start + 2,
        digits=((start, start + 1),),
    )


FACTS = Facts((row(3, 4), row(5, 9)), {"p0": (Exclusion(14, 15, "excluded.small"),)})


def corrected(**entry: Any) -> tuple[Facts, list[str]]:
    facts, issues = apply(FACTS, DOCUMENT, [PASSAGE], [Correction(doc="d", line=7, reason="因", **entry)], lambda t: t)
    assert all((issue.severity, issue.code, issue.line) == ("error", "correction", 7) for issue in issues)
    return facts, [issue.message for issue in issues]


def test_the_register_of_the_project_is_good() -> None:
    load_corrections(ROOT / "data" / "corrections.yaml")


def test_without_a_register_there_are_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.yaml").corrections == ()


def test_an_override_sets_fields_of_one_row() -> None:
    facts, issues = corrected(
        action="override", find={"value": 5}, set={"year": None, "period_start": 2021, "value": 6}
    )
    assert issues == []
    assert facts.targets[0] == FACTS.targets[0]
    changed = facts.targets[1]
    assert (changed.value, changed.year, changed.period_start, changed.rule) == (6.0, None, 2021, "correction")
    assert isinstance(changed.value, float)


def test_an_override_is_completed_by_what_follows_from_it() -> None:
    entry = Correction(doc="d", line=7, action="override", find={"value": 3}, set={"value": 4}, reason="因")
    facts, _ = apply(FACTS, DOCUMENT, [PASSAGE], [entry], lambda t: replace(t, value_std=(t.value or 0) * 10))
    assert facts.targets[0].value_std == 40


def test_a_corrected_row_takes_the_theme_of_its_indicator() -> None:
    row = replace(FACTS.targets[0], indicator="城镇登记失业率", unit="%", measure="share")
    one = completed(row, "", lexicons().tools)
    assert (one.indicator_id, one.theme, one.topic) == ("unemployment_registered", "welfare", "")


def test_what_an_entry_sets_stands_above_what_follows_from_it() -> None:
    entry = Correction(doc="d", line=7, action="override", find={"value": 3}, set={"indicator_id": "gdp"}, reason="因")
    facts, _ = apply(FACTS, DOCUMENT, [PASSAGE], [entry], lambda t: replace(t, indicator_id="parks"))
    assert facts.targets[0].indicator_id == "gdp"


def test_a_dropped_row_leaves_its_number_excluded() -> None:
    facts, issues = corrected(action="drop", find={"value": 5, "unit": "个"})
    assert issues == [] and facts.targets == FACTS.targets[:1]
    assert Exclusion(9, 10, "correction") in facts.exclusions["p0"]


def test_an_addition_takes_its_number_from_the_line() -> None:
    facts, issues = corrected(
        action="add", number="2", set={"indicator": "培训", "kind": "target", "value": 2, "unit": "场"}
    )
    added = facts.targets[-1]
    assert issues == [] and (added.indicator, added.value, added.line, added.digits) == ("培训", 2.0, 7, ((14, 15),))
    assert facts.exclusions["p0"] == ()


@pytest.mark.parametrize(
    "entry",
    [
        {"action": "override", "find": {"value": 8}, "set": {"year": 2025}},
        {"action": "override", "find": {"unit": "个"}, "set": {"year": 2025}},
        {"action": "drop", "find": {"indicator": "桥"}},
        {"action": "add", "number": "9", "set": {"indicator": "桥", "kind": "target"}},
        {"action": "add", "number": "个", "set": {"indicator": "桥", "kind": "target"}},
    ],
)
def test_an_entry_that_does_not_find_exactly_one_place_is_an_error(entry: dict[str, Any]) -> None:
    facts, issues = corrected(**entry)
    assert facts == FACTS
    assert len(issues) == 1 and "mend or remove the entry" in issues[0]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"action": "mend"}, "action"),
        ({"action": "drop", "find": {"colour": "red"}}, "colour is no field"),
        ({"action": "drop", "find": {"value": 1}, "set": {"value": 2}}, "a drop sets nothing"),
        ({"action": "override", "find": {"value": 1}}, "needs `set`"),
        ({"action": "override", "find": {"value": 1}, "set": {"kind": "aim"}}, "kind must be one of"),
        ({"action": "override", "find": {"value": 1}, "set": {"year": "2025"}}, "year must be a int"),
        ({"action": "add", "set": {"indicator": "桥", "kind": "target"}}, "needs `number`"),
        ({"action": "drop", "find": {"value": 1}, "reason": ""}, "reason"),
        ({"action": "drop", "find": {"value": 1}, "line": 0}, "line"),
    ],
)
def test_a_faulty_entry_is_named_with_its_place(entry: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    entries = [{"doc": "d", "line": 7, "reason": "因", **entry}]
    path.write_text(yaml.safe_dump({"corrections": entries}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigError, match="corrections") as caught:
        load_corrections(path)
    assert "corrections[0]" in str(caught.value) and words in str(caught.value)
