"""No axis mixes measure, unit or years added up: over every indicator of the committed tables, on what is drawn.

A check of a yearly report against a path stands apart: it draws a growth that is aimed at as the amount that follows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pandas as pd
import pytest

import compare_cards
import differences
import overview_cards
import settings
import timeline_parts
import view as views
from card import Card
from selection import Selection
from view import View

PLACEHOLDER = re.compile(r"#0000(0[1-9]|[1-3]\d|40)\b", re.I)


@pytest.fixture(scope="module")
def whole() -> View:
    """Everything in the committed tables."""
    config = settings.load()
    every = views.load(config)
    regions = tuple(every.directory.regions)
    return views.narrow(every, Selection(regions=regions, plans=tuple(every.directory.plans)))


def fact_ids(trace: dict[str, Any]) -> list[str]:
    """Ids of the facts that the marks of a trace carry."""
    data = trace.get("customdata") or []
    return [str(one[0] if isinstance(one, list) else one) for one in data]


def axes(facts: pd.DataFrame) -> dict[str, str]:
    """Id of each fact with a number → the axis it belongs to."""
    drawn = facts[facts["x"].notna()]
    return dict(zip(drawn["target_id"], drawn["axis"], strict=True))


def mixed(card: Card, axis_of: dict[str, str]) -> list[str]:
    """Axes of a card on which facts of more than one measure, unit or number of years stand."""
    assert card.body is not None
    held = defaultdict(set)
    for trace in card.body.to_plotly_json()["data"]:
        place = trace.get("xaxis", "x"), trace.get("yaxis", "y")
        held[place] |= {axis_of[fact] for fact in fact_ids(trace) if fact in axis_of}
    return [f"{card.title}: {found}" for found in held.values() if len(found) > 1]


def lacking(card: Card, view: View) -> list[str]:
    """What a chart with the words round it lacks, or holds that it must not."""
    assert card.body is not None
    spec = "\n".join([str(card.body.to_plotly_json()), card.title, card.subtitle, *card.footer])
    found = ["undefined"] if "undefined" in spec else []
    found += ["placeholder colour"] if PLACEHOLDER.search(spec) else []
    regions = {view.directory.region(document.region_id) for document in view.documents}
    for needed in ("单位：", "资料来源：", view.tables.version):
        found += [] if needed in spec else [f"no {needed}"]
    found += [] if any(region in spec for region in regions) else ["no region"]
    return [f"{card.title}: {one}" for one in found]


def test_no_axis_mixes_over_all_indicators(whole: View) -> None:
    names, axis_of = whole.facts.drop_duplicates("key"), axes(whole.facts)
    found, seen = [], 0
    for key, label in zip(names["key"], names["label"], strict=True):
        cards = list(compare_cards.compared(whole, str(key), str(label)).cards)
        work = timeline_parts.work(whole, str(key), str(label))
        for card in (*cards, *work.panels, *work.checks):
            if card.body is not None:
                found += lacking(card, whole)
                found += mixed(card, axis_of) if card not in work.checks else []
                seen += 1
    assert seen > len(names) / 2
    assert not found


def test_no_axis_mixes_in_the_differences(whole: View) -> None:
    every = differences.find(whole.stated, whole.directory)
    card = overview_cards.difference_card(every, len(every), whole)
    assert not lacking(card, whole)
    assert not mixed(card, axes(whole.facts))


def test_two_units_on_one_axis_are_noticed(whole: View) -> None:
    card = compare_cards.compared(whole, "gdp", "地区生产总值").cards[0]
    assert card.body is not None
    axis_of = axes(whole.facts)
    ids = [fact for trace in card.body.to_plotly_json()["data"] for fact in fact_ids(trace)]
    assert mixed(card, axis_of | {next(one for one in ids if one in axis_of): "share|%"})
