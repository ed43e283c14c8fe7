"""Passages side by side: what is found, how its words are marked, and the page in every state."""

from __future__ import annotations

import html
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import sync_playwright
from streamlit.testing.v1 import AppTest

import data_io
import labels
import reading_find
import reading_text
from reading_find import Wanted
from tests.serving import CHROMIUM, FLAGS, serving

Run = Callable[..., AppTest]

NASTY = "力争达到7000亿元 <script>alert(1)</script> **粗** $a^2$ :red[x] <img src=x onerror=alert(2)>，增加学位。"
TEXTS = {
    "t000": NASTY,
    "t001": "扩建学校，增加“学位”。",
    "t002": "\t指标\t7000\t亿元",
    "t003": "第一节 主要目标",
    "t004": "全年工作。",
    "t005": "越秀经济AI发展。",
    "t006": "越秀教育，增加学位。",
    "t007": "月球。",
}


@pytest.fixture
def texts(tables: Path) -> Path:
    """The tables with the words of all passages, and one fact that stands in the first."""
    frame = pd.DataFrame({"passage_id": list(TEXTS), "text": list(TEXTS.values())})
    frame.to_parquet(tables / "texts.parquet")
    targets = pd.read_csv(tables / "targets.csv", dtype=str, keep_default_na=False)
    targets.loc[targets["target_id"].isin(["t002", "t004"]), "passage_id"] = ["t000", "t005"]
    targets.to_csv(tables / "targets.csv", index=False)
    row = {"target_id": "t002", "passage_id": "t000", "quote": NASTY[:10], "start": 0, "end": 10}
    pd.DataFrame([row | {"value_start": 4, "value_end": 10}]).to_parquet(tables / "evidence.parquet")
    return tables


def found(folder: Path, **wanted: object) -> list[str]:
    tables = data_io.load(folder)
    documents = [str(doc_id) for doc_id in tables["documents"]["doc_id"]]
    stated = pd.DataFrame({"key": ["gdp"], "passage_id": ["t000"]})
    result = reading_find.find(Wanted(**wanted), documents, stated, tables)  # type: ignore[arg-type]
    return list(reading_find.ordered(result, best_first=True).passages["passage_id"])


def words(app: AppTest) -> str:
    """All words of the page, those of the passages as HTML."""
    said = [
        str(element.value) for kind in ("markdown", "caption", "info", "html", "title") for element in app.get(kind)
    ]
    return "\n".join([*said, panel(app)])


def panel(app: AppTest) -> str:
    """The passages as HTML; "" where there are none."""
    return "".join(str(json.loads(one.proto.json)["html"]) for one in app.get("bidi_component"))


def plain(app: AppTest) -> str:
    return words(app).replace("\\", "")


def test_headings_are_no_passages(texts: Path) -> None:
    assert "t003" not in found(texts)
    assert len(found(texts)) == len(TEXTS) - 1


def test_what_is_wanted_narrows(texts: Path) -> None:
    assert found(texts, themes=("education",)) == ["t001", "t006"]
    assert found(texts, words=("学位",)) == ["t000", "t001", "t006"]
    assert found(texts, words=("学位", "越秀")) == ["t006"]
    assert found(texts, words=("ai",)) == ["t005"]
    assert found(texts, words=("%",)) == []
    assert found(texts, indicator="gdp") == ["t000"]
    assert found(texts, indicator="gdp", themes=("education",)) == []


def test_a_topic_stands_where_its_words_stand(texts: Path) -> None:
    """In each document its own words of the topic are looked for."""
    assert found(texts, topic="学位") == ["t000", "t001", "t006"]


def test_without_words_a_topic_is_found_by_section_and_theme(tables: Path) -> None:
    assert found(tables, topic="学位") == ["t001", "t006"]
    assert found(tables, words=("学位",)) == found(tables)


def test_nearest_first() -> None:
    frame = pd.DataFrame(
        {"doc_id": ["b", "a", "a", "a"], "rank": [0, 1, 0, 0], "hits": [1, 9, 1, 3], "n": [0, 1, 2, 3]}
    )
    result = reading_find.Found(("a", "b"), frame, {})
    assert list(reading_find.ordered(result, best_first=True).passages["n"]) == [3, 2, 1, 0]
    assert list(reading_find.ordered(result, best_first=False).passages["n"]) == [1, 2, 3, 0]


