"""Entry of the dashboard: navigation, global filters, data version. `streamlit run dashboard/app.py`"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import chart_style
import filters
import labels
import settings
import view
from errors import ReadableError

ICON = Path(__file__).parent / "icon.png"
"""Sign of the dashboard in the browser's tab; a named icon would be fetched from elsewhere."""

# Page → its group and icon; the file is `app_pages/<page>.py`. The first is the start page.
PAGES = {"compare": ("compare", "compare_arrows"), "themes": ("content", "grid_view"), "data": ("data", "fact_check")}


def page_of(name: str, icon: str) -> st.Page:
    """A page of the navigation."""
    return st.Page(
        f"app_pages/{name}.py",
        title=labels.word(f"pages.{name}.title"),
        icon=f":material/{icon}:",
        url_path=name,
        default=name == next(iter(PAGES)),
        help=labels.word(f"pages.{name}.help"),
    )


def brand(name: str) -> str:
    """The name of the dashboard with its sign, as SVG."""
    bars = "".join(
        f'<rect x="{2 + 8 * n}" y="{26 - height}" width="6" height="{height}" rx="1" fill="{colour}"/>'
        for n, (height, colour) in enumerate(((10, "#0072B2"), (17, "#D55E00"), (23, "#117733")))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="190" height="30" viewBox="0 0 190 30">{bars}'
        f'<text x="34" y="23" font-family="{chart_style.FONT}" font-size="20" font-weight="700" '
        f'fill="{chart_style.INK}">{name}</text></svg>'
    )


def missing_choice(lack: str, items: tuple[filters.Filter, ...]) -> None:
    """What stands in place of a page while no region or no plan is chosen."""
    with st.container(border=True, key="empty"):
        st.markdown(f"### {labels.word(f'filters.empty_{lack}')}")
        st.caption(labels.word(f"filters.empty_{lack}_hint"))
        st.button(
            labels.word("filters.reset"), type="primary", key="reset-empty", on_click=filters.reset, args=(items,)
        )


def main() -> None:
    """One run: read, filter, show the page."""
    st.set_page_config(page_title=labels.word("app.title"), page_icon=str(ICON), layout="wide")
    groups: dict[str, list[st.Page]] = {}
    for name, (group, icon) in PAGES.items():
        groups.setdefault(labels.word(f"app.groups.{group}"), []).append(page_of(name, icon))
    page = st.navigation(groups)
    st.logo(brand(labels.word("app.title")), size="large")
    try:
        config = settings.load()
        tables, directory, facts = view.load(config)
    except ReadableError as error:
        st.error(str(error), icon=":material/error:")
        return
    items = filters.all_filters(config, directory)
    with st.sidebar:
        selection = filters.draw(items)
        st.button(
            labels.word("filters.reset"),
            key="reset",
            on_click=filters.reset,
            args=(items,),
            width="stretch",
            icon=":material/restart_alt:",
        )
        st.caption(labels.word("app.scale", documents=len(tables["documents"]), facts=len(facts)))
        st.caption(labels.word("app.version", version=tables.version))
    view.keep(view.View(config, tables, directory, facts, items, selection))
    st.title(page.title, anchor=False)
    if selection.lacks and page.url_path != "data":
        missing_choice(selection.lacks, items)
    else:
        page.run()


main()
