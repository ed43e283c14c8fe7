"""The global filters: widgets in the sidebar ↔ the address of the page ↔ a `Selection`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import address
import fields
import labels
import region_choice
from directory import Directory
from places import Places
from selection import Selection
from settings import Settings

AT_FIRST = 4
"""Regions out of many that a first visit shows where config.yaml names none."""


@dataclass(frozen=True)
class Filter:
    """One global filter: `key` of widget and parameter, ids to choose from, their names, ids chosen at first.

    `words` gives the words that may stand for an id in an old link; `places` are the regions where they are too many
    to be listed.
    """

    key: str
    options: tuple[str, ...]
    name: Callable[[str], str]
    words: Callable[[str], set[str]]
    default: tuple[str, ...] = ()
    places: Places | None = None

    @property
    def title(self) -> str:
        """Its name on the screen."""
        return labels.word(f"filters.{self.key}")

    @property
    def parameter(self) -> address.Parameter:
        """Its parameter of the address."""
        return address.Parameter(self.key, self.options, self.default, self.words)


def _labelled(key: str, head: str) -> Filter:
    """A filter whose options are the ids under a head of labels.yaml."""
    return Filter(
        key,
        tuple(labels.node(head)),
        lambda item: labels.name(head, item),
        lambda item: labels.names(head, item),
    )


def all_filters(
    settings: Settings, directory: Directory, many: Places | None = None, own: tuple[str, ...] = ()
) -> tuple[Filter, ...]:
    """The filters, with options that depend on nothing but configuration and data. `many`: the regions where they are
    too many to be listed; `own`: those among them of a visitor's own documents.

    Regions and plans that config.yaml does not know stand behind those it does, and are chosen at first; of many
    regions only the visitor's own and those that config.yaml says, or else the first few.
    """
    plans, places = directory.plans, many or Places(directory.regions, frozenset())
    known_plans = {plan.id for plan in settings.plans}
    shown = tuple(p for p in plans if p in settings.dashboard.plans or p not in known_plans)
    own_names = {plan.id: plan.name for plan in settings.plans}
    region_names = {region.id: region.name for region in settings.regions}
    return (
        Filter(
            "region",
            tuple(places.regions),
            places.name,
            lambda r: {places.name(r), region_names.get(r, r)},
            _regions_at_first(settings, places, own),
            many,
        ),
        Filter(
            "plan",
            tuple(plans),
            lambda p: plans[p],
            lambda p: {plans[p], own_names.get(p, p)},
            shown,
        ),
        _labelled("theme", "themes"),
        _labelled("years", "periods"),
        _labelled("kind", "kinds"),
        _labelled("attribute", "attributes"),
    )


def _regions_at_first(settings: Settings, places: Places, own: tuple[str, ...]) -> tuple[str, ...]:
    if places.many:
        said = tuple(r for r in settings.dashboard.regions if r in places.speaking)
        first = said or tuple(r for r in places.regions if r in places.speaking)[:AT_FIRST]
        return tuple(dict.fromkeys((*own, *first)))[: region_choice.MOST]
    known = {region.id for region in settings.regions}
    return tuple(r for r in places.regions if r in settings.dashboard.regions or r not in known)


def draw(filters: tuple[Filter, ...]) -> Selection:
    """Draw the filters where the caller stands and return what is chosen."""
    chosen: dict[str, tuple[str, ...]] = {}
    for item in filters:
        hint = labels.word(f"filters.{item.key}_help")
        if item.places is not None:
            chosen[item.key] = region_choice.draw(item.parameter, item.title, item.places)
            continue
        if item.key == "theme":
            values = fields.draw(
                st.multiselect,
                item.parameter,
                item.title,
                format_func=item.name,
                help=hint,
                placeholder=labels.word("filters.any"),
                select_all=False,
            )
        else:
            values = fields.draw(
                st.pills,
                item.parameter,
                item.title,
                selection_mode="multi",
                format_func=item.name,
                help=hint,
            )
        chosen[item.key] = tuple(option for option in item.options if option in values)
    return Selection(
        chosen["region"], chosen["plan"], chosen["theme"], chosen["years"], chosen["kind"], chosen["attribute"]
    )


def reset(filters: tuple[Filter, ...]) -> None:
    """Put every filter back to its default. For the callback of a button, before the widgets are drawn."""
    for item in filters:
        st.session_state[item.key] = list(item.default)


def describe(filters: tuple[Filter, ...], selection: Selection, skip: frozenset[str] = frozenset()) -> str:
    """The filters as one line for a card, without those in `skip`: 地区:天河区、越秀区｜规划:全部｜…"""
    chosen = selection.by_filter
    parts = []
    for item in filters:
        ids = chosen[item.key]
        if item.key in skip or (item.key == "attribute" and not ids):
            continue
        names = labels.join([item.name(option) for option in ids])
        if item.key == "plan" and set(ids) == set(item.options):
            names = labels.word("filters.all")
        parts.append(labels.word("filters.summary", name=item.title, values=names or labels.word("filters.any")))
    return labels.word("filters.between").join(parts)
