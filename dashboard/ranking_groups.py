"""A ranking of all regions, region by region above them → cards: provinces as tiles, quartiles of each group."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

import chart_spread
import chart_tiles
import labels
import ranking_rows
import wording
from card import Card
from chart_tiles import Tile, Value
from ranking_cards import Scope, Told, places_of, ranked, told
from view import View, kept


def _tops_title(said: Told, table: pd.DataFrame) -> str:
    places = places_of(said.view)
    first, last = table.iloc[0], table.iloc[-1]
    return labels.word(
        "ranking.tops_title",
        about=said.about,
        level=said.level,
        first=places.name(first["group"]),
        first_value=said.amount(first["median"]),
        last=places.name(last["group"]),
        last_value=said.amount(last["median"]),
    )


def _gaps_title(said: Told, table: pd.DataFrame) -> str:
    widest = table.loc[(table["third"] - table["first"]).idxmax()]
    return labels.word(
        "ranking.gaps_title",
        about=said.about,
        level=said.level,
        region=places_of(said.view).name(widest["group"]),
        low=said.amount(widest["first"]),
        high=said.amount(widest["third"]),
    )


def _group_table(said: Told, table: pd.DataFrame) -> pd.DataFrame:
    places = places_of(said.view)
    shown = pd.DataFrame({"region": [places.name(group) for group in table["group"]], "count": table["count"]})
    for column in ("low", "first", "median", "third", "high"):
        shown[column] = table[column].round(4)
    own = {name: labels.word(f"ranking.columns.{name}") for name in shown if name != "region"}
    return shown.rename(columns={"region": labels.word("columns.region")} | own)


def _quartiles(view: View, scope: Scope) -> pd.DataFrame:
    """Quartiles by province, or by city within one."""
    return ranking_rows.groups(ranked(view, scope), places_of(view), by_top=not scope.province)


def boxes(view: View, scope: Scope) -> Card | None:
    """The card of quartiles by province, or by city within one; None where there is but one group."""
    said = told(view, scope)
    table = kept(_quartiles, view.nation, scope)
    if len(table) < 2 or int(table["count"].max()) < 2:
        return None
    column = "above" if scope.province else "top"
    names = [places_of(view).name(group) for group in table["group"]]
    hover = [
        labels.word(
            "ranking.group_hover",
            region=name,
            count=row["count"],
            median=said.amount(row["median"]),
            low=said.amount(row["first"]),
            high=said.amount(row["third"]),
        )
        for name, row in zip(names, table.to_dict("records"), strict=True)
    ]
    spots = said.spots(column)
    return said.card(
        "groups",
        _gaps_title(said, table),
        _group_table(said, table),
        body=chart_spread.boxes(table, names, spots, said.found.unit, hover),
        drawn=(labels.word("ranking.box_note"),),
    )


def tiles(view: View, scope: Scope) -> Card | None:
    """The card of provinces as tiles in shades of their medians; None within a province, or where none has a tile."""
    said, places = told(view, scope), places_of(view)
    if scope.province:
        return None
    table = kept(_quartiles, view.nation, scope)
    held = {places.top(region) for region in view.selection.regions}
    values: dict[Tile, Value] = {}
    for row in table.to_dict("records"):
        region = places.regions[row["group"]]
        tile = next((one for one in chart_tiles.tiles() if one.names & {region.name, region.name_en}), None)
        if tile is not None:
            words = said.amount(row["median"])
            hover = labels.word("ranking.tile_hover", region=region.name, count=row["count"], median=words)
            short = wording.number(float(f"{row['median']:.3g}"))
            frame = chart_tiles.FRAME if row["group"] in held else ""
            values[tile] = Value(float(row["median"]), short, wording.plot(hover), frame)
    if len(values) < 2:
        return None
    return said.card(
        "tiles",
        _tops_title(said, table),
        _group_table(said, table),
        body=chart_tiles.draw(values, labels.language() == "en", _legend(said, values), labels.word("ranking.nothing")),
        drawn=(labels.word("ranking.schematic"),),
    )


def _legend(said: Told, values: dict[Tile, Value]) -> list[str]:
    """Words for each shade: the range of its values."""
    every = [value.x for value in values.values()]
    ends = [wording.number(float(f"{end:.3g}")) for end in chart_tiles.shades(every)]
    if not ends:
        return [wording.number(float(f"{every[0]:.3g}"))]
    low, high = labels.word("ranking.below", value=ends[0]), labels.word("ranking.from", value=ends[-1])
    middle = [labels.word("words.range", low=a, high=b) for a, b in pairwise(ends)]
    return [low, *middle, high]
