"""One figure of one canonical indicator in all regions: what can be ranked, and the rows that are.

The database does the work: a query reads the columns and rows of one indicator, and gives a row a region.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

import labels
import panels
import wording
from places import Places
from view import View, kept

RANKED = ("target", "baseline", "past_target")
"""Kinds of facts that are ranked, the most asked for first."""

SPANNED = "cumulative"
"""Measure whose values may share an axis only where they add up as many years."""

QUANTILES = {"low": 0.1, "first": 0.25, "median": 0.5, "third": 0.75, "high": 0.9}
"""What is told of the values of a group."""

_AXIS = f"""
    case when value_std is null then coalesce(unit, '') else coalesce(unit_std, '') end as axis_unit,
    case when measure = '{SPANNED}' then coalesce((period_end - period_start + 1)::varchar, '?') else '' end as span,
    coalesce(year, period_start) as first,
    coalesce(year, period_end) as last"""


@dataclass(frozen=True)
class Figure:
    """What is ranked: one indicator, and a kind, measure, unit and time that may share an axis. Years 0: none said."""

    indicator: str
    kind: str
    measure: str
    unit: str
    span: str
    first: int
    last: int

    @property
    def id(self) -> str:
        """What tells it from other figures of its indicator, for the address."""
        return "|".join((self.kind, self.measure, self.unit, self.span, str(self.first), str(self.last)))

    @property
    def when(self) -> str:
        """Its time in words."""
        years = {"year": None, "period_start": self.first or None, "period_end": self.last or None}
        return wording.when(years)

    @property
    def measure_words(self) -> str:
        """Its measure in words; cumulative values with the years they add up."""
        name = labels.name("measures", self.measure)
        if not self.span:
            return name
        return labels.word("words.span_undated" if self.span == "?" else "words.span", measure=name, years=self.span)

    @property
    def name(self) -> str:
        """It in words, without its indicator: 目标 · 2025年 · 水平值（元）."""
        unit = labels.word("words.twin", label=self.measure_words, mark=self.unit) if self.unit else self.measure_words
        return labels.word("ranking.figure", kind=labels.name("kinds", self.kind), when=self.when, measure=unit)


def titles(nation: View) -> dict[str, str]:
    """The printed title of every document."""
    found = nation.tables.query("select doc_id, title from documents")
    return dict(zip(found["doc_id"].tolist(), found["title"].tolist(), strict=True))


def stated(nation: View) -> pd.DataFrame:
    """Every figure that some region states, by level: the fields of `Figure`, level, regions; most regions first."""
    kinds = ", ".join(f"'{kind}'" for kind in RANKED)
    return nation.tables.query(
        f"""select t.indicator_id as indicator, t.kind, t.measure, t.axis_unit as unit, t.span,
            coalesce(t.first, 0) as first, coalesce(t.last, 0) as last, d.level, count(distinct t.region_id) as regions
        from (select doc_id, region_id, indicator_id, kind, measure, {_AXIS} from typed.targets
            where indicator_id <> '' and value is not null and kind in ({kinds})) t
        join typed.documents d using (doc_id) group by all
        order by regions desc, indicator, kind, measure, unit, span, first, last, level"""
    )


def indicators(nation: View) -> dict[str, int]:
    """Indicators that can be ranked, by id, with the most regions that state a figure of each, most first."""
    table = kept(stated, nation)
    per_figure = table.groupby(["indicator", "kind", "measure", "unit", "span", "first", "last"])["regions"].sum()
    most = per_figure.groupby("indicator").max().sort_values(ascending=False, kind="stable")
    return {str(key): int(count) for key, count in most.items()}


def figures(nation: View, indicator: str) -> dict[Figure, dict[str, int]]:
    """Figures of an indicator with their regions by level: targets first, those of most regions first."""
    table = kept(stated, nation)
    own = table[table["indicator"] == indicator]
    found: dict[Figure, dict[str, int]] = {}
    for row in own.itertuples():
        one = Figure(row.indicator, row.kind, row.measure, row.unit, row.span, int(row.first), int(row.last))
        found.setdefault(one, {})[row.level] = int(row.regions)
    order = sorted(found, key=lambda one: (RANKED.index(one.kind), -sum(found[one].values()), one.id))
    return {one: found[one] for one in order}


def _rows(nation: View, figure: Figure) -> pd.DataFrame:
    """A row a region that states a figure: its fact, the first one in the documents where there are several."""
    rows = nation.tables.query(
        f"""select * exclude (place) from (
            select *, row_number() over (partition by region_id order by doc_id, line, target_id) as place from (
                select region_id, doc_id, target_id, line, value, value_high, value_std,
                    coalesce(qualifier, '') as qualifier, coalesce(unit, '') as unit, indicator, year, period_start,
                    period_end, {_AXIS}
                from typed.targets where indicator_id = ? and kind = ? and measure = ? and value is not null
            ) where axis_unit = ? and span = ? and coalesce(first, 0) = ? and coalesce(last, 0) = ?
        ) where place = 1 order by region_id""",
        [figure.indicator, figure.kind, figure.measure, figure.unit, figure.span, figure.first, figure.last],
    )
    words = [column for column in rows if pd.api.types.is_string_dtype(rows[column])]
    return rows.astype(dict.fromkeys(words, object)).assign(kind=figure.kind, measure=figure.measure)


@dataclass(frozen=True)
class Ranking:
    """The regions of one level, in one province or in all, in their order.

    `rows`: region_id, x (in `unit`), rank (1 the first, equal values share one), top (the province), above (the region
    directly above), and the fact. `upwards`: the lowest value is the first.
    """

    figure: Figure
    unit: str
    rows: pd.DataFrame
    upwards: bool


def ranking(view: View, figure: Figure, level: str, province: str) -> Ranking:
    """The ranking of a figure among the regions of a level, in a province (by id), or in all where that is empty."""
    nation, places = view.nation, view.places
    assert places is not None
    every = kept(_rows, nation, figure)
    own = every.assign(x=every["value_std"].fillna(every["value"]).astype("float64"))
    unit, factor = panels.axis_unit(own) if len(own) else ("", 1.0)
    own = own.assign(
        x=own["x"] / factor,
        top=[places.top(region) for region in own["region_id"]],
        above=[places.parent(region) for region in own["region_id"]],
        level=[places.level(region) for region in own["region_id"]],
    )
    own = own[(own["level"] == level) & ((own["top"] == province) if province else True)]
    upwards = figure.measure == "rank" or _falling(nation, figure.indicator)
    own = own.assign(rank=own["x"].rank(method="min", ascending=upwards).astype("int64"))
    own = own.sort_values(["rank", "region_id"], kind="stable").reset_index(drop=True)
    return Ranking(figure, unit, own, upwards)


def _falling(nation: View, indicator: str) -> bool:
    """Whether less is better."""
    if "indicators" not in nation.tables:
        return False
    known = nation.tables["indicators"]
    return bool((known["direction"].eq("down") & known["indicator_id"].eq(indicator)).any())


def groups(ranked: Ranking, places: Places, by_top: bool) -> pd.DataFrame:
    """Quartiles of the regions of each province, or of each region directly above: a row each, highest median first.

    Columns: group (region id), count, and QUANTILES.
    """
    column = "top" if by_top else "above"
    known = [group for group in ranked.rows[column].unique() if group in places.regions]
    own = ranked.rows[ranked.rows[column].isin(known)]
    grouped = own.groupby(column)["x"]
    parts = list(QUANTILES.values())
    spread = grouped.quantile(parts).unstack().reindex(columns=parts).set_axis(list(QUANTILES), axis=1)
    table = spread.assign(count=grouped.size()).rename_axis("group").reset_index()
    return table.sort_values(["median", "group"], ascending=[False, True], ignore_index=True)
