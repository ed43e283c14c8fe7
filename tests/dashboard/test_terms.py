"""用词差异: pairs read from both ends, honest sides, the search for a word, and the page in every state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import chart_room
import chart_sides
import data_io
import directory
import labels
import links
import lookup
import settings
import stress
from filters import all_filters
from selection import Selection
from view import View

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]
TYPES = {"a": "规划纲要", "b": "政府工作报告"}


def unwrapped(spec: str) -> str:
    """A chart's words without the ends of its lines."""
    return re.sub(r"(</b>)?<br>(<b>)?", "", spec)


def row(name: str, z: float, first: str = "a", second: str = "b", **values: Any) -> dict[str, Any]:
    usual = {"unit": "term", "name": name, "topic": "", "theme": "", "doc_id": first, "against": second}
    counts = {"count": 9, "count_against": 1, "total": 90, "total_against": 80, "per_10k": 4.0, "per_10k_against": 0.5}
    more = {"types": "政府工作报告", "chapters": 3, "chapters_against": 1, "log_odds": z / 2, "error": 0.5, "z": z}
    return usual | counts | more | {"chance": 1.8} | values


@pytest.fixture
def emphasis() -> pd.DataFrame:
    return pd.DataFrame([row("甲", 3.0), row("乙", -2.0), row("丙", 1.0), row("丁", 2.5, second="rest")])


def test_a_pair_read_from_its_other_end_swaps_sides_and_signs(emphasis: pd.DataFrame) -> None:
    straight = stress.pair(emphasis, "term", "a", "b", TYPES).rows.set_index("name")
    back = stress.pair(emphasis, "term", "b", "a", TYPES)
    assert list(back.rows["name"]) == ["乙", "丙", "甲"]
    turned = back.rows.set_index("name")
    for one, other in (
        ("count", "count_against"),
        ("per_10k", "per_10k_against"),
        ("chapters", "chapters_against"),
        ("total", "total_against"),
        ("doc_id", "against"),
    ):
        assert (straight.loc["甲", one], straight.loc["甲", other]) == (turned.loc["甲", other], turned.loc["甲", one])
    assert (turned.loc["甲", "z"], turned.loc["甲", "log_odds"]) == (-3.0, -1.5)
    assert back.types == ["规划纲要"]
    assert list(emphasis["z"]) == [3.0, -2.0, 1.0, 2.5]


def test_opponents_stand_on_either_end_of_a_pair(emphasis: pd.DataFrame) -> None:
    assert stress.opponents(emphasis, "term") == {"a": {"b", "rest"}, "b": {"a"}}
    assert stress.opponents(emphasis, "topic") == {}


def test_leaders_are_ranked_on_each_side_and_told_from_chance(emphasis: pd.DataFrame) -> None:
    pair = stress.pair(emphasis, "term", "a", "b", TYPES)
    found = stress.leaders(pair, 10)
    assert list(zip(found["name"], found["side"], found["rank"], found["beyond"], strict=True)) == [
        ("甲", 1, 1, True),
        ("丙", 1, 2, False),
        ("乙", -1, 1, True),
    ]
    assert list(stress.leaders(pair, 1)["name"]) == ["甲", "乙"]
    assert list(pair.side(1, beyond=True)["name"]) == ["甲"]


def test_bars_inside_the_band_are_hollow_and_every_row_can_be_clicked(emphasis: pd.DataFrame) -> None:
    rows = stress.leaders(stress.pair(emphasis, "term", "a", "b", TYPES), 10)
    rows = rows.assign(label=rows["name"], key=rows["name"], said="天河9次/3章 · 越秀1次/1章", hover="<i>")
    figure = chart_sides.draw(rows, 1.8, ("右", "左"), ("#0072B2", "#0072B2"), hatched=True, marked="甲")
    right, right_rows, left, left_rows = [trace for trace in figure.data if trace.type == "bar"]
    assert list(right.marker.color) == ["#0072B2", "#FFFFFF"]
    assert left.marker.pattern.shape == "/"
    assert [list(trace.customdata[0]) for trace in (right_rows, left_rows)] == [["甲"], ["乙"]]
    assert right_rows.hovertext[0] == "&lt;i&gt;"
    assert [shape.fillcolor for shape in figure.layout.shapes if shape.fillcolor] == [
        chart_sides.BAND,
        chart_sides.MARK,
    ]
    assert figure.layout.xaxis.range[0] == -figure.layout.xaxis.range[1]


