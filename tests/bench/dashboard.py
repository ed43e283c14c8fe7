"""How long the dashboard takes: `make bench`. Prints a table; nothing here passes or fails.

Rerun: every page in the script runner, on the committed tables, after a change of a filter; beside it a trivial app (a
title, a chart, a table) in the same run. As on a server, scripts are compiled once. First chart: a warm browser opens a
page until its chart is drawn, beside the trivial app in the same way.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import streamlit
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, local_script_runner

from tests.serving import APP, CHROMIUM, FLAGS, ROOT, serving

PAGES = sorted(path.stem for path in (ROOT / "dashboard" / "app_pages").glob("*.py"))
RUNS, VISITS = 60, 12
REST = 1.0
"""Seconds between two visits, in which the tab of the one before is taken down."""
TRIVIAL = dedent(
    """
    import pandas as pd, plotly.graph_objects as go, streamlit as st
    st.title("trivial")
    st.pills("filter", ["a", "b", "c"], selection_mode="multi", key="region")
    st.plotly_chart(go.Figure(go.Bar(x=[1, 2], y=[3, 4]), {"title": {"text": "trivial"}}), theme=None)
    st.dataframe(pd.DataFrame({"a": range(20), "b": range(20)}))
    """
)
CHANGES: tuple[tuple[str, list[str]], ...] = (
    ("region", ["tianhe", "yuexiu"]),
    ("region", ["tianhe", "yuexiu", "huadu", "guangzhou"]),
    ("kind", ["target"]),
    ("kind", []),
    ("years", ["14fyp"]),
    ("years", []),
)


def timed(run: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def told(name: str, times: list[float]) -> str:
    """Median and 95th percentile in a line."""
    return f"{name:12} {statistics.median(times):6.0f} ms {statistics.quantiles(times, n=20)[-1]:6.0f} ms"


def reruns(page: str, beside: Callable[[int], float]) -> tuple[list[float], list[float]]:
    """Times of a page's reruns, each after another change of a filter, and of the trivial app's, one after each."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py")
    app.run()
    times, small = [], []
    for number in range(RUNS):
        key, values = CHANGES[number % len(CHANGES)]
        next(pills for pills in app.get("pills") if pills.key == key).set_value(values)
        times.append(timed(app.run))
        small.append(beside(number))
    return times, small


def trivial() -> Callable[[int], float]:
    """The trivial app: a call with another number each time is a rerun, and gives its time."""
    app = AppTest.from_string(TRIVIAL, default_timeout=60).run()

    def rerun(number: int) -> float:
        app.get("pills")[0].set_value(["a"] if number % 2 else ["b"])
        return timed(app.run)

    return rerun


def first_charts(app: Path, page: str, chromium: str) -> list[float]:
    """Milliseconds to the first chart of a page in a browser, with its cache on disk, that has been there."""
    from playwright.sync_api import sync_playwright

    with serving(app) as address, sync_playwright() as play, tempfile.TemporaryDirectory() as profile:
        context = play.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS, viewport={"width": 1440, "height": 900}
        )

        def visit() -> None:
            tab = context.new_page()
            tab.goto(address + page, wait_until="commit")
            tab.wait_for_selector(".js-plotly-plot .gtitle")
            tab.close()

        times = []
        for _ in range(VISITS + 1):
            time.sleep(REST)
            times.append(timed(visit))
        context.close()
        return times[1:]


def main() -> None:
    """Measure and print."""
    os.chdir(ROOT)
    compiled = ScriptCache()
    local_script_runner.ScriptCache = lambda: compiled
    print(f"Python {platform.python_version()}, Streamlit {streamlit.__version__}, {os.cpu_count()} cores")
    print(f"{'rerun':12} {'median':>9} {'p95':>9}   (after a change of a filter, {RUNS} times)")
    beside, all_small = trivial(), []
    for page in PAGES:
        times, small = reruns(page, beside)
        all_small += small
        ratio = statistics.median(times) / statistics.median(small)
        print(f"{told(page, times)}   {ratio:.1f} x trivial beside it")
    print(told("trivial", all_small))
    if CHROMIUM:
        print("first chart in a warm browser")
        with tempfile.TemporaryDirectory() as folder:
            beside = Path(folder) / "trivial.py"
            beside.write_text(TRIVIAL, encoding="utf-8")
            print(told("trivial", first_charts(beside, "", CHROMIUM)))
        print(told("compare", first_charts(APP, "compare", CHROMIUM)))
    else:
        print("first chart: no Chromium on the path")


if __name__ == "__main__":
    main()
