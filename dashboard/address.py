"""The address of a page ↔ the state of its widgets.

A parameter of the address carries ids, never words, so that a link outlives a renamed label and another language. A
widget's key is the name of its parameter. A page declares its parameters with `seed` before it draws their widgets;
`write` puts the state of all that were declared into the address at the end of a run. What an address names and the
data do not have is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

import streamlit as st

_RUN, _NOTHING = "_address", object()


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


@dataclass
class _Run:
    """What one visitor's runs know of the address. The state of a session is slow to ask: this is asked for once.

    `incoming` is what the address of this run says, where it counts; `declared` its parameters, `kept` the states of
    all that were declared so far, `written` what `write` put into the address, `held` what it found of all parameters.
    """

    page: str
    incoming: dict[str, list[str]] | None = None
    declared: dict[str, Parameter] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)
    held: dict[str, list[str]] = field(default_factory=dict)


def begin(page: str) -> None:
    """Read the address at the start of a run, before any `seed`. `page` is the page that will run.

    The address counts where someone else than `write` has made it: a link was opened, or the browser went back.
    """
    run: _Run = st.session_state.setdefault(_RUN, _Run(page))
    now = _now()
    moved = run.page != page
    foreign = now != run.written and not (moved and not now)
    run.page, run.incoming, run.declared = page, now if foreign else None, {}


def _now() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def seed(parameter: Parameter) -> Any:
    """Give the widget of a parameter its state where the address, an earlier visit or the default has it; return it."""
    run: _Run = st.session_state[_RUN]
    key, incoming = parameter.key, run.incoming
    run.declared[key] = parameter
    state = wanted = st.session_state.get(key, _NOTHING)
    if incoming is not None:
        found = parameter.read(incoming[key]) if key in incoming else None
        wanted = parameter.first if found is None else found
    elif state is _NOTHING:
        wanted = run.kept.get(key, parameter.first)
    if not _holds(parameter, wanted):
        wanted = _left(parameter, wanted) or parameter.first
    if wanted is not state:
        st.session_state[key] = wanted
    return wanted


def _holds(parameter: Parameter, state: Any) -> bool:
    """Whether the options, which may have changed, still have what the state names."""
    if parameter.options is None or isinstance(parameter.default, bool):
        return True
    named = state if isinstance(state, (list, tuple)) else [state]
    return state == parameter.first or all(value in parameter.options for value in named)


def _left(parameter: Parameter, state: Any) -> list[Any]:
    """What of several values the options still have."""
    options = parameter.options or ()
    return [value for value in state if value in options] if isinstance(state, (list, tuple)) else []


def _written(run: _Run, states: Mapping[str, Any]) -> dict[str, list[str]]:
    """The states of all parameters as values of an address."""
    return {key: one.written(states.get(key, one.first)) for key, one in run.declared.items()}


def _said(run: _Run, state: dict[str, list[str]]) -> dict[str, list[str]]:
    """What differs from the defaults."""
    return {key: values for key, values in state.items() if values != (one := run.declared[key]).written(one.first)}


def write() -> None:
    """Put what differs from the defaults into the address; keep all for the next visit of the page."""
    run: _Run = st.session_state[_RUN]
    states = {key: state for key in run.declared if (state := st.session_state.get(key, _NOTHING)) is not _NOTHING}
    run.kept.update(states)
    run.held = _written(run, states)
    said = _said(run, run.held)
    if _now() != said:
        st.query_params.from_dict(said)
    run.written, run.incoming = said, None


def link(version: str) -> str:
    """The address of this view, short enough to be printed: what differs from the defaults, and the data version."""
    run: _Run = st.session_state[_RUN]
    return _made(_said(run, _written(run, cast(Mapping[str, Any], st.session_state))), version)


def permalink(version: str) -> str:
    """The address of this view with every parameter, defaults too, so that it shows the same when those change.

    To be asked for after `write`.
    """
    run: _Run = st.session_state[_RUN]
    return _made(run.held, version)


def _made(said: dict[str, list[str]], version: str) -> str:
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(said | {'v': [version]}, doseq=True)}"
