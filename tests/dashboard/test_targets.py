"""The page 目标清单: states of saying and silence, facets that count, and the facts behind a cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import labels
import matrix
import target_rows
import targets_parts
from selection import Selection
from target_rows import Facets

Run = Callable[..., AppTest]
Prepared = Callable[..., tuple[pd.DataFrame, Any]]
DOCUMENTS = {"tianhe-14fyp": "tianhe", "yuexiu-14fyp": "yuexiu", "tianhe-2022gwr": "tianhe"}
ALL = Selection(("tianhe", "yuexiu"), ("14fyp", "gwr"))


@pytest.fixture
def facts(prepared: Prepared, make_fact: Any) -> pd.DataFrame:
    """Three indicators: aimed at by both, by one, and only in words of an earlier aim."""
    rows = [
        make_fact(like="gdp", value=7000, year=2025),
        make_fact(like="gdp", value=5312.8, year=2020, kind="baseline"),
        make_fact(like="gdp", doc_id="yuexiu-14fyp", value=4100, year=2025, attribute="预期性"),
        make_fact(like="gdp", doc_id="tianhe-2022gwr", value=6000, year=2021, kind="baseline"),
        make_fact(like="research", value=3.43, year=2020, kind="baseline"),
        make_fact(like="research", doc_id="yuexiu-14fyp", value=2, year=2025),
        make_fact(
            like="growth", doc_id="yuexiu-14fyp", value=7, kind="past_target", period_start=2016, period_end=2020
        ),
    ]
    return prepared(rows)[0]


def keys(facts: pd.DataFrame, facets: Facets, selection: Selection = ALL) -> list[str]:
    return list(target_rows.build(facts, selection, DOCUMENTS, facets).rows["key"])


def test_spread_counts_regions_not_documents(facts: pd.DataFrame) -> None:
    assert keys(facts, Facets()) == ["gdp", "rd_share", "gdp_growth"]
    assert keys(facts, Facets("every")) == ["gdp"]
    assert keys(facts, Facets("one")) == ["rd_share"]
    assert keys(facts, Facets("none")) == ["gdp_growth"]
    assert keys(facts, Facets("shared")) == ["gdp", "rd_share"]


def test_states_are_of_documents(facts: pd.DataFrame) -> None:
    table = target_rows.listed(facts, ALL, DOCUMENTS).set_index("key")
    assert table.loc["gdp", ["target", "mentioned", "absent"]].tolist() == [2, 1, 0]
    assert table.loc["rd_share", ["target", "mentioned", "absent"]].tolist() == [1, 1, 1]
    assert table.loc["gdp_growth", ["target", "mentioned", "absent"]].tolist() == [0, 1, 2]
    assert keys(facts, Facets(states=("absent",))) == ["rd_share", "gdp_growth"]


def test_search_finds_names_and_wordings(facts: pd.DataFrame) -> None:
    assert keys(facts, Facets(query="研发 占比")) == ["rd_share"]
    assert keys(facts, Facets(query="地区生产总值")) == ["gdp", "gdp_growth"]
    assert keys(facts, Facets(query="(*[")) == []


def test_each_count_is_what_the_option_leaves(facts: pd.DataFrame) -> None:
    options = {"theme": ("economy", "innovation"), "kind": ("target", "baseline"), "attribute": ("预期性",)}
    facets = Facets("shared", ("target",))
    listing = target_rows.build(facts, ALL, DOCUMENTS, facets)
    counts = target_rows.counts(listing, facts, ALL, DOCUMENTS, facets, options)
    assert counts["theme"] == {"economy": 1, "innovation": 1}
    for kind, count in counts["kind"].items():
        assert count == len(keys(facts, facets, Selection(ALL.regions, ALL.plans, kinds=(kind,))))
    for spread, count in counts["spread"].items():
        assert count == len(keys(facts, Facets(spread, facets.states)))
    for state, count in counts["state"].items():
        assert count == len(keys(facts, Facets(facets.spread, (state,))))


def test_what_filters_leave_out_is_not_called_unsaid(prepared: Prepared, facts: pd.DataFrame, make_fact: Any) -> None:
    names = prepared([make_fact()])[1]
    aims = facts[facts["kind"] == "target"]
    listing = target_rows.listed(facts, Selection(ALL.regions, ALL.plans, kinds=("target",)), DOCUMENTS)
    table = matrix.build(matrix.details(aims), listing, names, list(DOCUMENTS), facts).set_index("key")
    columns = [names.documents[document].name for document in DOCUMENTS]
    assert table.loc["gdp", columns].tolist() == ["● 7000亿元（2025年）", "● 4100亿元（2025年）", "◌"]
    assert table.loc["rd_share", columns].tolist() == ["◌", "● 2%（2025年）", "—"]


def test_an_earlier_aim_is_a_mention(facts: pd.DataFrame) -> None:
    assert matrix.cells(matrix.details(facts))[("gdp_growth", "yuexiu-14fyp")] == "○ 上期目标年均7%（2016—2020年）"


def test_a_cell_opens_one_fact_and_lists_several(facts: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {}
    monkeypatch.setattr(targets_parts.st, "session_state", state)
    monkeypatch.setattr(targets_parts, "evidence_dialog", SimpleNamespace(ask=lambda fact: state.update(fact=fact)))
    targets_parts.follow(facts, "yuexiu-14fyp:gdp")
    assert state == {"fact": "t002", "tg_cell": ""}
    targets_parts.follow(facts, "tianhe-14fyp:gdp")
    assert state["tg_cell"] == "tianhe-14fyp:gdp"
    targets_parts.follow(facts, ":gdp")
    assert len(targets_parts.stated_in(facts, state["tg_cell"])) == 4


QUERIES: list[dict[str, Any]] = [
    {},
    {"lang": "en"},
    {"region": "tianhe"},
    {"region": "yuexiu"},
    {"region": "moon"},
    {"kind": "baseline"},
    {"attribute": "约束性", "years": "14fyp", "theme": "safety"},
    {"tg_spread": "every", "tg_state": ["target", "absent"], "tg_q": "生产"},
    {"tg_spread": "nonsense", "tg_state": "x", "tg_cell": "nowhere:nothing"},
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_page_runs(run: Run, tables: Path, query: dict[str, Any]) -> None:
    app = run("targets", **query)
    assert not app.exception
    assert not app.error
    assert app.get("plotly_chart")


def words(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in ("markdown", "caption") for element in app.get(kind))


def test_nothing_left_offers_the_way_back(run: Run, tables: Path) -> None:
    app = run("targets", tg_q="没有这样的指标")
    assert "没有指标" in words(app)
    assert not app.get("plotly_chart")
    app.button(key="tg-loosen").click().run()
    assert app.get("plotly_chart")
    assert app.text_input(key="tg_q").value == ""


@pytest.mark.parametrize("query", [{"region": ""}, {"plan": ""}])
def test_empty_selection_is_said(run: Run, tables: Path, query: dict[str, str]) -> None:
    app = run("targets", **query)
    assert not app.get("plotly_chart")
    assert app.button(key="reset-empty")


def alt(app: AppTest) -> str:
    """What the first chart says, without its look."""
    return str(app.get("plotly_chart")[0].proto.alt)


def test_title_is_the_finding(run: Run, tables: Path) -> None:
    """Aimed at: GDP by three regions, its growth by two; five more by one."""
    title = "7项指标中，3个地区均提出目标的1项，两个及以上地区提出的2项，仅一个地区提出的5项"
    assert alt(run("targets")) == title
    assert alt(run("targets", region="yuexiu")) == "4项指标中，越秀区提出目标的4项"
    assert alt(run("targets", kind="baseline")).startswith("2项指标有“基期或完成值”的表述")


def test_facet_and_sidebar_are_one_filter(run: Run, tables: Path) -> None:
    app = run("targets")
    app.get("pills")
    app.session_state["kind"] = ["baseline"]
    app.run()
    assert app.session_state["tg-kind"] == ["baseline"]
    next(pill for pill in app.get("pills") if pill.key == "tg-kind").set_value(["target"])
    app.run()
    assert app.session_state["kind"] == ["target"]


def test_facts_of_a_cell_are_listed(run: Run, tables: Path) -> None:
    app = run("targets", tg_cell="tianhe-14fyp:gdp")
    (dialog,) = app.get("dialog")
    assert "地区生产总值：4条表述" in dialog.proto.dialog.title.replace("\\", "")
    app = run("targets", tg_cell="yuexiu-14fyp:schools")
    assert not app.exception


def test_one_dialog_at_a_time(run: Run, tables: Path) -> None:
    app = run("targets", tg_cell="tianhe-14fyp:gdp", fact="t002")
    assert not app.exception
    assert [dialog.proto.dialog.title for dialog in app.get("dialog")] == [labels.word("evidence.head")]


def test_silence_is_said_in_words(run: Run, tables: Path) -> None:
    app = run("targets", tg_cell="moon-plan:rd_share")
    assert "未在moon" in words(app).replace("\\", "")
    app = run("targets", tg_cell="tianhe-14fyp:gdp", kind="past_target")
    assert "不在当前筛选范围" in words(app)


def test_nasty_words_stay_words(run: Run, charts: Callable[[AppTest], list[str]], tables: Path, nasty: str) -> None:
    app = run("targets", tg_q="script", tg_cell=f"tianhe-14fyp:={nasty}")
    assert "&lt;script&gt;" in charts(app)[0]
    assert "<script" not in charts(app)[0] + words(app).replace("\\<", "")
