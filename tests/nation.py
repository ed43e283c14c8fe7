"""A synthetic nation: tables of thousands of regions, made by code, always the same for the same number of regions.

Each region (31 provinces, their cities, districts and counties of these) has a plan, a recommendation for the next and
a work report. Their rows are those of the committed tables under new ids: the figures are scaled by size and level of
the region and shaken, a part is left out. So facts, headings and words are in the proportions of real documents, and
nothing in them is true. Tables are folders of Parquet files, sorted by document, in small row groups. With words, each
passage has some too: names of topics and other words of the committed tables thrown together, no sentence of anything.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import duckdb
import pandas as pd
import yaml

from schema import EVIDENCE, TABLES, TEXTS
from tests.serving import ROOT

PROVINCES = [
    (name, english)
    for name, _, english, *_ in yaml.safe_load((ROOT / "dashboard" / "tiles.yaml").read_text(encoding="utf-8"))["tiles"]
    if english not in ("Taiwan", "Hong Kong", "Macao")
]
"""Names of provinces, in Chinese and English, that have such plans."""

FIRST = "临清白青云石安平永长东南金玉龙凤泰华新福宁德兴文武昌仁义和嘉秀宝景瑞丰广通顺康"
SECOND = "江河山水湖川阳原溪泉林海城港桥洲岭峰台陵浦沙田塘坪渡关门亭庄"
PLANS = ("huadu-14fyp", "tianhe-14fyp", "yuexiu-14fyp")
"""Documents of the committed tables whose rows the plans have; other documents have those of the one of their kind."""

SIZES = {"province": 60.0, "city": 8.0, "district": 1.0}
BLOCK = 120
"""Documents of one file of a table."""

ROW_GROUP = 8192
ENDINGS = {"city": ("市",), "district": ("区", "县")}


def names(level: str) -> Iterator[str]:
    """Made-up names, well mixed; after all are used they come again, as names of districts do."""
    every = [first + second for first in FIRST for second in SECOND]
    for number in count(start=7):
        ending = ENDINGS[level][number // len(every) % len(ENDINGS[level])]
        yield every[number * 331 % len(every)] + ending


def regions(number: int) -> pd.DataFrame:
    """`number` regions: region_id, name, name_en, level, parent."""
    tops = min(len(PROVINCES), max(2, number // 20))
    cities = max(tops, (number - tops) // 9)
    rows = [(f"p{n:02}", name, english, "province", "") for n, (name, english) in enumerate(PROVINCES[:tops], 1)]
    given = {level: names(level) for level in ENDINGS}
    rows += [(f"c{n:03}", next(given["city"]), f"City {n}", "city", f"p{n % tops + 1:02}") for n in range(cities)]
    rows += [
        (f"d{n:04}", next(given["district"]), f"District {n}", "district", f"c{n % cities:03}")
        for n in range(number - tops - cities)
    ]
    return pd.DataFrame(rows, columns=["region_id", "name", "name_en", "level", "parent"])


def documents(places: pd.DataFrame) -> pd.DataFrame:
    """Three documents a region, sorted by id: doc_id, its place, plan, `template` (whose rows it has) and `size`."""
    rows = []
    for number, place in enumerate(places.itertuples()):
        for plan, template, doc_type in (
            ("14fyp", PLANS[number % len(PLANS)], "规划纲要"),
            ("15fyp", "guangzhou-15fyp", "规划建议"),
            ("gwr", "tianhe-2022gwr", "政府工作报告"),
        ):
            title = f"{place.name}{doc_type}（样例）"
            rows.append(
                (f"{place.region_id}-{plan}", place.region_id, place.level, place.parent, plan, template, title)
            )
    columns = ["doc_id", "region_id", "level", "parent", "plan_id", "template", "title"]
    made = pd.DataFrame(rows, columns=columns).sort_values("doc_id", ignore_index=True)
    return made.assign(size=made["level"].map(SIZES))


MACROS = (
    # Evenly spread between 0 and 1, and a factor round 1, both always the same for the same words.
    "create macro evenly(words) as (hash(words) % 100003) / 100003.0",
    "create macro shaken(words, width) as exp((evenly(words) + evenly(words || '*') - 1) * width)",
    "create macro digits(value) as case when value = round(value) then 0 else 1 end",
    "create macro renamed(id, old, new) as case when id = '' then '' else replace(id, old, new) end",
)

SAME = "select t.* replace (d.doc_id as doc_id{more}) from block d join {table} t on t.doc_id = d.template"
SECTION = ", renamed(t.section_id, d.template, d.doc_id) as section_id"
PASSAGE = ", renamed(t.passage_id, d.template, d.doc_id) as passage_id"
COUNT = ", greatest(1, round(t.{0} * shaken(d.doc_id || t.{1}, 0.8)))::bigint as {0}"
FACTOR = """case when t.measure in ('level', 'cumulative') then d.size * shaken(d.region_id, 1.2) else 1 end
    * shaken(d.doc_id || t.target_id, case when t.measure = 'share' then 0.3 else 0.8 end)"""

MADE = {
    "documents": SAME.format(
        table="documents",
        more=", d.region_id as region_id, d.level as level, d.title as title, d.plan_id as plan_id, "
        "sha256(d.doc_id) as source_sha256",
    ),
    "sections": SAME.format(
        table="sections", more=SECTION + ", renamed(t.parent_id, d.template, d.doc_id) as parent_id"
    ),
    "passages": SAME.format(table="passages", more=SECTION + PASSAGE),
    "targets": f"""
        with scaled as ({
        SAME.format(
            table="targets",
            more=SECTION + PASSAGE + ", d.region_id as region_id, d.plan_id as plan_id, "
            "substr(md5(d.doc_id || t.target_id), 1, 12) as target_id, "
            f"round(t.value * {FACTOR}, digits(t.value)) as value, "
            f"round(t.value_high * {FACTOR}, digits(t.value)) as value_high, "
            "t.value_std / nullif(t.value, 0) as value_std, "
            "t.value_high_std / nullif(t.value_high, 0) as value_high_std",
        )
    } where evenly(t.target_id || d.doc_id) < 0.95)
        select * replace (
            round(value * value_std, 4) as value_std, round(value_high * value_high_std, 4) as value_high_std
        ) from scaled""",
    "coverage": SAME.format(table="coverage", more=SECTION + COUNT.format("chars", "section_id || t.topic")),
    "terms": SAME.format(table="terms", more=COUNT.format("count", "term")),
    "chance": SAME.format(table="chance", more=""),
    "emphasis": SAME.format(table="emphasis", more=", t.z * shaken(d.doc_id || t.name, 0.6) as z")
    + " where t.against = 'rest' union all select t.* replace (d.doc_id as doc_id, d.sibling as against) from block d "
    "join emphasis t on d.sibling <> '' and t.doc_id = 'huadu-14fyp' and t.against = 'yuexiu-14fyp'",
    "carryover": SAME.format(
        table="carryover",
        more=", case when t.stressed_below = '' then '' else d.below end as stressed_below, "
        "least(1, t.p * shaken(d.doc_id || t.name, 0.3)) as p",
    )
    + " where d.below <> ''",
    "stressed": """
        select t.* replace (u.upper as upper, d.doc_id as doc_id) from block d join uppers u on u.doc_id = d.doc_id
        join stressed t on t.doc_id = d.template""",
    "numbers": SAME.format(
        table="numbers",
        more=PASSAGE + ", case when t.target_id = '' then '' else "
        "substr(md5(d.doc_id || t.target_id), 1, 12) end as target_id",
    ),
    "issues": SAME.format(table="issues", more=""),
}
"""Table → the query that makes its rows for a block of documents out of those of the committed table."""

POOL = """create table words as select list(said order by said) as pool from (
    select string_agg(term, '，' order by hash(term || mix)) as said
    from (select distinct term from terms), range(40) t(mix) group by mix, hash(term || mix * 7) % 80)"""
"""Some thousand texts, each of about a hundred words that are in no order."""

WORDS = {
    "texts": SAME.replace("t.* replace (d.doc_id as doc_id{more})", "{more}").format(
        table="passages",
        more=PASSAGE.removeprefix(", ")
        + ", left(pool[1 + (hash(d.doc_id || t.passage_id) % len(pool))::integer], t.chars) as text",
    )
    + ", words",
    "evidence": SAME.replace("t.* replace (d.doc_id as doc_id{more})", "{more}").format(
        table="targets",
        more=PASSAGE.removeprefix(", ") + ", substr(md5(d.doc_id || t.target_id), 1, 12) as target_id, "
        "t.indicator || t.value as quote, 0::bigint as start, 8::bigint as end, 0::bigint as value_start, "
        "2::bigint as value_end",
    )
    + " where evenly(t.target_id || d.doc_id) < 0.95",
}
"""The same for tables that hold words of documents."""


def _templates(connection: duckdb.DuckDBPyConnection) -> None:
    """The committed tables, with types, as tables of a connection."""
    for table, columns in TABLES.items():
        types = dict.fromkeys(columns.text, "varchar") | dict.fromkeys(columns.year + columns.count, "bigint")
        types |= dict.fromkeys(columns.amount, "double")
        made = [
            f'coalesce("{name}", \'\') as "{name}"'
            if kind == "varchar"
            else f'nullif("{name}", \'\')::{kind} as "{name}"'
            for name, kind in types.items()
        ]
        path = ROOT / "data" / "tables" / f"{table}.csv"
        connection.execute(
            f"create table {table} as select {', '.join(made)} from read_csv('{path}', all_varchar=true, header=true)"
        )


def _family(connection: duckdb.DuckDBPyConnection, every: pd.DataFrame) -> pd.DataFrame:
    """Documents with `sibling` (a plan of the same parent) and `below` (plans of the regions below, by id)."""
    plans = every[every["plan_id"] == "14fyp"].set_index("region_id")
    under = plans.groupby("parent")["doc_id"].agg("|".join)
    sibling = plans.groupby("parent")["doc_id"].shift(1).rename("sibling")
    below = every["region_id"].map(under).where(every["plan_id"] == "15fyp").fillna("")
    pairs = [
        (f"{parent}-15fyp", doc_id) for parent, doc_id in zip(plans["parent"], plans["doc_id"], strict=True) if parent
    ]
    own = [(doc_id, doc_id) for doc_id in every.loc[below != "", "doc_id"]]
    connection.register("pairs", pd.DataFrame(pairs + own, columns=["upper", "doc_id"]))
    connection.execute("create table uppers as select * from pairs")
    siblings = every["region_id"].map(sibling).where(every["plan_id"] == "14fyp").fillna("")
    return every.assign(below=below, sibling=siblings)


COLUMNS = TABLES | {"texts": TEXTS, "evidence": EVIDENCE}


def _columns(table: str) -> str:
    """Its columns, the document first, or the passage."""
    first = ("doc_id", "passage_id")
    return ", ".join(f'"{name}"' for name in sorted(COLUMNS[table].all, key=lambda name: name not in first))


def make(folder: Path, number: int, words: bool = False) -> None:
    """Tables of `number` regions in `folder`/tables, those with `words` too if wanted, and `folder`/config.yaml."""
    places = regions(number)
    connection = duckdb.connect(config={"threads": 2})
    for macro in MACROS:
        connection.execute(macro)
    _templates(connection)
    connection.execute(POOL)
    every = _family(connection, documents(places))
    tables, made = folder / "tables", MADE | (WORDS if words else {})
    for table in made:
        (tables / table).mkdir(parents=True, exist_ok=True)
    for part, start in enumerate(range(0, len(every), BLOCK)):
        connection.register("block_frame", every.iloc[start : start + BLOCK])
        connection.execute("create or replace temp table block as select * from block_frame")
        for table, query in made.items():
            path = tables / table / f"part-{part:05}.parquet"
            connection.execute(
                f"copy (select {_columns(table)} from ({query}) order by all) "
                f"to '{path}' (format parquet, row_group_size {ROW_GROUP})"
            )
    places.to_csv(tables / "regions.csv", index=False)
    for name in ("indicators", "topics"):
        (tables / f"{name}.csv").write_bytes((ROOT / "data" / "tables" / f"{name}.csv").read_bytes())
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    shown = [str(places.loc[places["level"] == level, "region_id"].iloc[0]) for level in SIZES]
    config |= {
        "regions": [],
        "documents": [],
        "bounds": {},
        "paths": {"tables": "tables", "sources": "sources", "corrections": "corrections.yaml"},
    }
    config["dashboard"] |= {"regions": [*shown, "d0001"]}
    (folder / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--regions", type=int, default=3000)
    parser.add_argument("--words", action="store_true", help="with words in every passage")
    asked = parser.parse_args()
    make(asked.folder, asked.regions, asked.words)