def test_one_side_without_names_says_so(emphasis: pd.DataFrame) -> None:
    pair = stress.pair(emphasis[emphasis["z"] > 0], "term", "a", "b", TYPES)
    rows = stress.leaders(pair, 10).assign(label="x", key="x", said="", hover="")
    figure = chart_sides.draw(rows, 1.8, ("右", "左"), ("#0072B2", "#D55E00"), hatched=False)
    assert "没有更突出的项" in [note.text for note in figure.layout.annotations]


@pytest.fixture
def terms() -> pd.DataFrame:
    columns = ["doc_id", "term", "topic", "theme", "count", "chapters"]
    rows = [("a", "学位", "s", "e", 2, 1), ("b", "GDP", "", "", 3, 0), ("a", "学位供给", "s", "e", 4, 2)]
    return pd.DataFrame(rows, columns=columns)


def test_a_word_is_counted_in_every_document(terms: pd.DataFrame) -> None:
    table = lookup.by_document(terms, {"a": 20_000, "b": 0}, "学位", ["b", "a"])
    assert table.to_dict("list") == {
        "doc_id": ["b", "a"],
        "count": [0, 2],
        "per_10k": [0.0, 1.0],
        "chapters": [0, 1],
    }


def test_a_word_is_found_whatever_its_capitals(terms: pd.DataFrame) -> None:
    assert lookup.canonical(terms, " gdp ") == "GDP"
    assert lookup.canonical(terms, "(") == lookup.canonical(terms, "") == ""


def test_longer_words_are_offered_and_no_pattern_is_read(terms: pd.DataFrame) -> None:
    assert lookup.holding(terms, "学位", ["a"]) == ["学位供给"]
    assert lookup.holding(terms, "学位", ["b"]) == lookup.holding(terms, ".*", ["a"]) == []


def test_words_of_a_topic_by_document(terms: pd.DataFrame) -> None:
    grid = lookup.of_topic(terms, "s", ["b", "a"])
    assert grid.to_dict("index") == {"学位供给": {"b": 0, "a": 4}, "学位": {"b": 0, "a": 2}}
    assert lookup.of_topic(terms, "", ["a"]).empty


def test_an_excerpt_keeps_the_word_as_it_stands() -> None:
    assert lookup.excerpt("推动Gdp增长", "gdp") == ("推动", "Gdp", "增长")
    before, word, after = lookup.excerpt("前" * 99 + "学位" + "后" * 99, "学位") or ("", "", "")
    assert (before[0], word, after[-1], len(before)) == ("…", "学位", "…", lookup.AROUND + 1)
    assert lookup.excerpt("没有", "学位") is None


def test_words_behind_a_mark_fit_the_axis() -> None:
    end = chart_room.end([10.0, 4.0], ["短", "很长" * 20], 600)
    assert end > 10
    assert 4 / end * 600 + 40 * 13 <= 600 + 1 or end == pytest.approx(4 / 0.15)
    assert chart_room.end([0.0], [""], 600) == 1.0


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"tm_unit": "topic", "tm_n": "10"},
        {"tm_unit": "topic", "tm_word": "消费"},
        {"tm_a": "yuexiu-14fyp", "tm_b": "tianhe-14fyp"},
        {"tm_a": "nobody", "tm_b": "nobody", "tm_n": "7", "tm_unit": "x", "tm_word": "nothing"},
        {"tm_q": "学位"},
        {"tm_q": "不存在的词<b>$x$"},
        {"tm_word": "学位"},
        {"theme": "marine"},
        {"region": "tianhe"},
        {"region": "yuexiu"},
        {"region": "moon"},
        {"region": "guangzhou"},
        {"plan": "gwr"},
    ],
    ids=str,
)
def test_the_page_runs_in_every_state(run: Run, evidence: Path, lang: str, query: dict[str, str]) -> None:
    app = run("terms", lang=lang, **query)
    assert not app.exception
    assert not app.error


