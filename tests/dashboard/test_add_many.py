"""Documents that visitors bring, beside the regions that are chosen out of many."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
import yaml
from streamlit.testing.v1 import AppTest

import add_found
import data_io
import data_nation
import derived
import labels
import memory
import region_choice
import settings
import stress
import table_set
import view as views
import wording
from directory import NEAR_COLOUR
from extract.__main__ import main
from schema import TABLES
from selection import Selection
from tests.bench import corpus
from tests.conftest import configuration
from tests.dashboard.test_add import PAGES, app, corrected, own_facts, told
from tests.serving import ROOT
from uploads.workspace import Workspace

OWN = "临江市红枫区-14fyp"
PLAN = """临江市红枫区国民经济和社会发展第十四个五年规划纲要
第一章 主要目标
到2025年，地区生产总值达到{gdp}亿元，年均增长7%左右，新建公园7个。
第二章 海洋经济
发展海洋经济、海洋产业和海洋装备，建设海洋牧场和海洋牧场公园。海洋经济、海洋产业和海洋装备形成合力。
"""
FIRST, SECOND, THIRD = "甲子市", "甲子市甲丑县", "甲子市甲寅区"
"""Regions of the corpus."""


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A corpus in partitions of more regions than are listed, to which the dashboard is pointed."""
    root = tmp_path_factory.mktemp("country")
    corpus.write(root / "sources", 63, 1.2)
    config: dict[str, Any] = configuration() | {"documents": [], "bounds": {"targets": {}, "issue_share": [0, 1]}}
    config["paths"] |= {"sources": "sources", "tables": "tables"}
    config["plans"].insert(1, {"id": "15fyp", "name": "“十五五”规划", "period": [2026, 2030]})
    config["dashboard"] = {"regions": [], "plans": ["14fyp", "15fyp", "gwr"], "save_uploads": True}
    (root / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert main(["--config", str(root / "config.yaml"), "build", "--format", "parquet", "--part", "16"]) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CONFIG_FILE", root / "config.yaml")
        labels.use("zh")
        yield root
    memory.forget()


def brought(gdp: int = 260, again: Path | None = None) -> Workspace:
    """The workspace of a visitor who has added a plan that aims at so much, beside a file that is there already."""
    workspace, packed = Workspace(many=True), BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("plan.txt", PLAN.format(gdp=gdp))
        if again:
            archive.write(again, again.name)
    workspace.take("plans.zip", packed.getvalue())
    workspace.wait()
    assert [one.id for one in workspace.documents] == [OWN]
    assert [one.code for one in workspace.refusals] == ["same_document"] * bool(again)
    return workspace


@pytest.fixture(scope="module")
def held(country: Path) -> Iterator[Workspace]:
    """The workspace of a visitor who has added one document."""
    workspace = brought()
    yield workspace
    workspace.end()


def own_rows(workspace: Workspace, table: str) -> pd.DataFrame:
    return views.load(settings.load(workspace.config_file)).tables.brought[table]


def looked_at(workspace: Workspace, *regions: str) -> views.View:
    whole = views.load(settings.load(workspace.config_file))
    return views.narrow(views.within(whole, regions), Selection(regions, ("14fyp", "15fyp", "gwr")))


def chosen(page: AppTest) -> list[str]:
    return list(page.session_state["region"])


def test_tables_beside_others_are_one(tmp_path: Path) -> None:
    """Tables of some documents beside those of others say what the tables of all say."""
    plain, own = data_io.load(ROOT / "data" / "tables"), ("yuexiu-14fyp",)
    for table in TABLES:
        frame = plain[table].sort_values("doc_id", kind="stable")
        mine = frame["doc_id"].isin(own)
        for name, rows in (("whole", frame), ("corpus", frame[~mine])):
            (tmp_path / name / table).mkdir(parents=True)
            rows.to_parquet(tmp_path / name / table / "part-00000.parquet", index=False)
        (tmp_path / "own").mkdir(exist_ok=True)
        frame[mine].to_csv(tmp_path / "own" / f"{table}.csv", index=False)
    whole, corpus, brought = (data_io.load(tmp_path / name) for name in ("whole", "corpus", "own"))
    beside = corpus.beside(brought)
    assert beside.version != corpus.version and beside.key != corpus.key
    assert set(beside["targets"]["doc_id"]) == set(beside.facts(())["doc_id"]) == set(own)
    both, alone = (tables.of_regions(("tianhe",), ("guangzhou",)) for tables in (beside, corpus))
    expected = whole.of(("tianhe-14fyp", "tianhe-2022gwr", *own))
    for table in table_set.OWN:
        rows = both[table].sort_values("doc_id", kind="stable", ignore_index=True)
        then = expected[table].sort_values("doc_id", kind="stable", ignore_index=True)
        if table == "emphasis":  # pairs of an own document and one of the others are not made
            rows, then = (one[one["against"] == stress.REST].reset_index(drop=True) for one in (rows, then))
        pd.testing.assert_frame_equal(rows, then)
        assert beside.of_regions(("tianhe",), ()).size(table) == both.size(table) == len(both[table])
        assert not set(alone[table]["doc_id"]) & set(own)
    assert set(both["documents"]["doc_id"]) == {"guangzhou-15fyp", *expected["documents"]["doc_id"]}
    assert set(own) <= set(both["stressed"]["doc_id"]), "it is told of with the plan above it, which is near"
    for doc_id in expected["documents"]["doc_id"]:
        found, then = (derived.topics(tables, doc_id, 5) for tables in (both, expected))
        assert (found is None) == (then is None)
        if found is not None and then is not None:
            pd.testing.assert_frame_equal(found, then)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_with_an_own_document(held: Workspace, page: str) -> None:
    shown = app(page, held, region=FIRST)
    assert not shown.error, page
    assert held.config_file is not None and views.many(held.config_file)


def test_an_own_document_stands_beside_whatever_is_chosen(held: Workspace) -> None:
    everybody = views.load(settings.load())
    for regions in ((FIRST, SECOND), (THIRD,), ()):
        view = looked_at(held, *regions)
        assert view.many and set(view.facts["region_id"]) == {*regions, "临江市红枫区"}
        assert OWN in view.directory.documents and OWN not in {one.id for one in view.documents}
        assert view.directory.colour("临江市红枫区") == NEAR_COLOUR, "its region is not among those chosen"
        assert view.nation is everybody, "of all regions nothing is made for one visitor"
    view = looked_at(held, FIRST, "临江市红枫区")
    assert {one.region_id for one in view.documents} == {FIRST, "临江市红枫区"}
    scale, every = data_nation.scale(view.whole), data_nation.scale(everybody)
    assert scale.documents == every.documents + 1 and scale.facts == every.facts + len(own_facts(held))
    assert view.tables.texts(list(view.tables["passages"]["passage_id"])), (
        "its words are there, and those of the others"
    )
    emphasis = view.tables["emphasis"]
    against = stress.pair(emphasis, "topic", OWN, stress.REST, {})
    assert against.side(1).iloc[0]["topic"] and "规划纲要" in against.types, "it is held against all regions"
    assert not set(views.within(everybody, (FIRST,)).tables["documents"]["doc_id"]) & {OWN}


def test_from_a_file_to_the_comparison_and_back(country: Path) -> None:
    there = next((country / "sources").rglob("00016-14fyp.md"))
    page = app("themes", region=FIRST)
    assert chosen(page) == [FIRST] and "红枫区" not in told(page)
    page.session_state["_workspace"], page.session_state["_workspace_seen"] = (own := brought(again=there)), set()
    page.run()
    assert chosen(page) == ["临江市红枫区", FIRST]
    assert "红枫区" in told(page) and "甲子市" in told(page)
    page.query_params["region"] = [SECOND, "临江市红枫区", THIRD]
    page.run()
    assert not [name for name in ("红枫区", "甲丑县", "甲寅区") if name not in told(page)]
    page.switch_page("app_pages/add.py").run()
    assert "临江市红枫区国民经济和社会发展第十四个五年规划纲要" in told(page)
    assert "甲丑市国民经济和社会发展第十四个五年规划" in told(page), "what is there already is named"
    assert "不含添加的文件" in told(page) and "保存给所有人" not in told(page)
    assert len(add_found.packed(looked_at(own, SECOND), OWN)) < len(add_found.packed(looked_at(own, SECOND)))
    own.remove(own.documents[0])
    own.wait()
    page.run()
    assert chosen(page) == [SECOND, THIRD], "the others stay chosen"
    assert "红枫区" not in told(page) and "红枫" not in str(page.session_state[region_choice._AT_HAND])
    own.end()


def test_the_form_of_a_fact_of_many_regions_opens(held: Workspace) -> None:
    fact = looked_at(held, FIRST).facts.query("region_id == @FIRST").iloc[0]
    page = app("targets", held, region=FIRST, fact=fact["target_id"])
    page.button(key="am_wrong").click().run()
    assert not page.exception
    assert page.text_input(key=f"am_indicator_{wording.short_id(fact['target_id'])}").value == fact["indicator"]


def largest(view: views.View, doc_id: str) -> float:
    return float(view.facts.loc[view.facts["doc_id"] == doc_id, "value"].max())


def test_a_correction_counts_at_once_and_other_visitors_keep_their_own(held: Workspace) -> None:
    other = brought(gdp=300)
    wrong = own_facts(other).query("value == 300").iloc[0]
    page = corrected(other, wrong["target_id"], value="310")
    assert list(own_facts(other).query("rule == 'correction'")["value"]) == [310] and page.toast
    for workspace, value in ((other, 310), (held, 260), (other, 310)):
        view = looked_at(workspace, FIRST, "临江市红枫区")
        own = view.facts[view.facts["doc_id"] == OWN]
        assert value in set(own["value"]) and not {260, 300, 310} - {value} & set(own["value"])
        assert views.told(largest, view, OWN) == value
        assert f"{value}" in told(app("targets", workspace, region=[FIRST, "临江市红枫区"]))
    other.take("second.txt", PLAN.format(gdp=90).replace("红枫", "白桦").encode())
    other.wait()
    assert {one.id for one in other.documents} == {OWN, "临江市白桦区-14fyp"}
    assert 310 in set(own_facts(other)["value"]), "a correction stays when another document comes"
    other.remove(other.documents[0])
    other.wait()
    assert [one.id for one in other.documents] == ["临江市白桦区-14fyp"] and not other.refusals
    assert set(looked_at(other).facts["doc_id"]) == {"临江市白桦区-14fyp"}
    other.end()


def test_a_document_comes_to_a_full_choice_and_to_tables_without_sums(country: Path) -> None:
    regions = list(pd.read_parquet(country / "tables" / "regions")["region_id"].iloc[2:14])
    page = app("themes", region=regions)
    sums = country / "tables" / ".parts" / "totals.json"
    sums.rename(sums.with_suffix(".away"))
    try:
        page.session_state["_workspace"], page.session_state["_workspace_seen"] = (own := brought()), set()
        page.switch_page("app_pages/add.py").run()
        assert set(chosen(page)) == {"临江市红枫区", *regions[:-1]}
        assert f"最多同时选择{region_choice.MOST}个" in told(page)
        assert "未能与全部地区的同类文件比较用词" in told(page)
        assert own_rows(own, "emphasis").empty and not app("profile", own, region="临江市红枫区").error
    finally:
        sums.with_suffix(".away").rename(sums)
    own.end()
