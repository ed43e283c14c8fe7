"""What only a browser shows: the address follows the filters, a click opens the sentence, no words of it run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import chart_style
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

    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_function("document.querySelector('.js-plotly-plot').offsetWidth < 800")
    page.wait_for_timeout(500)
    chart = page.locator(".js-plotly-plot").first
    assert chart.evaluate("node => node.offsetWidth") >= chart_style.WIDTH
    assert page.locator("[data-testid=stMain]").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_files_of_a_card_and_a_basket_in_the_browser(address: str, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}compare")
    title(page)
    page.get_by_role("button", name="导出", exact=True).first.click()
    page.wait_for_selector("[role=dialog] img")
    page.get_by_role("button", name="复制图片").click()
    page.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.read().then(items => items.map(item => item.types.join()))")
    assert copied == ["image/png"]
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 PNG").click()
    assert download.value.suggested_filename.startswith("综合经济_地区生产总值_")
    with page.expect_download():
        page.get_by_role("button", name="幻灯片（PPTX）").click()
    page.wait_for_function("document.activeElement === document.body", timeout=10_000)
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="detached")
    page.get_by_role("button", name="加入简报夹").first.click()
    page.get_by_text("已加入简报夹").wait_for()
    page.get_by_role("link", name="简报夹").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="保存简报夹").click()
    kept = tmp_path / "basket.json"
    download.value.save_as(kept)
    page.reload()
    page.get_by_text("2025年地区生产总值目标").first.wait_for()
    other = browser.new_context().new_page()
    other.goto(f"{address}basket")
    other.get_by_text("简报夹为空").wait_for()
    other.locator("input[type=file]").set_input_files(kept)
    other.get_by_text("2025年地区生产总值目标").first.wait_for()
