"""Entry of the dashboard: navigation, global filters, data version. `streamlit run dashboard/app.py`"""

from __future__ import annotations

import streamlit as st

import address
import basket
import basket_keeping
import brand
import data_nation
import evidence_dialog
import export_dialog
import fields
import filters
import labels
import links
import narrow
import settings
import taking
import view
from errors import ReadableError
from uploads import session

# Page → its group and icon; the file is `app_pages/<page>.py`. The first is the start page.
PAGES = {
    "overview": ("compare", "dashboard"),
    "compare": ("compare", "compare_arrows"),
    "targets": ("compare", "checklist"),
    "timeline": ("compare", "timeline"),
    "ranking": ("compare", "leaderboard"),
    "themes": ("content", "grid_view"),
    "terms": ("content", "match_word"),
    "carryover": ("content", "move_down"),
    "reading": ("content", "menu_book"),
    "profile": ("data", "assignment"),
    "data": ("data", "fact_check"),
    "add": ("data", "note_add"),
    "basket": ("data", "work_history"),
}
OPEN = frozenset({"data", "add", "basket", "ranking"})
"""Pages that show something while no region or plan is chosen."""

OF_MANY = frozenset({"ranking"})
"""Pages that are listed where there are many regions; elsewhere they answer at their address alone."""
LANGUAGE = address.Parameter("lang", labels.LANGUAGES, labels.LANGUAGES[0])


START = next(iter(PAGES))


def page_of(name: str, icon: str, by_name: bool = False, listed: bool = True) -> st.Page:
    """A page of the navigation. The start page answers at "/"; `by_name` it does, unlisted, at its name as well."""
    first = name == START and not by_name
    return st.Page(
        f"app_pages/{name}.py",
        title=labels.word(f"pages.{name}.title"),
        icon=f":material/{icon}:",
        url_path="start" if first else name,
        default=first,
        visibility="visible" if listed and not by_name else "hidden",
        help=labels.word(f"pages.{name}.help"),
    )


def navigation(many: bool) -> st.Page:
    """The page that the address names; `many` regions have pages of their own. Made once for a visitor and language."""
    kept = st.session_state.setdefault("_pages", {})
    key = (labels.language(), many)
    if key not in kept:
        groups: dict[str, list[st.Page]] = {}
        for name, (group, icon) in PAGES.items():
            page = page_of(name, icon, listed=many or name not in OF_MANY)
            groups.setdefault(labels.word(f"app.groups.{group}"), []).append(page)
            links.know(name, page)
        groups[labels.word(f"app.groups.{PAGES[START][0]}")].append(page_of(START, PAGES[START][1], by_name=True))
        kept[key] = groups
    return st.navigation(kept[key], expanded=True)


def missing_choice(lack: str, items: tuple[filters.Filter, ...]) -> None:
    """What stands in place of a page while no region or no plan is chosen."""
    with st.container(border=True, key="empty"):
        st.markdown(f"### {labels.word(f'filters.empty_{lack}')}")
        st.caption(labels.word(f"filters.empty_{lack}_hint"))
        st.button(
            labels.word("filters.reset"), type="primary", key="reset-empty", on_click=filters.reset, args=(items,)
        )


def language_switch() -> None:
    """The choice of the language, named in each language itself."""
    fields.draw(
        st.segmented_control,
        LANGUAGE,
        labels.word("app.language"),
        required=True,
        format_func=lambda language: str(labels.node("app.own_name", language)),
        label_visibility="collapsed",
    )


def share(version: str) -> None:
    """The address of exactly this view, to be copied."""
    with st.popover(labels.word("app.permalink"), icon=":material/link:", width="stretch"):
        st.caption(labels.word("app.permalink_hint"))
        if own := len(session.added()):
            st.warning(labels.word("app.permalink_own", count=own))
        st.code(address.permalink(version), language=None, wrap_lines=True)


def standing(scale: data_nation.Scale, version: str) -> list[str]:
    """What there is to look at, line by line: documents and facts, the visitor's own documents, the data version."""
    own = len(session.added())
    return [
        labels.word("app.scale", documents=scale.documents, facts=scale.facts),
        *([labels.word("app.own", count=own)] if own else []),
        labels.word("app.version", version=version),
    ]


def run(page: st.Page, lack: str, items: tuple[filters.Filter, ...]) -> None:
    """The page, or why it cannot be shown."""
    st.title(page.title, anchor=False)
    if lack and page.url_path not in OPEN:
        missing_choice(lack, items)
        return
    try:
        page.run()
    except ReadableError as error:
        st.error(str(error), icon=":material/error:")


def main() -> None:
    """One run: read, filter, show the page."""
    labels.use(str(st.session_state.get(LANGUAGE.key) or st.query_params.get(LANGUAGE.key, "")))
    st.set_page_config(page_title=labels.word("app.title"), page_icon=brand.ICON, layout="wide")
    page = navigation(view.many(session.config_file()))
    address.begin(page.url_path)
    labels.use(address.seed(LANGUAGE))
    st.logo(brand.logo(labels.word("app.title")), size="large")
    narrow.fit()
    try:
        config = settings.load(session.config_file())
        whole = view.load(config)
    except ReadableError as error:
        st.error(str(error), icon=":material/error:")
        return
    tables, items = whole.tables, whole.filters
    with st.sidebar:
        selection = filters.draw(items)
        scale = data_nation.scale(whole)
        st.button(
            labels.word("filters.reset"),
            key="reset",
            on_click=filters.reset,
            args=(items,),
            width="stretch",
            icon=":material/restart_alt:",
        )
        link = st.container()
        language_switch()
        st.caption("  \n".join(standing(scale, tables.version)))
    basket.take_in(view.last())
    looked_at = view.narrow(view.within(whole, selection.regions), selection)
    view.keep(looked_at)
    run(page, selection.lacks, items)
    if taking.asked() is None:
        evidence_dialog.show(looked_at)
    else:
        export_dialog.show(looked_at)
    view.let_go()
    address.write()
    with st.sidebar:
        basket_keeping.tell()
    with link:
        share(tables.version)


main()
