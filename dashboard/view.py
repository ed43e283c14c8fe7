"""What every page works on: settings, tables, names and the current selection; and what is kept of work done on it.

Views and what is kept are shared by all sessions: never change one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

import data_io
import derived
import directory as directories
import facts as fact_rows
import filters
import labels
import memory
import places as place_names
import settings as settings_file
from data_io import Tables
from directory import Directory
from errors import ReadableError
from places import Places
from selection import Selection
from settings import Settings

NOTHING = Selection()
SCOPES = 6
"""Choices of regions out of many that are kept at once, with all that was made of them."""

MADE = 160
"""Things made of one such choice that are kept at once."""

NATIONAL = 40
"""Things made of all regions that are kept at once."""

OF_DOCUMENTS = 400
"""Things made of one document that are kept at once for all choices of regions."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """One run of the page: what is there, and what of it is looked at.

    `key` tells it from every other view of the process; one without a key keeps nothing. `source` is the view that it
    narrows. `places`: every region there is; where they are many, a view has the documents of some (`regions`), none at
    first (`outline`), and what is made of them is kept in `store` and goes with it. Documents of a visitor's own stand
    beside those of any choice; the outline is that of everybody.
    """

    settings: Settings
    tables: Tables
    directory: Directory
    facts: pd.DataFrame
    filters: tuple[filters.Filter, ...]
    selection: Selection = NOTHING
    key: str = ""
    source: View | None = None
    places: Places | None = None
    store: memory.Store | None = None
    of_documents: memory.Store | None = None
    outline: View | None = None
    regions: tuple[str, ...] = ()

    @property
    def nation(self) -> View:
        """The view with nothing chosen, regions neither: what is asked of all regions is kept with it."""
        return self.whole.outline or self.whole

    @property
    def many(self) -> bool:
        """Whether there are too many regions to be listed, and only some are read."""
        return self.store is not None

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


@memory.keep(64)
def _whole(settings: Settings, tables: Tables, key: str) -> View:
    """All there is, in one language, with nothing chosen; of many regions no document yet."""
    places = place_names.build(settings, tables)
    if places.many:
        plans = tables.query("select distinct plan_id from documents order by plan_id")["plan_id"]
        named = Directory({}, directories.plan_names(settings, plans), {}, {}, {})
        items = filters.all_filters(settings, named, places)
        nation = _of_some(settings, tables.of(()), places, (), items, key)
        memory.settle()
        return nation
    worded = derived.worded(tables, key)
    directory = directories.build(settings, tables["documents"], worded, tables.names)
    facts = fact_rows.prepare(worded, directory)
    memory.settle()
    items = filters.all_filters(settings, directory)
    return View(settings, tables, directory, facts, items, key=key, places=places)


def _of_some(
    settings: Settings,
    tables: Tables,
    places: Places,
    regions: tuple[str, ...],
    items: tuple[filters.Filter, ...],
    key: str,
    outline: View | None = None,
) -> View:
    """A view of tables that are narrowed to the documents of some regions out of many, beside a visitor's own."""
    worded = derived.worded(tables, outline.key if outline else key)
    directory = directories.build(settings, tables["documents"], worded, tables.names, chosen=(places, regions))
    facts = fact_rows.prepare(worded, directory)
    return View(
        settings,
        tables,
        directory,
        facts,
        items,
        key=key,
        places=places,
        store=memory.Store(MADE if regions else NATIONAL),
        of_documents=outline.of_documents if outline else memory.Store(OF_DOCUMENTS),
        outline=outline,
        regions=regions,
    )


@memory.keep(64)
def _beside(everybody: View, settings: Settings, own: Tables, key: str) -> View:
    """All there is of many regions, with documents of a visitor's own beside it, and these alone to look at."""
    assert everybody.places is not None
    places = everybody.places.joined(settings, own)
    tables = everybody.tables.beside(own)
    plans = tables.query("select distinct plan_id from documents")["plan_id"]
    plan_names = directories.plan_names(settings, sorted({*plans, *own["documents"]["plan_id"]}))
    own_regions = tuple(dict.fromkeys(own["documents"]["region_id"]))
    items = filters.all_filters(everybody.settings, Directory({}, plan_names, {}, {}, {}), places, own_regions)
    return _of_some(settings, tables, places, (), items, key, everybody)


