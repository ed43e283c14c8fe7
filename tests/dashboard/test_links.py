"""The address of a page: a link opens the identical view in a fresh session, old links are understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import address

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]
PAGES = sorted(path.stem for path in (Path(address.__file__).parent / "app_pages").glob("*.py"))
STATES: list[dict[str, Any]] = [
    {},
    {"region": ["yuexiu"], "kind": ["target"]},
    {"region": ["tianhe", "yuexiu"], "theme": ["education"], "years": ["14fyp"]},
    {"lang": "en", "plan": ["14fyp"]},
]


def opened(run: Run, page: str, query: dict[str, Any]) -> AppTest:
    app = run(page, **query)
    assert not app.exception
    return app


def query(app: AppTest) -> dict[str, list[str]]:
    """The address as the page has written it."""
    said = {key: app.query_params[key] for key in app.query_params}
    return {key: [values] if isinstance(values, str) else list(values) for key, values in said.items()}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_link_shows_the_same_in_a_fresh_session(
    run: Run, charts: Charts, tables: Path, page: str, state: dict[str, Any]
) -> None:
    first = opened(run, page, {})
    for key, values in state.items():
        first.session_state[key] = values
    first.run()
    assert not first.exception
    second = opened(run, page, query(first))
    assert charts(second) == charts(first)
    assert query(second) == query(first)


PAGE_STATES: list[tuple[str, dict[str, Any]]] = [
    ("compare", {"indicator": "rd_share"}),
    ("targets", {"tg_spread": "shared", "tg_state": ["target"]}),
    ("targets", {"tg_q": "支出", "view-matrix": "table"}),
    ("timeline", {"tl_indicator": "gdp", "theme": ["economy"]}),
    ("themes", {"measure": "density"}),
    ("themes", {"th_part": "topics", "topic_theme": "education", "measure": "count"}),
    ("themes", {"th_part": "outline", "topic_theme": "economy", "th_doc": "yuexiu-14fyp"}),
    ("terms", {"tm_unit": "topic", "tm_n": "10", "tm_q": "学位"}),
    ("carryover", {"co_only": True, "co_sort": "gap", "co_n": "20"}),
    ("carryover", {"co_terms": True, "co_evidence": ["strong"]}),
    ("reading", {"rd_theme": "education", "rd_view": "list"}),
    ("reading", {"topic": "学位", "rd_order": "line"}),
    ("profile", {"pf_region": "yuexiu", "pf_all": True}),
    ("data", {"dt_part": "checks", "severity": ["warning"]}),
    ("data", {"dt_part": "download", "table": "passages"}),
]


def told(app: AppTest) -> list[str]:
    """All that a page says outside its charts: words, and the cells of its tables."""
    words = [str(one.value) for kind in ("markdown", "caption", "subheader", "info", "html") for one in app.get(kind)]
    return words + [frame.value.to_csv() for frame in app.dataframe]


@pytest.mark.parametrize(("page", "state"), PAGE_STATES, ids=str)
def test_a_link_carries_what_a_page_itself_asks(
    run: Run, charts: Charts, tables: Path, page: str, state: dict[str, Any]
) -> None:
    first = opened(run, page, {})
    usual = query(first)
    for key, values in state.items():
        first.session_state[key] = values
    first.run()
    assert not first.exception
    assert query(first) != usual
    second = opened(run, page, query(first))
    assert charts(second) == charts(first)
    assert told(second) == told(first)
    assert query(second) == query(first)


def test_a_changed_widget_changes_the_address(run: Run, tables: Path) -> None:
    app = run("compare")
    assert query(app) == {}
    next(pills for pills in app.get("pills") if pills.key == "region").set_value(["yuexiu"]).run()
    assert query(app) == {"region": ["yuexiu"]}
    app.button(key="reset").click().run()
    assert query(app) == {}


def test_labels_of_old_links_are_understood(run: Run, charts: Charts, tables: Path) -> None:
    old = charts(run("compare", region="越秀区", kind="目标", indicator="研发经费投入占比"))
    assert old == charts(run("compare", region="yuexiu", kind="target", indicator="rd_share"))


def test_a_fact_in_the_address_opens_its_place(run: Run, evidence: Path) -> None:
    app = run("compare", fact="t002")
    assert not app.exception
    assert any("7000" in str(html.value) for html in app.get("html"))


def test_an_unknown_fact_opens_nothing(run: Run, tables: Path) -> None:
    app = run("compare", fact="nowhere")
    assert not app.exception
    assert "fact" not in query(app)


def test_parameters_read_and_write_what_they_hold() -> None:
    several = address.Parameter("k", ("a", "b"), ("a",))
    assert several.read(["b", "x", "b"]) == ["b"]
    assert several.read([""]) == []
    assert several.read(["x"]) is None
    assert several.written([]) == [""]
    one = address.Parameter("k", ("a", "b"), "a", lambda item: {item.upper()})
    assert one.read(["B"]) == "b"
    assert one.read(["x"]) is None
    switch = address.Parameter("k", default=False)
    assert switch.read(["1"]) is True and switch.read(["0"]) is False
    assert switch.written(True) == ["1"]
