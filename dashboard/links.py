"""Ways from one page to a focus on another that keep the filters and the language of now."""

from __future__ import annotations

import streamlit as st

import labels
import wording
from view import View, kept

_PAGES = "_page_by_name"


def query(view: View, **focus: str) -> dict[str, str | list[str]]:
    """Parameters of a link: filters that differ from their defaults, the language, and `focus` (parameter → id)."""
    return kept(_everywhere, view) | focus


def _everywhere(view: View) -> dict[str, str | list[str]]:
    states = view.selection.by_filter
    changed: dict[str, str | list[str]] = {
        item.key: item.parameter.written(states[item.key])
        for item in view.filters
        if set(states[item.key]) != set(item.default)
    }
    spoken = {} if labels.language() == labels.LANGUAGES[0] else {"lang": labels.language()}
    return changed | spoken


def know(name: str, page: st.Page) -> None:
    """Tell the page of the navigation that a name stands for: a link by its file would look for that each time."""
    st.session_state.setdefault(_PAGES, {})[name] = page


def draw(view: View, page: str, label: str, icon: str = "", **focus: str) -> None:
    """A link to a page of the navigation by its file name (compare), with a focus. `label`: plain words."""
    st.page_link(
        st.session_state[_PAGES][page],
        label=wording.markdown(label),
        icon=f":material/{icon}:" if icon else None,
        query_params=query(view, **focus),
    )


_NEXT = "_next"


def ask(page: str, **focus: str) -> None:
    """Go to a page when `follow` is called next. For callbacks, which cannot leave a page themselves."""
    st.session_state[_NEXT] = (page, focus)


def follow(view: View) -> None:
    """Leave for the page that a callback has asked for, if one has."""
    page, focus = st.session_state.pop(_NEXT, ("", {}))
    if page:
        st.switch_page(f"app_pages/{page}.py", query_params=query(view, **focus))
