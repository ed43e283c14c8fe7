"""承接十五五: classes, order and titles that say how sure they are, the detail of a topic, the page in every state."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import carried
import carryover_cards
import chart_carried
import chart_intervals
import wording
from carried import Choice

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]


def unwrapped(spec: str) -> str:
    """A chart's words without the ends of its lines."""
    return re.sub(r"(</b>)?<br>(<b>)?", "", spec)


def row(name: str, kind: str, p: float, upper: float, below: float, **values: Any) -> dict[str, Any]:
    evidence = "strong" if p >= 0.95 else "fair" if p >= 0.8 else "weak"
    usual = {"doc_id": "city", "unit": "topic", "name": name, "topic": name, "theme": "x", "class": kind, "p": p}
    rates = {"per_10k": upper, "per_10k_below": below, "mentions": int(upper * 3), "mentions_below": int(below * 9)}
    return usual | rates | {"evidence": evidence, "stressed_below": "", "targets": 0, "targets_below": pd.NA} | values


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        [
            row("甲", "new", 0.99, 2.0, 0.0),
            row("乙", "new", 0.7, 9.0, 1.0),
            row("丙", "carried", 0.9, 3.0, 4.0, stressed_below="b|a"),
            row("丁", "neither", 0.9, 0.1, 0.1),
            row("戊", "left_behind", 0.85, 0.0, 5.0, stressed_below="a"),
            row("己", "new", 0.9, 1.0, 0.0, unit="term"),
        ]
    )


def names(table: pd.DataFrame, **choice: Any) -> list[str]:
    return list(carried.chosen(table, Choice("city", **choice))["name"])


def test_rows_are_chosen_and_ordered(table: pd.DataFrame) -> None:
    assert names(table) == ["甲", "丙", "戊", "乙"]
    assert names(table, sort="gap") == ["乙", "戊", "甲", "丙"]
    assert names(table, evidence=("weak",)) == ["乙"]
    assert names(table, only_unsaid=True) == ["甲"]
    assert names(table, unit="term") == ["己"]
    assert carried.chosen(table, Choice("elsewhere")).empty
    assert carried.counts(carried.chosen(table, Choice("city"))) == {"carried": 1, "new": 2, "left_behind": 1}


def test_the_chart_holds_every_row_in_its_part(table: pd.DataFrame) -> None:
    rows = carried.chosen(table, Choice("city"))
    rows = rows.assign(label=rows["name"], key=rows["name"], hover="<b>")
    parts = {kind: (carryover_cards.heading(kind, "<i>"), rows[rows["class"] == kind]) for kind in carried.CLASSES}
    sides = chart_carried.Sides("市", "#882255", {"a": ("甲区", "#0072B2"), "b": ("乙区", "#D55E00")})
    figure = chart_carried.draw(parts, sides, with_targets=True, marked="甲")
    texts = [text for trace in figure.data if trace.type == "scatter" and trace.mode == "text" for text in trace.text]
    assert "● 较强 0.990" in texts
    assert "○ 较弱 0.700" in texts
    both = next(text for text in texts if "甲区" in text and "乙区" in text)
    assert both.index("甲区") < both.index("乙区")
    assert "0 / 0" in texts
    clickable = [trace for trace in figure.data if trace.customdata is not None]
    assert {key for trace in clickable for (key,) in trace.customdata} == {"甲", "乙", "丙", "戊"}
    assert sum(shape.fillcolor == chart_carried.MARK for shape in figure.layout.shapes) == 1
    assert all("<i>" not in note.text for note in figure.layout.annotations)


