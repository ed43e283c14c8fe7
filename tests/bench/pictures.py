"""How long a picture takes: every size, as PNG and SVG, on the committed tables. Nothing here passes or fails.

The first picture starts the browser; the others find it there. Prints median and 95th percentile of what comes after
it. Run in the root folder: PYTHONPATH=dashboard python tests/bench/pictures.py
"""

from __future__ import annotations

import statistics
import time

import compare_cards
import settings
import theme_parts
import timeline_parts
import view as views
from briefing import layout, picture
from briefing.item import Item
from selection import Selection

RUNS = 8


def timed(item: Item, size: str, form: picture.Form) -> float:
    """Milliseconds of a picture."""
    began = time.perf_counter()
    picture.draw(item, size, form)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Measure and print."""
    config = settings.load()
    chosen = Selection(config.dashboard.regions, config.dashboard.plans)
    view = views.narrow(views.load(config), chosen)
    cards = [
        compare_cards.compared(view, "gdp", "GDP").cards[0],
        timeline_parts.work(view, "gdp", "GDP").panels[0],
        theme_parts._heat(view, "share"),
    ]
    items = [Item(card) for card in cards]
    print(f"first        {timed(items[0], 'slide', 'png'):6.0f} ms")
    for size in layout.SIZES:
        for form in picture.FORMS:
            times = [timed(items[run % len(items)], size, form) for run in range(RUNS * len(items))]
            median, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            print(f"{size:8} {form} {median:6.0f} ms {late:6.0f} ms")


if __name__ == "__main__":
    main()
