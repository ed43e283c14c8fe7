"""Lines → paragraphs without markup: tags, entities, tables, and the way back to the line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.markup import Unmarked, unmark
from extract.model import Source

PAGE = """<html><head><title>白马县&nbsp;报告</title><style>p{margin:9px}</style></head><body>
<p>到<b>20</b><i>25</i>年，增长
    7%以上</p>
<script>var a = "<p>12</p>";</script>
<table><tr><th rowspan="2">类别</th><th>指标</th><th>2025年</th></tr>
<tr><td>生产总值</td><td><p>480</p><p>亿元</p></td></tr>
<tr><td colspan="3">专栏一</td></tr></table>
<![if !IE]>水域 3 km<sup>2</sup><!-- 注 8 -->&#51;&#x5e74;<br/>完</body></html>"""


def read(text: str, form: str) -> Unmarked:
    return unmark(Source("x", "", tuple(text.split("\n")), form))


def texts(text: str, form: str) -> list[str]:
    return [paragraph.text for paragraph in read(text, form).paragraphs]


def test_a_page_gives_its_text_and_the_rows_of_its_tables() -> None:
    assert texts(PAGE, "html") == [
        "到2025年，增长7%以上",
        "类别\t指标\t2025年",
        "\t生产总值\t480亿元",
        "专栏一",
        "水域 3 km²3年",
        "完",
    ]


def test_the_title_is_kept_apart() -> None:
    assert read(PAGE, "html").title == "白马县\xa0报告"
    assert read('---\nlayout: post\ntitle: "读报告"\n---\n<p>文</p>', "md").title == "读报告"


def test_a_table_for_the_layout_of_a_page_gives_paragraphs() -> None:
    page = "<table><tr><td>菜单</td><td><table><tr><td>a</td><td>b</td></tr></table><p>正文</p></td></tr></table>"
    assert texts(page, "html") == ["菜单", "a\tb", "正文"]
    long = f"<table><tr><td>菜单</td><td>{'正文很长。' * 200}</td></tr></table>"
    assert len(texts(long, "html")) == 2


def test_tags_left_open_do_not_lose_text() -> None:
    assert texts("<table><tr><td>甲<td>1<tr><td>乙<td>2<p>后", "html") == ["甲\t1", "乙\t2后"]
    assert texts("<select><option>甲<p>正文", "html") == ["正文"]
    assert texts("a < b <", "html") == ["a < b <"]


def test_markdown_marks_go_and_the_text_stays() -> None:
    text = "# 标题 **一**\n- 第一条\n> 引文\n<https://x.cn/5> 5<6\n- 12 -\n**二**、<strong>三</strong>&amp;"
    assert texts(text, "md") == ["标题 一", "第一条", "引文", "<https://x.cn/5> 5<6", "- 12 -", "二、三&"]


def test_a_markdown_table_gives_cells() -> None:
    read_table = read("表\n| 指标 | **单位** | 2025 |\n|:-|-|--:|\n| 面积 | | a\\|b |\n文", "md")
    assert [[cell.text for cell in p.cells] for p in read_table.paragraphs] == [
        [],
        ["指标", "单位", "2025"],
        ["面积", "", "a\\|b"],
        [],
    ]


def test_cells_between_tabs_are_a_table_where_two_lines_have_them() -> None:
    rows = read("\t缩进\n指标\t单位\t2025\n\n面积\t\t3\n单独 \t 一行，说明", "txt").paragraphs
    assert [len(row.cells) for row in rows] == [0, 3, 3, 2]
    assert [len(row.cells) for row in read("指标\t单位\n正文", "txt").paragraphs] == [0, 0]


def test_csv_cells_may_hold_marks_quotes_and_line_breaks() -> None:
    rows = read('指标,"值,""甲"""\n面积,"一\n二"\n只此一格\n\n', "csv").paragraphs
    assert [[cell.text for cell in row.cells] or row.text for row in rows] == [
        ["指标", '值,"甲"'],
        ["面积", "一二"],
        "只此一格",
    ]
    assert rows[1].cells[1].place(1) == (3, 0)


