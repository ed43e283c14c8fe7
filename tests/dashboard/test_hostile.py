"""Words of documents made of script, Markdown, formulas and markup: on every page they stay words (in Chromium)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.serving import CHROMIUM, FLAGS, serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")

HOSTILE = (
    "=1+1<script>window.ran=1</script><img src=x onerror=window.ran=1>**粗体** $a^2$ :red[红] :material/bug_report: "
    "[链](javascript:window.ran=1) <b>b</b> `码`"
)
SEEN = "**粗体** $a^2$ :red[红]"
"""Part of it that any renderer of Markdown or formulas would eat."""

WORDS = {
    "documents": ("title", "issued"),
    "sections": ("heading", "number"),
    "targets": ("indicator", "value_text"),
    "terms": ("term",),
    "emphasis": ("name",),
    "carryover": ("name",),
    "issues": ("message",),
    "coverage": ("topic",),
}
"""Columns that hold words of documents, by table."""

VIEWS = (
    "",
    "compare",
    "targets",
    "timeline",
    "themes",
    "themes?th_part=topics&topic_theme=education",
    "themes?th_part=outline&th_doc=tianhe-14fyp",
    "terms?tm_unit=term",
    "carryover?co_terms=1",
    "reading",
    "reading?rd_view=list",
    "profile",
    "data",
    "data?dt_part=checks",
    "compare?fact=t002",
)


@pytest.fixture
def address(evidence: Path) -> Iterator[str]:
    """A dashboard on tables whose words are hostile."""
    for table, columns in WORDS.items():
        path = evidence / f"{table}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        for column in columns:
            hostile = [f"{HOSTILE}{text}" if text else "" for text in frame[column]]
            frame[column] = hostile
        frame.to_csv(path, index=False)
    ids = pd.read_csv(evidence / "passages.csv", dtype=str)["passage_id"]
    pd.DataFrame({"passage_id": ids, "text": HOSTILE}).to_parquet(evidence / "texts.parquet")
    row = {"target_id": "t002", "passage_id": ids[0], "quote": HOSTILE, "start": 0, "end": len(HOSTILE)}
    pd.DataFrame([row | {"value_start": 0, "value_end": 4}]).to_parquet(evidence / "evidence.parquet")
    with serving(environment=os.environ | {"PLAN_TABLES": str(evidence)}) as url:
        yield url


def settled(page: Page) -> None:
    """Wait until the page stands, with all that stood empty while the browser loaded what draws it."""
    page.wait_for_selector("[data-testid=stMain] h1")
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(700)


def test_hostile_words_stay_words_on_every_page(address: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        alarms: list[str] = []
        page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
        unseen = []
        for view in VIEWS:
            page.goto(f"{address}{view}")
            settled(page)
            assert page.evaluate("window.ran") is None, view
            assert not page.get_by_test_id("stException").count(), view
            for made in (".katex", "img[src=x]", "a[href^=javascript]", "[data-testid=stMain] [style*='color: red']"):
                assert page.locator(made).count() == 0, f"{view}: {made}"
            assert page.get_by_text("bug_report", exact=True).count() == 0, view
            if SEEN not in page.locator("body").inner_text() and SEEN not in str(
                page.locator(".js-plotly-plot").all_text_contents()
            ):
                unseen.append(view)
        assert not alarms
        assert not unseen, f"pages that do not show the words at all: {unseen}"
        browser.close()
