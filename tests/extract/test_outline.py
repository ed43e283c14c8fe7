"""Paragraphs → the tree of headings, and what stands under each."""

from __future__ import annotations

from collections.abc import Sequence

from extract import cleaning, outline
from extract.lexicons import lexicons
from extract.outline import Outline
from tests.extract import spec

PLAN = [
    "第一篇 开启新征程",
    "第一章 发展环境",
    "第一节 发展基础",
    "综合实力显著增强，经济总量实现翻番。",
    "第二节 面临形势",
    "机遇与挑战并存。",
    "第二章 总体要求",
    "一、指导思想",
    "坚持稳中求进。",
    "二、主要目标",
    "（一）经济目标",
    "1.总量目标",
    "（1）产业目标。到2025年，煤炭先进产能占比达到95%，建成智能化煤矿12座。",
    "第二篇 建设现代化产业体系",
    "第三章 做强工业",
    "聚焦延链补链。",
]


def build(lines: Sequence[str]) -> Outline:
    known = lexicons()
    cleaned = cleaning.clean(spec.paragraphs(lines), known.furniture, known.headings)
    return outline.build(known.flattened.regroup(cleaned), "case", "规划纲要", known.headings)


def paths(found: Outline) -> dict[str, tuple[str, ...]]:
    return {passage.text: passage.path for passage in found.passages}


def test_headings_make_a_tree() -> None:
    found = build(PLAN)
    by_id = {section.section_id: section for section in found.sections}
    parents = {s.heading: by_id[s.parent_id].heading if s.parent_id else "" for s in found.sections}
    assert parents == {
        "规划纲要": "",
        "开启新征程": "规划纲要",
        "发展环境": "开启新征程",
        "发展基础": "发展环境",
        "面临形势": "发展环境",
        "总体要求": "开启新征程",
        "指导思想": "总体要求",
        "主要目标": "总体要求",
        "经济目标": "主要目标",
        "总量目标": "经济目标",
        "产业目标": "总量目标",
        "建设现代化产业体系": "规划纲要",
        "做强工业": "建设现代化产业体系",
    }


def test_a_passage_knows_the_headings_above_it() -> None:
    found = paths(build(PLAN))
    assert found["综合实力显著增强，经济总量实现翻番。"] == ("开启新征程", "发展环境", "发展基础")
    assert found["坚持稳中求进。"] == ("开启新征程", "总体要求", "指导思想")
    assert found["聚焦延链补链。"] == ("建设现代化产业体系", "做强工业")


def test_numbers_lines_and_order_of_sections() -> None:
    found = build(PLAN).sections[1:]
    assert [s.number for s in found[:4]] == ["第一篇", "第一章", "第一节", "第二节"]
    assert [s.line for s in found] == [1, 2, 3, 5, 7, 8, 10, 11, 12, 13, 14, 15]
    assert len({s.section_id for s in found}) == len(found)


def test_a_run_in_heading_opens_a_section_and_its_paragraph_stays_text() -> None:
    found = build(PLAN)
    passage = next(p for p in found.passages if p.text.startswith("（1）"))
    assert passage.kind == "text"
    assert passage.path[-1] == "产业目标"


def test_every_paragraph_becomes_one_passage_in_order() -> None:
    assert [p.text for p in build(PLAN).passages] == PLAN


def test_levels_may_be_left_out() -> None:
    found = paths(build(["一、工作回顾", "经济稳步增长。", "（一）产业", "粮食丰收。", "二、工作安排", "抓好项目。"]))
    assert found["粮食丰收。"] == ("工作回顾", "产业")
    assert found["抓好项目。"] == ("工作安排",)


def test_a_box_holds_its_bulleted_lines_and_ends_after_them() -> None:
    bulleted = ["●引水工程。新建干渠42公里。", "●水库工程。除险加固水库8座。"]
    lines = ["第二节 水利", "专栏3 重点水利工程", *bulleted, "加强河湖管理保护，落实河长制。"]
    kinds = {p.text: p.kind for p in build(lines).passages}
    found = paths(build(lines))
    assert kinds["●水库工程。除险加固水库8座。"] == "box"
    assert found["●水库工程。除险加固水库8座。"] == ("水利", "重点水利工程")
    assert kinds["加强河湖管理保护，落实河长制。"] == "text"
    assert found["加强河湖管理保护，落实河长制。"] == ("水利",)


def test_a_box_ends_at_the_next_heading() -> None:
    found = paths(build(["第一节 交通", "专栏1 交通项目", "高速公路项目", "第二节 能源", "建设坚强电网。"]))
    assert found["高速公路项目"] == ("交通", "交通项目")
    assert found["建设坚强电网。"] == ("能源",)


def test_the_numbers_of_notes_are_no_headings() -> None:
    lines = ["第一节 指标", "经济平稳增长。", "注：", "1.地区生产总值按可比价计算", "2.带*为初步数"]
    found = build(lines)
    assert [s.heading for s in found.sections] == ["规划纲要", "指标"]
    assert [p.kind for p in found.passages[2:]] == ["text", "text", "text"]


def test_the_numbers_of_a_table_in_a_box_are_its_rows() -> None:
    lines = ["专栏2 主要指标", "指标", "1.城镇化率", "48%", "2.森林覆盖率", "30%"]
    assert [s.heading for s in build(lines).sections] == ["规划纲要", "主要指标"]


def test_a_table_in_one_cell_a_line_becomes_rows() -> None:
    lines = ["专栏1 主要指标", *"序号 指标 单位 2025年 1 城镇化率 % 48 2 粮食产量 万吨 33".split(), "第二章 任务"]
    found = [p for p in build(lines).passages if p.kind == "table"]
    assert [[c.text for c in p.body.cells] for p in found] == [
        ["序号", "指标", "单位", "2025年"],
        ["1", "城镇化率", "%", "48"],
        ["2", "粮食产量", "万吨", "33"],
    ]
    assert [p.body.cells[3].line for p in found] == [5, 9, 13]
    assert paths(build(lines))["第二章 任务"] == ("任务",)


def test_an_empty_document_is_only_itself() -> None:
    found = build([])
    assert [s.level for s in found.sections] == [0]
    assert found.passages == ()


def test_a_gap_in_the_numbers_of_headings_is_told() -> None:
    lines = ["一、水利", "新建水库。", "二、公路", "新建公路。", "四、学校", "新建学校。", "（一）小学", "新建小学。"]
    found = spec.extraction(lines).issues
    assert [(issue.line, issue.message) for issue in found if issue.code == "heading_missing"] == [
        (5, "a heading is missing: between 二、 and 四、")
    ]


def test_a_heading_after_the_table_of_a_box_goes_on_with_the_numbers_before_it() -> None:
    lines = [
        "第一节 更新",
        "1.打造样板",
        "新建样板片区。",
        "2.改造村庄",
        "分片改造村庄。",
        "专栏1 村庄改造计划",
        "序号",
        "名称",
        "面积",
    ]
    lines += ["1", "上湾村", "67", "2", "下湾村", "75", "3", "中湾村", "48", "3.活化街区", "活化老街。"]
    headings = [section.heading for section in spec.extraction(lines).sections]
    assert headings[-1] == "活化街区"
    assert [issue for issue in spec.extraction(lines).issues if issue.code == "heading_missing"] == []
