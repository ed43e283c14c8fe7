"""Pictures of cards: each caller gets its own, they say what they show, and a renderer that hangs is replaced."""

from __future__ import annotations

import hashlib
import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

import cards
import chart_style
import compare_cards
import data_io
import directory
import downloads
import facts
import filters
import labels
import settings
import theme_parts
import timeline_parts
from briefing import layout, names, picture, renderer, table_body
from briefing.item import Item
from briefing.renderer import Renderer
from card import Card, Short
from errors import ReadableError
from plot import Plot, Series
from selection import Selection
from view import View

DASHBOARD = Path(renderer.__file__).parents[1]
LINK = "http://127.0.0.1:8501/compare?region=%E5%A4%A9%E6%B2%B3%E5%8C%BA&indicator=gdp"
needs_browser = pytest.mark.skipif(not renderer.browser(), reason="no Chromium or Chrome is installed")
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")


@pytest.fixture(scope="module")
def drawn_by() -> Iterator[Renderer]:
    """One renderer for all pictures of this file."""
    made = Renderer()
    yield made
    made.close()


@pytest.fixture
def view(tables: Path) -> View:
    config, read = settings.load(), data_io.load(tables)
    known = directory.build(config, read["documents"], read["targets"], {})
    chosen = Selection(tuple(known.regions), tuple(known.plans))
    prepared = facts.prepare(facts.worded(read["targets"], read["sections"], read["documents"]), known)
    return View(config, read, known, prepared, filters.all_filters(config, known), chosen)


def card(title: str = "越秀区4100亿元", rows: int = 3, body: bool = True) -> Card:
    """A card of bars as long as its title, with as many rows of a table."""
    marks = {"type": "bar", "orientation": "h", "marker": {"color": "#0072B2"}}
    drawn = chart_style.figure(200, 90, 20, 10, 30, [marks | {"x": [len(title), 3], "y": ["天河区", "越秀区"]}])
    table = pd.DataFrame({"地区": [f"地区{n}" for n in range(rows)], "数值": [n + 0.5 for n in range(rows)]})
    return Card(
        "c",
        title,
        "单位：亿元｜全部",
        "《规划》（第3行）",
        "1a2b3c4d",
        table,
        drawn if body else None,
        notes=("注意。",),
    )


def told(error: pytest.ExceptionInfo[ReadableError]) -> str:
    return str(error.value)


