"""The briefing basket, its file, the dialog of one card's files, and briefings from the command line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pptx
import pytest
from streamlit.testing.v1 import AppTest

import basket_keeping
import chart_style
import labels
from briefing import basket_file
from briefing.item import Item
from card import Card, Short
from errors import ReadableError
from plot import Plot, Series

Run = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made() -> Item:
    """A card with chart, table, office chart and places."""
    body = chart_style.figure(200, 40, 10, 10, 20, [{"type": "bar", "x": [1.5, 2], "y": ["甲区", "乙区"]}])
    card = Card(
        id="panel-1a",
        title="甲区1.5万个、乙区2万个",
        subtitle="单位：万个",
        source="《甲规划》（第3行）",
        version="1a2b3c4d",
        table=pd.DataFrame({"地区": ["甲区", "=1+1"], "数值": [1.5, None], "条": [1, 2]}),
        body=body,
        alt="甲区1.5万个",
        notes=("注一",),
        plot=Plot("bar", ("甲区", "乙区"), (Series("目标", (1.5, None), "#0072B2", (), ("1.5", "")),), "万个"),
        facts=("t1", "t2"),
        short=Short(chart_style.figure(90, 4, 4, 2, 2, [{"type": "bar", "x": [1.5], "y": ["甲区"]}]), ("前一个",), 900),
    )
    return Item(card, "http://127.0.0.1:8501/compare?region=a", "附注", "自拟", pd.DataFrame({"行号": [3]}))


def collect(app: AppTest, card: str) -> AppTest:
    return app.button(key=f"collect-{card}").click().run()


def card_ids(app: AppTest) -> list[str]:
    return [str(button.key).removeprefix("collect-") for button in app.button if str(button.key).startswith("collect-")]


def titles(app: AppTest) -> list[str]:
    return [one.value for one in app.markdown if one.value.startswith("**")]


def test_cards_are_collected_on_any_page_and_put_in_order(run: Run, tables: Path) -> None:
    app = run("compare")
    app = collect(app, card_ids(app)[0])
    app = app.switch_page("app_pages/themes.py").run()
    app = collect(app, card_ids(app)[0])
    app = app.switch_page("app_pages/basket.py").run()
    assert not app.exception
    first = titles(app)
    assert len(first) == 2
    assert "地区生产总值" in first[0]
    app.text_input(key="bk_title").set_value("两区对照").run()
    app.button(key="bk_down_0").click().run()
    assert [title[5:] for title in titles(app)] == [title[5:] for title in reversed(first)]
    app.button(key="bk_remove_0").click().run()
    assert len(titles(app)) == 1
    app = app.switch_page("app_pages/compare.py").run().switch_page("app_pages/basket.py").run()
    assert len(titles(app)) == 1
    assert app.text_input(key="bk_title").value == "两区对照"


def test_a_card_gets_a_title_and_a_note(run: Run, tables: Path) -> None:
    app = run("compare")
    app = collect(app, card_ids(app)[0]).switch_page("app_pages/basket.py").run()
    name = next(one for one in app.text_input if str(one.key).startswith("bk_name_"))
    name.set_value("自拟的**标题**").run()
    assert "自拟的\\*\\*标题\\*\\*" in titles(app)[0]
    held: list[Item] = app.session_state["_basket"].items
    assert held[0].title == "自拟的**标题**"
    assert held[0].link.endswith(f"v={held[0].card.version}")
    assert len(held[0].places) == len(held[0].card.facts) > 0


def test_a_reload_finds_the_basket_and_a_stranger_does_not(
    run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run("compare")
    app = collect(app, card_ids(app)[0])
    name = app.session_state["_basket_name"]
    assert len(name) >= 32
    assert all(name not in str(values) for values in app.query_params.values())
    assert not titles(run("basket"))
    monkeypatch.setattr(basket_keeping, "_cookie", lambda: name)
    assert len(titles(run("basket"))) == 1
    again = run("basket")
    again.button(key="bk_remove_0").click().run()
    assert not titles(run("basket"))


def test_a_name_that_the_server_did_not_give_is_not_taken(
    run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basket_keeping, "_cookie", lambda: "given-by-a-stranger")
    app = run("compare")
    assert collect(app, card_ids(app)[0]).session_state["_basket_name"] != "given-by-a-stranger"


def test_baskets_that_are_held_are_bounded(made: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(200):
        monkeypatch.setattr(basket_keeping.st, "session_state", {"_basket_name": str(number)})
        basket_keeping.hold(basket_keeping.Basket([made] * 60))
    held = basket_keeping._BASKETS
    assert sum(len(basket.items) for basket in held.values()) <= basket_keeping.MOST_CARDS
    assert "199" in held and "0" not in held
    held.clear()


def test_an_empty_basket_says_how_to_fill_it(run: Run, tables: Path) -> None:
    app = run("basket")
    assert not app.exception
    assert any("加入简报夹" in one.value for one in app.caption)


@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_the_files_of_a_card_are_offered(run: Run, tables: Path, language: str) -> None:
    app = run("compare", lang=language)
    app.button(key=f"export-{card_ids(app)[0]}").click().run()
    assert not app.exception
    offered = {str(button.key) for button in app.get("download_button")}
    assert {"ex_pptx", "ex_docx", "ex_xlsx", "ex_csv"} <= offered


def test_without_a_browser_the_dialog_says_why(run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.renderer.browser", lambda: "")
    app = run("compare")
    app.button(key=f"export-{card_ids(app)[0]}").click().run()
    assert not app.exception
    assert any("Chromium" in one.value for one in app.info)
    assert "ex_png" not in {str(button.key) for button in app.get("download_button")}


def test_a_basket_comes_back_as_it_was_saved(made: Item) -> None:
    bare = Item(replace(made.card, body=None, plot=None, facts=(), short=None))
    (first, second), title = basket_file.load(basket_file.dump([made, bare], "标题"))
    assert title == "标题"
    assert (first.link, first.note, first.name) == (made.link, made.note, made.name)
    assert first.card.plot == made.card.plot
    assert first.card.figure is not None and made.card.figure is not None
    assert json.loads(first.card.figure.to_json()) == json.loads(made.card.figure.to_json())
    kept, held = first.card.short, made.card.short
    assert kept is not None and held is not None
    assert json.loads(kept.body.to_json()) == json.loads(held.body.to_json())
    assert (kept.notes, kept.width) == (held.notes, held.width)
    pd.testing.assert_frame_equal(first.card.table, made.card.table, check_dtype=False)
    pd.testing.assert_frame_equal(first.places, made.places)
    assert second.card.body is None and second.places.empty
    for name in ("id", "title", "subtitle", "source", "version", "alt", "notes", "facts"):
        assert getattr(first.card, name) == getattr(made.card, name)


def altered(made: Item, **fields: Any) -> bytes:
    """A basket with other fields in its only card."""
    content = json.loads(basket_file.dump([made], ""))
    content["items"][0]["card"] |= fields
    return json.dumps(content).encode()


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"format": "plan-briefing"}', b"[" * 100_000])
def test_a_file_that_is_no_basket_is_refused(data: bytes) -> None:
    with pytest.raises(ReadableError, match="保存简报夹"):
        basket_file.load(data)


def test_a_large_file_is_refused() -> None:
    with pytest.raises(ReadableError, match="MB"):
        basket_file.load(b" " * (basket_file.LARGEST + 1))


@pytest.mark.parametrize(
    "body",
    [
        {"data": [{"type": "scattermapbox", "lat": [1], "lon": [2]}], "layout": {}},
        {"data": [{"type": "image", "source": "http://example.org/x.png"}], "layout": {}},
        {"data": [{"type": "bar", "nonsense": 1}], "layout": {}},
        {"data": "x", "layout": {}},
    ],
    ids=str,
)
def test_charts_of_other_kinds_are_refused(made: Item, body: dict[str, Any]) -> None:
    with pytest.raises(ReadableError):
        basket_file.load(altered(made, body=body))


def test_a_picture_in_a_chart_is_not_fetched(made: Item) -> None:
    layout = {"images": [{"source": "http://example.org/x.png"}], "height": 99, "margin": dict.fromkeys("lrtb", 1)}
    (item,), _ = basket_file.load(altered(made, body={"data": [], "layout": layout}))
    assert item.card.figure is not None
    assert "example.org" not in item.card.figure.to_json()


def test_a_link_that_is_none_is_refused(made: Item) -> None:
    content = json.loads(basket_file.dump([made], ""))
    content["items"][0]["link"] = "javascript:alert(1)"
    with pytest.raises(ReadableError):
        basket_file.load(json.dumps(content).encode())


def brief(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "dashboard/brief.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_comparison_from_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "brief.pptx"
    done = brief("--regions", "天河区,yuexiu", "--out", str(out))
    assert done.returncode == 0, done.stderr
    deck = pptx.Presentation(str(out))
    said = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert any("天河区" in text and "越秀区" in text for text in said)
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)


def test_a_profile_from_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "huadu.xlsx"
    done = brief("--regions", "Huadu", "--lang", "en", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(io.BytesIO(out.read_bytes()))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--regions", "无此区", "--out", "x.pptx"), "无此区"),
        (("--regions", "", "--out", "x.pptx"), "天河区"),
        (("--regions", "天河区", "--out", "x.odt"), ".pptx"),
        (("--regions", "天河区", "--out", "/nowhere/x.pptx"), "/nowhere"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    done = brief(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
