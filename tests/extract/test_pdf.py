"""PDF files → lines: paragraphs put together, furniture gone, tables as rows; scans and broken files refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extract import confined, pdf_text
from extract.markup import unmark
from extract.pdf_pages import pages
from extract.reading import SourceError
from extract.sources import read
from tests.extract.pdf_made import FONT, columns, drawn, pdf

LONG = "到2025年，全区经济总量达到480亿元，年均增长6.5%，工业增加值达到120亿元，新建学校12所，培训3000人次。"
TABLE = [["指标", "单位", "2020年", "2025年"], ["地区生产总值", "亿元", "350", "480"], ["常住人口", "万人", "42", ""]]


def written(folder: Path, data: bytes) -> Path:
    path = folder / "plan.pdf"
    path.write_bytes(data)
    return path


def test_broken_lines_are_paragraphs_again_and_tables_stay_in_place(tmp_path: Path) -> None:
    source = read(written(tmp_path, pdf(["#第一章 发展目标", LONG * 3, "新建公园5个。", TABLE, "#第二章 人口", LONG])))
    assert source.lines == (
        "第一章 发展目标",
        LONG * 3,
        "新建公园5个。",
        "指标\t单位\t2020年\t2025年",
        "地区生产总值\t亿元\t350\t480",
        "常住人口\t万人\t42\t",
        "第二章 人口",
        LONG,
    )
    assert (source.stem, source.form, source.notes) == ("plan", "rows", ())
    assert [[cell.text for cell in p.cells] for p in unmark(source).paragraphs if p.cells] == TABLE


def test_letters_that_know_little_give_the_lines_and_tables_of_pdfplumber() -> None:
    data = pdf(["#第一章 发展目标", LONG * 3, TABLE, None, "x²  y", [["专栏", "1"]], LONG])
    with pdfplumber.open(BytesIO(data)) as file:
        for own, theirs in zip(pages(file), file.pages, strict=True):
            assert all(a.items() <= b.items() for a, b in zip(own.chars, theirs.chars, strict=True))
            assert [*map(_places, own.extract_text_lines())] == [*map(_places, theirs.extract_text_lines())]
            assert own.extract_tables() == theirs.extract_tables()


def _places(line: dict[str, Any]) -> list[Any]:
    return [line[name] for name in ("text", "x0", "x1", "top", "bottom")]


def test_page_numbers_and_running_heads_go_and_a_paragraph_crosses_pages() -> None:
    parts = [
        part for i in range(12) for part in (f"#第{i + 1}节 目标{'甲乙丙丁戊己庚辛壬癸子丑'[i]}", LONG * (2 + i % 4))
    ]
    lines = pdf_text.read(pdf(["#青石区规划纲要", *parts], head="青石区规划纲要")).lines
    assert list(lines) == ["青石区规划纲要", *(part.lstrip("#") for part in parts)]


def test_a_number_alone_at_the_edge_of_a_page_stays() -> None:
    """A page number stands at the same height on many pages; the last value of a list does not."""
    pages = [part for i in range(8) for part in (f"#第{i + 1}章 目标", LONG * (1 + i), "48", None)]
    lines = pdf_text.read(pdf([*pages, LONG])).lines
    assert lines.count("48") == 8 and not any(line.startswith("- ") for line in lines)


def test_a_page_break_after_a_full_stop_ends_the_paragraph() -> None:
    lines = pdf_text.read(pdf(["#第一章 总则", LONG, None, "#第二章 目标", LONG])).lines
    assert lines == ("第一章 总则", LONG, "第二章 目标", LONG)


def test_a_frame_around_a_text_is_no_table() -> None:
    lines = pdf_text.read(pdf(["#第一章 总则", [["专栏1 重点工程"]], LONG])).lines
    assert lines == ("第一章 总则", "专栏1 重点工程", LONG)


def test_a_table_without_rules_is_one_where_numbers_stand_under_one_another(tmp_path: Path) -> None:
    rows = [
        ["序号", "指标", "2020年", "2025年", "属性"],
        ["1", "地区生产总值", "350亿元", "480亿元", "预期性"],
        ["2", "常住人口", "", "42万人", "预期性"],
        ["3", "森林覆盖率", "35.5%", "36%", "约束性"],
    ]
    lines = pdf_text.read(pdf(["#第二节 主要指标", LONG, rows, LONG * 2, "#第三章 保障"], ruled=False)).lines
    assert lines == ("第二节 主要指标", LONG, *("\t".join(row) for row in rows), LONG * 2, "第三章 保障")


@pytest.mark.parametrize("upright", ["TOP", "MIDDLE", "BOTTOM"])
def test_a_cell_that_is_broken_over_lines_is_one_cell(upright: str) -> None:
    rows = [
        ["序号", "指标", "2020年", "2025年", "属性"],
        ["1", "每万人口高价值\n发明专利拥有量", "3.5件", "8件", "预期性"],
        ["2", "常住人口", "40万人", "42万人", "预期性"],
        ["3", "单位地区生产\n总值能源\n消耗降低", "12%", "14%", "约束性"],
        ["4", "森林覆盖率", "35.5%", "36%", "约束性"],
    ]
    lines = pdf_text.read(pdf(["#第二节 主要指标", LONG, rows, LONG], ruled=False, upright=upright)).lines
    assert lines == ("第二节 主要指标", LONG, *("\t".join(row).replace("\n", "") for row in rows), LONG)


def test_names_under_one_another_are_no_table() -> None:
    names = [["张三", "李四", "王五"], ["赵六", "钱七", "孙八"], ["周九", "吴十", "郑一"], ["冯二", "陈三", "褚四"]]
    lines = pdf_text.read(pdf([LONG, names, LONG], ruled=False)).lines
    assert not any("\t" in line for line in lines) and "张三 李四 王五" in lines[1]


def test_columns_are_read_one_after_the_other() -> None:
    texts = [
        part for i in range(9) for part in (f"#第{i + 1}节 目标{'甲乙丙丁戊己庚辛壬'[i]}", f"{i + 1}月。" + LONG * 3)
    ]
    lines = pdf_text.read(columns(texts, top="青石区第十四个五年规划纲要")).lines
    assert list(lines) == ["青石区第十四个五年规划纲要", *(text.lstrip("#") for text in texts)]


def test_a_table_of_two_columns_of_words_is_no_page_in_columns() -> None:
    rows = [[f"重点项目{i}", "新建公园5个"] for i in range(20)]
    lines = pdf_text.read(pdf(["#专栏1 重点工程", rows], ruled=False)).lines
    assert "重点项目0 新建公园5个" in lines[1]


def picture(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "grey")), 50, 50, 400, 600)


def pictures(pages: int, texts: int) -> bytes:
    def draw(canvas: Any) -> None:
        for i in range(texts):
            canvas.setFont(FONT, 14)
            canvas.drawString(72, 700, f"新建学校12{'所座间'[i]}。")
            canvas.showPage()
        for _ in range(pages):
            picture(canvas)
            canvas.showPage()

    return drawn(draw)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pictures(2, 0), "is a scan or empty"),
        (pictures(3, 1), "is a scan or empty"),
        (drawn(lambda canvas: None), "is a scan or empty"),
        (pdf([LONG], password="geheim"), "password"),
        (pdf([LONG])[:700], "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
        ("只是文字。".encode(), "damaged"),
        (b"PK\x03\x04" + b"x" * 90, "under another name"),
    ],
)
def test_what_holds_no_text_is_refused_in_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(written(tmp_path, data))
    told = str(caught.value)
    assert told.startswith("plan.pdf: ") and words in told and "\n" not in told
    assert words != "is a scan or empty" or "OCR" in told


def test_single_pages_that_are_pictures_are_told(tmp_path: Path) -> None:
    source = read(written(tmp_path, pictures(1, 3)))
    assert source.lines == ("新建学校12所。", "新建学校12座。", "新建学校12间。")
    assert len(source.notes) == 1 and "1 pages are pictures without text (page 4)" in source.notes[0]


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MOST_PAGES", 2)
    with pytest.raises(SourceError, match="has 3 pages, more than 2"):
        pdf_text.read(pdf([LONG, None, LONG, None, LONG]))


def test_a_reader_that_takes_too_long_or_breaks_off_is_a_refusal() -> None:
    with pytest.raises(SourceError, match=r"^plan.pdf: cannot be read within 0 seconds"):
        confined.read("extract.pdf_text", pdf([LONG]), "plan.pdf", seconds=0.01)
    with pytest.raises(SourceError, match=r"^plan.pdf: cannot be read \(the reader broke off\)"):
        confined.read("extract.no_such_reader", b"", "plan.pdf")
