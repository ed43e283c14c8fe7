"""The ten tasks of docs/tasks.md in a browser, on the committed tables, each in its number of clicks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.serving import CHROMIUM, FLAGS, ROOT, serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")
SLOW = 30_000
CLICKS = {
    int(number): int(clicks)
    for number, clicks in re.findall(
        r"^\| (\d+) \|.*\| (\d+) \|$", (ROOT / "docs" / "tasks.md").read_text(encoding="utf-8"), flags=re.M
    )
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The dashboard on the committed tables."""
    with serving(environment={key: value for key, value in os.environ.items() if key != "PLAN_TABLES"}) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """A first visit that counts its clicks."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        self.page.set_default_timeout(SLOW)
        self.page.goto(address)
        self.clicks = 0
        self.settled()

    def settled(self) -> None:
        self.page.wait_for_selector("[data-testid=stMain] h1")
        self.page.wait_for_selector("[data-test-script-state=notRunning]")
        self.page.wait_for_timeout(700)
        self.page.wait_for_selector("[data-test-script-state=notRunning]")

    def click(self, what: Locator) -> None:
        what.first.scroll_into_view_if_needed()
        what.first.click()
        self.clicks += 1
        self.settled()

    def go(self, name: str) -> None:
        """A page of the navigation."""
        self.click(self.page.get_by_test_id("stSidebarNavLink").filter(has_text=name))

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Waits until words stand in a chart's title, or anywhere on the page."""
        expect(self.page.locator("[data-testid=stMain], [role=dialog]").filter(has_text=words).first).to_be_visible(
            timeout=SLOW
        )


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, address)
    yield visitor
    visitor.page.context.close()


def test_1_research_share_and_its_place(visitor: Visitor) -> None:
    visitor.click(visitor.page.get_by_role("link", name=re.compile("研发")))
    visitor.sees("研发经费投入占地区生产总值比重")
    visitor.page.wait_for_selector(".js-plotly-plot .scatterlayer .point")
    points = visitor.page.locator(".js-plotly-plot").first.locator(".scatterlayer .point")
    box = points.last.bounding_box()
    assert box is not None
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.clicks += 1
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile(r"第\d+行"), timeout=SLOW)
    assert visitor.clicks == CLICKS[1]


def test_2_topics_that_no_district_mentions(visitor: Visitor) -> None:
    visitor.click(visitor.page.get_by_role("link", name=re.compile("没有提及|均未提及|都没有")))
    visitor.sees("低空经济")
    assert "co_only=1" in visitor.page.url
    assert visitor.clicks == CLICKS[2]


def test_3_gdp_and_the_growth_it_needs(visitor: Visitor) -> None:
    visitor.go("指标对比")
    visitor.sees("2025年地区生产总值目标：天河区7000亿元、越秀区4100亿元")
    visitor.sees("+5.7%")
    assert visitor.clicks == CLICKS[3]


def test_4_binding_indicators(visitor: Visitor) -> None:
    visitor.go("目标清单")
    visitor.click(visitor.page.locator("[data-testid=stMain]").get_by_role("button", name=re.compile("约束性")))
    visitor.sees("属性：约束性")
    assert visitor.clicks == CLICKS[4]


def test_5_the_report_and_the_path(visitor: Visitor) -> None:
    visitor.go("时间线")
    visitor.sees("按规划路径应达")
    assert visitor.clicks == CLICKS[5]


def test_6_where_districts_differ(visitor: Visitor) -> None:
    visitor.go("主题覆盖")
    visitor.sees("规划纲要中差异最大的主题是")
    assert visitor.clicks == CLICKS[6]


def test_7_words_of_huadu(visitor: Visitor) -> None:
    visitor.go("用词差异")
    visitor.click(visitor.page.locator("[data-testid=stMain]").get_by_role("combobox"))
    visitor.click(visitor.page.get_by_role("option", name=re.compile("花都区")))
    visitor.sees("绿色金融")
    assert visitor.clicks == CLICKS[7]


def test_8_education_side_by_side(visitor: Visitor) -> None:
    visitor.go("对照阅读")
    visitor.click(visitor.page.locator("[data-testid=stMain]").get_by_role("combobox"))
    visitor.click(visitor.page.get_by_role("option", name="教育", exact=True))
    visitor.sees(re.compile("教育.*天河区.*越秀区", re.S))
    assert visitor.clicks == CLICKS[8]


def test_9_one_page_on_yuexiu(visitor: Visitor) -> None:
    visitor.go("单区档案")
    visitor.click(visitor.page.locator("[data-testid=stMain]").get_by_role("radio", name="越秀区"))
    visitor.sees("广州市越秀区国民经济和社会发展第十四个五年规划")
    assert visitor.clicks == CLICKS[9]
    visitor.settled()
    visitor.page.wait_for_timeout(1500)
    sheet = visitor.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_10_how_right_the_figures_are(visitor: Visitor) -> None:
    visitor.go("数据与方法")
    visitor.click(visitor.page.get_by_role("radio", name="提取核对"))
    visitor.sees("准确率")
    visitor.sees("人工更正")
    assert visitor.clicks == CLICKS[10]


def test_a_copied_link_opens_the_same_view_in_a_fresh_browser(visitor: Visitor, browser: Browser) -> None:
    visitor.go("指标对比")
    visitor.click(visitor.page.get_by_role("button", name="越秀区", exact=True))
    visitor.click(visitor.page.get_by_role("button", name=re.compile("复制固定链接")))
    link = visitor.page.locator("[data-testid=stPopoverBody] code").inner_text()
    title = visitor.page.locator(".js-plotly-plot .gtitle").first.text_content()
    assert title and "越秀区" not in title
    fresh = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    fresh.goto(link)
    fresh.wait_for_selector(".js-plotly-plot .gtitle")
    assert fresh.locator(".js-plotly-plot .gtitle").first.text_content() == title
    fresh.context.close()


def test_the_start_page_answers_at_its_name_as_well(visitor: Visitor, address: str) -> None:
    visitor.page.goto(f"{address}overview?region=yuexiu")
    visitor.settled()
    assert visitor.page.locator("[role=dialog]").count() == 0
    visitor.sees("越秀区80条")


@pytest.mark.parametrize("second", ["用词差异", "指标对比", "对照阅读"])
def test_hurried_clicks_lose_no_filter(browser: Browser, address: str, second: str) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address)
    page.wait_for_selector("[data-testid=stSidebarNavLink]", state="attached")
    for name in ("目标清单", second, "主题覆盖", second):
        page.get_by_test_id("stSidebarNavLink").filter(has_text=name).first.click()
        page.wait_for_timeout(150)
    expect(page.locator("[data-testid=stMain] h1")).to_have_text(second, timeout=SLOW)
    page.wait_for_timeout(500)
    page.wait_for_selector("[data-test-script-state=notRunning]")
    assert "未选择" not in page.locator("[data-testid=stMain]").inner_text()
    page.context.close()
