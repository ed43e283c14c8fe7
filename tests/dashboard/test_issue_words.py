"""Messages of the extraction are shown in the reader's language, without names of fields that only the code knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import issue_words
import labels
from extract import kept
from extract.corrections import Correction
from extract.corrections import _issue as correction

MESSAGES = {
    "heading_missing": "a heading is missing: between 二、 and 四、",
    "correction": correction(
        Correction(doc="d", line=7, action="drop", find={"value": 3}, reason="因"), "no rows fit {'value': 3}"
    ).message,
    "guessed": "not in config.yaml; taken for: 专项规划 of 青石区, years 2021 to 2025; an entry there says it for sure",
    "missing": kept.missing("d").message,
    "looks_the_same": "甲.txt: looks like the same document as 乙.txt; if so, remove one",
}


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    labels.use(labels.LANGUAGES[0])


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_is_chinese_on_chinese_pages(code: str) -> None:
    told = re.sub(r"[\w/]+\.(yaml|txt)", "", issue_words.issue(code, MESSAGES[code]))
    assert not re.search("[a-z]", told), told


def test_an_entry_that_finds_nothing_is_told_by_names_of_fields() -> None:
    assert "数值：3" in issue_words.issue("correction", MESSAGES["correction"])
    labels.use("en")
    assert "Value: 3" in issue_words.issue("correction", MESSAGES["correction"])


def test_what_is_unknown_stays_as_it_is() -> None:
    assert issue_words.issue("new", "a: b") == "a: b"
    assert issue_words.issue("failed", "d: no room").endswith("：no room")