def group(leader: int) -> set[int]:
    """Living processes of a process group, from /proc."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, own = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(own) == leader and state != "Z":
            found.add(int(path.parent.name))
    return found


def ended(leader: int, within: float = 10) -> bool:
    """Whether a process group has no living process any more, after a while."""
    start = time.monotonic()
    while group(leader) and time.monotonic() - start < within:
        time.sleep(0.05)
    return not group(leader)


@needs_browser
def plain_item(**fields: object) -> Item:
    """A card with hostile words, without a chart of its own."""
    made = card()
    table = pd.DataFrame({"地区": [f"区{number}<b>$x^2$" for number in range(90)], "数值": range(90)})
    return Item(replace(made, title="甲$a$与<script>乙", body=None, table=table, **fields), LINK, "附注")


PLOTS = {
    "table": None,
    "bar": Plot("bar", ("甲", "乙"), (Series("目标", (1.5, -2.0), "#0072B2", (), ("约1.5%", "")),), "%"),
    "many": Plot("bar", tuple(f"类{n}" for n in range(40)), (Series("a", (1.0,) * 40, "#0072B2"),) * 5, "%"),
    "stacked": Plot("stacked", ("甲",), (Series("一", (1.0,), "#0072B2"), Series("二", (2.0,), "#D55E00")), "条"),
    "line": Plot("line", ("2020年", "2025年"), (Series("甲", (None, 2.0), "#0072B2"),), "亿元"),
    "nothing": Plot("bar", (), (), ""),
}


@pytest.mark.parametrize("size", layout.SIZES)
@pytest.mark.parametrize("kind", PLOTS)
def test_an_svg_is_made_without_a_browser(monkeypatch: pytest.MonkeyPatch, size: str, kind: str) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    svg = picture.draw(plain_item(plot=PLOTS[kind]), size, "svg")
    said = picture.said(svg)
    assert "甲$a$与<script>乙" in said
    assert b"<script" not in svg
    assert "1a2b3c4d" in said and "附注" in said and "资料来源" in said
    assert "NotoSansCJKSC" in svg.decode().replace(" ", "")
    if kind == "table":
        assert "<b>$x^2$" in said and "共90行" in said
    if kind == "bar":
        assert "约1.5%" in said and "-2" in said
    if kind == "many":
        assert "共40行" in said


@pytest.mark.parametrize("size", layout.SIZES)
def test_a_png_has_twice_the_pixels_of_its_place(drawn_by: Renderer, size: str) -> None:
    made = picture.draw(Item(card()), size, "png", drawn_by)
    assert (
        Image.open(io.BytesIO(made)).size == {"slide": (3200, 1800), "page": (2400, 1800), "square": (2160, 2160)}[size]
    )


@needs_browser
def test_eight_threads_get_each_their_own(drawn_by: Renderer) -> None:
    items = [Item(card(f"第{number}项：" + "长" * number)) for number in range(1, 9)]
    alone = [hashlib.sha256(picture.draw(item, "slide", "png", drawn_by)).digest() for item in items]
    assert len(set(alone)) == len(items)
    with ThreadPoolExecutor(len(items)) as threads:
        pngs = list(threads.map(lambda item: picture.draw(item, "slide", "png", drawn_by), items))
        svgs = list(threads.map(lambda item: picture.draw(item, "slide", "svg", drawn_by), items))
    assert [hashlib.sha256(png).digest() for png in pngs] == alone
    for item, svg in zip(items, svgs, strict=True):
        assert [other.title for other in items if picture.shows_title(svg, other)] == [item.title]


@needs_browser
def test_a_picture_says_all_that_is_needed_to_cite_it(drawn_by: Renderer) -> None:
    item = Item(card(), LINK, note="供讨论 <b>", name="自拟标题")
    said = picture.said(picture.draw(item, "page", "svg", drawn_by))
    for words in (
        "自拟标题",
        "单位：亿元｜全部",
        "注意。",
        "《规划》（第3行）",
        "1a2b3c4d",
        "供讨论<b>",
        "region=天河区&indicator=gdp",
    ):
        assert words in said
    assert item.card.title not in said


@needs_browser
def test_a_picture_that_is_not_of_the_card_is_not_handed_out() -> None:
    class Mixed(Renderer):
        def draw(self, figure: go.Figure, form: str, scale: float = 1.0) -> bytes:
            return b"<svg><text>another</text></svg>"

    with pytest.raises(ReadableError) as error:
        picture.draw(Item(card()), "slide", "svg", Mixed())
    assert told(error) == labels.word("pictures.mixed")


@needs_browser
def test_no_placeholder_colour_and_the_font_by_name(view: View, drawn_by: Renderer) -> None:
    """Streamlit's template holds colours #000001 and so on, which only its own page replaces."""
    shown = [
        *compare_cards.compared(view, "gdp", "地区生产总值").cards,
        *timeline_parts.work(view, "gdp", "地区生产总值").panels,
        theme_parts._heat(view, "share"),
        card(body=False),
    ]
    placeholders = {f"#{n:06x}" for n in range(1, 0x41)} | {f"rgb(0, 0, {n})" for n in range(1, 0x41)}
    for one in shown:
        svg = picture.draw(Item(one), "slide", "svg", drawn_by).decode().lower()
        assert not {colour for colour in placeholders if re.search(re.escape(colour) + r"(?![0-9a-f])", svg)}
        assert "noto sans cjk sc" in svg


