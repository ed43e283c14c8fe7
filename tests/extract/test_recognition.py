"""Which document a file is: known by its own title, or guessed from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.config import Config, load_config
from extract.markup import unmark
from extract.model import Source
from extract.recognition import Recognised, recognise
from extract.sources import find, read
from extract.titles import bare, five_years, numeral, titles

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def config(project: Path) -> Config:
    return load_config(project / "config.yaml")


def of(config: Config, *lines: str, stem: str = "some file", form: str = "txt", sha256: str = "1") -> Recognised:
    source = Source(stem, sha256, lines, form)
    return recognise(source, unmark(source), config)


def test_the_real_documents_are_recognised_under_any_name(plan_sources: Path) -> None:
    config = load_config(ROOT / "config.yaml")
    for path in find([plan_sources]):
        source = read(path)
        renamed = Source("x", source.sha256, source.lines, source.form)
        assert recognise(renamed, unmark(renamed), config) == recognise(source, unmark(source), config)
        assert recognise(renamed, unmark(renamed), config).document.doc_id == path.stem
        assert recognise(renamed, unmark(renamed), config).issues == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("临江市青石区国民经济和社会发展第十四个五年规划纲要",),
        ("政务公开", "青石区国民经济和社会发展", "第十四个", "五年规划和2035年远景目标纲要"),
        ("臨江市青石區國民經濟和社會發展第十四個五年規劃", "第一章 發展環境與條件"),
        ("青石区 国民经济和社会 发展第“十四”个五年规划",),
        ("《临江市青石区国民经济和社会发展第十四个五年规划纲要》已经区人民代表大会审议通过，现予印发。",),
    ],
)
def test_a_known_document_is_found_by_its_title(lines: tuple[str, ...], config: Config) -> None:
    found = of(config, *lines, sha256="0" * 64)
    assert found.document.known and found.document.doc_id == "qingshi-14fyp"
    assert (found.document.region_id, found.document.level, found.document.period_end) == ("qingshi", "district", 2025)
    assert found.issues == ()


def test_another_file_than_the_known_one_is_read_and_told(config: Config) -> None:
    found = of(config, "青石区国民经济和社会发展第十四个五年规划")
    assert [(issue.severity, issue.code) for issue in found.issues] == [("warning", "source_changed")]


@pytest.mark.parametrize(
    "lines",
    [
        ("临江市国民经济和社会发展第十四个五年规划纲要", "青石区国民经济和社会发展第十四个五年规划另行编制。"),
        ("白马县政府工作报告", "落实《青石区国民经济和社会发展第十四个五年规划》的经验。"),
        ("工作要点", "根据《青石区国民经济和社会发展第十四个五年规划》编制。"),
    ],
)
def test_a_document_that_only_speaks_of_a_known_one_is_another(lines: tuple[str, ...], config: Config) -> None:
    assert not of(config, *lines).document.known


GUESSES = [
    # lines, type, plan, years, region, level
    (("云岭省国民经济和社会发展第十个五年计划纲要",), "规划纲要", "10fyp", (2001, 2005), "云岭省", "province"),
    (
        ("红枫市白马区国民经济和社会发展第十五个五年规划纲要",),
        "规划纲要",
        "15fyp",
        (2026, 2030),
        "红枫市白马区",
        "district",
    ),
    (
        ("中共白马县委关于制定国民经济和社会发展第十三个五年规划的建议",),
        "规划建议",
        "13fyp",
        (2016, 2020),
        "白马县",
        "county",
    ),
    (("内蒙古“十四五”能源发展规划",), "专项规划", "14fyp", (2021, 2025), "内蒙古自治区", "province"),
    (("白马区政府工作报告2014",), "政府工作报告", "gwr", (2014, 2014), "白马区", "district"),
    (("白马新区2024年工作报告",), "政府工作报告", "gwr", (2024, 2024), "白马新区", "district"),
    (
        ("云岭省人民政府关于印发云岭省新型城镇化规划（2021—2035年）的通知",),
        "专项规划",
        "other",
        (2021, 2035),
        "云岭省",
        "province",
    ),
    (
        ("白马市人民政府办公室关于印发白马市能源发展“十四五”规划的通知",),
        "专项规划",
        "14fyp",
        (2021, 2025),
        "白马市",
        "city",
    ),
    (("义乌市国民经济和社会发展第十四个五年规划纲要",), "规划纲要", "14fyp", (2021, 2025), "金华市义乌市", "county"),
    (("白马自治州“十二五”规划纲要",), "规划纲要", "12fyp", (2011, 2015), "白马自治州", "city"),
    (("白马市“十四五”时期文化发展规划",), "专项规划", "14fyp", (2021, 2025), "白马市", "city"),
    (("2019年白马新区政府工作报告",), "政府工作报告", "gwr", (2019, 2019), "白马新区", "district"),
    (
        ("政府工作报告", "——2019年1月26日在云岭省第十三届人民代表大会第二次会议上"),
        "政府工作报告",
        "gwr",
        (2019, 2019),
        "云岭省",
        "province",
    ),
    (
        ("政府工作报告", "二〇〇五年十二月二十八日在白马市第四届人民代表大会上"),
        "政府工作报告",
        "gwr",
        (2006, 2006),
        "白马市",
        "city",
    ),
    (
        ("政府工作报告", "2024年3月5日在第十四届全国人民代表大会第二次会议上"),
        "政府工作报告",
        "gwr",
        (2024, 2024),
        "全国",
        "nation",
    ),
    (
        ("政府工作报告", "白马县人民政府县长 某某", "2023年全县经济社会发展主要预期目标是"),
        "政府工作报告",
        "gwr",
        (2023, 2023),
        "白马县",
        "county",
    ),
    (("速读2022年青石区政府工作报告",), "政府工作报告", "gwr", (2022, 2022), "qingshi", "district"),
    (("远山市青石区政府工作报告", "2021年主要目标"), "政府工作报告", "gwr", (2021, 2021), "远山市青石区", "district"),
    (
        ("中共中央关于制定国民经济和社会发展第十五个五年规划的建议",),
        "规划建议",
        "15fyp",
        (2026, 2030),
        "全国",
        "nation",
    ),
    (("白马市托育服务三年行动计划（2024—2026年）",), "专项规划", "other", (2024, 2026), "白马市", "city"),
    (
        ("白马市发展和改革局印发《关于推进白马市2022年商圈建设的指导意见》的通知",),
        "政策文件",
        "other",
        (2022, 2022),
        "白马市",
        "city",
    ),
    (("白马县2023年绩效考评办法",), "政策文件", "other", (2023, 2023), "白马县", "county"),
    (
        ("支持算力若干政策和江西省算力建设行动计划（2022-2024年）",),
        "专项规划",
        "other",
        (2022, 2024),
        "江西省",
        "province",
    ),
    (
        ("经济运行分析", "在市委市政府领导下，相关主管部门和有关区政府齐抓共管。"),
        "其他",
        "other",
        (None, None),
        "some-file",
        "",
    ),
    (("随便什么文字",), "其他", "other", (None, None), "some-file", ""),
    (("远山市2023年国民经济和社会发展统计公报",), "其他", "other", (2023, 2023), "远山市", "city"),
    (("上半年全市工业运行情况分析", "白马市"), "其他", "other", (None, None), "some-file", ""),
    (("序号", "内容", "1", "2022年白马县旅游市场调研报告"), "其他", "other", (2022, 2022), "白马县", "county"),
]


@pytest.mark.parametrize(
    ("lines", "titled"),
    [
        (("远山市2023年统计公报",), True),
        (("一、白马县发展形势分析",), False),
        ((*("新建公园7个。" for _ in range(15)), "白马县发展形势分析"), False),
    ],
)
def test_an_analysis_is_told_by_its_title_and_not_by_a_heading(
    lines: tuple[str, ...], titled: bool, config: Config
) -> None:
    assert of(config, *lines).titled == titled


@pytest.mark.parametrize(("lines", "doc_type", "plan", "years", "region", "level"), GUESSES)
def test_an_unknown_document_is_taken_for_what_its_title_says(
    lines: tuple[str, ...], doc_type: str, plan: str, years: tuple[int, int], region: str, level: str, config: Config
) -> None:
    found = of(config, *lines)
    document = found.document
    assert (document.doc_type, document.plan_id, document.region_id, document.level) == (doc_type, plan, region, level)
    assert (document.period_start, document.period_end) == years
    assert document.doc_id == "some-file" and not document.known
    assert [issue.code for issue in found.issues] == ["guessed"]
    assert found.issues[0].severity == ("warning" if doc_type == "其他" else "info")


def test_the_title_in_the_markup_counts(config: Config) -> None:
    found = of(config, "---", "title: 速读2022年白马县政府工作报告", "---", "<p>各位代表</p>", form="md")
    assert (found.document.plan_id, found.document.period_start, found.document.region_id) == ("gwr", 2022, "白马县")


def test_a_file_name_becomes_an_id_that_is_safe(config: Config) -> None:
    assert of(config, "文", stem="../白马 县/2022 (1)").document.doc_id == "白马-县-2022-1"
    assert of(config, "文", stem="…", sha256="abcdef012345").document.doc_id == "abcdef01"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("济宁市市中区政府", ("济宁市", "市中区")),
        ("沙市区政府", ("沙市区",)),
        ("新疆维吾尔自治区政府", ("新疆维吾尔自治区",)),
        ("苏州市昆山市", ("苏州市", "昆山市")),
        ("我市市场监管区域", ()),
        ("首页>政务公开>白马县", ("白马县",)),
        ("聚焦白马区", ("白马区",)),
        ("上海市宝山区政府", ("上海市", "宝山区")),
        ("兰州市城关区", ("兰州市", "城关区")),
        ("辽宁省本溪市", ("辽宁省", "本溪市")),
        ("荥经县", ("荥经县",)),
        ("雅安市天全县", ("雅安市", "天全县")),
        ("邯郸市肥乡县", ("邯郸市", "肥乡县")),
        ("津市市人民政府", ("津市市",)),
        ("商丘市民权县", ("商丘市", "民权县")),
        ("大庆市区供热规划", ("大庆市",)),
        ("杭州市区域协调发展规划", ("杭州市",)),
        ("江苏省盐城市", ("江苏省", "盐城市")),
        ("红枫市国家中心城市建设", ("红枫市",)),
        ("红枫市十四五文化强市建设", ("红枫市",)),
        ("红枫省山区农业", ("红枫省",)),
        ("廊坊经济技术开发区", ("廊坊经济技术开发区",)),
        ("红枫市白马区（红枫经济开发区）", ("红枫市", "白马区")),
        ("红枫市现代农业产业园区", ("红枫市",)),
        ("普洱市西盟佤族自治县", ("普洱市", "西盟佤族自治县")),
        ("甘孜州", ("甘孜藏族自治州",)),
    ],
)
def test_names_of_regions_are_cut_right(text: str, region: tuple[str, ...]) -> None:
    assert titles().regions(text) == region


@pytest.mark.parametrize(
    ("region", "level"),
    [
        (("红枫市",), "city"),
        (("红枫市", "白马市"), "county"),
        (("苏州工业园区",), "zone"),
        (("新疆生产建设兵团",), "province"),
    ],
)
def test_levels(region: tuple[str, ...], level: str) -> None:
    assert titles().level(region) == level


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("白马市“十四五”海洋强市建设专项规划", "白马市“十四五”海洋强市建设专项规划"),
        ("“十四五”全省能源发展规划", "“十四五”全省能源发展规划"),
        ("白马县关于印发《白马县“十四五”水利规划》的通知", "白马县“十四五”水利规划"),
    ],
)
def test_a_title_keeps_its_quotation_marks(line: str, title: str, config: Config) -> None:
    assert of(config, line).document.title == title


@pytest.mark.parametrize(("text", "value"), [("十", 10), ("十四", 14), ("二十", 20), ("九", 9), ("12", 12)])
def test_numerals(text: str, value: int) -> None:
    assert numeral(text) == value


def test_years_of_plans() -> None:
    assert [five_years(n) for n in (1, 10, 14, 15)] == [(1956, 1960), (2001, 2005), (2021, 2025), (2026, 2030)]


def test_bare_text() -> None:
    assert bare(" ２０２５ 年\u3000Ａ") == "2025年A"


# What documents as people bring them look like.

OPENING = "现在，我代表{}人民政府，向大会报告工作，请予审议，并请政协委员提出意见。"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("各位代表：", OPENING.format("红枫县"), "一、2024年工作回顾"), ("政府工作报告", "红枫县", 2025)),
        (("各位代表：", OPENING.format("市"), "圆满完成“十四五”规划目标任务，开局良好"), ("政府工作报告", "", None)),
        (("我们提前一年完成“十四五”规划目标，总量创新高",), ("其他", "", None)),
        (("（临江省）2025年红枫市人民政府政府工作报告",), ("政府工作报告", "红枫市", 2025)),
        (("中共白马市红枫区委关于制定红枫区国民经济和社会发展第十五个五年规划的建议",),
         ("规划建议", "白马市红枫区", 2026)),
        (("政 府 工 作 报 告", "——2023年1月15日在红枫市第十六届", "人民代表大会第一次会议上"),
         ("政府工作报告", "红枫市", 2023)),
    ],
)  # fmt: skip
def test_what_a_document_without_a_plain_title_is_taken_for(
    lines: tuple[str, ...], expected: tuple[str, str, int | None], config: Config
) -> None:
    document = of(config, *lines).document
    region = "" if document.region_id == document.doc_id else document.region_id
    assert (document.doc_type, region, document.period_start) == expected


def test_a_title_in_a_cell_is_a_title_of_its_own(config: Config) -> None:
    lines = ("province,year,title,text", '红枫省,2026,2026年红枫省政府工作报告,"下载\n打印\n全屏\n各位代表："')
    document = of(config, *"\n".join(lines).split("\n"), form="csv").document
    assert (document.title, document.region_id) == ("2026年红枫省政府工作报告", "红枫省")
