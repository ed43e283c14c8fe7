"""Emphasis: the measure by hand, what the prior and chance do, what is compared with what."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import emphasis, halves
from extract.chapters import chapters
from extract.config import Config
from extract.lexicon_file import LEXICON
from extract.log_odds import compare
from extract.model import Anchor, Chance, Paragraph, Passage
from extract.schema import Row
from extract.terms import ThemeLexicon, load_themes
from tests.extract import tables_made as made

COMMON = {"道路": 60, "学校": 40, "公园": 30, "医院": 50}


@pytest.fixture
def config(project: Path, settings: dict[str, Any]) -> Config:
    return made.config(project, settings)


@pytest.fixture(scope="module")
def lexicon() -> ThemeLexicon:
    return load_themes(LEXICON / "themes.yaml")


def arrays(*numbers: float) -> list[Any]:
    return [np.array([number], dtype=float) for number in numbers]


def z_of(*numbers: float) -> float:
    return float(compare(*arrays(*numbers)).z[0])


def ranking(rows: list[Row], doc_id: str, against: str = "rest", unit: str = "term") -> list[str]:
    chosen = [row for row in rows if (row["doc_id"], row["against"], row["unit"]) == (doc_id, against, unit)]
    return [str(row["name"]) for row in sorted(chosen, key=lambda row: -float(row["z"] or 0))]


def test_the_measure_by_hand() -> None:
    # 8 of 20 against 2 of 20: a quarter of both, so a prior of 5 on each side; odds 13/27 and 7/33.
    found = compare(*arrays(8, 2, 20, 20))
    assert found.log_odds[0] == pytest.approx(0.8197, abs=1e-4)  # ln(13/27) - ln(7/33)
    assert found.error[0] == pytest.approx(0.4688, abs=1e-4)  # sqrt(1/13 + 1/7)
    assert found.z[0] == pytest.approx(1.7485, abs=1e-4)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(501, 10**6), st.integers(501, 10**6))
def test_the_other_way_round_is_the_same_with_the_other_sign(a: int, b: int, n: int, m: int) -> None:
    assert z_of(a, b, n, m) == pytest.approx(-z_of(b, a, m, n), abs=1e-9)


@given(st.integers(10, 10**6), st.integers(1, 10**7))
def test_three_mentions_in_one_text_alone_prove_little(total: int, against: int) -> None:
    assert z_of(3, 0, total, against) < 2.2


def test_the_only_name_there_is_has_no_odds() -> None:
    assert z_of(7, 9, 7, 9) == 0


def test_what_one_says_often_leads_and_a_word_of_three_mentions_never_does(config: Config) -> None:
    tables = made.tables(
        [
            (made.document("qingshi"), COMMON | {"稀罕": 3, "独有": 40, "道路": 120}),
            (made.document("baihe"), COMMON),
            (made.document("heishan"), COMMON),
        ]
    )
    terms = ranking(emphasis.rows(tables, config), f"qingshi-{made.PLAN}")
    assert terms[0] == "独有" and "稀罕" not in terms
    topics = ranking(emphasis.rows(tables, config), f"qingshi-{made.PLAN}", unit="topic")
    assert topics[0] == "独有" and topics.index("稀罕") > topics.index("道路")


def test_the_rest_are_the_plans_of_other_regions(config: Config) -> None:
    tables = made.tables(
        [
            (made.document("qingshi"), {"道路": 10, "学校": 5}),
            (made.document("qingshi", start=2026, name="later"), {"道路": 100, "学校": 50}),
            (made.document("qingshi", made.REPORT), {"道路": 1000, "学校": 500}),
            (made.document("baihe"), {"道路": 7, "学校": 11}),
            (made.document("linjiang", made.ADVICE), {"道路": 3, "学校": 2}),
        ]
    )
    rows = made.written("emphasis", emphasis.rows(tables, config))
    rest = [row for row in rows if row["against"] == "rest" and row["unit"] == "term" and row["name"] == "道路"]
    assert {row["doc_id"]: row["count_against"] for row in rest} == {
        "qingshi-规划纲要": 10,
        "later": 10,
        "baihe-规划纲要": 113,
        "linjiang-规划建议": 117,
    }
    assert {row["doc_id"]: row["types"] for row in rest}["qingshi-规划纲要"] == "规划建议|规划纲要"
    row = next(row for row in rest if row["doc_id"] == "baihe-规划纲要")
    assert (row["total"], row["total_against"], row["per_10k"], row["chapters_against"]) == (18, 170, 3.5, 3)


def test_work_reports_meet_work_reports_and_every_pair_stands_once(config: Config) -> None:
    tables = made.tables(
        [
            (made.document("qingshi", made.REPORT), COMMON),
            (made.document("baihe", made.REPORT), COMMON | {"公园": 3}),
            (made.document("heishan"), COMMON),
        ]
    )
    rows = emphasis.rows(tables, config)
    assert {(row["doc_id"], row["types"]) for row in rows if row["against"] == "rest"} == {
        ("baihe-政府工作报告", "政府工作报告"),
        ("qingshi-政府工作报告", "政府工作报告"),
    }
    pairs = {(row["doc_id"], row["against"]) for row in rows if row["against"] != "rest"}
    assert len(pairs) == 3 and all(str(one) < str(other) for one, other in pairs)


def test_many_documents_are_not_paired_and_only_the_strongest_terms_are_kept(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emphasis, "MOST_PAIRED", 2)
    monkeypatch.setattr(emphasis, "MOST_TERMS", 1)
    tables = made.tables([(made.document(name), COMMON | {name: 9}) for name in ("qingshi", "baihe", "heishan")])
    rows = emphasis.rows(tables, config)
    assert {row["against"] for row in rows} == {"rest"}
    sides = [(row["doc_id"], float(row["z"] or 0) > 0) for row in rows if row["unit"] == "term"]
    assert len(sides) == len(set(sides)) == 6
    assert sum(row["unit"] == "topic" for row in rows) == 3 * 7


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_documents_changes_nothing(seed: int, config: Config) -> None:
    draw = random.Random(1)
    tables = made.tables(
        [
            (made.document(name), {f"词{i}": draw.randint(1, 30) for i in range(150)})
            for name in ("qingshi", "baihe", "heishan", "linjiang")
        ]
    )
    rows = made.written("emphasis", emphasis.rows(tables, config))
    assert made.written("emphasis", emphasis.rows(made.shuffled(tables, seed), config)) == rows


def test_one_more_document_changes_no_count_and_no_pair(config: Config) -> None:
    five = [
        (made.document(name), COMMON | {name: 9 + i})
        for i, name in enumerate(("qingshi", "baihe", "heishan", "linjiang"))
    ]
    five.append((made.document("qingshi", made.REPORT), COMMON))
    sixth = (made.document("nanpu"), COMMON | {"码头": 40, "道路": 1})
    before, after = emphasis.rows(made.tables(five), config), emphasis.rows(made.tables([*five, sixth]), config)

    def counts(rows: list[Row]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        own = ("count", "total", "per_10k", "chapters")
        return {(r["unit"], r["doc_id"], r["against"], r["name"]): tuple(r[column] for column in own) for r in rows}

    assert counts(before).items() <= counts(after).items()
    pairs = [row for row in before if row["against"] != "rest"]
    assert pairs and all(row in after for row in pairs)


def test_a_region_does_not_stress_its_own_name(config: Config) -> None:
    given = {"qingshi": {"青石": 50, "青石区": 20, "水库": 9}, "baihe": {"青石": 5, "水库": 50}}
    tables = made.tables([(made.document(name), COMMON | said) for name, said in given.items()])
    for row in tables["terms"]:
        row["topic"] = None
    terms = {row["name"] for row in emphasis.rows(tables, config) if row["unit"] == "term"}
    assert terms == {*COMMON, "水库"}


def test_chapters_are_the_sections_right_under_the_document() -> None:
    sections = [("a", "s1"), ("s1", "top"), ("s2", "top"), ("b", "a"), ("top", "")]
    assert chapters(sections) == {"top": "", "s1": "s1", "a": "s1", "b": "s1", "s2": "s2"}


def pieces(number: int) -> list[Passage]:
    text = "文" * halves.PIECE_CHARS
    return [Passage(f"d-p{i}", "d", "d-s0", "text", Paragraph(text, (Anchor(0, i + 1, 0),))) for i in range(number)]


def chance_of(words: list[list[str]], lexicon: ThemeLexicon) -> Chance:
    return next(found for found in halves.chance(pieces(len(words)), words, lexicon) if found.unit == "term")


def test_chance_grows_where_words_come_in_clusters(lexicon: ThemeLexicon) -> None:
    names = [f"词{i}" for i in range(20)]
    spread = [names * 2 for _ in range(20)]
    mixed = [[names[(i + k * (i % 3 + 1)) % 20] for k in range(40)] for i in range(20)]
    clustered = [[names[i]] * 40 for i in range(20)]
    found = [chance_of(words, lexicon) for words in (spread, mixed, clustered)]
    assert [one.names for one in found] == [20, 20, 20]
    assert found[0].z95 < found[1].z95 < found[2].z95 and found[0].z_top < found[2].z_top
    assert found[0].z95 == 0 and found[2].together == 1 > found[0].together


def test_chance_is_the_same_in_every_run_and_needs_a_text_to_halve(lexicon: ThemeLexicon) -> None:
    draw = random.Random(3)
    words = [[f"词{draw.randint(0, 30)}" for _ in range(30)] for _ in range(12)]
    assert halves.chance(pieces(12), words, lexicon) == halves.chance(pieces(12), words, lexicon)
    assert halves.chance(pieces(4), words[:4], lexicon) == halves.chance([], [], lexicon) == ()
    assert halves.chance(pieces(12), [[]] * 12, lexicon) == ()


def test_chance_knows_topics_by_their_words(lexicon: ThemeLexicon) -> None:
    units = {one.unit: one.names for one in halves.chance(pieces(8), [["低空经济", "木桥"]] * 8, lexicon)}
    assert units == {"term": 2, "topic": 1}


def test_the_row_bears_the_larger_chance_of_both(config: Config) -> None:
    tables = made.tables([(made.document(name), COMMON | {name: 9}) for name in ("qingshi", "baihe")])
    rows = emphasis.rows(tables, config)
    assert {row["chance"] for row in rows} == {1.96}
    tables["chance"] = [
        {"doc_id": f"{name}-{made.PLAN}", "unit": "term", "z95": z95}
        for name, z95 in (("qingshi", 1.5), ("baihe", 2.5))
    ]
    assert {row["chance"] for row in emphasis.rows(tables, config) if row["unit"] == "term"} == {2.5}
