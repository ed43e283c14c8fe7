"""Who is who: names, colours and order of regions, plans and documents, from `config.yaml` and the tables.

What the tables hold and `config.yaml` does not know still shows: under its id, in a spare colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

import labels
from places import Places
from settings import Region, Settings

OTHER = "other"
"""The plan of documents that are no plans: their titles name them."""
SPARE_COLOURS = ("#332288", "#AA4499", "#8A5A00", "#00796B", "#5F6B76", "#B23A48", "#3E5C9A", "#6B7A00")
"""Colours for unknown regions, at least 3:1 against white, taken in order of region id."""

CHOICE_COLOURS = ("#0072B2", "#D55E00", "#117733", "#882255", *SPARE_COLOURS)
"""Colours for regions chosen out of many, taken by place in the choice."""

NEAR_COLOUR = "#5F6B76"
"""Colour of regions that are not chosen, beside those that are."""


@dataclass(frozen=True)
class Document:
    """A document as shown: `name` with its region (天河区“十四五”规划纲要), `label` without."""

    id: str
    region_id: str
    plan_id: str
    doc_type: str
    title: str
    label: str
    name: str
    first_year: int | None = None

    @property
    def type_name(self) -> str:
        """Name of its type."""
        return labels.name("doc_type_names", self.doc_type)


@dataclass(frozen=True)
class Directory:
    """Regions, plans and documents by id, in the order in which they are shown; names of indicators and topics."""

    regions: dict[str, Region]
    plans: dict[str, str]
    documents: dict[str, Document]
    indicators: dict[str, str]
    topics: dict[str, str]

    def region(self, region_id: str) -> str:
        """Name of a region; its id when unknown."""
        return self.regions[region_id].name if region_id in self.regions else region_id

    def level(self, region_id: str) -> str:
        """Level of a region (district, city); empty when unknown."""
        return self.regions[region_id].level if region_id in self.regions else ""

    def document(self, doc_id: str) -> str:
        """Name of a document with its region; its id when unknown."""
        return self.documents[doc_id].name if doc_id in self.documents else doc_id

    def label(self, doc_id: str) -> str:
        """Name of a document without its region; its id when unknown."""
        return self.documents[doc_id].label if doc_id in self.documents else doc_id

    def first_year(self, doc_id: str) -> int | None:
        """First year a document plans for; None when unknown."""
        return self.documents[doc_id].first_year if doc_id in self.documents else None

    def title(self, doc_id: str) -> str:
        """Printed title of a document; its id when unknown."""
        return self.documents[doc_id].title if doc_id in self.documents else doc_id

    def colour(self, region_id: str) -> str:
        """Colour of a region, the same everywhere."""
        return self.regions[region_id].colour if region_id in self.regions else SPARE_COLOURS[-1]

    def topic(self, topic: str) -> str:
        """Name of a topic; its id when there is none."""
        return self.topics.get(topic, topic) if topic else labels.word("words.no_topic")

    def place(self, doc_id: str) -> int:
        """Position of a document in the order of showing."""
        return self._order.get(doc_id, len(self._order))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {doc_id: place for place, doc_id in enumerate(self.documents)}


def _regions(settings: Settings, levels: dict[str, str]) -> dict[str, Region]:
    """Regions of `config.yaml`, then those that only the tables know (`levels`: id → level), in spare colours."""
    known = {region.id: region.spoken(labels.language()) for region in settings.regions}
    spare = [colour for colour in SPARE_COLOURS if colour not in {region.colour for region in settings.regions}]
    for number, region_id in enumerate(sorted(set(levels) - set(known))):
        name, colour = region_id or labels.word("words.no_region"), spare[number % len(spare)]
        known[region_id] = Region(id=region_id, name=name, level=levels[region_id], colour=colour)
    return known


def _chosen(places: Places, chosen: tuple[str, ...], near: Iterable[str]) -> dict[str, Region]:
    """Regions chosen out of many, in the order of the choice, each in a colour of its own where it has none; then those
    near them, without one.
    """
    found = {}
    for number, region_id in enumerate(dict.fromkeys((*chosen, *near))):
        region = places.regions.get(region_id) or Region(id=region_id, name=region_id, level="")
        own = CHOICE_COLOURS[number % len(CHOICE_COLOURS)] if number < len(chosen) else NEAR_COLOUR
        colour = region.colour or own
        found[region_id] = region.model_copy(update={"name": places.name(region_id), "colour": colour})
    return found


def _label(row: Mapping[Hashable, Any], plans: Mapping[str, str]) -> str:
    """Name of a document without its region: “十四五”规划纲要, 2022年政府工作报告; else its printed title."""
    name = plans[row["plan_id"]]
    if row["plan_id"] in ("", OTHER, name) or row["doc_type"] in labels.node("titled"):
        return str(row["title"] or row["doc_id"])
    if row["doc_type"] not in labels.node("no_plans"):
        stem = labels.name("doc_type_names", str(row["doc_type"]))
        said = next((word for word in labels.node("plan_words") if stem.startswith(word)), "")
        rest = stem.removeprefix(said) if name.endswith(tuple(labels.node("plan_words"))) else stem
        return labels.word("words.typed_document", plan=name, doc_type=rest) if rest else name
    year = "" if pd.isna(row["period_start"]) else row["period_start"]
    return labels.word("words.dated_document", year=year, plan=name) if year else name


def _documents(frame: pd.DataFrame, plans: dict[str, str], regions: dict[str, Region]) -> dict[str, Document]:
    documents = []
    for row in frame.to_dict("records"):
        region = regions[row["region_id"]].name
        label = _label(row, plans)
        whole = label.startswith(region) or label == row["title"]
        name = label if whole else labels.word("words.regional_document", region=region, document=label)
        documents.append(
            Document(
                row["doc_id"],
                row["region_id"],
                row["plan_id"],
                row["doc_type"],
                row["title"] or row["doc_id"],
                label,
                name,
                None if pd.isna(row["period_start"]) else int(row["period_start"]),
            )
        )
    names = Counter(document.name for document in documents)
    documents = [_marked(document) if names[document.name] > 1 else document for document in documents]
    order, rank = ({one: place for place, one in enumerate(held)} for held in (regions, labels.node("doc_types")))
    documents.sort(key=lambda d: (order[d.region_id], rank.get(d.doc_type, len(rank)), d.id))
    return {document.id: document for document in documents}


def _marked(document: Document) -> Document:
    """A document that shares its name with another, told apart by its id."""
    label, name = (labels.word("words.twin", label=text, mark=document.id) for text in (document.label, document.name))
    return replace(document, label=label, name=name)


def plan_names(settings: Settings, found: Iterable[str]) -> dict[str, str]:
    """Plans of `config.yaml`, then those that only the tables know (`found`): id → name."""
    plans = {plan.id: plan.spoken(labels.language()) for plan in settings.plans}
    called, asked = labels.node("plan_names"), {*found}
    order = (*(plan for plan in called if plan in asked), *sorted(asked - called.keys()))
    return plans | {plan: called.get(plan, plan) or labels.word("words.no_plan") for plan in order if plan not in plans}


def build(
    settings: Settings,
    documents: pd.DataFrame,
    targets: pd.DataFrame,
    names: dict[tuple[str, str], dict[str, str]] | None = None,
    chosen: tuple[Places, tuple[str, ...]] | None = None,
) -> Directory:
    """Directory of everything named in `config.yaml`, the documents table or the targets table.

    `names`: id → name of `indicators` and `topics`, each by language; that of this run is taken. `chosen`: where there
    are many regions, all of them and those that are looked at, to which the directory keeps.
    """
    levels = dict.fromkeys(targets["region_id"].unique(), "")
    levels |= dict(zip(documents["region_id"], documents["level"], strict=True))
    regions = _chosen(*chosen, levels) if chosen else _regions(settings, levels)
    plans = plan_names(settings, (*documents["plan_id"], *targets["plan_id"].unique()))
    indicators, topics = ((names or {}).get((table, labels.language()), {}) for table in ("indicators", "topics"))
    return Directory(regions, plans, _documents(documents, plans, regions), indicators, topics)
