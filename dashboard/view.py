"""What every page works on: settings, tables, names and the current selection; and what is kept of work done on it.

Views and what is kept are shared by all sessions: never change one.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

import data_io
import directory as directories
import facts as fact_rows
import filters
import labels
import memory
from data_io import Tables
from directory import Directory
from selection import Selection
from settings import Settings

NOTHING = Selection()
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """One run of the page: what is there, and what of it is looked at.

    `key` tells it from every other view of the process; one without a key keeps nothing. `source` is the view that it
    narrows.
    """

    settings: Settings
    tables: Tables
    directory: Directory
    facts: pd.DataFrame
    filters: tuple[filters.Filter, ...]
    selection: Selection = NOTHING
    key: str = ""
    source: View | None = None

    @property
    def whole(self) -> View:
        """All there is: what does not depend on the choice is kept with it."""
        return self.source or self

    @cached_property
    def documents(self) -> list[directories.Document]:
        """Documents of the chosen regions and plans, in the order of showing."""
        chosen = set(self.selection.documents(self.tables["documents"])["doc_id"])
        return [document for document in self.directory.documents.values() if document.id in chosen]

    @cached_property
    def stated(self) -> pd.DataFrame:
        """The facts that pass every filter."""
        return self.selection.facts(self.facts)

    def describe(self, skip: frozenset[str] = frozenset()) -> str:
        """The filters as one line for a card."""
        return filters.describe(self.filters, self.selection, skip)


@cache
def _settled() -> None:
    """What is there at the first load stays: collections of garbage, in mid-page, need not go through it. Once."""
    gc.collect()
    gc.freeze()


@memory.keep(64)
def _whole(settings: Settings, tables: Tables, key: str) -> View:
    """All there is, in one language, with nothing chosen."""
    directory = directories.build(settings, tables["documents"], tables["targets"], tables.names)
    facts = fact_rows.prepare(tables["targets"], tables["sections"], directory)
    _settled()
    return View(settings, tables, directory, facts, filters.all_filters(settings, directory), key=key)


def load(settings: Settings) -> View:
    """All there is, with nothing chosen. Raises ReadableError."""
    tables = data_io.load(settings.tables)
    return _whole(settings, tables, repr((labels.language(), hash(settings), tables.key)))


@memory.keep(256)
def _narrowed(whole: View, selection: Selection, key: str) -> View:
    return replace(whole, selection=selection, key=key, source=whole)


def narrow(whole: View, selection: Selection) -> View:
    """A view of what is chosen of the whole."""
    return _narrowed(whole, selection, f"{whole.key}{selection}")


def regardless(view: View, keys: Collection[str]) -> View:
    """The view with nothing chosen in these filters: what does not depend on them is kept with it for all choices."""
    return narrow(view.whole, view.selection.without(keys)) if view.key else view


@memory.keep(512)
def _made(make: Callable[[], Any], _key: tuple[str, ...]) -> Any:
    return make()


def kept(make: Callable[Concatenate[View, P], T], view: View, *args: P.args, **kwargs: P.kwargs) -> T:
    """`make(view, ...)`, made once for the same view and arguments, whose `repr` must tell all that matters of them."""
    if not view.key:
        return make(view, *args, **kwargs)
    key = (f"{make.__module__}.{make.__qualname__}", view.key, repr((args, kwargs)))
    found: T = _made(lambda: make(view, *args, **kwargs), key)
    return found


def keep(view: View) -> None:
    """Hand the view to the page that is about to run."""
    st.session_state["current_view"] = view


def last() -> View | None:
    """The view of the run before; None in the first."""
    return st.session_state.get("current_view")


def current() -> View:
    """The view of this run, as the entry file made it."""
    view: View = st.session_state["current_view"]
    return view
