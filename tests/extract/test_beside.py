"""Documents beside a corpus in partitions: what it knows of regions and documents, and what its sums say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract import tables
from extract.__main__ import main
from extract.beside import Corpus
from extract.config import Config
from extract.regions import Place
from extract.schema import Row, Tables
from tests.extract.test_corpus import SOURCES, built, config

__all__ = ["config"]

UPPER, LOWER = "00000-15fyp.md", "00003-14fyp.md"
"""A city's plan, held against the earlier ones of its districts and counties, and one of these."""
OTHER = """临江市红枫区国民经济和社会发展第十四个五年规划纲要
第一章 主要目标
到2025年，地区生产总值达到260亿元，新建公园7个。
"""

Add = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def add(project: Path, tmp_path: Path, config: Config, capsys: pytest.CaptureFixture[str]) -> Add:
    """Adds a file beside the corpus in `tmp_path / "corpus"`; what is said of it."""
    settings = yaml.safe_load((project / "config.yaml").read_text("utf-8"))
    settings |= {"documents": [], "regions": [], "dashboard": {"regions": [], "plans": []}}
    settings["paths"] |= {"tables": "own/tables", "sources": "own/sources", "beside": str(tmp_path / "corpus")}
    path = project / "own.yaml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")

    def command(file: Path, *options: str) -> list[dict[str, Any]]:
        main(["--config", str(path), "add", "--json", "--sure", *options, "--", str(file)])
        return [said for line in capsys.readouterr().out.splitlines() if "stage" not in (said := json.loads(line))]

    return command


def rows(found: Tables, table: str, doc_id: object) -> dict[tuple[object, ...], Row]:
    """Rows of a comparing table of a document, its id left out, by what they speak of."""
    upper = "upper" if table == "stressed" else "doc_id"
    own = [{name: doc_id if value == "own" else value for name, value in row.items()} for row in found[table]]
    return {
        tuple(str(row.get(name)) for name in ("unit", "name", "topic", "doc_id") if name != upper): row
        for row in own
        if row[upper] == doc_id
    }


@pytest.mark.parametrize("held_back", [UPPER, LOWER])
def test_it_is_held_against_what_a_build_of_all_holds_it_against(
    held_back: str, add: Add, config: Config, project: Path, tmp_path: Path
) -> None:
    built(config, tmp_path / "whole")
    file = tmp_path / held_back
    shutil.move(project / SOURCES / held_back, file)
    built(config, tmp_path / "corpus")
    before = {path: path.read_bytes() for path in (tmp_path / "corpus").rglob("*") if path.is_file()}
    (said,) = add(file)
    own, whole = tables.read(project / "own" / "tables"), tables.read(tmp_path / "whole")
    (document,) = own["documents"]
    then = file.stem
    same = next(one for one in whole["documents"] if one["doc_id"] == then)
    assert said["sure"] and document["doc_id"] == said["doc_id"] != then
    assert document["region_id"] == same["region_id"], "a region of the corpus keeps its id"
    text = json.dumps(own, ensure_ascii=False).replace(str(document["doc_id"]), then)
    found: Tables = json.loads(text)
    for table in ("emphasis", "carryover", "stressed"):
        mine, theirs = rows(found, table, then), rows(whole, table, then)
        assert bool(mine) == (table == "emphasis" or held_back == UPPER), table
        assert all(theirs[name] == row for name, row in mine.items() if name in theirs), table
        assert len(mine.keys() & theirs.keys()) >= 0.9 * len(theirs), table
        assert len(mine.keys() - theirs.keys()) <= 0.1 * len(theirs), table
    assert {path: path.read_bytes() for path in before} == before, "the corpus stays as it is"


def test_documents_beside_a_corpus_stay_beside_one_another(
    add: Add, config: Config, project: Path, tmp_path: Path
) -> None:
    built(config, tmp_path / "corpus")
    shutil.rmtree(tmp_path / "corpus" / ".parts")
    for number, name in enumerate(("plan.txt", "other.txt")):
        (tmp_path / name).write_text(OTHER.replace("红枫区", ("红枫区", "白桦区")[number]), encoding="utf-8")
        (said,) = add(tmp_path / name)
        assert said["sure"], said["message"]
    own = tables.read(project / "own" / "tables")
    assert [str(row["region_id"])[-3:] for row in own["documents"]] == ["白桦区", "红枫区"]
    assert not own["emphasis"], "a copy without sums holds nothing against the corpus, nor own documents against it"


def test_what_the_corpus_has_is_not_added_again(add: Add, config: Config, project: Path, tmp_path: Path) -> None:
    built(config, tmp_path / "corpus")
    (said,) = add(project / SOURCES / LOWER)
    assert not said["sure"] and said["twin"] == "00003-14fyp"
    newer = tmp_path / "newer.md"
    newer.write_text((project / SOURCES / LOWER).read_text("utf-8") + "新建公园9个。\n", encoding="utf-8")
    (said,) = add(newer)
    assert said["twin"] == "00003-14fyp", "a region has one plan of a kind for the same years"
    (said,) = add(newer, "--region=linjiang")
    assert said["sure"] and said["region"] == "linjiang", "a region of the corpus may be named by its id"


def test_names_of_regions_mean_those_of_the_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [
        Place("a", "南京市", "", "city", ""),
        Place("b", "鼓楼区", "", "district", "a"),
        Place("c", "鼓楼区", "", "district", "d"),
        Place("d", "福州市", "", "city", ""),
        Place("e", "白马县", "", "county", ""),
    ]
    corpus = Corpus(Path())
    monkeypatch.setitem(vars(corpus), "places", places)
    for names, ids in (
        (("鼓楼区",), ["b", "c"]),
        (("福州市", "鼓楼区"), ["c"]),
        (("福建省", "福州市", "鼓楼区"), []),
        (("某某省", "白马县"), ["e"]),
        (("红枫区",), []),
    ):
        assert [one.region_id for one in corpus.regions(names)] == ids