def test_both_sides_stand_in_title_and_rows(run: Run, charts: Charts, tables: Path) -> None:
    spec = unwrapped(charts(run("terms"))[0])
    assert "更突出的词语：学位（3.00）；其余地区（规划纲要）没有超出随机范围的词语" in spec
    assert "天河区12次/2章 · 其余2次/1章" in spec
    assert "随机范围 |z|＜2.10" in spec
    assert "两侧均为规划纲要" in spec


def test_a_turned_pair_on_the_page(run: Run, charts: Charts, tables: Path) -> None:
    app = run("terms", tm_a="yuexiu-14fyp", tm_b="tianhe-14fyp")
    spec = unwrapped(charts(app)[0])
    assert "越秀区9次/2章 · 天河区1次/1章" in spec
    assert "&lt;b&gt;钢&lt;/b&gt;" in spec
    bare = spec.replace('"customdata": [["<b>钢</b>"]]', "")
    assert "<b>钢" not in bare


def test_a_clicked_word_opens_its_dialog_and_stands_in_the_address(run: Run, evidence: Path, charts: Charts) -> None:
    text = pd.DataFrame([{"passage_id": "t000", "text": "新增<script>学位</script>一千个"}])
    text.to_parquet(evidence / "texts.parquet")
    app = run("terms")
    app.session_state["tm_word"] = "学位"
    app.run()
    assert app.query_params["tm_word"] == "学位"
    assert any("“学位”见于" in unwrapped(chart) for chart in charts(app))
    shown = "\n".join(block.value for block in app.get("html"))
    assert "&lt;script&gt;" in shown
    assert "<mark" in shown
    assert "<script>" not in shown
    app.session_state["tm_word"] = ""
    app.run()
    assert "tm_word" not in app.query_params


def test_search_gives_counts_and_longer_words(run: Run, charts: Charts, tables: Path) -> None:
    app = run("terms", tm_q="学位")
    spec = unwrapped(charts(app)[-1])
    assert "“学位”见于4份文件中的2份；规划纲要中天河区“十四五”规划纲要最多，每万字22.22次（共2次）" in spec
    assert "22.22次/万字（2次，1章）" in spec
    assert "11.11次/万字（1次）" in spec
    pills = next(pill for pill in app.get("pills") if pill.label == "包含该词的更长词语")
    assert pills.options == [" 学位供给"]
    pills.set_value("学位供给")
    app.run()
    assert app.text_input(key="tm_q").value == "学位供给"


def test_a_word_that_is_nowhere_says_so(run: Run, tables: Path) -> None:
    app = run("terms", tm_q="不存在")
    assert "没有“不存在”" in app.info[0].value.replace("\\", "")


def test_a_document_without_counterpart_offers_the_way_back(run: Run, charts: Charts, tables: Path) -> None:
    app = run("terms", region="moon")
    assert not charts(app)
    app.button(key="tm-reset").click().run()
    assert charts(app)


def test_links_keep_language_and_filters(tables: Path) -> None:
    config, read = settings.load(), data_io.load(tables)
    names = directory.build(config, read["documents"], read["targets"])
    items = all_filters(config, names)
    defaults = {item.key: item.default for item in items}
    usual = Selection(defaults["region"], defaults["plan"])
    view = View(config, read, names, pd.DataFrame(), items, usual)
    assert links.query(view, q="学位") == {"q": "学位"}
    chosen = replace(view, selection=Selection(("tianhe",), defaults["plan"], ("education",)))
    assert links.query(chosen, q="学位") == {"region": ["tianhe"], "theme": ["education"], "q": "学位"}
    labels.use("en")
    assert links.query(view, topic="a") == {"lang": "en", "topic": "a"}
    labels.use("zh")
