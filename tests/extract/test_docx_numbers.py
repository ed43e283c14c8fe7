"""Numbers that Word sets by itself read as they are printed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.parser import parse_xml

from extract.docx_numbers import written
from extract.docx_text import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


PLAN = (
    level(0, "chineseCountingThousand", "第%1章", '<w:pStyle w:val="Heading1"/>'),
    level(1, "japaneseCounting", "第%2节", '<w:pStyle w:val="Heading2"/><w:suff w:val="space"/>'),
    level(2, "chineseCounting", "（%3）", '<w:suff w:val="nothing"/>'),
    level(3, "decimal", "%1.%4", "<w:isLgl/>"),
)


@pytest.fixture
def document() -> Document:
    """An empty document whose headings of two levels are numbered by their styles, with a list of four levels."""
    document = docx.Document()
    define(document, "90", PLAN)
    listed(document, "90", "90")
    for style, depth in (("Heading 1", 0), ("Heading 2", 1)):
        properties = document.styles[style].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'))
    return document


def numbering(document: Document) -> object:
    return document.part.numbering_part.element


def define(document: Document, name: str, levels: tuple[str, ...], more: str = "") -> None:
    xml = f'<w:abstractNum {W} w:abstractNumId="{name}">{more}{"".join(levels)}</w:abstractNum>'
    numbering(document).insert(0, parse_xml(xml))  # type: ignore[attr-defined]


def listed(document: Document, name: str, definition: str, more: str = "") -> None:
    xml = f'<w:num {W} w:numId="{name}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'
    numbering(document).append(parse_xml(xml))  # type: ignore[attr-defined]


def put(document: Document, text: str, name: str, depth: int | None = 0) -> None:
    paragraph = document.add_paragraph(text)
    at = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}>{at}<w:numId w:val="{name}"/></w:numPr>'))


def lines(document: Document) -> list[str]:
    out = BytesIO()
    document.save(out)
    return list(read(out.getvalue(), "plan.docx").lines)


def test_headings_numbered_by_their_styles_read_as_printed(document: Document) -> None:
    for chapter in ("发展基础", "主要目标"):
        document.add_heading(chapter, 1)
        document.add_heading("经济", 2)
        put(document, "做强工业。", "90", 2)
        put(document, "做优服务业。", "90", 2)
        put(document, "新建3座水厂。", "90", 3)
        document.add_heading("民生", 2)
    assert lines(document) == [
        "第一章 发展基础", "第一节 经济", "（一）做强工业。", "（二）做优服务业。", "1.1 新建3座水厂。", "第二节 民生",
        "第二章 主要目标", "第一节 经济", "（一）做强工业。", "（二）做优服务业。", "2.1 新建3座水厂。", "第二节 民生",
    ]  # fmt: skip


def test_lists_of_one_definition_count_on_unless_they_start_anew(document: Document) -> None:
    define(document, "91", (level(0, "decimal", "%1．"), level(1, "decimalEnclosedCircle", "%2")))
    listed(document, "91", "91")
    listed(document, "92", "91")
    listed(document, "93", "91", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    listed(document, "94", "91", f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1、", start=4)}</w:lvlOverride>')
    for text, name, depth in (
        *(("甲", "91", 0), ("乙", "92", 0), ("丙", "91", 1), ("丁", "91", 1), ("戊", "93", 0), ("己", "93", 0)),
        *(("庚", "93", 1), ("辛", "94", 0), ("壬", "0", 0), ("癸", "no", 0), ("子", "91", 7), ("丑", "91", None)),
    ):
        put(document, text, name, depth)
    assert lines(document) == [
        "1． 甲", "2． 乙", "① 丙", "② 丁", "1． 戊", "2． 己", "① 庚", "III、 辛", "壬", "癸", "子", "4． 丑",
    ]  # fmt: skip


def test_a_level_that_never_starts_anew_counts_on(document: Document) -> None:
    define(
        document,
        "91",
        (level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "专栏%2", '<w:lvlRestart w:val="0"/>', 5)),
    )
    listed(document, "91", "91")
    for text, depth in (("经济", 0), ("项目", 1), ("民生", 0), ("项目", 1)):
        put(document, text, "91", depth)
    assert lines(document) == ["一、 经济", "专栏五 项目", "二、 民生", "专栏六 项目"]


def test_a_style_of_numbering_stands_for_the_list_it_names(document: Document) -> None:
    define(document, "91", (level(0, "chineseCounting", "%1、"),), '<w:styleLink w:val="Plan"/>')
    define(document, "92", (), '<w:numStyleLink w:val="Plan"/>')
    listed(document, "91", "91")
    listed(document, "92", "92")
    document.styles.element.append(
        parse_xml(
            f'<w:style {W} w:type="numbering" w:styleId="Plan"><w:name w:val="Plan"/><w:pPr><w:numPr>'
            '<w:numId w:val="91"/></w:numPr></w:pPr></w:style>'
        )
    )
    put(document, "目标", "92")
    assert lines(document) == ["一、 目标"]


def test_a_paragraph_may_take_its_number_away_and_bullets_are_none(document: Document) -> None:
    define(document, "91", (level(0, "bullet", "\uf06c"),))
    listed(document, "91", "91")
    heading = document.add_heading("前言", 1)
    heading._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="0"/></w:numPr>'))
    document.add_heading("", 1)
    document.add_heading("总则", 1)
    put(document, "新建公园。", "91")
    assert lines(document) == ["前言", "第二章 总则", "新建公园。"]


def test_the_numbers_of_rows_stand_in_their_cells(document: Document) -> None:
    define(document, "91", (level(0, "decimal", "%1"),))
    listed(document, "91", "91")
    made = document.add_table(2, 2)
    for row, text in zip(made.rows, ("总量", "人口"), strict=True):
        row.cells[1].text = text
        cell = row.cells[0].paragraphs[0]._p
        cell.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'))
    assert lines(document) == ["1\t总量", "2\t人口"]


def test_broken_numbering_numbers_nothing(document: Document) -> None:
    define(document, "91", ('<w:lvl w:ilvl="x"/>', '<w:lvl w:ilvl="1"/>', level(2, "decimal", "%9%1")))
    listed(document, "91", "91", '<w:lvlOverride><w:startOverride w:val="many"/></w:lvlOverride>')
    style = document.styles["Heading 3"].element
    style.find(f"{{{style.nsmap['w']}}}basedOn").set(f"{{{style.nsmap['w']}}}val", "Heading3")
    document.add_heading("回环", 3)
    for depth in (0, 1, 2):
        put(document, "目标", "91", depth)
    assert lines(document) == ["回环", "目标", "目标", "目标"]


@pytest.mark.parametrize(
    ("form", "numbers", "expected"),
    [
        ("chineseCounting", (1, 10, 11, 20, 21, 100, 105, 1001), "一 十 十一 二十 二十一 一百 一百零五 一千零一"),
        ("ideographDigital", (1, 10, 12), "一 一〇 一二"),
        ("chineseLegalSimplified", (3, 10, 12), "叁 壹拾 壹拾贰"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("upperRoman", (4, 9, 14), "IV IX XIV"),
        ("lowerLetter", (1, 26, 27), "a z aa"),
        ("decimalZero", (1, 12), "01 12"),
        ("decimalFullWidth", (12,), "１２"),
        ("decimalEnclosedCircleChinese", (1, 20, 21), "① ⑳ 21"),
        ("unknown", (0, 7), "0 7"),
    ],
)  # fmt: skip
def test_forms_of_numbers(form: str, numbers: tuple[int, ...], expected: str) -> None:
    assert " ".join(written(number, form) for number in numbers) == expected


def test_a_document_without_numbering_is_read_as_before(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("第一章 总则", 1)
    document.add_paragraph("列表", style="List Number")
    document.add_paragraph("点", style="List Bullet")
    assert lines(document) == ["第一章 总则", "1. 列表", "点"]
