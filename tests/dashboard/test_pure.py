"""Small pure parts: words for values and times, filters, shares of themes, files to take away, names."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pytest

import chart_style
import directory
import downloads
import labels
import settings
import theme_share
import wording
from selection import Selection, in_periods

PERIOD = {"year": None, "period_start": 2016, "period_end": 2020}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"value": 7000, "unit": "亿元"}, "7000亿元"),
        ({"value": 5402640, "unit": "万元"}, "5,402,640万元"),
        ({"value": 3.43, "unit": "%", "qualifier": "~"}, "约3.43%"),
        ({"value": 40, "unit": "个", "qualifier": ">="}, "≥40个"),
        ({"value": 6, "unit": "%", "measure": "growth", "indicator": "年均增长", **PERIOD}, "年均6%"),
        ({"value": 60, "unit": "%", "measure": "growth", "indicator": "比2015年增长", **PERIOD}, "60%"),
        ({"value": 20.5, "unit": "%", "measure": "change", **PERIOD}, "累计20.5%"),
        ({"value": 2, "value_high": 3, "unit": "家"}, "2—3家"),
        ({"value": 1, "unit": "", "measure": "rank"}, "第1位"),
        ({"value": 20, "unit": "名", "measure": "rank", "qualifier": "<="}, "前20位"),
        ({"value": None, "value_text": "完成市下达目标"}, "完成市下达目标"),
    ],
)
def test_value_in_words(make_fact: Any, values: dict[str, Any], words: str) -> None:
    assert wording.value(pd.Series(make_fact(**values))) == words


@pytest.mark.parametrize(
    ("year", "start", "end", "words"),
    [
        (2025, 2021, 2025, "2025年"),
        (None, 2021, 2025, "2021—2025年"),
        (None, 2022, 2022, "2022年"),
        (None, None, 2030, "2030年"),
        (None, None, None, "未注明时间"),
    ],
)
def test_time_in_words(year: int | None, start: int | None, end: int | None, words: str) -> None:
    assert wording.when(pd.Series({"year": year, "period_start": start, "period_end": end}, dtype="Int64")) == words


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("天河区约6%（2021—2025年）、越秀区", 12, ["天河区约6%", "（2021—2025年）、越秀", "区"]),
        ("共5402640万元投资", 7, ["共", "5402640万元", "投资"]),
        ("《规划》，说明", 3, ["《规", "划》，", "说明"]),
        ("", 5, [""]),
    ],
)
def test_lines_are_not_torn_in_numbers_nor_before_what_closes(text: str, limit: float, lines: list[str]) -> None:
    assert wording.wrap(text, limit) == lines


@pytest.mark.parametrize(
    ("low", "high", "least", "values"),
    [
        (-5, 45, 0, [0, 10, 20, 30, 40]),
        (-5, 45, -3, [0, 10, 20, 30, 40]),
        (23, 33, 24, [24, 26, 28, 30, 32]),
        (0, 0, 0, []),
    ],
)
def test_ticks_are_round(low: float, high: float, least: float, values: list[float]) -> None:
    assert chart_style.ticks(low, high, least) == values


@pytest.mark.parametrize("text", ["$x$", "**a**", "# a", ":red[a]", "[a](b)", "<b>", "1. a", "- a", "`a`", "a_b_c"])
def test_markdown_is_made_plain(text: str) -> None:
    escaped = wording.markdown(text)
    assert escaped.replace("\\", "") == text
    assert all(escaped[place - 1] == "\\" for place, sign in enumerate(escaped) if sign in "*_$#:[<.-`")


@pytest.mark.parametrize(
    ("periods", "kept"),
    [
        ((), [True, True, True, True]),
        (("14fyp",), [True, True, False, False]),
        (("before",), [False, False, True, False]),
        (("13fyp", "14fyp"), [True, True, False, False]),
        (("after",), [False, False, False, False]),
    ],
)
def test_periods(periods: tuple[str, ...], kept: list[bool]) -> None:
    first = pd.Series([2025, 2020, 2015, None], dtype="Int64")
    last = pd.Series([2025, 2021, 2015, None], dtype="Int64")
    assert list(in_periods(first, last, periods)) == kept


@pytest.mark.parametrize(
    ("selection", "lines"),
    [
        (Selection(("tianhe", "yuexiu"), ("14fyp",)), [1, 2, 3]),
        (Selection(("tianhe",), ("14fyp",)), [1, 3]),
        (Selection(("tianhe", "yuexiu"), ("14fyp",), themes=("education",)), [3]),
        (Selection(("tianhe", "yuexiu"), ("14fyp",), kinds=("baseline",)), [2]),
        (Selection(("tianhe", "yuexiu"), ("14fyp",), periods=("13fyp",)), [2]),
        (Selection((), ("14fyp",)), []),
    ],
)
def test_selection(prepared: Any, make_fact: Any, selection: Selection, lines: list[int]) -> None:
    facts, _ = prepared(
        [
            make_fact(line=1, year=2025),
            make_fact("yuexiu-14fyp", line=2, year=2020, kind="baseline"),
            make_fact(line=3, year=2025, indicator="学校", theme="education"),
            make_fact("tianhe-2022gwr", line=4, year=2022),
        ]
    )
    assert list(selection.facts(facts)["line"]) == lines


@pytest.fixture
def passages() -> pd.DataFrame:
    rows = [
        ("a", "text", 300, "economy"),
        ("a", "text", 100, "education"),
        ("a", "text", 100, ""),
        ("a", "heading", 9000, "marine"),
        ("b", "text", 1000, "economy"),
    ]
    return pd.DataFrame(rows, columns=["doc_id", "kind", "chars", "theme"])


@pytest.fixture
def coverage() -> pd.DataFrame:
    rows = [("a", "economy", "消费", 3), ("a", "economy", "投资", 1), ("b", "economy", "消费", 5)]
    return pd.DataFrame(rows, columns=["doc_id", "theme", "topic", "mentions"])


def test_share_of_text_by_theme(passages: pd.DataFrame, coverage: pd.DataFrame) -> None:
    table = theme_share.by_theme(theme_share.counted(passages, coverage), ["a", "b"]).set_index(["doc_id", "theme"])
    assert table["share"].to_dict() == {
        ("a", "economy"): 60,
        ("a", "education"): 20,
        ("b", "economy"): 100,
        ("b", "education"): 0,
    }
    assert table.loc[("a", "economy"), "density"] == pytest.approx(4 / 9500 * 10_000), "headings hold mentions too"
    assert table.loc[("b", "economy"), "count"] == 5


def test_topics_of_a_theme(passages: pd.DataFrame, coverage: pd.DataFrame) -> None:
    table = theme_share.by_topic(passages, coverage, ["a", "b"], "economy").set_index(["doc_id", "topic"])
    assert table["share"].to_dict() == {("a", "投资"): 25, ("a", "消费"): 75, ("b", "投资"): 0, ("b", "消费"): 100}


def test_widest_gap(passages: pd.DataFrame, coverage: pd.DataFrame) -> None:
    table = theme_share.by_theme(theme_share.counted(passages, coverage), ["a", "b"])
    top = theme_share.widest_gap(table, "theme", "share").iloc[0]
    assert (top["theme"], top["high"], top["low"], top["gap"]) == ("economy", "b", "a", 40)


def test_csv_opens_in_a_spreadsheet_as_it_is() -> None:
    frame = pd.DataFrame({"=甲": ["=1+1", "+5.7%", "@x", "-cmd", "-3.5", "普通"], "乙": [-1, 2, 3, 4, 5, 6]})
    data = downloads.csv(frame)
    assert data.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(data))
    assert list(back.columns) == ["'=甲", "乙"]
    assert list(back["'=甲"]) == ["'=1+1", "+5.7%", "'@x", "'-cmd", "-3.5", "普通"]
    assert list(back["乙"]) == [-1, 2, 3, 4, 5, 6]


def test_file_name_is_one_that_every_system_takes() -> None:
    assert downloads.file_name("2025年 目标：7000/亿元?", "ab12") == "2025年目标：7000亿元_ab12.csv"


def test_names_of_documents(prepared: Any, make_fact: Any) -> None:
    _, names = prepared([make_fact()])
    assert [document.name for document in names.documents.values()] == [
        "天河区“十四五”规划纲要",
        "天河区2022年政府工作报告",
        "越秀区“十四五”规划纲要",
        "moon-plan全文",
    ]


@pytest.mark.parametrize(
    ("plan", "doc_type", "year", "label"),
    [
        ("13fyp", "规划纲要", 2016, "“十三五”规划纲要"),
        ("10fyp", "规划纲要", 2001, "“十五”计划纲要"),
        ("13fyp", "规划建议", 2016, "“十三五”规划建议"),
        ("14fyp", "专项规划", 2021, "红枫县“十四五”能源规划"),
        ("gwr", "政府工作报告", 2017, "2017年政府工作报告"),
        ("other", "政策文件", None, "红枫县“十四五”能源规划"),
    ],
)
def test_a_plan_that_only_the_tables_know_has_its_usual_name(
    plan: str, doc_type: str, year: int | None, label: str
) -> None:
    known = settings.load()
    named = directory.plan_names(known.model_copy(update={"plans": ()}), [plan])
    row = {
        "plan_id": plan,
        "doc_type": doc_type,
        "period_start": year,
        "title": "红枫县“十四五”能源规划",
        "doc_id": "x",
    }
    assert directory._label(row, named) == label


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_stand_out_from_white_and_differ() -> None:
    colours = [region.colour for region in settings.load().regions] + list(directory.SPARE_COLOURS)
    assert len(set(colours)) == len(colours)
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in colours)


def test_themes_are_those_of_the_codebook() -> None:
    assert (
        list(labels.node("themes"))
        == (
            "economy industry innovation digital consumption opening reform urban transport rural ecology culture "
            "education health welfare governance safety marine party"
        ).split()
    )


def test_a_figure_is_plain_until_somebody_works_on_it() -> None:
    body = chart_style.figure(200, 4, 4, top=6, bottom=6, traces=[{"type": "bar", "x": [1, 2], "y": ["甲", "乙"]}])
    dressed = chart_style.dress(body, chart_style.Words("题", "副题", ("来源",)))
    assert dressed.to_dict()["data"] is body.to_dict()["data"]
    plain = json.loads(str(dressed.to_json()))
    assert list(dressed.data[0].x) == [1, 2], "objects of the library where they are asked for"
    assert json.loads(str(dressed.to_json())) == plain
    dressed.update_layout(height=300)
    assert dressed.to_dict()["layout"]["height"] == 300
    assert body.to_dict()["layout"]["height"] == 200
