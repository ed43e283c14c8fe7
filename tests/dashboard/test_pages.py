"""Every page in every state: full tables, with sentences, empty selections, missing and damaged tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import data_io
import settings
from directory import SPARE_COLOURS

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]
PAGES = ("compare", "targets", "timeline", "themes", "data", "terms", "carryover", "overview", "profile")


def shown(app: AppTest) -> str:
    """All words of a page outside its charts."""
    kinds = ("markdown", "caption", "title", "subheader", "info", "error", "button", "html")
    return "\n".join(
        str(element.value if kind != "button" else element.label) for kind in kinds for element in app.get(kind)
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"region": "越秀区", "kind": "目标"},
        {"region": ["天河区", "moon"], "years": "2026—2030年"},
        {"plan": "政府工作报告"},
        {"theme": ["教育", "海洋经济"]},
        {"region": "没有的区", "kind": "x", "indicator": "y", "measure": "z"},
    ],
    ids=str,
)
def test_every_page_runs_under_every_filter(run: Run, tables: Path, page: str, query: dict[str, str]) -> None:
    app = run(page, **query)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("theme", ["海洋经济", "安全韧性", "党建与规划实施"])
def test_a_theme_that_all_plans_of_a_type_leave_out(run: Run, theme: str) -> None:
    app = run("themes", theme=theme)
    assert not app.exception


@pytest.mark.parametrize("page", PAGES)
def test_charts_can_be_cited(run: Run, charts: Charts, tables: Path, page: str) -> None:
    app = run(page)
    version = data_io.load(tables).version
    assert len(charts(app)) >= 1
    for chart, spec in zip(app.get("plotly_chart"), charts(app), strict=True):
        assert "单位：" in spec
        assert "资料来源：《" in spec
        assert f"数据版本：{version}" in spec
        assert "undefined" not in spec
        assert not re.search(r"#0000(0[1-9]|[1-3]\d|40)\b", spec)
        assert len(chart.proto.alt) > 10


def test_filters_stand_on_every_chart(run: Run, charts: Charts, tables: Path) -> None:
    spec = charts(run("compare", region=["天河区"], kind=["目标"], years=["2021—2025年"]))[0]
    assert "地区：天河区｜规划：全部｜主题：不限｜时期：2021—2025年｜类型：目标" in spec
    assert "地区：天河区｜规划：全部｜主题：教育" in charts(run("themes", region=["天河区"], theme="教育"))[0]


def test_first_sight_compares_gdp_targets(run: Run, charts: Charts, tables: Path) -> None:
    app = run("compare")
    spec = charts(app)[0]
    assert "2025年地区生产总值目标：天河区7000亿元、越秀区4100亿元" in spec
    assert '"<b>7000亿元</b>（2025年）"' in spec
    assert '"<b>4100亿元</b>（2025年）"' in spec
    assert "+5.7%" in spec
    pills = next(pill for pill in app.get("pills") if pill.label == "同主题指标")
    assert pills.options[0].startswith(" 地区生产总值年均增长")


def test_growth_is_one_click_from_gdp(run: Run, charts: Charts, tables: Path) -> None:
    app = run("compare")
    next(pill for pill in app.get("pills") if pill.label == "同主题指标").set_value("gdp_growth")
    spec = charts(app.run())[0]
    assert app.selectbox(key="indicator").value == "gdp_growth"
    assert "天河区年均约6%" in spec
    assert "越秀区年均约4%" in spec


def test_regions_keep_their_colour(run: Run, charts: Charts, tables: Path) -> None:
    colours = {region.id: region.colour for region in settings.load().regions}
    traces = [trace for trace in json.loads(charts(run("compare"))[0])["data"] if trace.get("hovertemplate")]
    seen = {trace["hovertemplate"].split(" ")[0]: trace["marker"]["line"]["color"] for trace in traces}
    assert seen == {"天河区": colours["tianhe"], "越秀区": colours["yuexiu"], "moon": SPARE_COLOURS[0]}


def test_address_chooses_indicator_and_measure(run: Run, charts: Charts, tables: Path) -> None:
    app = run("compare", indicator="研发经费投入占比", region=["越秀区"])
    assert app.selectbox(key="indicator").value == "rd_share"
    assert "研发经费投入占比：越秀区约2%（2025年）、越秀区2—3%（2030年）" in charts(app)[0]
    assert "次/万字" in charts(run("themes", measure="每万字提及"))[0]


def test_unknown_words_in_an_address_leave_the_defaults(run: Run, charts: Charts, tables: Path) -> None:
    assert charts(run("compare", region="没有的区", indicator="没有的指标", kind="没有的类型")) == charts(
        run("compare")
    )


@pytest.mark.parametrize("page", ["compare", "themes"])
@pytest.mark.parametrize(("query", "words"), [({"region": ""}, "未选择地区"), ({"plan": ""}, "未选择规划")])
def test_empty_selection_offers_the_way_back(
    run: Run, tables: Path, page: str, query: dict[str, str], words: str
) -> None:
    app = run(page, **query)
    assert words in shown(app)
    assert not app.get("plotly_chart")
    app.button(key="reset-empty").click().run()
    assert app.get("plotly_chart")


def test_indicator_without_facts_says_so(run: Run, tables: Path) -> None:
    app = run("compare", indicator="储备规模", region="天河区")
    assert "没有“储备规模”的表述" in shown(app).replace("\\", "")
    assert not app.get("plotly_chart")


def test_document_words_show_as_plain_words(run: Run, charts: Charts, tables: Path, nasty: str) -> None:
    app = run("compare", indicator=nasty)
    assert app.selectbox(key="indicator").value == f"={nasty}"
    spec = charts(app)[0]
    assert "&lt;script&gt;" in spec
    assert "<script" not in spec
    assert "<script" not in shown(app)


def test_words_say_how_to_bring_the_sentences(run: Run, tables: Path) -> None:
    assert "make run" in shown(run("data"))


def test_sentences_are_announced_where_they_are(run: Run, evidence: Path) -> None:
    assert "已载入原文语句" in shown(run("data"))


@pytest.mark.parametrize(("page", "table"), [("compare", "targets"), ("themes", "documents"), ("data", "issues")])
def test_missing_table_is_one_clear_sentence(run: Run, tables: Path, page: str, table: str) -> None:
    (tables / f"{table}.csv").unlink()
    app = run(page)
    assert not app.exception
    assert len(app.error) == 1
    assert f"“{table}”缺失" in app.error[0].value
    assert "make run" in app.error[0].value


def test_missing_folder_is_one_clear_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_TABLES", str(tmp_path / "nowhere"))
    app = run("compare")
    assert not app.exception
    assert "没有找到数据表文件夹" in app.error[0].value


def test_tables_without_rows_run(run: Run, tables: Path) -> None:
    for path in tables.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    for page in PAGES:
        app = run(page)
        assert not app.exception, page


def test_changed_tables_are_read_again(run: Run, charts: Charts, tables: Path) -> None:
    app = run("compare")
    path = tables / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("7000.0", "7777.0"), encoding="utf-8")
    assert "7777亿元" in charts(app.run())[0]
