"""Corrections made in the dashboard are those that the extraction accepts, and do what their form promised."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import hypothesis.strategies as some
import pandas as pd
import pytest
import yaml
from hypothesis import given

import amendment
import amendment_file
import data_io
import labels
import schema
from amendment import Amendment
from errors import ReadableError
from extract.build import build
from extract.config import load_config
from extract.corrections import EDITABLE, load_corrections
from extract.schema import schema as said

PLAN = """临江市青石区国民经济和社会发展第十四个五年规划和2035年远景目标纲要
第一章 主要目标
第一节 到2025年的目标
到2025年，地区生产总值达到480亿元，年均增长7%左右。新增公办学位1.2万个。
到2025年，新建公园3个，改造公园3个，新建图书馆3个。
"""
DOCUMENT = "qingshi-14fyp"
PLAIN = ("line", *(name for name in amendment.FIELDS if name not in amendment.DERIVED))
"""Fields that stay as they are unless an entry changes them."""

READING: dict[str, Any] = {"reason": "原文的注释如此说明。"}


def built(project: Path) -> pd.DataFrame:
    """The targets of the project built anew, which no correction may miss."""
    folder = project / "data" / "tables"
    result = build(load_config(project / "config.yaml"), [project / "data" / "sources"], folder)
    assert [issue for issue in result.issues if issue.code == "correction"] == []
    facts = data_io.load(folder)["targets"]
    return facts[facts["doc_id"] == DOCUMENT]


@pytest.fixture
def facts(project: Path) -> pd.DataFrame:
    """The facts of a small plan."""
    (project / "data" / "sources" / "plan.txt").write_text(PLAN, encoding="utf-8")
    return built(project)


def form(fact: amendment.Row, **changed: str) -> dict[str, str]:
    """What the form of a fact holds once some of its fields are typed anew."""
    shown = [name for name in amendment.FIELDS if name != ("value" if fact["value"] is None else "value_text")]
    start = {name: amendment.plain(fact[name]) for name in shown}
    return start | {"time": amendment.time_of(fact)} | READING | changed


def one(facts: pd.DataFrame, **changed: str) -> Amendment:
    """The correction of the only fact given."""
    fact = amendment.row(facts, str(facts["target_id"].item()))
    assert amendment.read(fact, form(fact, **changed)).faults == {}
    return amendment.made(fact, form(fact, **changed))


def test_every_entry_changes_its_row_as_promised(project: Path, facts: pd.DataFrame) -> None:
    def where(name: str, **more: Any) -> pd.DataFrame:
        found = facts[facts["indicator"].str.contains(name)]
        return found[(found[list(more)] == pd.Series(more)).all(axis=1)]

    one_park = facts[(facts["line"] == 5) & (facts["value"] == 3)].iloc[[0]]
    second, third = (facts[(facts["line"] == 5)].iloc[[place]] for place in (1, 2))
    made = [
        one(where("地区生产总值", unit="亿元"), value="4,820.5", value_high="4900", qualifier=">=", attribute="约束性"),
        one(where("增长"), time="year", year="2024", kind="baseline", theme="education", topic=""),
        one(one_park, value="5", unit="座", indicator="新建口袋公园"),
        one(second, indicator="新建口袋公园", value="5"),
        one(third, drop="1"),
    ]
    (project / "data" / "corrections.yaml").write_text(amendment.dump(amendment.entries(made, facts)), encoding="utf-8")
    assert len(load_corrections(project / "data" / "corrections.yaml").corrections) == len(made)
    after = built(project)
    rows = [amendment.row(after, target_id) for target_id in after["target_id"]]
    for correction in made[:-1]:
        promised = {name: correction.row[name] for name in PLAIN} | correction.set
        assert sum(promised.items() <= row.items() for row in rows) == 1, promised
    assert len(after) == len(facts) - 1
    assert sorted(after[after["line"] == 5]["value"]) == [5, 5]
    assert set(after["rule"].value_counts().items()) >= {("correction", len(made) - 1)}


def test_a_second_correction_keeps_what_the_first_has_set(project: Path, facts: pd.DataFrame) -> None:
    path = project / "data" / "corrections.yaml"
    gdp = facts[facts["indicator_id"] == "gdp"]
    amendment_file.add(path, amendment.entries([one(gdp, indicator_id="", theme="rural", topic="")], facts))
    between = built(project)
    again = between[between["rule"] == "correction"]
    assert (again["indicator_id"].item(), again["theme"].item()) == ("", "rural")
    amendment_file.add(path, amendment.entries([one(again, value="500")], between))
    last = built(project)
    last = last[last["rule"] == "correction"]
    assert (last["indicator_id"].item(), last["theme"].item(), last["value"].item()) == ("", "rural", 500)


def test_the_form_knows_the_fields_and_values_that_entries_may_have() -> None:
    columns = said().tables["targets"].columns
    assert set(amendment.FIELDS) == set(EDITABLE)
    for name, head in amendment.CHOICES.items():
        assert set(labels.node(head)) == set(said().values[columns[name].values]), name
    for name in amendment.YEARS:
        assert columns[name].range == (amendment.FIRST_YEAR, amendment.LAST_YEAR)
    for language in labels.LANGUAGES:
        assert set(labels.node("fields", language)) == set(EDITABLE)


FACT: amendment.Row = {
    **dict.fromkeys(schema.TABLES["targets"].text, ""),
    **dict.fromkeys((*schema.TABLES["targets"].year, *schema.TABLES["targets"].amount)),
    **{"target_id": "t", "doc_id": "d", "line": 7, "value": 3.0, "indicator": "公园", "kind": "target", "year": 2025},
}
WORDS = some.text(max_size=12)


@given(
    changed=some.fixed_dictionaries(
        {},
        optional=dict.fromkeys((*amendment.TEXTS, "reason", "topic"), WORDS)
        | {name: some.floats(-1e9, 1e9).map("{:.4f}".format) | WORDS for name in amendment.AMOUNTS}
        | {name: some.integers(1900, 2150).map(str) for name in amendment.YEARS}
        | {"time": some.sampled_from(amendment.TIMES)}
        | {name: some.sampled_from(list(labels.node(head))) for name, head in amendment.CHOICES.items()},
    )
)
def test_whatever_is_typed_gives_an_entry_that_is_accepted_or_a_fault(
    changed: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed = form(FACT, **changed)
    if amendment.read(FACT, typed).faults:
        return
    row = pd.DataFrame([FACT])
    made = amendment.entries([amendment.made(FACT, typed)], row)
    path = tmp_path_factory.getbasetemp() / "corrections.yaml"
    path.write_text(amendment.dump(made), encoding="utf-8")
    (entry,) = load_corrections(path).corrections
    assert entry.find == {"value": 3}
    assert entry.set == amendment.read(FACT, typed).changed


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"reason": " \n", "value": "4"}, "reason"),
        ({"value": "12万"}, "value"),
        ({"value": "nan"}, "value"),
        ({"value": ""}, "value"),
        ({"value_high": "1"}, "value_high"),
        ({"year": "1825"}, "year"),
        ({"year": "25"}, "year"),
        ({"time": "period", "period_start": "2025", "period_end": ""}, "period_end"),
        ({"time": "period", "period_start": "2025", "period_end": "2021"}, "period_end"),
        ({"indicator": " "}, "indicator"),
        ({}, "all"),
    ],
)
def test_a_fault_is_told_beside_its_field(typed: dict[str, str], fault: str) -> None:
    faults = amendment.read(FACT, form(FACT, **typed)).faults
    assert list(faults) == [fault] and faults[fault].endswith("。")


def test_rows_that_are_the_same_cannot_be_told_apart() -> None:
    rows = pd.DataFrame([FACT, FACT | {"target_id": "u"}])
    with pytest.raises(ReadableError, match="第7行"):
        amendment.entries([amendment.made(FACT, form(FACT, value="4"))], rows)


ENTRY = {"doc": "d", "line": 7, "action": "drop", "find": {"value": 3}, "reason": "因：“一”# 不是"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "corrections: []\n",
        "# 说明\ncorrections:\n",
        "# 说明\n\ncorrections:\n  # 更早的\n",
        "corrections:\n- {a: 1}  # 旧",
        "corrections:\n    - a: 1\n",
    ],
)
def test_entries_go_behind_those_that_are_there(text: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    before = ((yaml.safe_load(text) or {}).get("corrections")) or []
    amendment_file.add(path, [ENTRY])
    after = path.read_text(encoding="utf-8")
    assert yaml.safe_load(after) == {"corrections": [*before, ENTRY]}
    assert ("# 说明" in after) == ("# 说明" in text) and ("# 旧" in after) == ("# 旧" in text)
    with pytest.raises(ReadableError, match="已有更正"):
        amendment_file.add(path, [ENTRY])


@pytest.mark.parametrize("text", ["corrections: [{a: 1}]", "a: [", "- a", "corrections: 3", "other: 1\n"])
def test_a_file_that_cannot_be_added_to_stays_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadableError):
        amendment_file.add(path, [ENTRY])
    assert path.read_text(encoding="utf-8") == text


def test_many_save_at_once_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    savers = [
        threading.Thread(target=amendment_file.add, args=(path, [ENTRY | {"line": line}])) for line in range(1, 21)
    ]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
    assert sorted(entry.line for entry in load_corrections(path).corrections) == list(range(1, 21))
