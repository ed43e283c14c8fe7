"""Synthetic tables from tables.yaml, a dashboard pointed at them, and what its pages show."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from streamlit.testing.v1 import AppTest

import directory
import facts
import memory
import schema
import settings
from directory import Directory

HERE = Path(__file__).parent
APP = HERE.parents[1] / "dashboard" / "app.py"
ROWS: dict[str, Any] = yaml.safe_load((HERE / "tables.yaml").read_text(encoding="utf-8"))


def fact(doc_id: str = "tianhe-14fyp", like: str = "", **values: Any) -> dict[str, Any]:
    """A row of `targets`: the usual one, changed as its family and `values` say, with its standard value."""
    region_id, plan_id = ROWS["places"][doc_id]
    place = {"doc_id": doc_id, "region_id": region_id, "plan_id": plan_id}
    row: dict[str, Any] = ROWS["fact"] | place | ROWS["families"].get(like, {}) | values
    unit, factor = ROWS["units"].get(row["unit"], (row["unit"], 1.0))
    if row["value"] is not None:
        row |= {"value_std": row["value"] * factor, "unit_std": unit}
    if row["value_high"] is not None:
        row["value_high_std"] = row["value_high"] * factor
    return row


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the columns and types of `table`; passages and targets are numbered."""
    ids = {"passages": "passage_id", "targets": "target_id"}
    numbered = [row | ({ids[table]: f"t{number:03}"} if table in ids else {}) for number, row in enumerate(rows)]
    columns = schema.TABLES[table]
    made = pd.DataFrame(numbered, columns=list(columns.all))
    types = {**dict.fromkeys(columns.year, "Int64"), **dict.fromkeys(columns.amount, "float64")}
    return made.astype(types)


def all_frames() -> dict[str, pd.DataFrame]:
    """Every table."""
    rows = {table: ROWS[table] for table in schema.TABLES}
    rows["targets"] = [fact(**row) for row in ROWS["targets"]]
    rows["passages"] = [
        row | {"section_id": "s2", "line": number, "themes": row["theme"]}
        for number, row in enumerate(ROWS["passages"])
    ]
    rows["documents"] = [
        row
        | ROWS["document"]
        | {"title": f"{row['doc_id']}全文"}
        | dict(zip(("region_id", "plan_id"), ROWS["places"][row["doc_id"]], strict=True))
        for row in ROWS["documents"]
    ]
    return {table: frame(table, rows[table]) for table in schema.TABLES}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of tables to which the dashboard is pointed."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for table, made in all_frames().items():
        made.to_csv(folder / f"{table}.csv", index=False)
    monkeypatch.setenv("PLAN_TABLES", str(folder))
    yield folder
    memory.forget()


@pytest.fixture
def evidence(tables: Path) -> Path:
    """The same with the sentence of one fact, as it stands at 20 of its passage."""
    row = {"target_id": "t002", "passage_id": "p1", "quote": "力争<b>达到7000亿元</b>。"}
    place = {"start": 20, "end": 37, "value_start": 27, "value_end": 31}
    pd.DataFrame([row | place]).to_parquet(tables / "evidence.parquet")
    return tables


@pytest.fixture
def run() -> Callable[..., AppTest]:
    """Run a page of the app with parameters in its address."""

    def runner(page: str = "compare", **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=30)
        for key, value in query.items():
            app.query_params[key] = value
        if page != "overview":
            app.switch_page(f"app_pages/{page}.py")
        return app.run()

    return runner


@pytest.fixture
def charts() -> Callable[[AppTest], list[str]]:
    """The charts of a page as JSON texts with readable Chinese."""

    def specs(app: AppTest) -> list[str]:
        return [json.dumps(json.loads(chart.proto.spec), ensure_ascii=False) for chart in app.get("plotly_chart")]

    return specs


@pytest.fixture
def make_fact() -> Callable[..., dict[str, Any]]:
    """Maker of rows of `targets`."""
    return fact


@pytest.fixture
def nasty() -> str:
    """An indicator name made of markup and formula."""
    return str(ROWS["targets"][-1]["indicator"])


@pytest.fixture
def prepared() -> Callable[..., tuple[pd.DataFrame, Directory]]:
    """Prepared facts and names from rows of `targets`, without any file."""

    def maker(
        rows: list[dict[str, Any]], given: dict[tuple[str, str], dict[str, str]] | None = None
    ) -> tuple[pd.DataFrame, Directory]:
        frames = all_frames()
        made = frame("targets", rows)
        names = directory.build(settings.load(), frames["documents"], made, given)
        return facts.prepare(facts.worded(made, frames["sections"], frames["documents"]), names), names

    return maker
