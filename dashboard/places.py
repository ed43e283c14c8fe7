"""Every region of a corpus, whether it is looked at or not: names, levels, who lies in whom; the search for one.

Regions come from `config.yaml`, from the table `regions`, and from the documents. Of a large corpus this is all that a
server holds of what is not chosen: a row a region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import labels
from data_io import Tables
from settings import Region, Settings

FEW = 20
"""Regions up to which all are listed and read; of more, those are searched and read that are chosen."""

TOP = "province"
"""Level of the regions that the nation is parted into."""


@dataclass(frozen=True)
class Places:
    """Regions by id, in order; `speaking`: those of which there are documents."""

    regions: dict[str, Region]
    speaking: frozenset[str]
    _above: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def many(self) -> bool:
        """Whether there are too many to be listed."""
        return len(self.speaking) > FEW

    def joined(self, settings: Settings, own: Tables) -> Places:
        """These with the regions of a visitor's documents, of which `settings` know those that are new; these too get
        their colours by the choice.
        """
        found = set(own["documents"]["region_id"])
        if found <= self.speaking:
            return self
        new = [one.spoken(labels.language()) for one in settings.regions if one.id in found - self.regions.keys()]
        colourless = {one.id: one.model_copy(update={"colour": ""}) for one in new}
        return Places(self.regions | colourless, self.speaking | found)

    def above(self, region_id: str) -> tuple[str, ...]:
        """The regions that one lies in, the highest first."""
        if region_id not in self._above:
            found: list[str] = []
            parent = self.regions[region_id].parent if region_id in self.regions else ""
            while parent in self.regions and parent not in found:
                found.insert(0, parent)
                parent = self.regions[parent].parent
            self._above[region_id] = tuple(found)
        return self._above[region_id]

    def parent(self, region_id: str) -> str:
        """The region that one lies directly in; "" where there is none."""
        return self.above(region_id)[-1] if self.above(region_id) else ""

    def level(self, region_id: str) -> str:
        """Its level; empty when unknown."""
        return self.regions[region_id].level if region_id in self.regions else ""

    @cached_property
    def below(self) -> dict[str, list[str]]:
        """Region → the regions directly in it."""
        found: dict[str, list[str]] = {}
        for region in self.regions.values():
            found.setdefault(region.parent, []).append(region.id)
        return found

    def top(self, region_id: str) -> str:
        """The province that a region lies in, or is; "" where there is none."""
        ways = (*self.above(region_id), region_id)
        return next((one for one in ways if one in self.regions and self.regions[one].level == TOP), "")

    @cached_property
    def _twins(self) -> set[str]:
        count = Counter(region.name for region in self.regions.values())
        return {name for name, number in count.items() if number > 1}

    def name(self, region_id: str) -> str:
        """Name of a region, with that of the region it lies in where others are called the same."""
        if region_id not in self.regions:
            return region_id
        region = self.regions[region_id]
        if region.name not in self._twins:
            return region.name
        mark = self.regions[region.parent].name if region.parent in self.regions else region_id
        return labels.word("words.twin", label=region.name, mark=mark)

    def path(self, region_id: str) -> str:
        """Names of the regions that one lies in, the highest first: 江苏省 › 南京市."""
        return labels.word("words.path").join(self.regions[one].name for one in self.above(region_id))

    @cached_property
    def _searched(self) -> list[tuple[str, str, str]]:
        """Id, name and names on the way to it, in small letters, of each region of which there are documents."""
        return [
            (one, f"{region.name} {region.name_en}".casefold(), f"{self.path(one)} {region.name} {one}".casefold())
            for one, region in self.regions.items()
            if one in self.speaking
        ]

    def find(self, query: str, without: Collection[str] = ()) -> list[str]:
        """Regions whose names, or those of the regions they lie in, have all words of the query, by id.

        First those whose own name begins with one of the words, then those whose own name has the last word, then those
        found by where they lie; higher before lower.
        """
        words = query.casefold().split()
        if not words:
            return []
        ranked = []
        for one, name, way in self._searched:
            if one not in without and all(word in way or word in name for word in words):
                rank = 0 if any(name.startswith(word) for word in words) else 1 if words[-1] in name else 2
                ranked.append((rank, len(self.above(one)), len(ranked), one))
        return [one for *_, one in sorted(ranked)]


def build(settings: Settings, tables: Tables) -> Places:
    """The regions of a corpus, in the language of this run."""
    language = labels.language()
    regions = {region.id: region.spoken(language) for region in settings.regions}
    if "regions" in tables.sources:
        for row in tables["regions"].to_dict("records"):
            row = {str(name): str(value) for name, value in row.items()}
            region = Region(
                id=row["region_id"], name=row["name"], name_en=row["name_en"], level=row["level"], parent=row["parent"]
            )
            regions.setdefault(region.id, region.spoken(language))
    found = tables.query("select distinct region_id, level from documents order by region_id")
    for region_id, level in zip(found["region_id"], found["level"], strict=True):
        regions.setdefault(
            region_id, Region(id=region_id, name=region_id or labels.word("words.no_region"), level=level)
        )
    return Places(regions, frozenset(found["region_id"]))
