"""The global filters: widgets in the sidebar ↔ the address of the page ↔ a `Selection`.

The key of a widget is the name of its parameter in the address, which carries the label of what is chosen
(`?region=天河区&kind=目标`). What an address names and the data do not have is ignored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import labels
from directory import Directory
from selection import Selection
from settings import Settings


@dataclass(frozen=True)
class Filter:
    """One global filter: `key` of widget and parameter, ids to choose from, their names, ids chosen at first."""

    key: str
    options: tuple[str, ...]
    name: Callable[[str], str]
    default: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its name on the screen."""
        return labels.word(f"filters.{self.key}")


def period_name(period: str) -> str:
    """Name of a period of `labels.yaml`."""
    return str(labels.node("periods")[period]["label"])


def all_filters(settings: Settings, directory: Directory) -> tuple[Filter, ...]:
    """The filters, with options that depend on nothing but configuration and data.

    Regions and plans that config.yaml does not know stand behind those it does, and are chosen at first.
    """
    known_regions = {region.id for region in settings.regions}
    known_plans = {plan.id for plan in settings.plans}
    regions = tuple(r for r in directory.regions if r in settings.dashboard.regions or r not in known_regions)
    plans = tuple(p for p in directory.plans if p in settings.dashboard.plans or p not in known_plans)
    return (
        Filter("region", tuple(directory.regions), directory.region, regions),
        Filter("plan", tuple(directory.plans), lambda plan: directory.plans[plan], plans),
        Filter("theme", tuple(labels.node("themes")), lambda theme: labels.name("themes", theme)),
        Filter("years", tuple(labels.node("periods")), period_name),
        Filter("kind", tuple(labels.node("kinds")), lambda kind: labels.name("kinds", kind)),
    )


def draw(filters: tuple[Filter, ...]) -> Selection:
    """Draw the filters where the caller stands and return what is chosen."""
    chosen: dict[str, tuple[str, ...]] = {}
    for item in filters:
        hint = labels.word(f"filters.{item.key}_help")
        if item.key == "theme":
            values = st.multiselect(
                item.title,
                item.options,
                format_func=item.name,
                key=item.key,
                help=hint,
                placeholder=labels.word("filters.any"),
                select_all=False,
                bind="query-params",
            )
        else:
            values = st.pills(
                item.title,
                item.options,
                selection_mode="multi",
                default=list(item.default),
                format_func=item.name,
                key=item.key,
                help=hint,
                bind="query-params",
            )
        chosen[item.key] = tuple(option for option in item.options if option in values)
    return Selection(chosen["region"], chosen["plan"], chosen["theme"], chosen["years"], chosen["kind"])


def reset(filters: tuple[Filter, ...]) -> None:
    """Put every filter back to its default. For the callback of a button, before the widgets are drawn."""
    for item in filters:
        st.session_state[item.key] = list(item.default)


def describe(filters: tuple[Filter, ...], selection: Selection, skip: frozenset[str] = frozenset()) -> str:
    """The filters as one line for a card, without those in `skip`: 地区:天河区、越秀区｜规划:全部｜…"""
    chosen = {
        "region": selection.regions,
        "plan": selection.plans,
        "theme": selection.themes,
        "years": selection.periods,
        "kind": selection.kinds,
    }
    parts = []
    for item in filters:
        if item.key in skip:
            continue
        ids = chosen[item.key]
        names = labels.join([item.name(option) for option in ids])
        if item.key == "plan" and set(ids) == set(item.options):
            names = labels.word("filters.all")
        parts.append(labels.word("filters.summary", name=item.title, values=names or labels.word("filters.any")))
    return labels.word("filters.between").join(parts)
