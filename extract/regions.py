"""Where regions lie: every region that a document is of, and those it lies in, as far as configuration, titles and the
folders of an archive tell (江苏省/南京市/鼓楼区/…)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.config import Config
from extract.divisions import placed
from extract.model import Document
from extract.schema import Row
from extract.titles import Titles, titles

RANKS = {"nation": 0, "province": 1, "city": 2, "district": 3, "county": 3, "town": 4, "zone": 5}
"""What lies in what, by level."""
NUMBERED = re.compile(r"^[\W\d_]+|[\W\d_]+$")
Names = tuple[str, ...]
"""Names of regions, each within the one before."""


class Place(NamedTuple):
    """A region; `parent` is the id of the one it lies in, "" where that is unknown."""

    region_id: str
    name: str
    name_en: str
    level: str
    parent: str


def identified(names: Sequence[str], config: Config) -> tuple[str, str]:
    """(region id, level): the configured region of that name, else the names from the city, or from a configured
    region above it, on.

    Args: the name of the region behind those it lies in; without any both are "".
    """
    if not names:
        return "", ""
    for region in config.regions:
        parent = config.region(region.parent) if region.parent else None
        if region.name == names[-1] and (len(names) == 1 or parent is None or parent.name == names[-2]):
            return region.id, region.level
    reader, configured = titles(), {region.name for region in config.regions}
    inner = [name for name in names if reader.level((name,)) != "province" or name in reader.rules.provinces]
    above = max((place for place, name in enumerate(inner[:-1]) if name in configured), default=0)
    return "".join(inner[above:] or names), reader.level(names)


def inside(title: Names, folders: Iterable[str], year: int | None = None) -> Names:
    """The region that a title names, with those that the title and the names of folders say it lies in, and those
    that the codes of divisions tell in that year.

    A folder speaks where its name is that of regions and nothing else. What the title says goes before what a folder
    says; where it names no region, the innermost folder does.
    """
    return placed(_told(title, folders), year)


def _told(title: Names, folders: Iterable[str]) -> Names:
    reader = titles()
    around = [name for folder in folders for name in _spelled(folder, reader)]
    own = title[-1:] or tuple(around[-1:])
    if not around:
        return title
    outer = [*(around[: around.index(own[0])] if own[0] in around else around), *title[:-1]]
    by_rank = {RANKS[reader.level((name,))]: name for name in outer}
    rank = RANKS[reader.level((*outer, *own))]
    return (*(by_rank[one] for one in sorted(by_rank) if one < rank), *own)


def places(documents: Iterable[Document], config: Config) -> list[Place]:
    """The configured regions, then those that other documents are of or lie in, in the order of their ids."""
    known = {one.id: Place(one.id, one.name, one.name_en, one.level, one.parent or "") for one in config.regions}
    found: dict[str, Place] = {}
    of_their_own = (one for one in documents if one.region and not one.known)
    for document in sorted(of_their_own, key=lambda one: (-len(one.within), one.region_id)):
        above = ""
        for number, name in enumerate(names := document.regions, start=1):
            region_id, level = identified(names[:number], config)
            region_id = document.region_id if number == len(names) else region_id
            found.setdefault(region_id, Place(region_id, name, "", level, above))
            above = region_id
    return [*known.values(), *(found[one] for one in sorted(found.keys() - known.keys()))]


def joined(places: Sequence[Place], rows: Iterable[Row]) -> list[Place]:
    """These places, and those of rows of the table `regions` that are not among them."""
    known = {one.region_id for one in places}
    more = (Place(**{name: str(value or "") for name, value in row.items()}) for row in rows)
    return [*places, *(one for one in more if one.region_id not in known)]


def settled(documents: Sequence[Document]) -> dict[str, str]:
    """The region id of each document, by doc_id: a region that is printed now with and now without its city
    (广州市番禺区, 番禺区) has one.

    Where the shorter name could be that of two regions, or is that of another province, it stays. Regions of one name
    in two provinces have that of the province before it.
    """
    found = {one.doc_id: one.region_id for one in documents if one.known}
    guessed = {one.doc_id: (one.region_id, _province(one)) for one in documents if not one.known}
    provinces, longer = defaultdict[str, set[str]](set), defaultdict[str, list[str]](list)
    for name, province in guessed.values():
        provinces[name].add(province)
    for name in provinces:
        for short in provinces.keys() & {name[i:] for i in range(1, len(name))}:
            longer[short].append(name)
    for doc_id, (name, province) in guessed.items():
        same = [one for one in longer[name] if not province or provinces[one] <= {province, ""}]
        apart = len(provinces[name] - {""}) > 1 and province not in name
        found[doc_id] = same[0] if len(same) == 1 else province + name if apart else name
    return found


def _province(document: Document) -> str:
    """The province that a document is of or lies in, "" where nothing says which."""
    reader = titles()
    return next((name for name in document.regions if reader.level((name,)) == "province"), "")


def _spelled(folder: str, reader: Titles) -> Names:
    """The names of regions that the name of a folder is made of, () where there is anything else in it.

    A number before or behind them is none of the name; a province may be called for short.
    """
    called = NUMBERED.sub("", folder)
    province = reader.rules.opening_names.get(called)
    names = (province,) if province else reader.regions(called)
    whole = province or "".join(names) == called or names == (reader.rules.short.get(called),)
    return names if whole and reader.level(names) != "nation" else ()
