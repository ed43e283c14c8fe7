"""A ranking of all regions → its cards: bars with the chosen regions among them, and how the values are spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

import chart_ranking
import chart_spread
import labels
import plots
import ranking_rows
import wording
from card import Card, unit_line
from chart_ranking import Bar
from chart_spread import Spot
from places import Places
from ranking_rows import Figure, Ranking
from view import View, kept

TOP, BOTTOM = 10, 5
"""Regions that the chart of a ranking shows from its two ends, beside those that are chosen."""

NAMED = 3
"""Chosen regions whose place a title names."""

LEAST = 8
"""Regions from which on their spread is drawn."""


@dataclass(frozen=True)
class Scope:
    """What is ranked in which regions: a figure, a level, a province ("" for all)."""

    figure: Figure
    level: str
    province: str


def ranked(view: View, scope: Scope) -> Ranking:
    """The ranking that a scope asks for."""
    return kept(ranking_rows.ranking, view.nation, scope.figure, scope.level, scope.province)


def places_of(view: View) -> Places:
    assert view.places is not None
    return view.places


@dataclass(frozen=True)
class Told:
    """A ranking with the words that its cards share."""

    scope: Scope
    found: Ranking
    view: View

    @property
    def rows(self) -> pd.DataFrame:
        return self.found.rows

    @property
    def level(self) -> str:
        return labels.name("ranking.levels", self.scope.level)

    @property
    def about(self) -> str:
        """The figure in short: 地区生产总值（目标，2025年）."""
        figure = self.scope.figure
        name = self.view.directory.indicators.get(figure.indicator, figure.indicator)
        return labels.word("ranking.about", label=name, kind=labels.name("kinds", figure.kind), when=figure.when)

    @property
    def subtitle(self) -> str:
        order = labels.word("ranking.upwards" if self.found.upwards else "ranking.downwards")
        where = (
            places_of(self.view).name(self.scope.province) if self.scope.province else labels.word("ranking.everywhere")
        )
        parts = [("level", self.level), ("province", where), ("order", order)]
        said = [
            labels.word("filters.summary", name=labels.word(f"ranking.{key}"), values=value) for key, value in parts
        ]
        return unit_line(self.found.unit, labels.word("card.measure", measure=self.scope.figure.measure_words), *said)

    @property
    def source(self) -> str:
        return labels.word("ranking.source", count=f"{self.rows['doc_id'].nunique():,}")

    def amount(self, x: float) -> str:
        """A value in the unit of the axis, to four digits."""
        return f"{wording.number(float(f'{x:.4g}'))}{self.found.unit}"

    @cached_property
    def chosen(self) -> pd.DataFrame:
        """Rows of the regions that are chosen, in their order."""
        return self.rows[self.rows["region_id"].isin(self.view.selection.regions)]

    def spots(self, groups: str = "") -> list[Spot]:
        """The chosen regions as marks; `groups`: the column that tells their group."""
        places = places_of(self.view)
        return [
            Spot(
                places.name(row["region_id"]),
                float(row["x"]),
                wording.value(row),
                self.view.directory.colour(row["region_id"]),
                str(row["target_id"]),
                str(row[groups]) if groups else "",
            )
            for row in self.chosen.to_dict("records")
        ]

    def card(self, name: str, title: str, table: pd.DataFrame, **more: object) -> Card:
        """A card of this ranking."""
        fields: dict[str, object] = {
            "id": f"ranking-{name}",
            "title": title,
            "subtitle": self.subtitle,
            "source": self.source,
            "version": self.view.tables.version,
            "table": table,
            "alt": title,
        }
        return Card(**(fields | more))  # type: ignore[arg-type]


def told(view: View, scope: Scope) -> Told:
    """A ranking with its words, in the light of what is chosen."""
    return Told(scope, ranked(view, scope), view)


def bars(view: View, scope: Scope) -> tuple[Card, list[str]]:
    """The card of both ends of a ranking with the chosen regions between, and the fact of each row of its table."""
    said = told(view, scope)
    rows = said.rows
    ends = pd.Series(rows.index < TOP) | pd.Series(rows.index >= len(rows) - BOTTOM)
    shown = rows[ends.to_numpy() | rows["region_id"].isin(said.chosen["region_id"]).to_numpy()]
    chosen = set(view.selection.regions)
    drawn = [
        Bar(
            int(row["rank"]),
            int(position),
            places_of(view).name(row["region_id"]),
            float(row["x"]),
            wording.value(row),
            view.directory.colour(row["region_id"]) if row["region_id"] in chosen else "",
            str(row["target_id"]),
        )
        for position, row in zip(shown.index, shown.to_dict("records"), strict=True)
    ]
    title = _ranking_title(said)
    card = said.card(
        "bars",
        title,
        listed(shown, view),
        body=chart_ranking.draw(drawn, said.found.unit, labels.word("ranking.left_out", count="{count}")),
        plot=plots.bars(
            [bar.name for bar in drawn],
            [bar.x for bar in drawn],
            [bar.colour or chart_ranking.PLAIN for bar in drawn],
            said.about,
            said.found.unit,
        ),
        notes=(labels.word("ranking.once"), *_absent(said)),
        hint=labels.word("ranking.hint"),
    )
    return card, list(shown["target_id"])


def _absent(said: Told) -> tuple[str, ...]:
    """Which chosen regions the ranking does not hold."""
    there = set(said.chosen["region_id"])
    names = [places_of(said.view).name(one) for one in said.view.selection.regions if one not in there]
    return (labels.word("ranking.absent", regions=labels.join(names)),) if names else ()


def _ranking_title(said: Told) -> str:
    rows, places = said.rows, places_of(said.view)
    first = rows.iloc[0]
    title = labels.word(
        "ranking.title",
        about=said.about,
        count=f"{len(rows):,}",
        level=said.level,
        first=places.name(first["region_id"]),
        value=wording.value(first),
        median=said.amount(float(rows["x"].median())),
    )
    standing = [
        labels.word("ranking.stands", region=places.name(row.region_id), rank=f"{row.rank:,}")
        for row in said.chosen.head(NAMED).itertuples()
    ]
    return labels.word("ranking.with_chosen", title=title, values=labels.join(standing)) if standing else title


def listed(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """Rows of a ranking as they are shown, each with the document and line of its fact."""
    places, titles = places_of(view), kept(ranking_rows.titles, view.nation)
    table = pd.DataFrame(
        {
            "rank": list(rows["rank"]),
            "region": [places.regions[one].name for one in rows["region_id"]],
            "within": [places.path(one) for one in rows["region_id"]],
            "value": [wording.value(row) for row in rows.to_dict("records")],
            "document": [titles.get(one) or one for one in rows["doc_id"]],
            "line": list(rows["line"]),
        }
    )
    own = {name: labels.word(f"ranking.columns.{name}") for name in ("rank", "within")}
    return table.rename(columns={name: own.get(name) or labels.word(f"columns.{name}") for name in table})


def spread(view: View, scope: Scope) -> Card | None:
    """The card of how the values are spread; None where they are few."""
    said = told(view, scope)
    values = said.rows["x"]
    if len(values) < LEAST:
        return None
    low, high = (said.amount(float(values.quantile(part))) for part in (0.25, 0.75))
    title = labels.word("ranking.spread_title", about=said.about, level=said.level, low=low, high=high)
    bins = chart_spread.counted(values)
    names = {name: labels.word(f"ranking.columns.{name}") for name in ("from", "to", "count")}
    table = pd.DataFrame({"from": bins["low"].round(4), "to": bins["high"].round(4), "count": bins["count"]})
    return said.card(
        "spread",
        title,
        table.rename(columns=names),
        body=chart_spread.histogram(
            values,
            said.spots(),
            labels.word("ranking.median", value=said.amount(float(values.median()))),
            said.found.unit,
            labels.word("ranking.bin", low="{low}", high="{high}", count="{count}"),
        ),
        drawn=(labels.word("ranking.powers"),) if chart_spread.wide(values) else (),
    )