def test_points_of_plans_that_do_not_stress_are_hollow() -> None:
    columns = ["region", "colour", "document", "said", "per_10k", "low", "high", "stressed"]
    rows = [
        ("市", "#882255", "规划", "x" * 40, 4.0, 2.0, 6.0, "yes"),
        ("区", "#0072B2", "规划", "y", 0.0, 0.0, 1.0, "no"),
    ]
    figure = chart_intervals.draw(pd.DataFrame(rows, columns=columns), usual=0.9)
    assert list(figure.data[-1].marker.color) == ["#882255", "#FFFFFF"]
    assert figure.layout.xaxis.range[1] > 8


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"co_only": "1"},
        {"co_terms": "1", "co_topic": "消费"},
        {"co_topic": "学位", "co_sort": "gap", "co_n": "50"},
        {"co_topic": "nothing", "co_evidence": ["x", "weak"]},
        {"co_only": "1", "co_evidence": "weak", "co_terms": "1"},
        {"theme": "marine"},
        {"region": "tianhe"},
        {"region": "guangzhou"},
        {"plan": "gwr", "kind": "baseline"},
    ],
    ids=str,
)
def test_the_page_runs_in_every_state(run: Run, tables: Path, lang: str, query: dict[str, str]) -> None:
    app = run("carryover", lang=lang, **query)
    assert not app.exception
    assert not app.error


def test_the_title_counts_classes_and_says_how_sure_they_are(run: Run, charts: Charts, tables: Path) -> None:
    spec = unwrapped(charts(run("carryover"))[0])
    assert "共3个议题：延续1个、新增1个、不再突出1个（其中依据较强的分别为0个、1个、0个）" in spec
    assert "市级规划突出，各区上一期规划均不突出（未必从未提及）" in spec
    assert "主题：不限" in spec
    assert "● 较强 0.970" in spec


def test_what_no_district_mentions_is_one_click(run: Run, charts: Charts, tables: Path) -> None:
    app = run("carryover")
    app.toggle(key="co_only").set_value(True).run()
    assert app.query_params["co_only"] == "1"
    again = charts(run("carryover", co_only="1"))
    assert charts(app) == again
    assert "有1个议题各区上一期规划均未提及：消费（12次）" in unwrapped(again[0])
    assert "仅看各区均未提及" in unwrapped(again[0])


def test_words_are_a_second_list(run: Run, charts: Charts, tables: Path) -> None:
    assert len(charts(run("carryover"))) == 1
    specs = charts(run("carryover", co_terms="1"))
    assert "共1个词语" in specs[-1]
    assert "目标数" not in json.dumps([note["text"] for note in json.loads(specs[-1])["layout"]["annotations"][:4]])


def test_a_clicked_topic_shows_plans_and_targets(
    run: Run, charts: Charts, tables: Path, make_fact: Callable[..., dict[str, Any]]
) -> None:
    path = tables / "targets.csv"
    targets = pd.read_csv(path, dtype=str, keep_default_na=False)
    targets.loc[targets["target_id"] == "t002", "topic"] = "学位"
    targets.to_csv(path, index=False)
    app = run("carryover")
    app.session_state["co_topic"] = "学位"
    app.run()
    assert app.query_params["co_topic"] == "学位"
    spec = unwrapped(charts(app)[1])
    assert "“学位”为不再突出（依据一般，p 0.850）" in spec
    assert "5次，每万字3.0次（1.0—6.0），突出（p 0.900）" in spec
    assert any(list(frame.value["数值"]) == ["7000亿元"] for frame in app.dataframe if "数值" in frame.value)
    app.session_state["fact"] = "t002"
    app.run()
    assert any("可按上列文件、章节和行号查找" in element.value for element in app.caption)


def test_filters_that_leave_nothing_offer_the_way_back(run: Run, charts: Charts, tables: Path) -> None:
    app = run("carryover", theme="marine", co_evidence="weak")
    assert not charts(app)
    app.button(key="co-back-topic").click().run()
    assert len(charts(app)) == 1


def test_without_an_upper_plan_the_page_says_so(run: Run, tables: Path) -> None:
    path = tables / "carryover.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    app = run("carryover")
    assert not app.exception
    assert "没有可以对照的上下级规划" in app.info[0].value


def test_columns_of_words_stand_apart_whatever_their_length() -> None:
    said = {"evidence": ["● Strong 0.998"], "below": ["Tianhe Yuexiu Huadu"], "targets": ["0 / 6"]}
    plot, columns = chart_carried._columns(said, 560)
    starts = [at * (1 - plot) * 560 for at in columns.values()]
    widths = [wording.width(said[name][0]) * chart_carried.SUBTITLE_SIZE for name in columns]
    assert plot >= 0.3
    assert all(start + width < later for start, width, later in zip(starts, widths, starts[1:], strict=False))
