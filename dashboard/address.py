"""The address of a page ↔ the state of its widgets.

A parameter of the address carries ids, never words, so that a link outlives a renamed label and another language. A
widget's key is the name of its parameter. A page declares its parameters with `seed` before it draws their widgets;
`write` puts the state of all that were declared into the address at the end of a run. What an address names and the
data do not have is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

_WRITTEN, _PAGE, _KEPT, _INCOMING, _DECLARED = "_written", "_page", "_kept", "_incoming", "_declared"


@dataclass(frozen=True)
class Parameter:
    """A parameter: its key, the ids it may hold (None: any text), what holds at first, whether it holds several.

    `words` gives other words for an id that an old link may carry.
    """

    key: str
    options: Sequence[str] | None = None
    default: str | tuple[str, ...] | bool = ""
    words: Callable[[str], set[str]] = lambda _: set()

    def read(self, values: list[str]) -> Any:
        """The state that the values of an address stand for; None where they stand for none."""
        if isinstance(self.default, bool):
            return values[-1:] in (["1"], ["true"])
        known = [found for value in values if (found := self._known(value)) is not None]
        if isinstance(self.default, tuple):
            ordered = list(dict.fromkeys(known))
            return ordered if ordered or values == [""] else None
        return known[-1] if known else None

    def _known(self, value: str) -> str | None:
        if self.options is None or value in self.options:
            return value
        return next((option for option in self.options if value in self.words(option)), None)

    def written(self, state: Any) -> list[str]:
        """The state as values of an address; a state of nothing is one empty value."""
        if isinstance(self.default, bool):
            return ["1" if state else "0"]
        if isinstance(self.default, tuple):
            return [str(value) for value in state] or [""]
        return [str(state or "")]

    @property
    def first(self) -> Any:
        """The state at first."""
        return list(self.default) if isinstance(self.default, tuple) else self.default


def begin(page: str) -> None:
    """Read the address at the start of a run, before any `seed`. `page` is the page that will run.

    The address counts where someone else than `write` has made it: a link was opened, or the browser went back.
    """
    now = {key: st.query_params.get_all(key) for key in st.query_params}
    moved = st.session_state.get(_PAGE, page) != page
    foreign = now != st.session_state.get(_WRITTEN, {}) and not (moved and not now)
    st.session_state[_INCOMING] = now if foreign else None
    st.session_state[_PAGE] = page
    st.session_state[_DECLARED] = {}


def seed(parameter: Parameter) -> Any:
    """Give the widget of a parameter its state where the address, an earlier visit or the default has it; return it."""
    key, incoming = parameter.key, st.session_state[_INCOMING]
    kept = st.session_state.setdefault(_KEPT, {})
    st.session_state[_DECLARED][key] = parameter
    if incoming is not None:
        found = parameter.read(incoming[key]) if key in incoming else None
        st.session_state[key] = parameter.first if found is None else found
    elif key not in st.session_state:
        st.session_state[key] = kept.get(key, parameter.first)
    if not _holds(parameter, st.session_state[key]):
        st.session_state[key] = parameter.first
    return st.session_state[key]


def _holds(parameter: Parameter, state: Any) -> bool:
    """Whether the options, which may have changed, still have what the state names."""
    if parameter.options is None or isinstance(parameter.default, bool):
        return True
    named = state if isinstance(state, (list, tuple)) else [state]
    return state == parameter.first or all(value in parameter.options for value in named)


def _state() -> dict[str, list[str]]:
    declared: dict[str, Parameter] = st.session_state[_DECLARED]
    return {key: one.written(st.session_state.get(key, one.first)) for key, one in declared.items()}


def _said() -> dict[str, list[str]]:
    """What differs from the defaults."""
    declared: dict[str, Parameter] = st.session_state[_DECLARED]
    return {key: values for key, values in _state().items() if values != declared[key].written(declared[key].first)}


def write() -> None:
    """Put what differs from the defaults into the address; keep all for the next visit of the page."""
    declared: dict[str, Parameter] = st.session_state[_DECLARED]
    said = _said()
    kept = st.session_state.setdefault(_KEPT, {})
    kept.update({key: st.session_state[key] for key in declared if key in st.session_state})
    if {key: st.query_params.get_all(key) for key in st.query_params} != said:
        st.query_params.from_dict(said)
    st.session_state[_WRITTEN], st.session_state[_INCOMING] = said, None


def link(version: str) -> str:
    """The address of this view, short enough to be printed: what differs from the defaults, and the data version."""
    return f"{_base()}?{urlencode(_said() | {'v': [version]}, doseq=True)}"


def _base() -> str:
    return (st.context.url or "").split("?")[0]


def permalink(version: str) -> str:
    """The address of this view with every parameter, defaults too, so that it shows the same when those change."""
    return f"{_base()}?{urlencode(_state() | {'v': [version]}, doseq=True)}"