def load(settings: Settings) -> View:
    """All there is, with nothing chosen; of many regions no document but a visitor's own yet: see `within`. Raises
    ReadableError.
    """
    tables = data_io.load(settings.tables)
    key = repr((labels.language(), hash(settings), tables.key))
    if not settings.paths.beside:
        return _whole(settings, tables, key)
    everybody = load(settings_file.load())
    return _beside(everybody, settings, tables, key + everybody.key)


def many(config_file: Path) -> bool:
    """Whether a configuration leads to so many regions that they cannot be listed; no where it cannot be read."""
    try:
        settings = settings_file.load(config_file)
        tables = data_io.load(settings.tables)
    except ReadableError:
        return False
    return bool(settings.paths.beside) or _many(tables, tables.key)


@memory.keep(64)
def _many(tables: Tables, _key: str) -> bool:
    found = tables.query("select count(distinct region_id) from documents")
    return int(found.iat[0, 0]) > place_names.FEW


@memory.keep(SCOPES)
def _within(whole: View, regions: tuple[str, ...], key: str) -> View:
    places = whole.places
    assert places is not None
    near = [one for own in regions for one in (*places.above(own), *places.below.get(own, ()))]
    tables = whole.tables.of_regions(regions, tuple(dict.fromkeys(near)))
    return _of_some(whole.settings, tables, places, regions, whole.filters, key, whole.nation)


def within(whole: View, regions: tuple[str, ...]) -> View:
    """What is there of some regions, where there are too many to read all; else all there is. Raises ReadableError."""
    return _within(whole, regions, f"{whole.key}{regions}") if whole.many and regions else whole


def of_fact(view: View, target_id: str) -> View:
    """A view that holds a fact: the view itself, or one of the region of the fact where that is not looked at."""
    if not view.many or (view.facts["target_id"] == target_id).any():
        return view
    found = view.tables.query("select region_id from typed.targets where target_id = ?", [target_id])["region_id"]
    return narrow(within(view.whole, (str(found.iloc[0]),)), view.selection) if len(found) else view


@memory.keep(256)
def _narrowed(whole: View, selection: Selection, key: str) -> View:
    return replace(whole, selection=selection, key=key, source=whole)


def narrow(whole: View, selection: Selection) -> View:
    """A view of what is chosen of the whole."""
    if whole.store is not None:
        key = f"{whole.key}{selection}"
        return whole.store.get(key, lambda: replace(whole, selection=selection, key=key, source=whole))
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
    if view.store is not None:
        return view.store.get(repr(key), lambda: make(view, *args, **kwargs))
    found: T = _made(lambda: make(view, *args, **kwargs), key)
    return found


def told(make: Callable[Concatenate[View, str, P], T], view: View, doc_id: str, *args: P.args, **kwargs: P.kwargs) -> T:
    """`make(view, doc_id, ...)`, kept like what is `kept`, but for all choices of regions: it follows from nothing but
    the document and the themes that are chosen.
    """
    if view.of_documents is None or not view.key:
        return kept(make, view, doc_id, *args, **kwargs)
    name, own = f"{make.__module__}.{make.__qualname__}", view.tables.own
    whose = own.key if own is not None and doc_id in set(own["documents"]["doc_id"]) else ""
    key = repr((name, view.nation.key, whose, doc_id, view.selection.themes, args, kwargs))
    return view.of_documents.get(key, lambda: make(view, doc_id, *args, **kwargs))


def again(view: View) -> Callable[[], View]:
    """What gives a view later; of many regions it holds nothing that was read of them until then."""
    if not view.many:
        return lambda: view
    settings, regions, selection, spoken = view.settings, view.regions, view.selection, labels.language()

    def given() -> View:
        now = labels.language()
        labels.use(spoken)
        try:
            return narrow(within(load(settings), regions), selection)
        finally:
            labels.use(now)

    return given


_CURRENT, _LAST = "current_view", "_last_view"


def keep(view: View) -> None:
    """Hand the view to the page that is about to run."""
    st.session_state[_CURRENT], st.session_state[_LAST] = view, again(view)


def let_go() -> None:
    """Hold no more of the view than what gives it again. For the end of a run."""
    st.session_state.pop(_CURRENT, None)


def last() -> Callable[[], View] | None:
    """What gives the view of the run before; None in the first."""
    return st.session_state.get(_LAST)


def current() -> View:
    """The view of this run, as the entry file made it."""
    view: View = st.session_state[_CURRENT]
    return view
