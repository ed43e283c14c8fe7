"""The page 时间线: points, paths, a yearly report against the plan's path, and targets by year."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import chart_timeline
import pace
import panels
import timeline_points
from chart_places import Places

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]
Prepared = Callable[..., tuple[pd.DataFrame, Any]]


@pytest.fixture
def gdp(make_fact: Any) -> list[dict[str, Any]]:
    """GDP of a plan and of the report of a year on its way."""
    report = {"doc_id": "tianhe-2022gwr", "line": 9}
    return [
        make_fact(like="gdp", value=1000, year=2020, kind="baseline"),
        make_fact(like="gdp", value=1610.51, year=2025),
        make_fact(like="gdp", value=1610.51, year=2025, line=95),
        make_fact(like="gdp", value=1200, qualifier=">", year=2021, kind="baseline", **report),
        make_fact(like="growth", value=5, year=2022, period_start=None, period_end=None, **report),
        make_fact(like="growth", value=8, qualifier="~"),
    ]


def of(facts: pd.DataFrame, key: str) -> pd.DataFrame:
    return facts[facts["key"] == key]


def test_points_stand_once_in_order_of_time(prepared: Prepared, gdp: list[dict[str, Any]]) -> None:
    facts, names = prepared(gdp)
    (panel,) = panels.build(of(facts, "gdp"), names)
    dated = timeline_points.points(panel)
    assert list(zip(dated["last"], dated["x"], strict=True)) == [(2020, 1000), (2021, 1200), (2025, 1610.51)]
    assert timeline_points.undated(panel) == 0
    growth = timeline_points.points(panels.build(of(facts, "gdp_growth"), names)[0])
    assert list(growth["over"]) == [False, True]


def test_path_starts_from_the_plans_own_measured_value(prepared: Prepared, gdp: list[dict[str, Any]]) -> None:
    facts, names = prepared(gdp)
    paths = timeline_points.paths(timeline_points.points(panels.build(of(facts, "gdp"), names)[0]), "level")
    (path,) = paths.to_dict("records")
    assert (path["start_year"], path["start"], path["aim_year"], path["required"]) == (2020, 1000, 2025, "+10%")


def test_target_of_a_report_starts_from_the_region(prepared: Prepared, make_fact: Any) -> None:
    rows = [
        make_fact(like="research", value=3.4, year=2020, kind="baseline"),
        make_fact(like="research", doc_id="tianhe-2022gwr", value=3.6, year=2022),
        make_fact(like="research", doc_id="yuexiu-14fyp", value=2, year=2025),
    ]
    facts, names = prepared(rows)
    (path,) = timeline_points.paths(timeline_points.points(panels.build(facts, names)[0]), "share").to_dict("records")
    assert (path["region_id"], path["start"], path["required"]) == ("tianhe", 3.4, "+0.1个百分点")


def test_course() -> None:
    assert timeline_points.course(2020, 1000, 2025, 1610.51, 2021, compound=True) == pytest.approx(1100)
    assert timeline_points.course(2020, 1000, 2025, 1500, 2022, compound=False) == pytest.approx(1200)
    assert timeline_points.course(2020, -5, 2025, 5, 2025, compound=True) == 5


def test_report_against_the_path(prepared: Prepared, gdp: list[dict[str, Any]]) -> None:
    facts, _ = prepared(gdp)
    measured, implied = pace.checks(facts, "gdp")
    assert (measured.year, measured.role, measured.verdict) == (2021, "baseline", "above")
    assert measured.low / 1e8 == pytest.approx(1100)
    assert measured.high / 1e8 == pytest.approx(1122.102)
    assert (implied.year, implied.role, implied.verdict) == (2022, "implied", "above")
    assert implied.low / 1e8 == pytest.approx(1210)
    assert implied.x / 1e8 == pytest.approx(1260)


def test_yearly_growth_against_the_average(prepared: Prepared, gdp: list[dict[str, Any]]) -> None:
    (check,) = pace.checks(prepared(gdp)[0], "gdp_growth")
    assert (check.how, check.year, check.low, check.x, check.verdict) == ("growth", 2022, 8, 5, "below")


def test_yearly_amount_against_the_sum(prepared: Prepared, make_fact: Any) -> None:
    rows = [
        make_fact(like="schools", value=30, period_start=2021, period_end=2025),
        make_fact(like="schools", doc_id="tianhe-2022gwr", value=6, year=2022),
        make_fact(like="schools", doc_id="yuexiu-14fyp", value=9, year=2022),
    ]
    facts, _ = prepared(rows)
    (check,) = pace.checks(facts, facts["key"].iloc[0])
    assert (check.how, check.low, check.x, check.verdict) == ("sum", 6, 6, "on")


@pytest.mark.parametrize(
    ("x", "sign", "verdict"),
    [(9, "=", "below"), (9, ">=", "open"), (12, "<=", "open"), (12, ">", "above"), (10.5, "=", "on"), (10, "~", "on")],
)
def test_a_bound_decides_only_what_it_can(x: float, sign: str, verdict: str) -> None:
    assert pace.verdict(x, 10, 11, sign) == verdict


def test_spread_counts_a_repeated_target_once(prepared: Prepared, gdp: list[dict[str, Any]]) -> None:
    table = timeline_points.spread(prepared(gdp)[0])
    assert list(zip(table["doc_id"], table["when"], table["count"], strict=True)) == [
        ("tianhe-2022gwr", "2022年", 1),
        ("tianhe-14fyp", "2021—2025年", 1),
        ("tianhe-14fyp", "2025年", 1),
    ]


def test_worded_target_stands_in_the_chart(prepared: Prepared, make_fact: Any) -> None:
    empty = {"value": None, "unit": "", "kind": "qualitative", "value_text": "完成<b>任务"}
    rows = [
        make_fact(like="research", value=2, year=2020, kind="baseline"),
        make_fact(like="research", value=1, year=2015, kind="baseline"),
        make_fact(like="research", year=2025, **empty),
        make_fact(like="research", doc_id="yuexiu-14fyp", line=3, **empty),
    ]
    facts, names = prepared(rows)
    (panel,) = panels.build(facts, names)
    assert len(timeline_points.worded(panel)) == 1
    assert timeline_points.undated(panel) == 1
    dated = timeline_points.points(panel)
    figure = chart_timeline.draw(panel, dated, timeline_points.paths(dated, "share"), names)
    assert "2025年" in figure.layout.xaxis.ticktext
    assert any(trace.customdata[0][0] == "t002" for trace in figure.data if trace.customdata)
    assert any("完成&lt;b&gt;任务" in str(note.text) for note in figure.layout.annotations)


def test_only_indicators_with_two_dated_values_are_offered(prepared: Prepared, make_fact: Any) -> None:
    rows = [
        make_fact(like="gdp", year=2025),
        make_fact(like="gdp", doc_id="yuexiu-14fyp", year=2025),
        make_fact(like="research", year=2025),
        make_fact(like="research"),
    ]
    assert list(timeline_points.choices(prepared(rows)[0])["key"]) == ["gdp"]


def test_axis_starts_at_zero_unless_values_lie_close(prepared: Prepared, make_fact: Any) -> None:
    frame = pd.DataFrame({"x": [10.0, 100.0], "x_high": [None, None]})
    assert chart_timeline.bounds(frame)[0] == 0
    assert chart_timeline.bounds(frame.assign(x=[98.0, 100.0]))[0] > 90
    assert chart_timeline.bounds(frame.assign(x=[-5.0, 5.0]))[0] < -5


def test_captions_find_room() -> None:
    place = Places((0, 10), (0, 10), 400, 300)
    place.take(5, 5, 5)
    first = place.beside(5, 5, "一二三", 12, 19, 19)
    second = place.beside(5, 5, "一二三", 12, 19, 19)
    assert first == (0, 19)
    assert second == (0, -19)
    boxes = place.taken[1:]
    assert boxes[0][1] > boxes[1][3]


QUERIES: list[dict[str, Any]] = [
    {},
    {"lang": "en"},
    {"region": "tianhe"},
    {"region": "yuexiu"},
    {"region": "moon"},
    {"kind": "target"},
    {"years": "15fyp"},
    {"attribute": "约束性", "theme": "economy"},
    {"tl_indicator": "gdp_growth"},
    {"tl_indicator": "rd_share"},
    {"tl_indicator": "=新建学校", "tl_spot": "tianhe-14fyp:2021—2025年"},
    {"tl_indicator": "nothing", "tl_spot": "nowhere:never"},
    {"theme": "marine"},
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_page_runs(run: Run, tables: Path, query: dict[str, Any]) -> None:
    app = run("timeline", **query)
    assert not app.exception
    assert not app.error


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind)).replace("\\", "")


def test_first_sight_leads_from_measured_to_target(run: Run, charts: Charts, tables: Path) -> None:
    app = run("timeline")
    spec, told = charts(app)[0], app.get("plotly_chart")[0].proto.alt
    assert "天河区由5312.8亿元（2020年）到7000亿元（2025年），年均+5.7%" in told
    assert "越秀区由3370.05亿元（2020年）到4100亿元（2025年），年均+4%" in told
    traces = [trace for trace in json.loads(spec)["data"] if trace.get("customdata")]
    assert {"t000", "t001", "t002"} <= {trace["customdata"][0][0] for trace in traces}


def test_report_is_held_against_the_plan(run: Run, tables: Path) -> None:
    """The synthetic report has 6012.2 for 2021: on the way from 5312.8 to 7000 that is 5614 to 5650."""
    told = [chart.proto.alt for chart in run("timeline").get("plotly_chart")]
    said = "2021年按规划路径应达5614—5650亿元，2022年政府工作报告完成值6012.2亿元，高于规划路径"
    assert any(said in alt for alt in told)


def test_never_two_units_on_one_axis(run: Run, charts: Charts, tables: Path) -> None:
    app = run("timeline", tl_indicator="=新建学校")
    drawn = [spec for spec in charts(app) if "口径：累计值" in spec]
    assert len(drawn) == 2
    assert "不放在同一坐标轴上" in words(app)


@pytest.mark.parametrize("query", [{"region": ""}, {"plan": ""}])
def test_empty_selection_is_said(run: Run, tables: Path, query: dict[str, str]) -> None:
    app = run("timeline", **query)
    assert not app.get("plotly_chart")
    assert app.button(key="reset-empty")


def test_missing_values_are_said(run: Run, charts: Charts, tables: Path) -> None:
    app = run("timeline", tl_indicator="rd_share", region="moon")
    assert "没有注明年份的数值" in words(app)
    app = run("timeline", kind="baseline")
    assert "没有目标" in words(app)
    app = run("timeline", theme="marine")
    assert "没有带年份数值的指标" in words(app)
    app.button(key="tl-reset").click().run()
    assert app.get("plotly_chart")


def test_targets_behind_a_disc_are_listed(run: Run, tables: Path) -> None:
    app = run("timeline", tl_spot="tianhe-14fyp:2025年")
    (dialog,) = app.get("dialog")
    assert "天河区“十四五”规划纲要 · 2025年：3条目标表述" in dialog.proto.dialog.title.replace("\\", "")
    assert not run("timeline", tl_spot="tianhe-14fyp:1999年").exception


def test_nasty_words_stay_words(run: Run, charts: Charts, tables: Path, nasty: str) -> None:
    path = tables / "targets.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    bad = frame["indicator"] == nasty
    rows = frame[bad].assign(year="2025", target_id="n1"), frame[bad].assign(year="2026", target_id="n2")
    pd.concat([frame[~bad], *rows]).to_csv(path, index=False)
    app = run("timeline", tl_indicator=f"={nasty}")
    assert "&lt;script&gt;" in charts(app)[0]
    assert all("<script" not in spec for spec in charts(app))
