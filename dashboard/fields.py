"""Widgets bound to a parameter of the address.

A widget gets its state twice, as its state and as its value at first: where a run is followed by another at once, the
browser may never see the state that went with it, and the widget falls back to its value at first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import address
from address import Parameter

_FIRST = {"selectbox": "index", "text_input": "value", "toggle": "value"}
"""Widget → the argument that takes its value at first, where that is not `default`."""

_WITH_ICONS = frozenset({"pills", "segmented_control"})
"""Widgets that look for an emoji at the beginning of every option's words, which takes longer than all else of them."""


def draw(widget: Callable[..., Any], parameter: Parameter, label: str, **look: Any) -> Any:
    """Draw a widget (`st.pills`, `column.selectbox`, …) with the options and the state of a parameter; its value."""
    state = address.seed(parameter)
    argument = _FIRST.get(widget.__name__, "default")
    if parameter.options is not None:
        look["options"] = options = list(parameter.options)
        state = options.index(state) if argument == "index" else state
    if widget.__name__ in _WITH_ICONS:
        look["format_func"] = plain(look.get("format_func", str))
    return widget(label, key=parameter.key, **{argument: state}, **look)


def plain(name: Callable[[Any], str] = str) -> Callable[[Any], str]:
    """The words of an option after a blank, which is not seen and says that they begin with no icon: for pills and
    segmented controls that `draw` does not draw.
    """
    return lambda option: f" {name(option)}"
