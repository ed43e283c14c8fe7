"""Word documents → lines, rows of tables and what comes out of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.parser import parse_xml

from extract.markup import unmark
from extract.sources import SourceError, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TARGETS = [["指标", "单位", "2020年", "2025年"], ["地区生产总值", "亿元", "350", "480"], ["常住人口", "万人", "42", ""]]


def saved(document: Document, folder: Path, name: str = "plan.docx") -> Path:
    document.save(str(folder / name))
    return folder / name


def table(document: Document, rows: list[list[str]]) -> object:
    made = document.add_table(len(rows), len(rows[0]))
    for cells, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    return made


def added(document: Document, xml: str) -> None:
    """Put a paragraph or table, written as it lies in the file, at the end."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def test_paragraphs_and_tables_stand_in_the_order_of_the_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("第一章 发展目标", 1)
    document.add_paragraph("到2025年，全区经济总量达到480亿元。")
    table(document, TARGETS)
    document.add_paragraph("")
    document.add_paragraph("第二节 人口")
    source = read(saved(document, tmp_path))
    assert source.lines == (
        "第一章 发展目标",
        "到2025年，全区经济总量达到480亿元。",
        "指标\t单位\t2020年\t2025年",
        "地区生产总值\t亿元\t350\t480",
        "常住人口\t万人\t42\t",
        "第二节 人口",
    )
    assert (source.stem, source.form, source.notes) == ("plan", "rows", ())
    rows = [[cell.text for cell in p.cells] for p in unmark(source).paragraphs if p.cells]
    assert rows == TARGETS


def test_deletions_and_comments_are_no_text_and_insertions_are(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph("新建学校12所。").runs[0]
    document.add_comment(run, "这里要改成15所", author="审稿人")
    added(
        document,
        f"<w:p {W}><w:r><w:t>总量达到</w:t></w:r><w:del><w:r><w:delText>460</w:delText><w:t>470</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>480</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>九</w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t>亿元。</w:t></w:r></w:hyperlink></w:p>",
    )
    assert read(saved(document, tmp_path)).lines == ("新建学校12所。", "总量达到480亿元。")


def test_text_boxes_and_notes_follow_their_paragraph_once(tmp_path: Path) -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>专栏1 重点工程</w:t></w:r></w:p></w:txbxContent>"
    added(
        document,
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>正文。</w:t></w:r></w:p>",
    )
    document.add_paragraph("后文。")
    assert read(saved(document, tmp_path)).lines == ("正文。", "专栏1 重点工程", "后文。")


def test_merged_cells_leave_empty_ones(tmp_path: Path) -> None:
    document = docx.Document()
    made = table(document, [["类别", "指标", "2025年"], ["经济", "总量", "480亿元"], ["", "投资", "90亿元"]])
    made.cell(1, 0).merge(made.cell(2, 0))  # type: ignore[attr-defined]
    wide = table(document, [["指标", "年份", ""], ["总量", "2020年", "2025年"]])
    wide.cell(0, 1).merge(wide.cell(0, 2))  # type: ignore[attr-defined]
    lines = read(saved(document, tmp_path)).lines
    assert lines[1:] == ("经济\t总量\t480亿元", "\t投资\t90亿元", "指标\t年份\t", "总量\t2020年\t2025年")


def test_a_table_for_the_layout_gives_its_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    box = table(document, [["专栏2 重点项目\n建成3座水厂。"]])
    box.cell(0, 0).add_paragraph("建成5个公园。")  # type: ignore[attr-defined]
    outer = table(document, [["左栏", "右栏"]])
    inner = outer.cell(0, 1).add_table(1, 2)  # type: ignore[attr-defined]
    inner.cell(0, 0).text, inner.cell(0, 1).text = "水厂", "3座"
    lines = read(saved(document, tmp_path)).lines
    assert lines == ("专栏2 重点项目", "建成3座水厂。", "建成5个公园。", "左栏", "右栏", "水厂\t3座")


def test_a_tab_in_a_paragraph_makes_no_table_and_raised_digits_stay_raised(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("第一章 总则\t1")
    paragraph = document.add_paragraph("绿地90 m")
    paragraph.add_run("2").font.superscript = True
    source = read(saved(document, tmp_path))
    assert source.lines == ("第一章 总则  1", "绿地90 m²")
    assert not any(p.cells for p in unmark(source).paragraphs)


def repacked(data: bytes, name: str, change: bytes | None) -> bytes:
    """The same archive, one of its members with other content, or left out."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
            elif change is not None:
                new.writestr(name, change)
    return out.getvalue()


def whole() -> bytes:
    out = BytesIO()
    document = docx.Document()
    document.add_paragraph("到2025年，全区经济总量达到480亿元。")
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (whole()[:-900], "damaged"),
        (repacked(whole(), "word/document.xml", None), "damaged"),
        (repacked(whole(), "word/document.xml", b"<w:document"), "damaged"),
        (repacked(whole(), "word/document.xml", b""), "damaged"),
        (repacked(repacked(whole(), "word/document.xml", None), "[Content_Types].xml", None), "no Word document"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "password-protected"),
        (b"PK\x03\x04", "damaged"),
        ("只是文字。".encode(), "damaged"),
        (b"%PDF-1.7", "a PDF under another name"),
    ],
)
def test_what_is_no_word_document_is_refused_in_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "plan.docx")
    told = str(caught.value)
    assert told.startswith("plan.docx: ") and words in told and "\n" not in told


def test_a_document_of_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="OCR"):
        read(saved(docx.Document(), tmp_path))
