"""The start page: headlines, differences, what is stressed, and the ways from there to the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import chart_contrast
import chart_grid
import differences
import headlines
import stresses
from chart_grid import Cell, Row
from directory import Directory

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]
Prepared = Callable[..., tuple[pd.DataFrame, Directory]]
Fact = Callable[..., dict[str, Any]]


def share(make_fact: Fact, doc_id: str, value: float | None, **more: Any) -> dict[str, Any]:
    usual = {"indicator_id": "rd", "indicator": "研发", "unit": "%", "measure": "share", "year": 2025}
    return make_fact(doc_id, value=value, **(usual | more))


def test_headline_is_the_first_plan_s_aim_with_its_latest_baseline(prepared: Prepared, make_fact: Fact) -> None:
    facts, directory = prepared(
        [
            share(make_fact, "tianhe-2022gwr", 3.4, year=2022),
            share(make_fact, "tianhe-14fyp", 4, year=2035),
            share(make_fact, "tianhe-14fyp", 3.8, year=2025),
            share(make_fact, "tianhe-14fyp", 3.1, year=2018, kind="baseline"),
            share(make_fact, "tianhe-14fyp", 3.43, year=2020, kind="baseline"),
            share(make_fact, "tianhe-14fyp", 20, year=2020, kind="baseline", measure="growth"),
            share(make_fact, "tianhe-2022gwr", 3.5, year=2021, kind="baseline"),
        ]
    )
    found = headlines.headlines(facts, ["rd"], list(directory.documents))[("rd", "tianhe")]
    assert found.fact["value_words"] == "3.8%"
    assert found.start is not None
    assert found.start["value_words"] == "3.43%"
    assert not found.measured


def test_headline_without_an_aim_is_the_last_measured_value(prepared: Prepared, make_fact: Fact) -> None:
    facts, directory = prepared(
        [
            share(make_fact, "tianhe-14fyp", 3.1, year=2018, kind="baseline"),
            share(make_fact, "tianhe-14fyp", 3, year=2019, kind="baseline"),
        ]
    )
    found = headlines.headline(headlines.records(facts), list(directory.documents))
    assert found is not None
    assert found.measured
    assert found.fact["value_words"] == "3%"
    assert headlines.headline([], []) is None


def test_baseline_of_a_worded_or_undated_aim(prepared: Prepared, make_fact: Fact) -> None:
    words = {"unit": "", "value_text": "持续下降", "kind": "qualitative"}
    facts, _ = prepared(
        [
            share(make_fact, "tianhe-14fyp", None, **words),
            share(make_fact, "tianhe-14fyp", 5, year=None),
            share(make_fact, "tianhe-14fyp", 3, year=2020, kind="baseline"),
        ]
    )
    worded, undated, measured = headlines.records(facts)
    assert headlines.start(worded, [measured]) == measured
    assert headlines.start(undated, [measured]) is None


def test_rates_come_before_amounts_and_the_widest_first(prepared: Prepared, make_fact: Fact) -> None:
    facts, directory = prepared(
        [
            share(make_fact, "tianhe-14fyp", 9, indicator_id="culture", indicator="文化"),
            share(make_fact, "yuexiu-14fyp", 6.5, indicator_id="culture", indicator="文化"),
            share(make_fact, "tianhe-14fyp", 3.4),
            share(make_fact, "yuexiu-14fyp", 2),
            make_fact("tianhe-14fyp", like="gdp", value=7000, year=2025),
            make_fact("yuexiu-14fyp", like="gdp", value=1000, year=2025),
            share(make_fact, "tianhe-14fyp", 5, indicator_id="same"),
            share(make_fact, "yuexiu-14fyp", 5, indicator_id="same"),
        ]
    )
    found = differences.find(facts, directory)
    assert [one.key for one in found] == ["rd", "culture", "gdp"]
    assert [one.gap for one in found] == ["相差1.4个百分点", "相差2.5个百分点", "最高为最低的7倍"]
    assert chart_contrast.statement(found[0], directory) == "2025年研发目标：天河区3.4%、越秀区2%"


def test_unlike_aims_are_not_compared(prepared: Prepared, make_fact: Fact) -> None:
    facts, directory = prepared(
        [
            share(make_fact, "tianhe-14fyp", 3.4),
            share(make_fact, "yuexiu-14fyp", 2, measure="growth"),
            make_fact("tianhe-14fyp", like="gdp", value=7000, year=2025),
            make_fact("yuexiu-14fyp", like="gdp", value=1000, year=2024),
            make_fact("tianhe-14fyp", value=3, unit="个", indicator="没有规范编号", year=2025),
            make_fact("yuexiu-14fyp", value=9, unit="个", indicator="没有规范编号", year=2025),
            share(make_fact, "tianhe-14fyp", 3, indicator_id="far", year=2025),
            share(make_fact, "yuexiu-14fyp", 2, indicator_id="far", year=2030),
            share(make_fact, "tianhe-14fyp", 3, indicator_id="place", measure="rank", unit=""),
            share(make_fact, "yuexiu-14fyp", 1, indicator_id="place", measure="rank", unit=""),
        ]
    )
    assert differences.find(facts, directory) == []


def test_rates_of_one_plan_period_are_compared_with_their_years(prepared: Prepared, make_fact: Fact) -> None:
    facts, directory = prepared(
        [
            share(make_fact, "tianhe-2022gwr", 3.4, year=2022),
            share(make_fact, "yuexiu-14fyp", 2, year=2025, qualifier="~"),
        ]
    )
    (found,) = differences.find(facts, directory)
    assert found.mixed
    assert not found.same_time
    assert chart_contrast.statement(found, directory) == "研发目标：天河区3.4%（2022年）、越秀区约2%（2025年）"


def test_bars_have_an_axis_for_each_indicator(prepared: Prepared, make_fact: Fact) -> None:
    rows = [
        share(make_fact, doc_id, value, indicator_id=key)
        for key in ("a", "b")
        for doc_id, value in (("tianhe-14fyp", 3.0), ("yuexiu-14fyp", 2.0))
    ]
    facts, directory = prepared(rows)
    figure = chart_contrast.draw(differences.find(facts, directory), directory)
    assert [trace.xaxis for trace in figure.data] == ["x", "x2"]
    assert [point[0] for trace in figure.data for point in trace.customdata] == ["t000", "t001", "t002", "t003"]
    assert figure.data[0].marker.line.color == (directory.colour("tianhe"), directory.colour("yuexiu"))


def test_nothing_above_chance_is_stressed() -> None:
    rows = [
        {"unit": "topic", "against": "rest", "doc_id": "a", "name": "x", "z": 3.0, "chance": 2.0},
        {"unit": "topic", "against": "rest", "doc_id": "a", "name": "y", "z": 5.0, "chance": 2.0},
        {"unit": "topic", "against": "rest", "doc_id": "b", "name": "x", "z": 1.0, "chance": 2.0},
        {"unit": "topic", "against": "b", "doc_id": "c", "name": "x", "z": 9.0, "chance": 2.0},
        {"unit": "term", "against": "rest", "doc_id": "c", "name": "x", "z": 9.0, "chance": 2.0},
    ]
    held = stresses.against_rest(pd.DataFrame(rows))
    first, second = stresses.topics(held, "a", 5), stresses.topics(held, "b", 5)
    assert first is not None
    assert list(first["name"]) == ["y", "x"]
    assert second is not None
    assert second.empty
    assert stresses.topics(held, "c", 5) is None


def test_a_cell_is_safe_and_takes_its_click() -> None:
    cell = Cell("<b>7000</b>", "2025年", "2020年：1", "t1", bold=True, colour="#0072B2")
    figure = chart_grid.draw([1, 1], [Row(band="一 & 二"), Row((Cell("指标"), cell))])
    words, clicks = figure.data
    assert "&lt;b&gt;7000&lt;/b&gt;" in words.text[2]
    assert "一 &amp; 二" in words.text[0]
    assert [list(point) for point in clicks.customdata] == [["t1"]]
    assert list(clicks.base) == [0.5]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"region": "tianhe"},
        {"region": "yuexiu"},
        {"region": "moon"},
        {"region": "guangzhou"},
        {"plan": "gwr"},
        {"theme": "education"},
        {"theme": "marine"},
        {"years": "15fyp"},
        {"kind": "baseline"},
        {"attribute": "约束性"},
    ],
    ids=str,
)
@pytest.mark.parametrize("page", ["overview", "profile"])
def test_pages_run_under_every_filter(run: Run, tables: Path, page: str, query: dict[str, str], lang: str) -> None:
    app = run(page, lang=lang, **query)
    assert not app.exception
    assert not app.error


def test_first_sight_tells_the_targets_and_differences(run: Run, charts: Charts, tables: Path) -> None:
    regions, contrast, shares, stress = charts(run("overview"))
    assert "规划纲要天河区6条、越秀区5条" in regions
    assert "<b>7000亿元</b>" in regions
    assert "2020年：5312.8亿元" in regions
    assert "2021—2025年地区生产总值年均增长目标：天河区年均约6%、越秀区年均约4%" in contrast.replace(
        "<br>", ""
    ).replace("</b>", "").replace("<b>", "")
    assert "2021—2025年 · “十四五”规划纲要第666行" in contrast
    assert "百分点" in shares
    assert "z 3.0" in stress


def test_a_document_without_others_of_its_kind_shows_its_themes(run: Run, charts: Charts, tables: Path) -> None:
    stress = charts(run("overview", region="tianhe"))[-1]
    assert "篇幅最大的主题（%）" in stress
    assert "100.0%" in stress


def test_regions_and_plans_without_a_common_document(run: Run, tables: Path) -> None:
    for page in ("overview", "profile"):
        app = run(page, region="yuexiu", plan="gwr")
        assert not app.exception
        assert not app.get("plotly_chart")
        app.button(key="reset-nothing").click().run()
        assert app.get("plotly_chart")


def links(app: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.page, link.proto.query_string) for link in app.get("page_link")]


def test_questions_lead_to_their_answers(run: Run, tables: Path) -> None:
    found = links(run("overview"))
    assert ("compare", "indicator=rd_intensity") in found
    assert ("carryover", "co_only=1") in found
    assert ("profile", "pf_region=tianhe") in found


def test_links_keep_filters_and_language(run: Run, tables: Path) -> None:
    found = dict(links(run("overview", region=["tianhe", "yuexiu"], lang="en", theme="economy")))
    query = found["carryover"]
    assert "region=tianhe" in query
    assert "region=yuexiu" in query
    assert "theme=economy" in query
    assert "lang=en" in query


@pytest.mark.parametrize("page", ["overview", "profile"])
def test_every_value_carries_the_id_of_its_fact(run: Run, charts: Charts, tables: Path, page: str) -> None:
    spec = json.loads(charts(run(page))[0])
    clicks = next(trace for trace in spec["data"] if trace["type"] == "bar")
    ids = {point[0] for point in clicks["customdata"]}
    assert "t002" in ids or "t003" in ids


@pytest.mark.parametrize("page", ["overview", "profile"])
def test_a_fact_asked_for_opens_its_place(run: Run, evidence: Path, page: str) -> None:
    app = run(page, fact="t002")
    assert not app.exception
    assert any("7000" in str(html.value) for html in app.get("html"))
