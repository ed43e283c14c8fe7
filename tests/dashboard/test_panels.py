"""What may share an axis, and how the marks of a panel are made."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import chart_dumbbell
import panels

MEASURES = ("level", "cumulative", "growth", "share", "change", "multiple", "rank")
KINDS = ("target", "baseline", "past_target", "qualitative")
amounts = st.one_of(st.none(), st.floats(-1e6, 1e9, allow_nan=False).map(lambda value: round(value, 2)))
years = st.one_of(st.none(), st.integers(2010, 2035))
rows = st.fixed_dictionaries(
    {
        "doc_id": st.sampled_from(("tianhe-14fyp", "tianhe-2022gwr", "yuexiu-14fyp", "moon-plan")),
        "kind": st.sampled_from(KINDS),
        "measure": st.sampled_from(MEASURES),
        "value": amounts,
        "year": years,
        "period_start": years,
        "period_end": years,
        "unit": st.sampled_from(("亿元", "万元", "%", "个", "")),
        "qualifier": st.sampled_from(("=", ">=", ">", "<=", "<", "~")),
        "value_text": st.sampled_from(("", "完成市下达目标")),
    }
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(rows, min_size=1, max_size=8))
def test_no_axis_mixes_measure_unit_or_years_added_up(prepared: Any, make_fact: Any, drawn: list[Any]) -> None:
    facts, names = prepared([make_fact(**row) for row in drawn])
    built = panels.build(facts, names)
    assert sum(len(panel.facts) for panel in built) == len(facts)
    for panel in built:
        numeric = panel.facts[panel.facts["value"].notna()]
        assert numeric["measure"].nunique() <= 1
        assert numeric["unit_std"].nunique() <= 1
        if panel.measure == "cumulative":
            assert (numeric["period_end"] - numeric["period_start"]).nunique(dropna=False) <= 1
        figure = chart_dumbbell.draw(panel, names)
        assert panel.unit == "" or figure.layout.xaxis.title.text == panel.unit
        drawn_values = {x for trace in figure.data for x in trace.x if x is not None and trace.hovertemplate}
        assert drawn_values == set(panel.marks["x"].dropna()) | set(panel.marks["x_high"].dropna())


def test_amounts_in_other_units_of_the_family_share_an_axis(prepared: Any, make_fact: Any) -> None:
    facts, names = prepared(
        [
            make_fact(value=7000, year=2025),
            make_fact("yuexiu-14fyp", value=4100, year=2025),
            make_fact("moon-plan", value=900_000, unit="万元", year=2025),
        ]
    )
    (panel,) = panels.build(facts, names)
    assert panel.unit == "亿元"
    assert sorted(panel.marks["x"]) == [90, 4100, 7000]
    assert set(panel.marks["label"]) == {"7000亿元", "4100亿元", "900,000万元"}


def test_years_added_up_part_the_panels(prepared: Any, make_fact: Any) -> None:
    facts, names = prepared(
        [
            make_fact(value=30, unit="所", measure="cumulative", period_start=2021, period_end=2025),
            make_fact("tianhe-2022gwr", value=5, unit="所", measure="cumulative", period_start=2022, period_end=2022),
        ]
    )
    assert sorted(panel.measure_words for panel in panels.build(facts, names)) == [
        "累计值（1年合计）",
        "累计值（5年合计）",
    ]


def test_a_city_that_dwarfs_its_districts_stands_apart(prepared: Any, make_fact: Any) -> None:
    district, city = make_fact(value=7000, year=2025), make_fact(value=30_000, year=2025) | {"region_id": "guangzhou"}
    facts, names = prepared([district, city | {"value_std": 7000e8 * 5.1}])
    assert [set(panel.marks["region_id"]) for panel in panels.build(facts, names)] == [{"tianhe"}, {"guangzhou"}]
    facts, names = prepared([district, city | {"value_std": 7000e8 * 4.9}])
    assert len(panels.build(facts, names)) == 1
    rates = {"like": "growth", "value": 1}
    facts, names = prepared([make_fact(**rates), make_fact(**(rates | {"value": 9})) | {"region_id": "guangzhou"}])
    assert len(panels.build(facts, names)) == 1


def test_repeats_are_one_mark_with_both_lines(prepared: Any, make_fact: Any) -> None:
    facts, names = prepared([make_fact(value=7000, year=2025, line=95), make_fact(value=7000, year=2025, line=47)])
    (panel,) = panels.build(facts, names)
    assert list(panel.marks["lines"]) == ["第47行、第95行"]


def test_each_target_has_its_row_with_the_value_it_starts_from(prepared: Any, make_fact: Any) -> None:
    facts, names = prepared(
        [
            make_fact(value=100, year=2015, kind="baseline"),
            make_fact(value=200, year=2020, kind="baseline"),
            make_fact(value=300, year=2025),
            make_fact(value=500, year=2035),
        ]
    )
    (panel,) = panels.build(facts, names)
    by_row = panel.marks.groupby("row")["x"].agg(list)
    assert list(by_row) == [[100, 200, 300], [200, 500]]


def test_worded_target_stands_in_the_panel_of_its_measure(prepared: Any, make_fact: Any) -> None:
    worded = {"value": None, "unit": "", "kind": "qualitative", "value_text": "同步增长"}
    facts, names = prepared([make_fact(value=6, unit="%", measure="growth"), make_fact(measure="growth", **worded)])
    (panel,) = panels.build(facts, names)
    texts = [note.text for note in chart_dumbbell.draw(panel, names).layout.annotations]
    assert any(text.startswith("同步增长") for text in texts)


@pytest.mark.parametrize(
    ("qualifier", "arrow"), [(">=", -26), (">", -26), ("<=", 26), ("<", 26), ("=", None), ("~", None)]
)
def test_qualifier_is_drawn(prepared: Any, make_fact: Any, qualifier: str, arrow: int | None) -> None:
    facts, names = prepared([make_fact(value=10, year=2025, qualifier=qualifier)])
    figure = chart_dumbbell.draw(panels.build(facts, names)[0], names)
    assert [note.ax for note in figure.layout.annotations if note.showarrow] == ([] if arrow is None else [arrow])
    colour = next(trace for trace in figure.data if trace.hovertemplate).marker.color
    assert (colour == "#FFFFFF") == (qualifier == "~")


@pytest.mark.parametrize(
    ("start", "aim", "measure", "words"),
    [
        ({"x": 5312.8, "year": 2020}, {"x": 7000, "year": 2025}, "level", "+5.7%"),
        ({"x": 100, "year": 2020}, {"x": 50, "year": 2025}, "level", "−12.9%"),
        ({"x": 100, "year": 2020}, {"x": 110, "year": 2022, "qualifier": ">="}, "level", "≥+4.9%"),
        ({"x": 1.93, "year": 2019}, {"x": 2, "year": 2025, "qualifier": "~"}, "share", "约+0.01个百分点"),
        ({"x": 5, "year": 2020}, {"x": 6, "year": 2025}, "growth", ""),
        ({"x": 5, "year": 2020}, {"x": 6, "year": 2025}, "cumulative", ""),
        ({"x": 5, "year": 2025}, {"x": 6, "year": 2025}, "level", ""),
        ({"x": 0, "year": 2020}, {"x": 6, "year": 2025}, "level", ""),
        ({"x": 5, "year": None}, {"x": 6, "year": 2025}, "level", ""),
        ({"x": 5, "year": 2020}, {"x": None, "year": 2025}, "level", ""),
    ],
)
def test_required_yearly_change(start: dict[str, Any], aim: dict[str, Any], measure: str, words: str) -> None:
    assert panels.required(pd.Series(start), pd.Series({"qualifier": "="} | aim), measure) == words
