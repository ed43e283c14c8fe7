"""How long the files of a briefing take, on the committed tables: `make bench`. Nothing here passes or fails.

Pictures of three cards in every size (the first starts the browser, the others find it there), slides and a report of
ten cards, a workbook of all targets.
"""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import compare_cards
import settings
import theme_parts
import timeline_parts
import view as views
from briefing import files, layout, picture
from briefing.item import Item
from briefing.places import item
from selection import Selection
from view import View

RUNS = 8
HEADLINES = ("gdp", "gdp_growth", "rd_intensity", "culture_share", "fiscal_revenue_growth", "urban_income_growth")


def timed(name: str, runs: list[Callable[[], object]]) -> None:
    """Print the median and the 95th percentile of the milliseconds that the runs take."""
    times = []
    for run in runs:
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    late = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(f"{name:24} {statistics.median(times):6.0f} ms {late:6.0f} ms")


def cards(view: View) -> list[Item]:
    """Ten cards of several kinds."""
    every = [card for key in HEADLINES for card in compare_cards.compared(view, key, key).cards[:1]]
    every += timeline_parts.work(view, "gdp", "GDP").panels[:1]
    every += [theme_parts.heat(view, measure) for measure in ("share", "density", "count")]
    return [item(card, view) for card in every]


def every_target(view: View) -> Item:
    """One card whose table is the whole table of targets, and the places of all of them."""
    first = cards(view)[0].card
    whole = replace(first, table=view.tables["targets"], facts=tuple(view.facts["target_id"]))
    return item(whole, view)


def main() -> None:
    """Measure and print."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    config = settings.load()
    view = views.narrow(views.load(config), Selection(config.dashboard.regions, config.dashboard.plans))
    ten, whole = cards(view), every_target(view)
    print(f"{'files of a briefing':24} {'median':>9} {'p95':>9}")
    for form in ("pptx", "xlsx"):
        job = files.job(ten if form == "pptx" else [whole], view)
        name = f"{form} of {len(ten)} cards" if form == "pptx" else f"{form} of {len(whole.card.table)} targets"
        timed(name, [lambda job=job, form=form: files.KINDS[form][1](job)] * RUNS)
    if picture.unavailable():
        print(picture.unavailable())
        return
    timed("first picture", [lambda: picture.draw(ten[0], "slide", "png")])
    for size in layout.SIZES:
        for form in picture.FORMS:
            drawn = [lambda one=one, size=size, form=form: picture.draw(one, size, form) for one in ten]
            timed(f"{form} of a {size}", drawn)
    timed("docx of 10 cards", [lambda: files.KINDS["docx"][1](files.job(ten, view))])


if __name__ == "__main__":
    main()