def test_a_column_of_sentences_is_text_and_what_stands_beside_it_a_row() -> None:
    told = "一年来，白马镇新建蓄水池12座，新修田间道路30公里，粮食产量比上年增长4%，村民收入稳步增加。"
    rows = read(f"序号,内容\n1,总体情况\n2,{told}\n3,{told}\n", "csv").paragraphs
    assert [[cell.text for cell in row.cells] or row.text for row in rows] == [
        ["序号", ""],
        "内容",
        ["1", ""],
        "总体情况",
        ["2", ""],
        told,
        ["3", ""],
        told,
    ]


def test_a_table_with_long_notes_stays_a_table() -> None:
    note = "，".join(["在白马镇东侧新建一处提灌站"] * 4) + "。"
    rows = read(
        f"序号,名称,单位,规模,投资,说明\n1,提灌站,座,3,200,{note}\n2,机耕路,公里,5,80,{note}\n", "csv"
    ).paragraphs
    assert all(row.cells for row in rows)


def test_marks_of_headings_go_in_plain_text_too() -> None:
    paragraphs = read("## 第一章 发展基础\n#12号地块\n### ", "txt").paragraphs
    assert [(one.text, one.anchors[0].column) for one in paragraphs] == [
        ("第一章 发展基础", 3),
        ("#12号地块", 0),
    ]


def test_plain_text_stays_as_it_is() -> None:
    assert texts("　　<b>粗</b>&nbsp;\n\n**二**", "txt") == ["<b>粗</b>&nbsp;", "**二**"]


MARKS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<td>",
        "<tr>",
        "</tr>",
        "<table>",
        "</table>",
        "<br>",
        "&nbsp;",
        "&#50;",
        "\n",
        "|",
        "|---|",
        "\t",
        "**",
        "# ",
        '"',
        ",",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "---",
        "<",
        "&",
        " ",
    ]
)
WORDS = st.text("年增长甲乙丙0123456789%。", min_size=1, max_size=6)


@given(st.lists(MARKS | WORDS, max_size=40).map("".join), st.sampled_from(["txt", "md", "html", "csv"]))
def test_every_character_knows_its_place_and_nothing_is_lost(text: str, form: str) -> None:
    lines = tuple(text.split("\n"))
    found = unmark(Source("x", "", lines, form))
    covered = set()
    for paragraph in found.paragraphs:
        for piece in paragraph.cells or (paragraph,):
            for offset, character in enumerate(piece.text):
                place = piece.place(offset)
                covered.add(place)
                original = lines[place.line - 1][place.column : place.column + 1]
                assert original in (character, "&") or character in " ⁰¹²³⁴⁵⁶⁷⁸⁹"
    for removed in found.removed:
        assert re.search(r"\w", lines[removed.line - 1][removed.start : removed.end])
        covered |= {(removed.line, column) for column in range(removed.start, removed.end or 0)}
    letters = {(i, m.start()) for i, line in enumerate(lines, start=1) for m in re.finditer(r"\w", line)}
    assert letters <= covered


@given(st.lists(WORDS, min_size=1, max_size=9), st.sampled_from(["txt", "md", "html"]))
def test_text_without_marks_comes_out_whole(words: list[str], form: str) -> None:
    assert "".join(texts("\n".join(words), form)) == "".join(words) or form == "html"


@pytest.mark.parametrize("name", ["guangzhou-15fyp", "huadu-14fyp", "tianhe-14fyp", "yuexiu-14fyp", "tianhe-2022gwr"])
def test_the_characters_of_the_real_documents_stand_where_they_say(name: str, plan_sources: object) -> None:
    from pathlib import Path

    from extract.sources import read as read_file

    source = read_file(next(Path(str(plan_sources)).glob(f"{name}.*")))
    for paragraph in unmark(source).paragraphs:
        for offset, character in enumerate(paragraph.text):
            place = paragraph.place(offset)
            assert source.lines[place.line - 1][place.column] == character