def test_neighbours_leave_out_headings(tables: Path) -> None:
    passages = data_io.load(tables)["passages"]
    assert reading_find.neighbours(passages, "tianhe-14fyp", "t000") == ("", "t001")
    assert reading_find.neighbours(passages, "tianhe-14fyp", "t002") == ("t001", "")


def test_nothing_but_marks_is_markup() -> None:
    marked = reading_text.marked(NASTY, [(4, 10)], [], reading_find.pattern(("学位", "<script>")))
    assert re.sub(r"</?(?:mark|span)[^>]*>", "", marked).count("<") == 0
    assert ">7000亿元</mark>" in marked
    assert ">学位</span>" in marked
    assert "&lt;script&gt;</span>alert(1)&lt;/script&gt;" in marked


def test_marks_that_overlap_hold_together() -> None:
    marked = reading_text.marked("约7000亿元", [(1, 7)], [(1, 7)], reading_find.pattern(("00亿",)))
    assert re.sub(r"<[^>]+>", "", marked) == "约7000亿元"
    assert re.findall('class="(.*?)"', marked) == ["number focus", "number focus found", "number focus"]


def test_cells_of_a_table_are_parted() -> None:
    assert re.sub(r"<[^>]+>", "", reading_text.marked(TEXTS["t002"])) == "指标 │ 7000 │ 亿元"


def test_quotation_names_its_place() -> None:
    path = labels.word("words.path").join(["第一章 总体要求", "第一节 主要目标"])
    said = reading_text.quotation("增加“学位”。", "某区规划", path, 47)
    assert said == "“增加‘学位’。”（《某区规划》第一章第一节，第47行）"
    assert "四、 创新" in reading_text.quotation("甲", "乙", "四、 创新", 1)


def test_document_words_show_as_plain_words(run: Run, texts: Path) -> None:
    app = run("reading", q="学位 <script>")
    assert not app.exception
    shown = words(app).replace("\\<", "")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown
    assert "**粗** $a^2$ :red[x]" in panel(app)
    quotations = [html.unescape(one) for one in re.findall("<blockquote hidden>(.*?)</blockquote>", panel(app))]
    assert next(one for one in quotations if one.startswith("“力争")).endswith("，第0行）")


def test_counts_stand_in_the_title(run: Run, texts: Path) -> None:
    app = run("reading", q="学位", region=["tianhe", "yuexiu"], plan="14fyp")
    assert "“学位”相关段落：天河区2段、越秀区1段" in plain(app)
    assert "相关2段，占全文3段的66.7%" in plain(app)
    assert "文字：学位｜地区：天河区、越秀区" in plain(app)
    assert "资料来源：《tianhe-14fyp全文》" in plain(app)


def test_facts_stand_below_their_passage(run: Run, texts: Path) -> None:
    app = run("reading", rd_indicator="gdp", region="tianhe", plan="14fyp")
    assert 'aria-label="指标表述1条"><button type="button" data-fact="t002">' in panel(app)


def test_of_many_facts_a_list_opens() -> None:
    told = {f"t{n}": f"{n}<b>" for n in range(4)}
    assert "<details" not in reading_text.facts_html(told, 4)
    assert reading_text.facts_html(told, 3).startswith("<details><summary>指标表述4条</summary>")
    assert "<b>" not in reading_text.facts_html(told, 3)
    assert reading_text.facts_html({}, 3) == ""


def test_neighbours_stand_in_the_address(run: Run, texts: Path) -> None:
    assert "alert" not in words(run("reading", q="学校"))
    assert "alert" in words(run("reading", q="学校", rd_near="t001"))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")
def test_clicks_in_the_browser(texts: Path) -> None:
    """A fact opens its place, neighbours open and close and stand in the address, a quotation is copied."""
    with serving(environment=os.environ | {"PLAN_TABLES": str(texts)}) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}reading?q=学校")
        near = page.get_by_role("button", name="前后文", exact=True)
        near.click()
        page.wait_for_url("**rd_near=t001**")
        page.get_by_role("button", name="收起前后文").click()
        near.wait_for()
        page.get_by_role("button", name="复制引文").click()
        page.get_by_role("button", name="已复制").wait_for()
        said = "“扩建学校，增加‘学位’。”（《tianhe-14fyp全文》第一章第一节，第1行）"
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("blockquote").inner_text() == said
        page.goto(f"{address}reading?rd_indicator=gdp&region=tianhe&plan=14fyp")
        for _ in range(2):
            page.locator("[data-fact=t002]").click()
            page.locator("[role=dialog]").get_by_text("7000亿元").first.wait_for()
            page.keyboard.press("Escape")
            page.wait_for_selector("[role=dialog]", state="detached")
        browser.close()


