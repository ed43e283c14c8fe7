"""An upper plan and the plans below it, with how they are called."""

from __future__ import annotations

from dataclasses import dataclass

import carried
import chart_carried
import labels
from card import sources
from directory import SPARE_COLOURS
from view import View

LISTED = 6
"""Regions below that a subtitle names at most."""


@dataclass(frozen=True)
class Plans:
    """The upper plan and those below, with how they are called."""

    upper: str
    below: list[str]
    view: View

    def region(self, doc_id: str) -> str:
        """Name of the region of a plan; the id of one that is not in the tables."""
        documents = self.view.directory.documents
        return self.view.directory.region(documents[doc_id].region_id) if doc_id in documents else doc_id

    def colour(self, doc_id: str) -> str:
        """Colour of the region of a plan."""
        documents = self.view.directory.documents
        return self.view.directory.colour(documents[doc_id].region_id) if doc_id in documents else SPARE_COLOURS[-1]

    def label(self, doc_id: str) -> str:
        """A plan without its region; nothing for one that is not in the tables."""
        documents = self.view.directory.documents
        return documents[doc_id].label if doc_id in documents else ""

    @property
    def all(self) -> list[str]:
        """All plans compared, the upper first."""
        return [self.upper, *self.below]

    @property
    def sides(self) -> chart_carried.Sides:
        """Names and colours for the chart."""
        return chart_carried.Sides(
            self.region(self.upper),
            self.colour(self.upper),
            {doc_id: (self.region(doc_id), self.colour(doc_id)) for doc_id in self.below},
        )

    @property
    def source(self) -> str:
        """All plans compared, by title."""
        return sources([self.view.directory.title(doc_id) for doc_id in self.all])

    @property
    def below_words(self) -> str:
        """The plans below: regions and the name of their plan."""
        regions = labels.join([self.region(doc_id) for doc_id in self.below[:LISTED]])
        if len(self.below) > LISTED:
            regions = labels.word("carryover.among", regions=regions, count=len(self.below))
        names = list(dict.fromkeys(filter(None, map(self.label, self.below))))
        return labels.word("carryover.below_words", regions=regions, plans=labels.join(names))


def plans_of(view: View, upper: str) -> Plans:
    """An upper plan with those below in the order of showing."""
    below = carried.below(view.tables["stressed"], upper)
    return Plans(upper, sorted(below, key=view.directory.place), view)
