"""The office charts of cards hold the numbers of their tables, read back from the slides of the committed tables."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import pptx
import pytest

import compare_cards
import headlines
import settings
import terms_parts
import theme_parts
import timeline_parts
import view as views
from briefing import amounts, slides, workbook
from briefing.places import item
from card import Card
from selection import Selection
from view import View

MADE = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def view() -> View:
    """The committed tables as a first visit shows them."""
    config = settings.load()
    return views.narrow(views.load(config), Selection(config.dashboard.regions, config.dashboard.plans))


def charted(card: Card, view: View) -> dict[str, list[tuple[str, float]]]:
    """Series of the chart on the slide of a card → its categories and values, without those that have none."""
    deck = pptx.Presentation(io.BytesIO(slides.build([item(card, view)], MADE)))
    found: dict[str, list[tuple[str, float]]] = {}
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                for plot in shape.chart.plots:
                    names = list(plot.categories)
                    for series in plot.series:
                        values = zip(names, series.values, strict=True)
                        found[series.name] = [(str(name), value) for name, value in values if value is not None]
    return found


def numbers(words: list[object]) -> set[float]:
    """All numbers in the cells of a table."""
    return {float(number) for word in words for number in re.findall(r"-?\d+(?:\.\d+)?", str(word).replace(",", ""))}


def shown(card: Card) -> set[float]:
    return numbers([cell for column in card.table for cell in card.table[column]])


@pytest.mark.parametrize("key", headlines.HEADLINES)
def test_the_chart_of_an_indicator_holds_the_values_of_its_table(view: View, key: str) -> None:
    for card in compare_cards.compared(view, key, key).cards:
        values = charted(card, view)
        assert bool(values) == (card.plot is not None)
        told = shown(card)
        for series in values.values():
            # A value written in single units stands on an axis of ten thousands.
            assert all(value in told or round(value * 10_000, 6) in told for _, value in series)


def test_a_target_stands_beside_what_it_starts_from(view: View) -> None:
    values = charted(compare_cards.compared(view, "gdp", "gdp").cards[0], view)
    target = next(series for name, series in values.items() if name.startswith("目标"))
    assert {value for _, value in target} == {7000.0, 4100.0}
    start = next(series for name, series in values.items() if name.startswith("基期"))
    assert 5312.8 in {value for _, value in start}


def test_lines_run_over_the_years(view: View) -> None:
    card = timeline_parts.work(view, "gdp", "gdp").panels[0]
    values = charted(card, view)
    assert all(re.fullmatch(r"20\d\d年", name) for series in values.values() for name, _ in series)
    assert {value for series in values.values() for _, value in series} <= shown(card)


@pytest.mark.parametrize("measure", ["share", "density", "count"])
def test_themes_hold_what_the_table_rounds(view: View, measure: str) -> None:
    card = theme_parts.heat(view, measure)
    values = charted(card, view)
    assert len(values) == len(view.documents)
    assert {round(value, 2) for series in values.values() for _, value in series} <= shown(card)


def test_both_sides_of_a_comparison_of_words(view: View) -> None:
    card, _ = terms_parts.sides(view, "topic", "tianhe-14fyp", "yuexiu-14fyp", 10)
    assert card is not None
    (values,) = charted(card, view).values()
    assert min(value for _, value in values) < 0 < max(value for _, value in values)
    assert {round(value, 2) for _, value in values} <= shown(card)


def test_values_in_words_have_their_numbers_beside_them_in_a_workbook(view: View) -> None:
    card = compare_cards.compared(view, "gdp", "GDP").cards[0]
    book = openpyxl.load_workbook(io.BytesIO(workbook.build([item(card, view)], MADE)))
    head, *rows = book["数据"].values
    words, numbers, units = (head.index(name) for name in ("数值", "数值（数字）", "数值（单位）"))
    assert rows
    assert all(isinstance(row[numbers], (int, float)) for row in rows)
    assert all(f"{row[numbers]:g}{row[units]}" in row[words] for row in rows)


def test_a_target_in_words_alone_has_no_number(view: View) -> None:
    aims = view.facts[view.facts["kind"].isin(("target", "qualitative"))]
    facts = pd.concat([aims[aims["value"].isna()].head(1), aims[aims["value_high"].notna()].head(1)])
    table = pd.DataFrame({"数值": facts["value_words"]})
    made = replace(compare_cards.compared(view, "gdp", "GDP").cards[0], table=table, facts=tuple(facts["target_id"]))
    found = amounts.numbered(item(made, view))
    assert found["数值（数字）"].tolist()[1:] == facts["value"].tolist()[1:]
    assert pd.isna(found["数值（数字）"].iloc[0])
    assert found["数值（上限）"].iloc[1] == facts["value_high"].iloc[1]


def test_a_course_has_every_year_so_that_years_stand_as_far_apart_as_they_are(view: View) -> None:
    card = timeline_parts.work(view, "gdp", "GDP").panels[0]
    assert card.plot is not None
    years = [int(name.strip("年")) for name in card.plot.categories]
    assert years == list(range(2015, 2026))
