"""What only a browser shows: the address follows the filters, a click opens the sentence, no words of it run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.serving import CHROMIUM, FLAGS, serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")


@pytest.fixture
def address(evidence: Path) -> Iterator[str]:
    """A dashboard on the synthetic tables."""
    with serving(environment=os.environ | {"PLAN_TABLES": str(evidence)}) as url:
        yield url


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def title(page: Page) -> str:
    """Title of the first chart."""
    page.wait_for_selector(".js-plotly-plot .gtitle")
    return str(page.locator(".js-plotly-plot .gtitle").first.text_content())


def test_in_the_browser(address: str, browser: Browser, nasty: str) -> None:
    alarms: list[str] = []
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.goto(f"{address}compare")
    assert "天河区7000亿元、越秀区4100亿元" in title(page)
    assert "Noto Sans CJK SC" in page.locator(".js-plotly-plot .gtitle").first.evaluate(
        "node => getComputedStyle(node).fontFamily"
    )
    assert page.locator(".modebar-btn").count() == 0

    page.get_by_role("button", name="越秀区", exact=True).click()
    page.wait_for_url("**region=**")
    assert "region=tianhe" in page.url
    page.wait_for_function("!document.querySelector('.js-plotly-plot .gtitle').textContent.includes('越秀区')")
    table = page.get_by_test_id("stDataFrame").first
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_timeout(500)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 120, box["y"] + 35 * 3.5)
    page.wait_for_selector("mark")
    assert page.locator("mark").inner_text() == "7000"
    assert page.locator("blockquote").inner_text() == "力争<b>达到7000亿元</b>。"

    page.keyboard.press("Escape")
    page.wait_for_selector("mark", state="detached")
    spot = page.locator(".js-plotly-plot .scatterlayer .trace.scatter .points path").last
    for _ in range(2):
        page.wait_for_selector("[data-test-script-state=notRunning]")
        page.wait_for_timeout(500)
        spot.scroll_into_view_if_needed()
        spot.click(force=True)
        page.wait_for_selector("[role=dialog]")
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=dialog]", state="detached")

    shared = page.url
    page.goto(f"{shared}&indicator={quote(nasty)}")
    assert "<script>alert(1)</script> **x** $a$" in title(page)
    assert not alarms
    page.goto(shared)
    assert "天河区7000亿元" in title(page)
    assert "越秀区" not in title(page)
