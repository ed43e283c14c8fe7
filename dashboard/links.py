"""Links from one page to another that keep what is looked at: language and filters go along with the new focus."""

from __future__ import annotations

import streamlit as st

import labels
from view import View


def carried(view: View, **focus: str) -> dict[str, str | list[str]]:
    """Parameters of an address that shows another page under the filters and the language of this one.

    `focus`: the parameters of that page, by key, as ids.
    """
    said: dict[str, str | list[str]] = {}
    for item in view.filters:
        values = item.parameter.written(st.session_state.get(item.key, item.parameter.first))
        if values != item.parameter.written(item.parameter.first):
            said[item.key] = values
    if labels.language() != labels.LANGUAGES[0]:
        said["lang"] = labels.language()
    return said | focus
