"""The page of one region: its key targets, what it stresses, its relation to the plan above."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

import chart_shares
import profile_rows
import stresses
from directory import Directory

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]
Prepared = Callable[..., tuple[pd.DataFrame, Directory]]
Fact = Callable[..., dict[str, Any]]


def test_a_target_stated_twice_is_one_with_both_lines(prepared: Prepared, make_fact: Fact) -> None:
    facts, _ = prepared(
        [
            make_fact(like="gdp", value=7000, year=2025, line=95),
            make_fact(like="gdp", value=7000, year=2025, line=47, attribute=""),
            make_fact(like="gdp", value=7000, year=2025, line=60, attribute="预期性"),
            make_fact(like="gdp", value=5312.8, year=2020, kind="baseline", line=17),
        ]
    )
    rows = profile_rows.targets(facts)
    assert len(rows) == 1
    row = rows.iloc[0]
    assert row["lines"] == [47, 60, 95]
    assert row["attribute"] == "预期性"
    assert (row["start_words"], row["start_when"]) == ("5312.8亿元", "2020年")


def test_key_targets_go_by_rank_then_stand_by_theme(prepared: Prepared, make_fact: Fact) -> None:
    facts, _ = prepared(
        [
            make_fact(indicator="其他", line=1, theme="economy", year=2025),
            make_fact(indicator="增速", line=2, theme="economy", unit="%", measure="growth", year=2025),
            make_fact(indicator="规范", indicator_id="pm25", line=3, theme="ecology", year=2025),
            make_fact(indicator="约束", line=4, theme="education", attribute="约束性", year=2025),
            make_fact(like="gdp", line=5, year=2025),
        ]
    )
    rows = profile_rows.targets(facts)
    assert dict(zip(rows["line"], rows["rank"], strict=True)) == {1: 4, 2: 3, 3: 2, 4: 1, 5: 0}
    assert list(profile_rows.key_targets(rows, 3)["line"]) == [5, 3, 4]


def test_no_aims_no_rows(prepared: Prepared, make_fact: Fact) -> None:
    facts, _ = prepared([make_fact(kind="baseline", year=2020)])
    assert profile_rows.targets(facts).empty


def test_relation_says_who_stresses_a_topic() -> None:
    def row(doc_id: str, topic: str, stressed: str, p: float) -> dict[str, object]:
        rest = {"upper": "city", "theme": "economy", "mentions": 3, "per_10k": p}
        return {"doc_id": doc_id, "topic": topic, "stressed": stressed, "p": p} | rest

    table = pd.DataFrame(
        [
            row("city", "a", "yes", 0.9),
            row("below", "a", "yes", 0.8),
            row("city", "b", "yes", 0.9),
            row("below", "b", "no", 0.05),
            row("city", "c", "no", 0.3),
            row("below", "c", "yes", 0.9),
            row("city", "d", "no", 0.3),
            row("below", "d", "no", 0.3),
        ]
    )
    found = stresses.relation(table, "city", "below").set_index("topic")
    assert dict(found["class"]) == {"a": "carried", "b": "new", "c": "left_behind"}
    assert dict(found["sure"].round(2)) == {"b": 0.9, "a": 0.8, "c": 0.7}
    assert list(found.index) == ["b", "a", "c"]


def test_shares_fill_the_bar() -> None:
    figure = chart_shares.draw([("a", "甲", 60.0), ("b", "<乙>", 20.0), ("c", "丙", 3.0)], "其他", "#0072B2")
    assert sum(trace.x[0] for trace in figure.data) == 100
    assert [trace.x[0] for trace in figure.data] == [60, 20, 20]
    assert "&lt;乙&gt;" in figure.layout.annotations[1].text
    assert chart_shares.blend("#0072B2", 0) == "#FFFFFF"
    assert chart_shares.blend("#0072B2", 1) == "#0072B2"


def test_page_of_a_region_and_a_document(run: Run, charts: Charts, tables: Path) -> None:
    app = run("profile", pf_region="tianhe")
    assert "天河区“十四五”规划纲要提出5项目标" in charts(app)[0]
    assert "z 3.0" in charts(app)[1]
    report = charts(run("profile", pf_region="tianhe", pf_doc="tianhe-2022gwr"))
    assert "天河区2022年政府工作报告提出1项目标" in report[0]
    assert "越秀区“十四五”规划纲要" in charts(run("profile", pf_region="yuexiu"))[0]


def test_a_filtered_region_leads_the_page(run: Run, charts: Charts, tables: Path) -> None:
    assert "越秀区“十四五”规划纲要" in charts(run("profile", region="yuexiu", pf_region="tianhe"))[0]


def test_what_is_missing_is_said(run: Run, tables: Path) -> None:
    app = run("profile", pf_region="moon", kind="baseline")
    told = [caption.value for caption in app.caption]
    assert any("没有目标表述" in text for text in told)
    assert any("没有同类文件可对照" in text for text in told)
    assert any("不在“承接十五五”的对照范围内" in text for text in told)


def test_document_words_are_plain_words(run: Run, charts: Charts, tables: Path) -> None:
    specs = "".join(charts(run("profile", pf_region="tianhe")))
    assert "&lt;script&gt;" in specs
    assert "<script" not in specs


def test_print_hides_what_is_not_the_sheet(run: Run, tables: Path) -> None:
    app = run("profile")
    assert any("@media print" in str(html.value) for html in app.get("html"))
    assert any("Ctrl+P" in caption.value for caption in app.caption)
