"""What only a browser shows: the address follows the filters, a click opens the sentence, no words of it run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")


@pytest.fixture
def address(evidence: Path) -> Iterator[str]:
    """A dashboard on the synthetic tables."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.headless": "true",
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.fileWatcherType": "none",
    }
    flags = [part for key, value in options.items() for part in (f"--{key}", value)]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", *flags],
        cwd=ROOT,
        env=os.environ | {"PLAN_TABLES": str(evidence)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{url}_stcore/health", timeout=1).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
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

    shared = page.url
    page.goto(f"{shared}&indicator={quote(nasty)}")
    assert "<script>alert(1)</script> **x** $a$" in title(page)
    assert not alarms
    page.goto(shared)
    assert "天河区7000亿元" in title(page)
    assert "越秀区" not in title(page)
