"""Where regions lie: told by configuration, titles and folders; who is one and who is two; the table `regions`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract import build, corpus, regions, tables
from extract.cache import opened
from extract.config import Config, load_config
from extract.divisions import placed
from extract.model import Document
from tests.extract import tables_made as made

PLAN = "{region}国民经济和社会发展第{number}个五年规划纲要\n\n第一章 发展目标\n\n到{year}年，新建道路{value}公里。\n"


@pytest.fixture
def config(project: Path, settings: dict[str, Any]) -> Config:
    return made.config(project, settings)


@pytest.mark.parametrize(
    ("title", "folders", "names"),
    [
        (("全国",), ("江苏省", "南京市"), ("全国",)),
        (("鼓楼区",), ("江苏省", "南京市"), ("江苏省", "南京市", "鼓楼区")),
        (("鼓楼区",), ("江苏省南京市", "鼓楼区"), ("江苏省", "南京市", "鼓楼区")),
        (("南京市", "鼓楼区"), ("江苏省",), ("江苏省", "南京市", "鼓楼区")),
        (("福州市", "鼓楼区"), ("福建省", "厦门市"), ("福建省", "福州市", "鼓楼区")),
        (("昆山市",), ("江苏省", "苏州市"), ("江苏省", "苏州市", "昆山市")),
        (("江苏省",), ("江苏省", "南京市"), ("江苏省",)),
        (("南京市",), ("南京市", "鼓楼区"), ("江苏省", "南京市")),
        ((), ("江苏省", "南京市", "鼓楼区"), ("江苏省", "南京市", "鼓楼区")),
        ((), ("北京市", "2021年", "朝阳区规划"), ("北京市",)),
        (("远山县",), ("plans", "各区规划", "全省"), ("远山县",)),
        ((), ("plans",), ()),
        ((), ("32江苏", "3201 南京市", "320106_鼓楼区"), ("江苏省", "南京市", "鼓楼区")),
        (("香格里拉市",), ("云南省（16州市）", "迪庆州"), ("云南省", "迪庆藏族自治州", "香格里拉市")),
    ],
)
def test_titles_and_folders_tell_where_a_region_lies(
    title: tuple[str, ...], folders: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert regions.inside(title, folders) == names


@pytest.mark.parametrize(
    ("names", "year", "chain"),
    [
        (("洞口县",), 2017, ("湖南省", "邵阳市", "洞口县")),
        (("肥乡县",), 2012, ("河北省", "邯郸市", "肥乡县")),
        (("肥乡区",), 2021, ("河北省", "邯郸市", "肥乡区")),
        (("鼓楼区",), 2021, ("鼓楼区",)),
        (("福州市", "鼓楼区"), 2021, ("福建省", "福州市", "鼓楼区")),
        (("昆山市", "千灯镇"), 2021, ("江苏省", "苏州市", "昆山市", "千灯镇")),
        (("静安区",), None, ("上海市", "静安区")),
        (("仙桃市",), None, ("湖北省", "仙桃市")),
        (("仙桃市",), 2003, ("湖北省", "仙桃市")),
        (("红枫县",), 2021, ("红枫县",)),
        ((), 1950, ()),
    ],
)
def test_codes_of_divisions_tell_what_lies_around_a_name(
    names: tuple[str, ...], year: int | None, chain: tuple[str, ...]
) -> None:
    assert placed(names, year) == chain


def document(doc_id: str, region_id: str, *within: str) -> Document:
    region = region_id.removeprefix("".join(within[-1:]))
    return Document(doc_id, region_id, "", "gwr", "政府工作报告", 2021, 2021, "", "", False, region, within)


def test_a_region_printed_with_and_without_its_city_is_one() -> None:
    found = [document("a", "白马区"), document("b", "临江市白马区", "临江市"), document("c", "远山县")]
    assert regions.settled(found) == {"a": "临江市白马区", "b": "临江市白马区", "c": "远山县"}
    other = document("d", "远山市白马区", "远山市")
    assert regions.settled([*found, other]) == {
        "a": "白马区", "b": "临江市白马区", "c": "远山县", "d": "远山市白马区"
    }  # fmt: skip


def test_regions_of_one_name_in_two_provinces_are_two() -> None:
    found = [document("a", "东湖县", "江西省"), document("b", "东湖县", "河北省"), document("c", "东湖县")]
    assert regions.settled(found) == {"a": "江西省东湖县", "b": "河北省东湖县", "c": "东湖县"}
    found = [document("a", "北京市朝阳区", "北京市"), document("b", "朝阳区", "吉林省")]
    assert regions.settled(found) == {"a": "北京市朝阳区", "b": "朝阳区"}


def test_a_configured_region_keeps_its_id(config: Config) -> None:
    known = document("a", "qingshi")
    assert regions.settled([replace(known, known=True), document("b", "白马区")]) == {"a": "qingshi", "b": "白马区"}
    names = {one.id: one.name for one in config.regions}
    inner = next(one for one in config.regions if one.parent)
    assert regions.identified((names[str(inner.parent)], inner.name), config) == (inner.id, inner.level)
    new = regions.places([document("b", "新县", names[str(inner.parent)])], config)[-1]
    assert (new.name, new.parent) == ("新县", inner.parent)


def test_an_archive_of_folders_gives_a_tree_of_regions_in_both_formats(tmp_path: Path) -> None:
    sources = tmp_path / "archive"
    for folder, region, number, year in (
        ("江苏省/南京市/鼓楼区", "鼓楼区", "十四", 2025),
        ("江苏省/南京市", "南京市", "十五", 2030),
        ("福建省/福州市/鼓楼区", "", "十四", 2025),
    ):
        (sources / folder).mkdir(parents=True, exist_ok=True)
        words = PLAN.format(region=region, number=number, year=year, value=len(folder))
        (sources / folder / f"{number}.md").write_text(words, encoding="utf-8")
    config = load_config(Path(__file__).resolve().parents[2] / "config.yaml")
    build.build(config, [sources], tmp_path / "csv")
    with opened(None) as cache:
        corpus.build(config, [sources], tmp_path / "parquet", cache)
    names = ["regions", "carryover", "stressed", "documents"]
    one, many = (tables.read(tmp_path / form, names) for form in ("csv", "parquet"))
    assert one["regions"] == many["regions"] and len(one["carryover"]) == len(many["carryover"]) > 0
    assert {row["region_id"] for row in many["documents"]} == {"南京市鼓楼区", "南京市", "福州市鼓楼区"}
    lie = {row["region_id"]: (row["name"], row["level"], row["parent"]) for row in one["regions"]}
    assert lie["南京市鼓楼区"] == ("鼓楼区", "district", "南京市")
    assert lie["南京市"] == ("南京市", "city", "江苏省") and lie["江苏省"] == ("江苏省", "province", None)
    assert lie["福州市鼓楼区"] == ("鼓楼区", "district", "福州市")