@needs_browser
def test_chinese_is_no_boxes(drawn_by: Renderer) -> None:
    """No Han character of our words is drawn as nothing, or as a character that no font has."""
    needed = sorted(set(re.findall(r"[\u4e00-\u9fff]", labels.LABELS_FILE.read_text(encoding="utf-8"))))
    unknown = ["\U0010ffff", "\U000effff"]
    cells, across, side = [*unknown, *needed], 40, 32
    down = -(-len(cells) // across)
    points = {
        "type": "scatter",
        "mode": "text",
        "x": [place % across + 0.5 for place in range(len(cells))],
        "y": [place // across + 0.5 for place in range(len(cells))],
        "text": cells,
        "textfont": {"size": 16},
    }
    axis = {"visible": False, "automargin": False}
    figure = chart_style.figure(
        down * side,
        *(0, 0, 0, 0),
        [points],
        width=across * side,
        xaxis=axis | {"range": [0, across]},
        yaxis=axis | {"range": [down, 0]},
    )
    figure.layout.margin.pad = 0
    pixels = np.asarray(Image.open(io.BytesIO(drawn_by.draw(figure, "png"))).convert("L"))
    drawn = [
        pixels[row * side : (row + 1) * side, column * side : (column + 1) * side].tobytes()
        for row, column in (divmod(place, across) for place in range(len(cells)))
    ]
    blank = bytes([255]) * side * side
    assert drawn[0] == drawn[1] != blank
    assert [cell for cell, shape in zip(cells, drawn, strict=True) if shape in (blank, drawn[0])] == unknown


HANGS = [sys.executable, "-c", "import time; time.sleep(60)"]
DIES = [sys.executable, "-c", ""]


@needs_browser
@pytest.mark.parametrize(("broken", "word"), [(HANGS, "hung"), (DIES, "died")])
def test_a_renderer_that_fails_is_replaced_and_the_caller_told(broken: list[str], word: str) -> None:
    commands = [broken]
    made = Renderer(lambda folder: commands.pop() if commands else renderer.worker_command(folder), limit=1)
    start = time.monotonic()
    with pytest.raises(ReadableError) as error:
        picture.draw(Item(card()), "slide", "svg", made)
    assert time.monotonic() - start < 20
    assert told(error) == labels.word(f"pictures.{word}", seconds=1)
    made._limit = renderer.LIMIT
    assert picture.shows_title(picture.draw(Item(card()), "slide", "svg", made), Item(card()))
    made.close()


def test_the_limit_leaves_time_for_a_restart() -> None:
    assert renderer.LIMIT < 20


@needs_browser
@needs_proc
def test_a_hung_browser_is_ended_with_all_its_processes() -> None:
    made = Renderer()
    picture.draw(Item(card()), "slide", "svg", made)
    leader = made._worker._process.pid
    assert len(group(leader)) > 2
    for process in group(leader) - {leader}:
        os.kill(process, signal.SIGSTOP)
    made._limit = 1
    with pytest.raises(ReadableError):
        picture.draw(Item(card()), "slide", "svg", made)
    assert ended(leader)
    made._limit = renderer.LIMIT
    assert picture.draw(Item(card()), "slide", "svg", made)
    made.close()


@needs_browser
@needs_proc
def test_worker_and_browser_end_with_their_parent() -> None:
    code = """
import os, sys, plotly.graph_objects as go
from briefing.renderer import Renderer
made = Renderer()
made.draw(go.Figure(layout={"width": 99, "height": 99}), "svg")
print(made._worker._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=DASHBOARD, capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip(), ran.stderr
    assert ended(int(ran.stdout))


@needs_browser
def test_a_figure_that_cannot_be_drawn_is_told_and_the_worker_lives_on(drawn_by: Renderer) -> None:
    with pytest.raises(ReadableError):
        drawn_by.draw(go.Figure(layout={"width": 99, "height": 99}), "nonsense")
    assert picture.draw(Item(card()), "slide", "svg", drawn_by)


def test_the_worker_loads_nothing_heavy() -> None:
    code = "import sys, briefing.worker; print(*{'pandas', 'streamlit', 'pyarrow', 'numpy'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=DASHBOARD, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout.strip()) == (0, "")


@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_without_a_browser_a_sentence_says_why(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    labels.use(language)
    try:
        assert "BROWSER_PATH" in picture.unavailable()
        with pytest.raises(ReadableError) as error:
            picture.draw(Item(card()), "slide", "png")
        assert told(error) == picture.unavailable() == labels.node("pictures.no_browser", language)
    finally:
        labels.use(labels.LANGUAGES[0])


@pytest.mark.parametrize("size", layout.SIZES)
@pytest.mark.parametrize("height", [150, 600, 1100])
def test_words_and_chart_share_the_canvas(size: str, height: int) -> None:
    body = go.Figure(card().body).update_layout(height=height)
    laid = layout.lay_out(Item(replace(card(), body=body), LINK), size)
    shape, look = layout.SIZES[size], laid.figure.layout
    assert look.width * shape.height == look.height * shape.width
    assert look.width * laid.scale == pytest.approx(shape.pixels[0])
    assert look.height - look.margin.t - look.margin.b >= height - body.layout.margin.t - body.layout.margin.b
    assert look.width >= shape.least


def test_a_chart_too_small_to_be_read_is_told_as_its_table() -> None:
    tall = replace(card(rows=400), body=go.Figure(card().body).update_layout(height=4000))
    laid = layout.lay_out(Item(tall), "slide").figure
    assert "bar" not in {trace.type for trace in laid.data}
    assert "400" in laid.layout.annotations[-1].text


def shortened(height: int, shorter: int) -> Card:
    """A card whose chart is as high as said, and in short less."""
    long, short = (go.Figure(card().body).update_layout(height=size) for size in (height, shorter))
    short.update_traces(name="short")
    return replace(card(rows=400), body=long, short=Short(short, ("只列前几个。",)))


@pytest.mark.parametrize(
    ("height", "shorter", "drawn"),
    [(400, 200, "all"), (1100, 400, "short"), (4000, 600, "short"), (4000, 2000, "table")],
)
def test_a_shorter_chart_stands_where_all_of_it_would_be_too_small(height: int, shorter: int, drawn: str) -> None:
    laid = layout.lay_out(Item(shortened(height, shorter)), "slide").figure
    kinds = {trace.type for trace in laid.data}
    assert ("bar" in kinds) == (drawn != "table")
    assert (laid.data[0].name == "short") == (drawn == "short")
    assert ("只列前几个" in laid.layout.annotations[-1].text) == (drawn == "short")


def letters(figure: go.Figure) -> list[float]:
    """Sizes of the letters at the marks and beside them, in points of a slide that is 960 points wide."""
    sizes = [trace.textfont.size for trace in figure.data if trace.textfont.size]
    sizes += [note.font.size for note in figure.layout.annotations if note.font.size]
    sizes += [float(size) for size in re.findall(r"font-size:(\d+)px", figure.to_json())]
    return [size * 960 / figure.layout.width for size in sizes]


@pytest.mark.parametrize("page", ["terms", "carryover"])
def test_the_highest_charts_can_be_read_on_a_slide(
    run: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """With the committed tables, which fill these charts."""
    shown: list[Card] = []
    monkeypatch.setattr(cards, "show", lambda one, *_, **__: shown.append(one))
    assert not run(page).exception
    highest = max(shown, key=lambda one: one.body.layout.height if one.body else 0)
    assert highest.short is not None
    laid = layout.lay_out(Item(highest, LINK), "slide").figure
    assert "scatter" in {trace.type for trace in laid.data}
    assert min(letters(laid)) >= 8


def test_a_table_says_how_many_of_its_rows_are_shown() -> None:
    body, shown = table_body.draw(card(rows=400).table, 900, 500)
    assert body.layout.height <= 500
    assert 10 < shown < 400
    texts = [str(text) for text in body.data[0].text]
    assert f"地区{shown - 1}" in texts and f"地区{shown}" not in texts
    few = layout.lay_out(Item(card(rows=3, body=False)), "slide").figure.layout.annotations[-1].text
    assert "前" not in few
    many = layout.lay_out(Item(card(rows=400, body=False)), "slide").figure
    drawn = sum(str(text).startswith("地区") for text in many.data[0].text)
    assert labels.word("pictures.rows", shown=drawn, count=400) in many.layout.annotations[-1].text.replace("<br>", "")


def test_a_long_link_is_cut() -> None:
    words = layout.words(Item(card(), LINK + "&x=" + "y&" * 500), 900)
    assert words.footer[-1].endswith("…")
    assert len(chart_style.frame(words, 900).footer) <= 3 + 3


def test_words_are_broken_at_the_width_of_the_picture() -> None:
    words = chart_style.Words("长" * 60, "字" * 90, ("注" * 100,))
    narrow, wide = (chart_style.dress(card().body, words, width) for width in (600, 1200))
    assert narrow.layout.height > wide.layout.height
    assert (
        chart_style.dress(card().body, words).layout.height == chart_style.dress(card().body, words, 790).layout.height
    )


def test_file_names_tell_what_is_shown(view: View) -> None:
    one = view.facts[view.facts["key"] == "gdp"]
    named = names.file_name(Item(replace(card(), facts=tuple(one["target_id"]))), view, "png")
    assert re.fullmatch(r"综合经济_地区生产总值_.+_20\d\d—20\d\d年_1a2b3c4d\.png", named)
    several = replace(card(), facts=tuple(view.facts["target_id"]))
    assert "越秀区4100亿元" in names.file_name(Item(several), view, "svg")
    assert names.file_name(Item(card(), name="两区对照"), view, "svg").startswith("两区对照_")


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        (("CON",), "_CON.csv"),
        (("com1.x", "v"), "_com1.x_v.csv"),
        (("a\x00b..", "..", "v "), "ab_v.csv"),
        (("",), "_.csv"),
    ],
)
def test_windows_takes_the_names(parts: tuple[str, ...], named: str) -> None:
    assert downloads.file_name(*parts) == named


def test_a_file_name_is_no_longer_than_a_file_system_takes() -> None:
    named = downloads.file_name(*["长" * 90] * 5, "1a2b3c4d", form="png")
    assert len(named.encode()) <= 255
    assert named.endswith("_1a2b3c4d.png")