def test_pages_of_long_columns(run: Run, texts: Path) -> None:
    passages = pd.read_csv(texts / "passages.csv", dtype=str, keep_default_na=False)
    more = pd.concat([passages.head(1).assign(passage_id=f"x{n:02}", line=str(100 + n)) for n in range(20)])
    pd.concat([passages, more]).to_csv(texts / "passages.csv", index=False)
    app = run("reading", region="tianhe", plan="14fyp")
    assert "第1页，共3页" in words(app)
    assert "第119行" not in words(app)
    assert "第119行" in words(run("reading", region="tianhe", plan="14fyp", rd_page="3"))
    assert "第3页，共3页" in words(run("reading", region="tianhe", plan="14fyp", rd_page="99"))
    assert "第1页，共3页" in words(run("reading", region="tianhe", plan="14fyp", rd_page="x"))


def test_list_leads_back_to_the_text(run: Run, texts: Path) -> None:
    app = run("reading", q="学位", rd_view="list")
    table = app.dataframe[0].value
    assert next(iter(table["原文"])) == NASTY
    assert list(table["行号"]) == [0, 1, 6]


def test_nothing_found_offers_the_way_back(run: Run, texts: Path) -> None:
    app = run("reading", q="<b>没有</b>", topic="学位")
    assert "没有符合“议题：学位｜文字：<b>没有</b>”的段落" in plain(app)
    app.button(key="rd_clear").click().run()
    assert "全部段落：" in plain(app)
    assert "q" not in app.query_params


def test_other_documents_are_one_click_away(run: Run, texts: Path) -> None:
    documents = pd.read_csv(texts / "documents.csv", dtype=str, keep_default_na=False)
    more = documents.head(1).assign(doc_id="huadu-14fyp", region_id="huadu", title="花都")
    pd.concat([documents, more]).to_csv(texts / "documents.csv", index=False)
    app = run("reading", q="月球")
    assert "未并排的文件：moon" in plain(app)
    app.button(key="rd_swap").click().run()
    assert app.query_params["rd_docs"] == "moon-plan"
    assert "月球" in words(app)
    app = run("reading", rd_docs="")
    assert "未选择并排的文件" in words(app)
    app.button(key="rd_restore").click().run()
    assert "全部段落：" in plain(app)


def test_without_words_places_stand_alone(run: Run, tables: Path) -> None:
    app = run("reading", topic="学位")
    assert not app.exception
    assert "make run" in words(app)
    assert "第1行 · 教育 · 100字" in words(app)
    assert "<blockquote" not in panel(app)
    assert list(run("reading", rd_view="list").dataframe[0].value)[:3] == ["文件", "行号", "章节"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"region": "tianhe"},
        {"region": "yuexiu"},
        {"region": "moon"},
        {"region": "huadu"},
        {"theme": ["education", "marine"], "years": "14fyp", "kind": "target", "attribute": "约束性"},
        {"rd_indicator": "gdp", "years": "15fyp"},
        {"q": "(", "rd_order": "line"},
        {"topic": "x", "rd_theme": "y", "rd_indicator": "z", "rd_page": "-1", "rd_near": "w"},
    ],
    ids=str,
)
def test_every_state_in_both_languages(run: Run, texts: Path, lang: str, query: dict[str, str]) -> None:
    app = run("reading", lang=lang, **query)
    assert not app.exception
    assert not app.error


def test_empty_selection_offers_the_way_back(run: Run, texts: Path) -> None:
    app = run("reading", region="")
    assert "未选择地区" in words(app)
    app.button(key="reset-empty").click().run()
    assert "全部段落：" in plain(app)


def test_again_is_fast(run: Run, texts: Path) -> None:
    app = run("reading")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        app.run()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.6
