"""The places of facts behind the titles of documents."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import citing


@pytest.fixture
def view() -> Any:
    """Two documents in their order."""
    order = ["a", "b"]
    directory = SimpleNamespace(place=order.index, title=lambda doc_id: {"a": "甲规划", "b": "乙规划"}[doc_id])
    return SimpleNamespace(directory=directory)


def stated(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc_id", "chapter", "line"])


def test_chapters_and_lines_stand_behind_the_title(view: Any) -> None:
    facts = stated(
        ("b", "第二章 目标 › 第一节 指标", 52), ("b", "第二章 目标 › 第一节 指标", 47), ("a", "第三章 产业", 9)
    )
    assert citing.facts(["b", "a"], facts, view) == "《甲规划》（第三章第9行）、《乙规划》（第二章第一节第47、52行）"


def test_a_place_is_told_by_the_numbers_of_two_levels(view: Any) -> None:
    facts = stated(("a", "一、 开创新局 › （1） 成就 › 1. 经济", 8), ("a", "第一章 基础 › 第一节 成就 › 一、 经济", 17))
    assert citing.facts(["a"], facts, view) == "《甲规划》（一（1）第8行、第一章第一节第17行）"


def test_of_many_chapters_only_the_lines_are_named(view: Any) -> None:
    facts = stated(*(("a", f"第{number}章 章名", line) for number, line in zip("一二三四", (7, 3, 9, 3), strict=True)))
    assert citing.facts(["a"], facts, view) == "《甲规划》（第3、7、9行）"


def test_documents_alone_and_without_chapters(view: Any) -> None:
    assert citing.documents(["b", "a", "b"], view) == "《甲规划》、《乙规划》"
    assert citing.facts(["a"], stated(("a", "", 4)).drop(columns="chapter"), view) == "《甲规划》（第4行）"
