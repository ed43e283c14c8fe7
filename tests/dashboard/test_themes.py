"""Charts and cards of themes: facets by type of document, honest titles, no more topics than can be read."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import chart_outline
import chart_themes
import data_io
import directory
import facts
import labels
import outline_cards
import theme_cards
import theme_outline
from filters import all_filters
from selection import Selection
from settings import load
from view import View

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]


@pytest.fixture
def view(tables: Any) -> View:
    config, read = load(), data_io.load(tables)
    names = directory.build(config, read["documents"], read["targets"], {("topics", "zh"): {"a": "议题甲"}})
    chosen = Selection(tuple(names.regions), tuple(names.plans))
    prepared = facts.prepare(facts.worded(read["targets"], read["sections"], read["documents"]), names)
    return View(config, read, names, prepared, all_filters(config, names), chosen)


def topics(view: View, count: int) -> pd.DataFrame:
    """A table of as many topics as asked for in every document, and mentions of none."""
    rows = [
        {"doc_id": document.id, "topic": topic, "count": n, "density": n / 10, "share": float(n)}
        for document in view.documents
        for n, topic in enumerate(["a", *(f"t{n}" for n in range(count - 1)), ""], start=1)
    ]
    return pd.DataFrame(rows)


def test_types_of_document_stand_in_facets_of_their_own(view: View) -> None:
    table = topics(view, 3)
    figure = chart_themes.heatmap(table, "topic", {"a": "甲"}, "count", "次", view.documents, view.directory)
    heads = [note.text for note in figure.layout.annotations]
    assert heads == ["<b>规划纲要</b>", "<b>政府工作报告</b>", "<b>愿景</b>"]
    cells = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [len(trace.x) for trace in cells] == [2, 1, 1]
    assert len({trace.xaxis for trace in cells}) == 3
    assert len({trace.zmax for trace in cells}) == 1
    ends = [axis.domain for axis in (figure.layout.xaxis, figure.layout.xaxis2, figure.layout.xaxis3)]
    assert all(left[1] < right[0] for left, right in pairwise(ends))


def test_chart_of_topics_shows_the_strongest_and_the_table_all(view: View) -> None:
    card = theme_cards.topic_card(topics(view, 20), "count", "economy", view)
    shown = list(card.body.layout.yaxis.ticktext)
    assert len(shown) == 16
    assert shown[-1] == "未归入具体议题"
    assert "未归入具体议题" not in card.title
    assert card.table["议题"].nunique() == 21
    assert any("15个议题" in note for note in card.notes)


def test_topic_shows_by_its_name(view: View) -> None:
    card = theme_cards.topic_card(topics(view, 1), "count", "economy", view)
    assert "议题甲（1次）" in card.title


def test_few_mentions_are_named_by_their_number(view: View) -> None:
    table = topics(view, 1).assign(
        count=[30, 50, 4, 50, 6, 10, 6, 10], share=[37.5, 62.5, 7.4, 92.6, 37.5, 62.5, 37.5, 62.5]
    )
    title = theme_cards.topic_card(table, "share", "economy", view).title
    assert "天河区议题甲（37.5%）、越秀区议题甲（6次）" in title


def test_what_belongs_to_no_topic_has_no_colour_but_numbers(view: View) -> None:
    table = topics(view, 2).assign(count=[3, 5, 900] * 4)
    names = {"a": "甲", "t0": "乙", "": "未归入"}
    figure = chart_themes.heatmap(table, "topic", names, "count", "次", view.documents, view.directory)
    cells, handles = figure.data[0], figure.data[3]
    assert cells.zmax == 5
    assert [math.isnan(row[0]) for row in cells.z] == [False, False, True]
    assert list(handles.text) == ["", "", "", "", "900", "900"]
    assert [list(point) for point in handles.customdata[:3:2]] == [["a"], ["t0"]]
    assert handles.marker.opacity == 0


def test_gap_card_names_the_extremes(view: View) -> None:
    members = [document for document in view.documents if document.doc_type == "规划纲要"]
    rows = [
        ("tianhe-14fyp", "economy", 60.0),
        ("yuexiu-14fyp", "economy", 50.0),
        ("tianhe-14fyp", "education", 5.0),
        ("yuexiu-14fyp", "education", 40.0),
        ("tianhe-2022gwr", "education", 99.0),
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "theme", "share"]).assign(density=0.0, count=0)
    card = theme_cards.gap_card(table, "share", "规划纲要", members, view)
    assert card.title == "规划纲要中差异最大的主题是教育：越秀区40.0%，天河区5.0%"
    assert "相差35.0个百分点" in {note.text for note in card.body.layout.annotations}
    assert "政府工作报告" not in set(card.table["文件类型"])


SECTIONS = pd.DataFrame(
    [
        ("r", "d", "", 0, "", "某区规划", 1),
        ("c1", "d", "r", 2, "第一章", "总体", 5),
        ("c1a", "d", "c1", 3, "第一节", "形势", 6),
        ("c1b", "d", "c1a", 4, "一、", "深处", 7),
        ("c2", "d", "r", 2, "第二章", "生态", 9),
    ],
    columns=["section_id", "doc_id", "parent_id", "level", "number", "heading", "line"],
)


def test_mentions_are_summed_by_chapter() -> None:
    rows = [("r", "", 1), ("c1", "air", 2), ("c1b", "air", 4), ("c2", "", 1), ("c2", "water", 12)]
    coverage = pd.DataFrame(rows, columns=["section_id", "topic", "mentions"]).assign(doc_id="d", theme="ecology")
    whole = theme_outline.by_chapter(coverage, SECTIONS, ["d"], "ecology")
    assert list(zip(whole["chapter"], whole["count"], whole["share"], strict=True)) == [
        ("c2", 13, 65.0),
        ("c1", 6, 30.0),
        ("", 1, 5.0),
    ]
    assert list(theme_outline.by_chapter(coverage, SECTIONS, ["d"], "ecology", "air")["chapter"]) == ["c1"]
    assert theme_outline.by_chapter(coverage, SECTIONS, ["d"], "marine").empty


def test_sections_in_a_circle_end() -> None:
    circle = SECTIONS.assign(parent_id=["c2", "r", "c1", "c1a", "r"])
    assert set(theme_outline.ancestors(circle)) == set(SECTIONS["section_id"])


def test_outline_counts_each_part_with_all_below_it() -> None:
    rows = [("r", "text", "", 50), ("c1", "text", "economy", 10), ("c1b", "text", "ecology", 30)]
    rows += [("c1b", "heading", "ecology", 999), ("c2", "table", "ecology", 60)]
    passages = pd.DataFrame(rows, columns=["section_id", "kind", "theme", "chars"]).assign(doc_id="d")
    table = theme_outline.outline(passages, SECTIONS, "d", "ecology").set_index("id")
    assert list(table.index) == ["c1", "c1a", "c2"]
    assert list(table["chars"]) == [40, 30, 60]
    assert list(table["own"]) == [30, 30, 60]
    assert table.loc["c1", ["parent", "share", "dominant"]].tolist() == ["", 75.0, "ecology"]
    assert table.loc["c1a", "parent"] == "c1"
    figure = chart_outline.treemap(table.reset_index(), "规划", 150)
    tree = figure.data[0]
    assert list(tree["values"]) == [150, 40, 30, 60]
    assert tree.marker.colors[3] == chart_outline.SCALE[-1][1]
    assert theme_outline.outline(passages, SECTIONS, "other", "ecology").empty


def test_bars_show_the_first_chapters_and_the_rest_together(view: View) -> None:
    counts = [40, 20, 10, 9, 8, 7, 6]
    table = pd.DataFrame({"doc_id": "tianhe-14fyp", "chapter": [f"c{n}" for n in range(7)], "count": counts})
    table["share"] = table["count"] * 1.0
    names = {f"c{n}": f"第{n}章 <b>" for n in range(7)}
    rows = chart_outline.lines(table, view.documents[:2], names)
    assert [row["count"] for row in rows] == [100, 40, 20, 10, 9, 8, 13, 0]
    assert rows[6]["name"] == "其余2章"
    figure = chart_outline.bars(rows, view.directory, "%")
    assert figure.data[0].text[0] == "40.0%（40次）"
    assert {note.text for note in figure.layout.annotations} == {"共100次", "未提及"}
    assert "第0章 &lt;b&gt;" in figure.layout.yaxis.ticktext[1]


def test_title_of_chapters_gives_numbers_where_mentions_are_few(view: View) -> None:
    table = pd.DataFrame({"doc_id": ["tianhe-14fyp", "tianhe-2022gwr"], "chapter": ["s1", ""], "count": [4, 9]})
    card = outline_cards.chapter_card(table.assign(share=100.0), "economy", "", view)
    assert "天河区“十四五”规划纲要第一章（4次）" in card.title
    assert "2022年" not in card.title
    assert "时期" not in card.subtitle


def test_click_on_a_theme_leads_to_its_topics(run: Run, charts: Charts, tables: Any) -> None:
    app = run("themes")
    assert '"customdata": [["economy"]' in charts(app)[0]
    app = run("themes", th_part="topics", topic_theme="economy")
    specs = charts(app)
    assert "“综合经济”主题中最突出的议题" in specs[0]
    assert "“综合经济”提及最集中的章节：天河区" in specs[1]


def test_click_on_a_topic_leads_to_its_passages_under_the_same_filters(run: Run, tables: Any) -> None:
    app = run("themes", th_part="topics", topic_theme="economy", region=["tianhe", "moon"], lang="en")
    app.session_state["_next"] = ("reading", {"topic": "消费"})
    app.run()
    assert not app.exception
    assert app.selectbox(key="topic").value == "消费"
    assert app.session_state["region"] == ["tianhe", "moon"]
    assert app.session_state["lang"] == "en"


def test_outline_of_a_document(run: Run, charts: Charts, tables: Any) -> None:
    spec = charts(run("themes", th_part="outline", topic_theme="education", th_doc="tianhe-14fyp"))[0]
    assert '"treemap"' in spec
    assert "“教育”为首要主题的段落占全文20.0%" in spec
    app = run("themes", th_part="outline", th_doc="moon-plan")
    assert "未分章节" in "".join(caption.value for caption in app.caption)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("part", ["themes", "topics", "outline"])
@pytest.mark.parametrize(
    "query",
    [{}, {"region": "tianhe"}, {"region": "moon"}, {"region": "huadu"}, {"theme": "marine"}, {"measure": "density"}],
    ids=str,
)
def test_every_part_in_both_languages(run: Run, tables: Any, lang: str, part: str, query: dict[str, str]) -> None:
    app = run("themes", lang=lang, th_part=part, **query)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("chars", range(20, 1000, 60))
@pytest.mark.parametrize("height", [40, 60, 90, 140])
def test_a_tile_says_a_name_whole_or_not_at_all(chars: int, height: float) -> None:
    name = "第一节 建设现代化水网和海绵城市"
    said = chart_outline._Tile(name, chars, 12.4, "economy", height, 1000).words.replace("<br>", "")
    assert "…" not in said
    assert "建设" not in said or name.replace(" ", "") in said.replace(" ", "")
    assert "12" in said or not said
