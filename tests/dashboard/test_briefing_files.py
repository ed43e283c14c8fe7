"""Cards as slides, a report, a workbook and an archive: read back, they hold what the cards show, and nothing acts."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn as word_tag
from docx.shared import Mm
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn as slide_tag
from pptx.util import Pt

import labels
from briefing import bundle, plain, references, report, slide_plot, slide_table, slides, workbook
from briefing.item import Item
from card import Card
from plot import Plot, Series

MADE = datetime(2026, 3, 1, 9, 30)
LINK = "https://plans.example/compare?indicator=gdp&region=天河区"
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(1)", "<script>alert(1)</script>", "A&B", "http://x.example", "\tz")
BROKEN = "竖排\x0b分隔\ud800半个\x00"
TITLE = "广州市天河区国民经济和社会发展第十四个五年规划和2035年远景目标纲要"
OTHER = "广州市越秀区国民经济和社会发展第十四个五年规划和2035年远景目标纲要"
PLOT = Plot(
    "bar",
    ("2020年", "2025年"),
    (
        Series("天河区", (5312.8, 7000.0), "#0072B2", labels=("5312.8亿元", "≥7000亿元")),
        Series("越秀区", (None, 4100.0), "#D55E00", colours=("#D55E00", "#117733")),
    ),
    "亿元",
)
TABLE = pd.DataFrame(
    {
        "地区": ["天河区", "天河区", "越秀区"],
        "数值": [5312.8, 7000.0, float("nan")],
        "年份": pd.array([2020, 2025, None], dtype="Int64"),
        "原文": ["约7000亿元", None, "力争实现"],
    }
)
PLACES = pd.DataFrame(
    {
        "指标": ["地区生产总值", "地区生产总值"],
        "数值": ["7000亿元", "4100亿元"],
        "文件": [TITLE, f"《{OTHER}》"],
        "章节": ["第二章 › 发展目标", ""],
        "行号": [66, "第628行"],
        "原句": ["到2025年，地区生产总值达到7000亿元。", "=HYPERLINK(1)"],
    }
)


def card(**changes: Any) -> Card:
    values: dict[str, Any] = {
        "id": "gdp",
        "title": "2025年地区生产总值目标：天河区7000亿元、越秀区4100亿元",
        "subtitle": "单位：亿元｜地区：天河区、越秀区",
        "source": f"《{TITLE}》（第17、47行）、《{OTHER}》",
        "version": "1a2b3c4d",
        "table": TABLE,
        "alt": "天河区高于越秀区",
        "notes": ("按当年价格计。",),
        "plot": PLOT,
    }
    return Card(**values | changes)


def item(**changes: Any) -> Item:
    return replace(Item(card(), LINK, "天河区基数更大。", "", PLACES), **changes)


def hostile() -> Item:
    """An item of which every word is hostile."""
    words = [*HOSTILE, BROKEN]
    table = pd.DataFrame({"=2+2": words, "@x\x0b": words[::-1]}, dtype=object)
    names = tuple(words)
    plot = Plot("bar", names, (Series("=3+3", tuple(map(float, range(len(names)))), "#0072B2", labels=names),), BROKEN)
    mean = " ".join(words)
    made = card(title=mean * 9, subtitle=mean * 9, source=mean * 9, notes=(mean * 9,), table=table, alt=mean, plot=plot)
    return Item(made, "javascript:alert(1)", mean * 9, "", table)


def tables(rows: int, columns: int = 4) -> Item:
    """An item without a chart, of this many rows."""
    frame = pd.DataFrame({f"列{n}": [f"第{row}格" for row in range(rows)] for n in range(columns)})
    return item(card=card(plot=None, table=frame))


def read_slides(*items: Item, title: str = "") -> Any:
    return Presentation(io.BytesIO(slides.build(items, MADE, title)))


def read_report(*items: Item, **more: Any) -> Any:
    return Document(io.BytesIO(report.build(items, MADE, **more)))


def read_book(*items: Item) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook.build(items, MADE)))


def said(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def grids(deck: Any) -> list[list[list[str]]]:
    found = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


# ---------------------------------------------------------------------------------------------------------- slides


def test_a_chart_holds_the_numbers_of_its_plot() -> None:
    (chart,) = charts(read_slides(item()))
    assert chart.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    assert tuple(chart.plots[0].categories) == PLOT.categories
    assert [(series.name, series.values) for series in chart.series] == [(s.name, s.values) for s in PLOT.series]
    assert chart.value_axis.minimum_scale == 0
    assert str(chart.series[0].format.fill.fore_color.rgb) == "0072B2"
    assert str(chart.series[1].points[1].format.fill.fore_color.rgb) == "117733"
    assert chart.series[0].points[1].data_label.text_frame.text == "≥7000亿元"
    behind = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert list(behind.values) == [(None, "天河区", "越秀区"), ("2020年", 5312.8, None), ("2025年", 7000, 4100)]


@pytest.mark.parametrize(
    ("kind", "names", "drawn"),
    [
        ("bar", PLOT.categories, XL_CHART_TYPE.COLUMN_CLUSTERED),
        ("bar", (TITLE, OTHER), XL_CHART_TYPE.BAR_CLUSTERED),
        ("stacked", PLOT.categories, XL_CHART_TYPE.COLUMN_STACKED),
        ("stacked", (TITLE, OTHER), XL_CHART_TYPE.BAR_STACKED),
        ("line", PLOT.categories, XL_CHART_TYPE.LINE_MARKERS),
    ],
)
def test_kinds_of_charts(kind: Any, names: tuple[str, ...], drawn: Any) -> None:
    (chart,) = charts(read_slides(item(card=card(plot=replace(PLOT, kind=kind, categories=names)))))
    assert chart.chart_type == drawn
    assert [series.values for series in chart.series] == [series.values for series in PLOT.series]


def test_bars_below_zero_are_not_cut_off() -> None:
    plot = Plot("bar", ("天河区", "越秀区"), (Series("增速", (6.0, -1.5), "#0072B2"),), "%")
    (chart,) = charts(read_slides(item(card=card(plot=plot))))
    assert chart.value_axis.minimum_scale is None


def test_words_at_values_stay_on_a_line_and_within_the_chart() -> None:
    plot = replace(PLOT, categories=(TITLE, OTHER))
    (chart,) = charts(read_slides(item(card=card(plot=plot))))
    assert chart.series[0].points[1].data_label.text_frame.word_wrap is False
    assert chart.value_axis.minimum_scale == 0
    assert chart.value_axis.maximum_scale > 7000 * 1.05


def test_years_without_a_value_break_no_line() -> None:
    (chart,) = charts(read_slides(item(card=card(plot=replace(PLOT, kind="line")))))
    assert chart._chartSpace.chart.find(slide_tag("c:dispBlanksAs")).get("val") == "span"


def test_where_not_every_year_can_be_named_those_with_values_are() -> None:
    known = {2015: 1.0, 2020: 2.0, 2060: 3.0}
    years = range(2015, 2061)
    plot = Plot("line", tuple(f"{y}年" for y in years), (Series("甲", tuple(map(known.get, years)), "#0072B2"),), "%")
    (chart,) = charts(read_slides(item(card=card(plot=plot))))
    assert int(chart.category_axis._element.find(slide_tag("c:tickLblSkip")).get("val")) == 5


def test_bars_that_would_be_too_thin_go_on_on_a_next_slide_of_the_same_scale() -> None:
    names = tuple(f"词{number}" for number in range(40))
    plot = Plot("bar", names, (Series("z", tuple(20.0 - n for n in range(40)), "#0072B2"),), "")
    deck = read_slides(item(card=card(plot=plot)))
    found = charts(deck)
    assert [name for chart in found for name in chart.plots[0].categories] == list(names)
    assert len({(chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) for chart in found}) == 1
    assert all(chart.category_axis.tick_labels.font.size >= Pt(slide_plot.SMALLEST) for chart in found)
    first = len(found[0].plots[0].categories)
    assert labels.word("office.items", first=1, last=first, count=40) in said(deck.slides[0])


def test_a_chart_that_is_too_long_is_cut_and_says_so() -> None:
    names = tuple(f"词{number}" for number in range(400))
    deck = read_slides(item(card=card(plot=Plot("bar", names, (Series("z", (1.0,) * 400, "#0072B2"),), ""))))
    shown = sum(len(chart.plots[0].categories) for chart in charts(deck))
    assert len(charts(deck)) == slide_plot.SLIDES
    assert labels.word("office.items_rest", rest=400 - shown) in said(deck.slides[-1])


def test_many_bars_have_an_axis_in_place_of_labels() -> None:
    names = tuple(f"主题{number}" for number in range(30))
    series = tuple(Series(f"文件{n}", tuple(float(x) for x in range(30)), "#0072B2") for n in range(5))
    for chart in charts(read_slides(item(card=card(plot=Plot("bar", names, series, "%"))))):
        assert chart.value_axis.visible
        assert chart.value_axis.axis_title.text_frame.text == "%"


def test_a_slide_says_all_that_is_needed_to_cite_it() -> None:
    (slide,) = read_slides(item()).slides
    assert slide.shapes.title.text == card().title
    assert all(text in said(slide) for text in (card().subtitle, *card().footer, "天河区基数更大。"))
    links = [
        run.hyperlink.address
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert LINK in links


def test_notes_hold_the_evidence() -> None:
    (slide,) = read_slides(item()).slides
    notes = slide.notes_slide.notes_text_frame.text
    assert LINK in notes
    for row in PLACES.to_dict("records"):
        assert all(str(cell) in notes for cell in row.values())


def test_one_slide_a_card_after_a_first_one() -> None:
    deck = read_slides(item(), item(name="我的标题"), title="三区目标对比")
    assert [slide.shapes.title.text for slide in deck.slides] == ["三区目标对比", card().title, "我的标题"]
    assert all(text in said(deck.slides[0]) for text in ("2026年3月1日", TITLE, OTHER))
    assert deck.core_properties.title == "三区目标对比"
    assert deck.core_properties.created == MADE
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))


def test_a_card_without_plot_is_a_table() -> None:
    (grid,) = grids(read_slides(item(card=card(plot=None))))
    assert grid == [
        ["地区", "数值", "年份", "原文"],
        ["天河区", "5312.8", "2020", "约7000亿元"],
        ["天河区", "7000", "2025", ""],
        ["越秀区", "", "", "力争实现"],
    ]


def test_a_longer_table_goes_on_and_says_so() -> None:
    deck = read_slides(tables(30))
    found = grids(deck)
    assert 1 < len(found) <= slide_table.SLIDES
    assert sum(len(grid) - 1 for grid in found) == 30
    first = len(found[0]) - 1
    assert labels.word("office.rows", first=1, last=first, count=30) in said(deck.slides[0])


def test_a_table_that_is_too_long_or_too_wide_is_cut_and_says_so() -> None:
    deck = read_slides(tables(300, 20))
    found = grids(deck)
    shown = sum(len(grid) - 1 for grid in found)
    assert len(found) == slide_table.SLIDES
    rest = labels.word("office.rows_rest", rest=300 - shown)
    assert [rest in said(slide) for slide in deck.slides] == [False, False, True]
    columns = labels.word("office.columns_cut", shown=slide_table.COLUMNS, count=20)
    assert all(columns in said(slide) for slide in deck.slides)


def test_a_shortened_cell_is_told() -> None:
    table = pd.DataFrame({"地区": ["天河区", "越秀区"], "原文": ["很长的话。" * 80, "短"]})
    (slide,) = read_slides(item(card=card(plot=None, table=table))).slides
    assert labels.word("office.cells_cut") in said(slide)


def test_a_table_without_rows_is_its_head() -> None:
    assert grids(read_slides(item(card=card(plot=None, table=TABLE.head(0))))) == [[list(TABLE.columns)]]


@pytest.mark.parametrize("make", [item, hostile, lambda: tables(300, 20), lambda: tables(30)])
def test_nothing_stands_outside_a_slide(make: Callable[[], Item]) -> None:
    deck = read_slides(make(), item(note="很长的说明。" * 200, name="很长的标题" * 40))
    for slide in deck.slides:
        for shape in slide.shapes:
            height = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + height <= deck.slide_height


@pytest.mark.parametrize("make", [item, hostile, lambda: tables(30)])
def test_every_run_of_the_slides_names_both_fonts(make: Callable[[], Item]) -> None:
    deck = read_slides(make(), make())
    parts = [part for slide in deck.slides for part in (slide, slide.notes_slide)] + charts(deck)
    looks = [look for part in parts for run in part._element.iter(slide_tag("a:r")) for look in run]
    looks = [look for look in looks if look.tag == slide_tag("a:rPr")]
    looks += [chart.font._element for chart in charts(deck)]
    assert looks
    for look in looks:
        assert look.find(slide_tag("a:latin")).get("typeface") == plain.FONT
        assert look.find(slide_tag("a:ea")).get("typeface") == plain.FONT


def test_the_workbook_behind_a_chart_holds_no_formula() -> None:
    (chart,) = charts(read_slides(hostile()))
    behind = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert {cell.data_type for row in behind.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    assert behind["A2"].value == "=1+1"


# ---------------------------------------------------------------------------------------------------------- report


def paragraphs(document: Any, style: str = "") -> list[str]:
    return [p.text for p in document.paragraphs if not style or p.style.name == style]


def test_a_report_is_headed_tabled_and_sourced() -> None:
    document = read_report(item(), item(name="我的标题", places=pd.DataFrame()), title="三区目标对比")
    assert paragraphs(document, "Title") == ["三区目标对比"]
    assert "2026年3月1日" in paragraphs(document)
    heads = paragraphs(document, "Heading 1")
    assert heads == [card().title, "我的标题", labels.word("office.references")]
    first = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert first[0] == list(TABLE.columns)
    assert first[1] == ["天河区", "5312.8", "2020", "约7000亿元"]
    assert paragraphs(document)[-2:] == [
        f"[1] 《{TITLE}》（第17、47、66行；第二章 › 发展目标）",
        f"[2] 《{OTHER}》（第628行）",
    ]
    cited = labels.word("office.cited", numbers="[1]、[2]")
    assert sum(cited in text for text in paragraphs(document)) == 2
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_head_of_a_table_repeats_and_numbers_stand_at_the_right() -> None:
    (table,) = read_report(item()).tables
    heads = [row._tr.trPr.find(word_tag("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]
    sides = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert [side is not None for side in sides] == [False, True, True, False]


def test_every_style_of_a_report_names_the_chinese_font() -> None:
    fonts = list(read_report(item()).styles.element.iter(word_tag("w:rFonts")))
    assert fonts
    assert {font.get(word_tag("w:eastAsia")) for font in fonts} == {plain.FONT}


def test_a_long_broad_table_lies_across_its_own_pages_and_its_head_repeats() -> None:
    broad = pd.DataFrame({f"文件{n}": ["○ 完成值145.95万平方米（2016—2020年）"] * 40 for n in range(7)})
    document = read_report(item(), item(card=card(table=broad)), item())
    wide = [section.page_width > section.page_height for section in document.sections]
    assert wide == [False, True, False]
    across = document.tables[1]
    assert sum(column.width for column in across.columns) > Mm(250)
    assert across.rows[0]._tr.trPr.find(word_tag("w:tblHeader")) is not None
    assert document.tables[2].columns[0].width.mm < report.WIDTH


def test_a_report_of_one_broad_table_has_no_empty_first_page() -> None:
    broad = pd.DataFrame({f"文件{n}": ["○ 完成值145.95万平方米（2016—2020年）"] * 40 for n in range(7)})
    sections = read_report(item(card=card(table=broad))).sections
    assert [section.page_width > section.page_height for section in sections] == [True, False]


@pytest.mark.parametrize("size", [(1600, 900), (300, 3000)])
def test_figures_fit_the_page(size: tuple[int, int]) -> None:
    stored = io.BytesIO()
    Image.new("RGB", size).save(stored, "PNG")
    asked = []

    def picture(item: Item) -> bytes:
        asked.append(item.title)
        return stored.getvalue()

    document = read_report(item(), picture=picture)
    (shown,) = document.inline_shapes
    assert asked == [card().title]
    assert shown.width <= Mm(report.WIDTH)
    assert shown.height <= Mm(200)
    assert shown.width / shown.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_report_links_to_the_dashboard_only_by_addresses_of_the_web() -> None:
    document = read_report(item(), hostile())
    outside = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert outside == {LINK}


# -------------------------------------------------------------------------------------------------------- workbook


def test_a_workbook_holds_what_is_shown() -> None:
    book = read_book(item())
    assert book.sheetnames == ["说明", "数据", "出处"]
    sheet = book["数据"]
    assert list(sheet.values) == [
        ("地区", "数值", "年份", "原文"),
        ("天河区", 5312.8, 2020, "约7000亿元"),
        ("天河区", 7000, 2025, None),
        ("越秀区", None, None, "力争实现"),
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D4"
    assert sheet["A1"].font.name == plain.FONT
    about = {row[0].value: row[1] for row in book["说明"].iter_rows(min_row=2) if row[0].value}
    assert about["数据看板"].hyperlink.target.startswith("https://plans.example/compare?indicator=gdp")
    assert [about[name].value for name in ("单位与筛选", "注", "数据版本", "导出日期")] == [
        card().subtitle,
        "按当年价格计。",
        "1a2b3c4d",
        "2026年3月1日",
    ]


def test_the_evidence_leads_back_to_the_view() -> None:
    sheet = read_book(item(), item(link="", places=PLACES.head(1)))["出处"]
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["数据1", "数据1", "数据2"]
    assert [row[-1].hyperlink is not None for row in rows] == [True, True, False]
    assert rows[1][-2].value == "=HYPERLINK(1)"
    assert rows[1][-2].data_type == "s"


def test_several_cards_are_listed_with_ways_to_their_sheets() -> None:
    book = read_book(item(), item(places=pd.DataFrame()), item())
    assert book.sheetnames == ["说明", "数据1", "数据2", "数据3", "出处"]
    targets = [cell.hyperlink.location for row in book["说明"] for cell in row if cell.hyperlink]
    assert [target for target in targets if target] == ["'数据1'!A1", "'数据2'!A1", "'数据3'!A1"]


def test_hostile_words_arrive_as_text() -> None:
    book = read_book(hostile())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [row[0].value for row in book["数据"].iter_rows(min_row=2, max_row=9)] == list(HOSTILE)
    assert all(cell.hyperlink is None for cell in cells if cell.value in HOSTILE)
    assert all(book["数据"].cell(row, 1).quotePrefix for row in range(2, 6))


# ---------------------------------------------------------------------------------------------- words, sources, archive


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, ""), (float("nan"), ""), (pd.NA, ""), (pd.NaT, ""), (2025, "2025"), (5312.8, "5312.8"), (BROKEN, None)],
)
def test_cells_as_words(value: object, told: str | None) -> None:
    assert plain.text(value) == (told if told is not None else "竖排 分隔 半个 ")


@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_sources_are_read_off_the_line_of_a_card(language: str) -> None:
    labels.use(language)
    try:
        source = labels.join(
            [
                labels.word("words.title_marks", title=TITLE)
                + labels.word("card.place", place=labels.word("card.lines", chapter="第二章", lines="17")),
                labels.word("words.title_marks", title=OTHER),
            ]
        )
        found = references.cited(Item(card(source=source)))
    finally:
        labels.use(labels.LANGUAGES[0])
    assert {name: reference.lines for name, reference in found.items()} == {TITLE: {17}, OTHER: set()}


def test_the_same_source_has_one_number() -> None:
    found = references.collect(
        [item(), item(card=card(source=f"《{OTHER}》（第9行）、《第三份》"), places=pd.DataFrame())]
    )
    assert list(found) == [TITLE, OTHER, "第三份"]
    assert found[OTHER].lines == {9, 628}


def test_an_archive_has_safe_names_no_two_alike() -> None:
    names = ["图.png", "图.png", "../../etc/passwd", "a/b:c*.png", "CON.png", "", "图.PNG", "长" * 300 + ".png"]
    made = bundle.build([(name, name.encode()) for name in names], MADE)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = archive.namelist()
        assert [archive.read(name) for name in found] == [name.encode() for name in names]
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 1, 9, 30, 0)}
    assert len({name.casefold() for name in found}) == len(names)
    assert not any(set(name) & set('/\\:*?"<>|') or name.startswith(".") or len(name) > 130 for name in found)
    assert found[:2] == ["图.png", "图-2.png"]


BUILDERS = {"pptx": slides.build, "docx": report.build, "xlsx": workbook.build}


@pytest.mark.parametrize("kind", BUILDERS)
def test_the_same_cards_give_the_same_bytes(kind: str) -> None:
    made = [BUILDERS[kind]([item(), hostile(), tables(30)], MADE) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert not [name for name in archive.namelist() if b"<script>" in archive.read(name)]


@pytest.mark.parametrize("kind", BUILDERS)
def test_english_words_stand_in_an_english_file(kind: str, english: None) -> None:
    made = BUILDERS[kind]([item(), tables(30)], MADE)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        words = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml"))
    assert "Open in the dashboard" in words
    assert labels.node("office.open", "zh") not in words


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English in this test."""
    labels.use("en")
    yield
    labels.use(labels.LANGUAGES[0])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no office program to open the files with")
def test_an_office_program_opens_the_files(tmp_path: Path) -> None:
    for kind, build in BUILDERS.items():
        (tmp_path / f"{kind}.{kind}").write_bytes(build([item(), hostile(), tables(3)], MADE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / f"{kind}.{kind}") for kind in BUILDERS]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert all((tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF") for kind in BUILDERS)
