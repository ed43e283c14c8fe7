"""Indicators: how facts meet, what they are called, which stand first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import facts as fact_rows
import matrix


def test_facts_meet_by_canonical_id_and_take_the_commonest_name(prepared: Any, make_fact: Any) -> None:
    facts, _ = prepared(
        [
            make_fact(indicator="GDP", indicator_id="gdp"),
            make_fact(indicator="地区生产总值", indicator_id="gdp"),
            make_fact(indicator="地区生产总值", indicator_id="gdp"),
            make_fact(indicator="税收"),
        ]
    )
    assert set(zip(facts["key"], facts["label"], strict=True)) == {("gdp", "地区生产总值"), ("=税收", "税收")}


def test_given_name_of_an_indicator_goes_first(prepared: Any, make_fact: Any) -> None:
    facts, _ = prepared(
        [make_fact(indicator="GDP", indicator_id="gdp")], {("indicators", "zh"): {"gdp": "地区生产总值"}}
    )
    assert list(facts["label"]) == ["地区生产总值"]


def test_no_two_indicators_share_a_name(prepared: Any, make_fact: Any) -> None:
    facts, _ = prepared(
        [
            make_fact(indicator="税收", indicator_id="tax"),
            make_fact(indicator="税收"),
            make_fact(indicator="税收", indicator_id="revenue"),
        ]
    )
    assert facts["label"].nunique() == 3


def test_catalogue_begins_with_what_most_regions_aim_at(prepared: Any, make_fact: Any) -> None:
    facts, _ = prepared(
        [
            make_fact(indicator="甲"),
            make_fact("yuexiu-14fyp", indicator="甲"),
            *[make_fact("tianhe-14fyp", indicator="乙", kind="baseline") for _ in range(5)],
            make_fact(indicator="丙"),
        ]
    )
    listing = fact_rows.catalogue(facts)
    assert list(listing["label"]) == ["甲", "丙", "乙"]
    assert list(listing["regions"]) == [2, 1, 0]


def test_neighbours_are_of_the_theme_and_those_of_like_name_first(prepared: Any, make_fact: Any) -> None:
    facts, _ = prepared(
        [
            make_fact(indicator="总值"),
            make_fact(indicator="收入"),
            make_fact(indicator="总值增速"),
            make_fact(indicator="学校", theme="education"),
            make_fact(indicator="总值占比", kind="baseline"),
        ]
    )
    near = fact_rows.related(fact_rows.catalogue(facts), "=总值")
    assert list(near["label"]) == ["总值增速", "收入", "总值占比"]


@pytest.mark.parametrize(
    ("sections", "path"),
    [
        ([("s1", "", 1, "第一章", "总则"), ("s2", "s1", 2, "第一节", "目标")], "第一章 总则 › 第一节 目标"),
        ([("s0", "", 0, "", "某区规划"), ("s2", "s0", 1, "第一章", "目标")], "第一章 目标"),
        ([("s2", "gone", 1, "", "目标")], "目标"),
        ([("s2", "s2", 1, "二", "乙")], "二 乙"),
    ],
)
def test_chapter_path(sections: list[tuple[str, str, int, str, str]], path: str) -> None:
    frame = pd.DataFrame(sections, columns=["section_id", "parent_id", "level", "number", "heading"])
    assert fact_rows.chapters(frame)["s2"] == path


def test_matrix_tells_three_states_apart(prepared: Any, make_fact: Any) -> None:
    facts, names = prepared(
        [
            make_fact(indicator="甲", value=5, unit="个", year=2025),
            make_fact(indicator="甲", value=9, unit="个", year=2030),
            make_fact(
                "yuexiu-14fyp", indicator="甲", value=None, unit="", kind="qualitative", value_text="完成市下达目标"
            ),
            make_fact("tianhe-2022gwr", indicator="甲", value=4, unit="个", year=2021, kind="baseline"),
        ]
    )
    documents = ["tianhe-14fyp", "tianhe-2022gwr", "yuexiu-14fyp", "moon-plan"]
    row = matrix.build(matrix.details(facts), fact_rows.catalogue(facts), names, documents, facts).iloc[0]
    assert list(row[2:-1]) == ["● 9个（2030年） 等2项", "○ 完成值4个（2021年）", "○ 文字目标：完成市下达目标", "—"]


def test_a_worded_aim_of_the_time_before_is_a_past_target(prepared: Any, make_fact: Any) -> None:
    worded = {"indicator": "甲", "value": None, "unit": "", "kind": "qualitative", "value_text": "完成市下达目标"}
    before = make_fact(**worded, year=None, period_start=2016, period_end=2020)
    facts, _ = prepared([before, make_fact(**worded, year=2025)])
    assert list(facts["kind"]) == ["past_target", "qualitative"]
