"""Lines as found → clean text that still knows where each of its characters stood."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract import cleaning
from extract.lexicons import lexicons
from extract.model import Anchor, Cleaned, Paragraph
from tests.extract import spec

TITLE = "临川县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"
LONG = "全面落实粮食安全党政同责要求，坚决遏制耕地“非农化”、防止“非粮化”，持续加强"


def clean(lines: Sequence[str]) -> Cleaned:
    known = lexicons()
    return cleaning.clean(spec.paragraphs(lines), known.furniture, known.headings)


def texts(lines: Sequence[str]) -> list[str]:
    return [paragraph.text for paragraph in clean(lines).paragraphs]


def rules(lines: Sequence[str]) -> dict[int, str]:
    return {removed.line: removed.rule for removed in clean(lines).removed}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("到 2025 年， 地区生产总值 达 86. 4 亿元。", "到2025年，地区生产总值达86.4亿元。"),
        ("到２０２５年，城镇化率达到４８．５％。", "到2025年，城镇化率达到48.5%。"),
        ("新增规上企业 1 250 家。", "新增规上企业1250家。"),
        ("新增规上企业1\u00a0250\u3000家。", "新增规上企业1250家。"),
        ("财政收入增长8%,固定资产投资增长10%;", "财政收入增长8%，固定资产投资增长10%；"),
        ("总投资1,250万元(含征地费用)。", "总投资1,250万元（含征地费用）。"),
        ("三次产业比为12∶38∶50。", "三次产业比为12：38：50。"),
        ("二○三五年远景目标", "二〇三五年远景目标"),
        ("ＰＭ２．５浓度", "PM2.5浓度"),
        ("推进“城市大脑”与 AI Agent 应用。", "推进“城市大脑”与AI Agent应用。"),
        ("发展\u200b低空\ufeff经济。", "发展低空经济。"),
        ("每年培训2〜3万人次。", "每年培训2～3万人次。"),
        ("粮食产量6 . 5亿斤。", "粮食产量6.5亿斤。"),
    ],
)
def test_blanks_signs_and_digits(line: str, text: str) -> None:
    assert texts([line]) == [text]


def test_two_numbers_side_by_side_stay_two() -> None:
    assert texts(["10 25"]) == ["10 25"]
    assert texts(["两列数据 86 25 均已核实。"]) == ["两列数据86 25均已核实。"]


def test_a_sign_without_width_leaves_nothing() -> None:
    assert texts(["第三章 创\u200b新驱动"]) == ["第三章 创新驱动"]


def test_words_of_a_heading_keep_the_blank_between_them() -> None:
    assert texts(["第三章 创新驱动  产业强县"]) == ["第三章 创新驱动 产业强县"]


@pytest.mark.parametrize("case", spec.params("furniture"))
def test_furniture_goes_by_a_named_rule(case: spec.Case) -> None:
    found = rules(["一、总体要求", case["text"], "坚持稳中求进工作总基调。"])
    assert found == ({2: case["rule"]} if case["rule"] else {})


def test_what_stands_before_the_title_and_after_the_tail_is_not_of_the_document() -> None:
    body = [f"第{n}项工作按计划推进，完成投资{n}亿元。" for n in range(10, 30)]
    found = rules(["首页", "天气：晴 26度", TITLE, *body, "相关阅读", "邻县召开招商大会，签约12个项目"])
    before, tail = "furniture.before_title", "furniture.tail"
    assert found == {1: before, 2: before, 24: tail, 25: tail}


def test_a_list_of_contents_goes() -> None:
    lines = [
        TITLE,
        "目 录",
        "第一章 发展环境........1",
        "第一节 发展基础……3",
        "第二章 总体要求 8",
        "前言",
        "第一章 发展环境",
        "“十三五”时期，全县经济较快发展。",
    ]
    assert texts(lines) == [TITLE, "第一章 发展环境", "“十三五”时期，全县经济较快发展。"]
    assert set(rules(lines).values()) == {"contents"}


def test_a_broken_line_is_joined_and_a_heading_is_not() -> None:
    assert texts([LONG, "高标准农田建设。"]) == [LONG + "高标准农田建设。"]
    assert texts([LONG, "（二）做强特色产业"]) == [LONG, "（二）做强特色产业"]
    assert texts(["第五章 坚持农业优先，", "全面推进乡村振兴"]) == ["第五章 坚持农业优先，全面推进乡村振兴"]


def test_a_short_line_and_a_full_sentence_end_a_paragraph() -> None:
    assert texts(["坚持党的领导", "坚持系统观念"]) == ["坚持党的领导", "坚持系统观念"]
    assert len(texts([LONG + "农田建设。", "新建水库2座。"])) == 2


def test_the_number_in_a_broken_line_keeps_its_own_place() -> None:
    paragraph = clean([LONG, "建设高标准农田 12 万亩。"]).paragraphs[0]
    assert paragraph.place(paragraph.text.index("12")) == (2, 8)
    assert paragraph.place(paragraph.text.index("万亩")) == (2, 11)


def test_a_dash_that_is_a_cell_of_a_table_stays() -> None:
    lines = "序号 指标 单位 2020年 2025年 1 城镇新增就业 万人 — 2.5 2 城镇化率 % 41 46".split()
    assert texts(lines) == lines


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("著力發展現代農業", "着力发展现代农业"),
        ("顯著提升綜合實力", "显著提升综合实力"),
        ("覆蓋範圍逐步擴大", "覆盖范围逐步扩大"),
        ("幹部隊伍建設", "干部队伍建设"),
        ("乾旱地區節水灌溉", "干旱地区节水灌溉"),
        ("電信業務總量", "电信业务总量"),
        ("佈局建設5G基站", "布局建设5G基站"),
        ("里程達到186公里", "里程达到186公里"),
        ("規劃裏的項目", "规划里的项目"),
        ("鬥爭精神", "斗争精神"),
        ("製造業高質量發展", "制造业高质量发展"),
        ("週邊旅遊", "周边旅游"),
        ("臺賬管理", "台账管理"),
        ("徵收補償", "征收补偿"),
    ],
)
def test_traditional_becomes_simplified_sign_for_sign(traditional: str, simplified: str) -> None:
    found = clean([traditional])
    assert found.script == "traditional"
    assert [p.text for p in found.paragraphs] == [simplified]
    assert len(traditional) == len(simplified)


def test_some_traditional_signs_do_not_make_a_traditional_document() -> None:
    text = "乾县发展现代农业，推进一二三产业融合，做强苹果、奶山羊等特色产业，建设区域中心城市。"
    assert clean([text]).script == "simplified"


DOCUMENT = [
    "首页",
    TITLE,
    "目录",
    "第一章 发展基础.....1",
    "第一章 发展基础",
    LONG,
    "高标准农田 建设。",
    "- 3 -",
    "２０２０年，粮食总产量达 12. 6 万吨, 比 2015 年增长 8 . 5 %。",
    "（一）主要指标",
    "1 250 户群众喜迁新居",
]


def test_cleaning_twice_is_cleaning_once() -> None:
    once = clean(DOCUMENT)
    twice = clean([p.text for p in once.paragraphs])
    assert [p.text for p in twice.paragraphs] == [p.text for p in once.paragraphs]
    assert twice.removed == ()


def test_a_joined_line_keeps_no_blank() -> None:
    assert texts([LONG, "高标准　农田建设"]) == [LONG + "高标准农田建设"]


def test_every_character_knows_where_it_stood() -> None:
    for paragraph in clean(DOCUMENT).paragraphs:
        for offset, character in enumerate(paragraph.text):
            line, column = paragraph.place(offset)
            found = DOCUMENT[line - 1][column].translate(cleaning.SAME_WIDTH)
            assert character in (found, cleaning.PUNCTUATION.get(found))


def test_a_slice_keeps_the_places() -> None:
    whole = clean(["到 2025 年，新建 水库 3 座。"]).paragraphs[0]
    part: Paragraph = whole.slice(7, 12)
    assert [part.place(i) for i in range(len(part.text))] == [whole.place(7 + i) for i in range(len(part.text))]


def test_nothing_is_lost_between_kept_and_removed() -> None:
    found = clean(DOCUMENT)
    kept = {anchor.line for paragraph in found.paragraphs for anchor in paragraph.anchors}
    assert kept | {removed.line for removed in found.removed} == set(range(1, len(DOCUMENT) + 1))


def test_digits_set_apart_one_by_one_are_one_number_where_the_years_are_set_so() -> None:
    spaced = texts(["到2 0 0 5年 , 林地达到1 2 0 0亩 , 覆盖率提高6 .5 %。", "水田 3 4亩 , 山塘1 2口。"])
    assert spaced == ["到2005年，林地达到1200亩，覆盖率提高6.5%。", "水田34亩，山塘12口。"]
    assert texts(["得分 3 4 两队。"]) == ["得分3 4两队。"]


def test_typewritten_quotation_marks_become_those_of_the_script() -> None:
    assert texts(['推行“一窗办", 总结" 十五 "经验。']) == ["推行“一窗办”，总结“十五”经验。"]
    assert texts(['屏幕10"和12"各一。']) == ['屏幕10"和12"各一。']


def test_stretches_of_the_source_are_the_places_of_the_characters() -> None:
    body = Paragraph("甲乙丙丁戊己", (Anchor(0, 1, 4), Anchor(2, 1, 8), Anchor(5, 3, 0)))
    for start in range(6):
        for end in range(start, 7):
            places = [
                (line, column) for line, first, last in body.stretches(start, end) for column in range(first, last)
            ]
            assert places == [body.place(i) for i in range(start, end)]
