"""Carry-over: who is compared, what is stressed, and what an expert expects of the real documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extract import build, carryover, tables
from extract.config import Config, load_config
from extract.regions import places
from extract.schema import Row, Tables
from tests.extract import tables_made as made

COMMON = {"道路": 60, "学校": 40, "公园": 30, "医院": 50, "绿地": 20, "水库": 15}


@pytest.fixture
def config(project: Path, settings: dict[str, Any]) -> Config:
    return made.config(project, settings)


def plans(city: dict[str, int], *districts: dict[str, int]) -> list[tuple[Row, dict[str, int]]]:
    names = ("qingshi", "baihe", "heishan")[: len(districts)]
    return [
        (made.document("linjiang", made.ADVICE, 2026), COMMON | city),
        *((made.document(name), COMMON | said) for name, said in zip(names, districts, strict=True)),
    ]


def topics(found: Tables) -> dict[str, Row]:
    return {str(row["name"]): row for row in found["carryover"] if row["unit"] == "topic"}


def test_classes(config: Config) -> None:
    city = {"低空": 20, "人才": 30, "游船": 1}
    first, second = {"人才": 40, "直播": 1}, {"人才": 35, "防疫": 25, "直播": 1}
    found = topics(carryover.rows(made.tables(plans(city, first, second, {"人才": 5})), places((), config)))
    assert {name: found[name]["class"] for name in ("低空", "人才", "防疫", "游船")} == {
        "低空": "new",
        "人才": "carried",
        "防疫": "left_behind",
        "游船": "new",
    }
    assert found["人才"]["stressed_below"] == "baihe-规划纲要|qingshi-规划纲要"
    assert (found["防疫"]["mentions"], found["防疫"]["mentions_below"]) == (0, 25)
    assert found["低空"]["evidence"] == "strong" and found["游船"]["evidence"] == "weak"
    assert float(found["低空"]["low"] or 0) > 0 > float(found["防疫"]["high"] or 0)


def test_what_is_said_often_everywhere_is_carried_though_the_city_says_it_less(config: Config) -> None:
    found = topics(carryover.rows(made.tables(plans({"道路": 45}, {}, {}, {})), places((), config)))
    assert found["道路"]["class"] == "carried" and float(found["道路"]["z"] or 0) < 0


def test_more_mentions_are_more_evidence_and_clusters_less(config: Config) -> None:
    def p(count: int, together: float = 0.0) -> float:
        given = made.tables(plans({"低空": count}, {}, {}, {}))
        given["chance"] = [
            {"doc_id": row["doc_id"], "unit": "topic", "together": together, "z95": 2.0} for row in given["documents"]
        ]
        row = topics(carryover.rows(given, places((), config)))["低空"]
        assert row["class"] == "new"
        return float(row["p"] or 0)

    assert p(1) < p(2) < p(5) < p(20)
    assert p(5, 0.3) < p(5)
    assert p(1, 0.3) == p(1)


def test_the_latest_plan_above_meets_the_latest_earlier_ones_below(config: Config) -> None:
    given = [
        (made.document("linjiang", made.PLAN, 2021, name="city-old"), COMMON),
        (made.document("linjiang", made.ADVICE, 2026, name="city-advice"), COMMON),
        (made.document("linjiang", made.PLAN, 2026, name="city"), COMMON),
        (made.document("linjiang", made.REPORT, 2027, name="city-report"), COMMON),
        (made.document("linjiang", "专项规划", 2028, name="city-special"), COMMON),
        (made.document("qingshi", made.PLAN, 2016, name="older"), COMMON),
        (made.document("qingshi", made.PLAN, 2021, name="old"), COMMON),
        (made.document("qingshi", made.PLAN, 2026, name="same"), COMMON),
        (made.document("baihe", made.PLAN, 2026, name="no-earlier"), COMMON),
        (made.document("nanpu", made.PLAN, 2021, name="elsewhere"), COMMON),
    ]
    found = carryover.rows(made.tables(given), places((), config))
    assert {(row["upper"], row["doc_id"]) for row in found["stressed"]} == {("city", "city"), ("city", "old")}
    assert {row["doc_id"] for row in found["carryover"]} == {"city"}


def test_without_an_earlier_plan_below_there_is_nothing(config: Config) -> None:
    given = made.tables([(made.document("linjiang"), COMMON), (made.document("qingshi"), COMMON)])
    assert carryover.rows(given, places((), config)) == {"carryover": [], "stressed": []}


def test_aims_stand_beside_their_topic(config: Config) -> None:
    given = made.tables(plans({}, {}, {}))
    aims = [("linjiang-规划建议", "target"), ("qingshi-规划纲要", "target"), ("baihe-规划纲要", "qualitative")]
    given["targets"] = [
        {"doc_id": doc_id, "topic": "道路", "kind": kind} for doc_id, kind in [*aims, ("baihe-规划纲要", "baseline")]
    ]
    found = carryover.rows(given, places((), config))
    assert (topics(found)["道路"]["targets"], topics(found)["道路"]["targets_below"]) == (1, 2)
    assert [row["targets"] for row in found["stressed"] if row["topic"] == "道路"] == [1, 1, 1]
    assert {row["targets"] for row in found["carryover"] if row["unit"] == "term"} == {None}


def test_terms_are_those_of_topics_that_the_city_says_or_that_are_frequent(config: Config) -> None:
    given = made.tables(plans({"低空": 1, "木桥": 9}, {"直播": 4, "防疫": 5}))
    for row in given["terms"]:
        row["topic"] = None if row["term"] == "木桥" else row["topic"]
    terms = {row["name"] for row in carryover.rows(given, places((), config))["carryover"] if row["unit"] == "term"}
    assert terms == {*COMMON, "低空", "防疫"}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_documents_changes_nothing(seed: int, config: Config) -> None:
    given = made.tables(plans({"低空": 3}, {"人才": 40}, {"防疫": 2}, {}))
    for name, rows in carryover.rows(given, places((), config)).items():
        again = carryover.rows(made.shuffled(given, seed), places((), config))[name]
        assert made.written(name, again) == made.written(name, rows) != []


# The real documents.

ALONE = "低空经济 具身智能 银发经济 赛事经济 海洋经济".split()
STRESSED = {
    "huadu-14fyp": "空铁枢纽 汽车 绿色金融 乡村".split(),
    "yuexiu-14fyp": "红色文化 生命健康 超高清视频 信用".split(),
    "tianhe-14fyp": "中央商务区 金融城 软件 数字服务出口".split(),
}


@pytest.fixture(scope="module")
def real(plan_sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("real") / "tables"
    build.build(load_config(Path(__file__).resolve().parents[2] / "config.yaml"), [plan_sources], folder)
    return tables.read(folder, ["emphasis", "carryover"])


@pytest.mark.parametrize("name", ALONE)
def test_the_city_alone_stresses(name: str, real: Tables) -> None:
    row = next(row for row in real["carryover"] if (row["unit"], row["name"]) == ("term", name))
    assert (row["doc_id"], row["class"], row["mentions_below"]) == ("guangzhou-15fyp", "new", 0)


@pytest.mark.parametrize(("doc_id", "name"), [(doc_id, name) for doc_id, names in STRESSED.items() for name in names])
def test_a_district_stands_out(doc_id: str, name: str, real: Tables) -> None:
    row = next(
        row
        for row in real["emphasis"]
        if (row["unit"], row["doc_id"], row["against"], row["name"]) == ("term", doc_id, "rest", name)
    )
    assert float(row["z"] or 0) > float(row["chance"] or 0)
