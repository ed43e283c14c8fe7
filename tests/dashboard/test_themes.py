"""Charts and cards of themes: facets by type of document, honest titles, no more topics than can be read."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

import chart_themes
import data_io
import directory
import facts
import theme_cards
from filters import all_filters
from selection import Selection
from settings import load
from view import View


@pytest.fixture
def view(tables: Any) -> View:
    config, read = load(), data_io.load(tables)
    names = directory.build(config, read["documents"], read["targets"], {("topics", "zh"): {"a": "议题甲"}})
    chosen = Selection(tuple(names.regions), tuple(names.plans))
    prepared = facts.prepare(read["targets"], read["sections"], names)
    return View(config, read, names, prepared, all_filters(config, names), chosen)


def topics(view: View, count: int) -> pd.DataFrame:
    """A table of as many topics as asked for in every document, and mentions of none."""
    rows = [
        {"doc_id": document.id, "topic": topic, "count": n, "density": n / 10, "share": float(n)}
        for document in view.documents
        for n, topic in enumerate(["a", *(f"t{n}" for n in range(count - 1)), ""], start=1)
    ]
    return pd.DataFrame(rows)


def test_types_of_document_stand_in_facets_of_their_own(view: View) -> None:
    table = topics(view, 3)
    figure = chart_themes.heatmap(table, "topic", {"a": "甲"}, "count", "次", view.documents, view.directory)
    heads = [note.text for note in figure.layout.annotations]
    assert heads == ["<b>规划纲要</b>", "<b>政府工作报告</b>", "<b>愿景</b>"]
    assert [len(trace.x) for trace in figure.data] == [2, 1, 1]
    assert len({trace.xaxis for trace in figure.data}) == 3
    assert len({trace.zmax for trace in figure.data}) == 1
    ends = [axis.domain for axis in (figure.layout.xaxis, figure.layout.xaxis2, figure.layout.xaxis3)]
    assert all(left[1] < right[0] for left, right in pairwise(ends))


def test_chart_of_topics_shows_the_strongest_and_the_table_all(view: View) -> None:
    card = theme_cards.topic_card(topics(view, 20), "count", "economy", view)
    shown = list(card.body.layout.yaxis.ticktext)
    assert len(shown) == 16
    assert shown[-1] == "未归入具体议题"
    assert "未归入具体议题" not in card.title
    assert card.table["议题"].nunique() == 21
    assert any("15个议题" in note for note in card.notes)


def test_topic_shows_by_its_name(view: View) -> None:
    card = theme_cards.topic_card(topics(view, 1), "share", "economy", view)
    assert "议题甲（1.0%）" in card.title


def test_gap_card_names_the_extremes(view: View) -> None:
    members = [document for document in view.documents if document.doc_type == "规划纲要"]
    rows = [
        ("tianhe-14fyp", "economy", 60.0),
        ("yuexiu-14fyp", "economy", 50.0),
        ("tianhe-14fyp", "education", 5.0),
        ("yuexiu-14fyp", "education", 40.0),
        ("tianhe-2022gwr", "education", 99.0),
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "theme", "share"]).assign(density=0.0, count=0)
    card = theme_cards.gap_card(table, "share", "规划纲要", members, view)
    assert card.title == "规划纲要中差异最大的主题是教育：越秀区40.0%，天河区5.0%"
    assert "相差35.0个百分点" in {note.text for note in card.body.layout.annotations}
    assert "政府工作报告" not in set(card.table["文件类型"])
