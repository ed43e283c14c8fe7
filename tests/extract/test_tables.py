"""Rows → files and back: one form for every value, all files at once, and the checks."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import swap, tables
from extract.schema import Row, schema
from extract.table_docs import text as reference

ROOT = Path(__file__).resolve().parents[2]


def issue(line: int = 0, **more: Any) -> Row:
    return {"doc_id": "甲", "line": line, "severity": "info", "code": "x", "message": "一", **more}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7000.0, "7000"),
        (0.1, "0.1"),
        (2.23 * 10000, "22300"),
        (1e-7, "0.0000001"),
        (7000 * 1e8, "700000000000"),
        (1e21, "1000000000000000000000"),
        (-0.0, "0"),
        (-1.5, "-1.5"),
        (100.0, "100"),
        (3, "3"),
        (None, ""),
        ("七", "七"),
    ],
)
def test_every_value_has_one_form(value: Any, text: str) -> None:
    assert tables.printed(value) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**8), max_value=10**8))
def test_a_number_with_up_to_fifteen_digits_comes_back_exactly(number: Decimal) -> None:
    assert Decimal(tables.printed(float(number))) == number


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(tables.TableError):
        tables.printed(value)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1)


@given(st.lists(st.tuples(st.integers(0, 99), TEXT), unique=True))
def test_rows_come_back_as_they_were_sorted_by_their_key(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("t") / "tables"
    tables.write({"issues": [issue(line, message=text) for line, text in reversed(cells)]}, folder)
    assert [(row["line"], row["message"]) for row in tables.read(folder, ["issues"])["issues"]] == sorted(cells)


def test_the_files_are_those_of_the_schema_with_lf_and_utf8(tmp_path: Path) -> None:
    tables.write({"issues": [issue()]}, tmp_path / "tables")
    assert {path.name for path in (tmp_path / "tables").iterdir()} == set(schema().files().values())
    assert (
        tmp_path / "tables" / "issues.csv"
    ).read_bytes() == "doc_id,line,severity,code,message\n甲,0,info,x,一\n".encode()


def test_same_rows_give_same_bytes_whatever_their_order(tmp_path: Path) -> None:
    rows = [issue(line) for line in (10, 9, 2)]
    texts: list[Row] = [{"passage_id": name, "text": "文"} for name in "ba"]
    tables.write({"issues": rows, "texts": texts}, tmp_path / "a")
    tables.write({"issues": rows[::-1], "texts": texts[::-1]}, tmp_path / "b")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([issue(), issue()], "stands twice"),
        ([issue(severity=None)], "severity: is empty"),
        ([issue(message="")], "message: is empty"),
        ([issue(line="7")], "'7' is no int"),
        ([issue(line=True)], "is no int"),
        ([issue(more=1)], "columns missing or unknown: more"),
        ([{"doc_id": "甲"}], "columns missing or unknown"),
    ],
)
def test_rows_that_break_the_schema_are_refused_and_nothing_changes(
    rows: list[Row], words: str, tmp_path: Path
) -> None:
    tables.write({"issues": [issue(5)]}, tmp_path / "tables")
    with pytest.raises(tables.TableError, match=words):
        tables.write({"issues": rows}, tmp_path / "tables")
    assert tables.read(tmp_path / "tables", ["issues"])["issues"] == [issue(5)]
    assert os.listdir(tmp_path) == ["tables"]


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(tables.TableError, match="no such tables"):
        tables.write({"facts": []}, tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("doc_id,line,severity,code\n", "not the columns"),
        ("line,doc_id,severity,code,message\n", "other order"),
        ("doc_id,line,severity,code,message\n甲,x,info,a,b\n", "'x' is no int"),
        ("doc_id,line,severity,code,message\n甲,1\n", "2 instead of 5"),
    ],
)
def test_files_that_are_not_of_the_schema_are_refused(content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "issues.csv").write_text(content, encoding="utf-8")
    with pytest.raises(tables.TableError, match=words):
        tables.read(tmp_path, ["issues"])


def test_files_of_the_user_stay(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    tables.write({}, folder)
    (folder / "notes.txt").write_text("mine")
    os.chmod(folder, 0o750)
    tables.write({"issues": [issue()]}, folder)
    assert (folder / "notes.txt").read_text() == "mine"
    assert folder.stat().st_mode & 0o777 == 0o750
    assert os.listdir(tmp_path) == ["tables"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "tables").symlink_to("real")
    tables.write({"issues": [issue()]}, tmp_path / "tables")
    assert (tmp_path / "tables").is_symlink() and (tmp_path / "real" / "issues.csv").exists()


def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)


def test_without_the_exchange_of_folders_the_files_are_moved_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_place(monkeypatch)
    folder = tmp_path / "tables"
    tables.write({}, folder)
    (folder / "sub").mkdir()
    (folder / "notes.txt").write_text("mine")
    tables.write({"issues": [issue(4)]}, folder)
    assert tables.read(folder, ["issues"])["issues"] == [issue(4)]
    assert {"sub", "notes.txt"} | set(schema().files().values()) == set(os.listdir(folder))
    assert os.listdir(tmp_path) == ["tables"]


@pytest.mark.parametrize("moved", range(11))
def test_a_move_that_was_broken_off_is_finished_by_the_next_reader(
    moved: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_place(monkeypatch)
    folder = tmp_path / "tables"
    tables.write({"issues": [issue(1)], "texts": [{"passage_id": "a", "text": "旧"}]}, folder)
    replace, count = os.replace, [0]

    def breaking(one: Path, other: Path) -> None:
        count[0] += 1
        if count[0] > moved:
            raise KeyboardInterrupt
        replace(one, other)

    monkeypatch.setattr(os, "replace", breaking)
    if moved < 10:
        with pytest.raises(KeyboardInterrupt):
            tables.write({"issues": [issue(2)], "texts": [{"passage_id": "a", "text": "新"}]}, folder)
    monkeypatch.setattr(os, "replace", replace)
    found = tables.read(folder)
    assert (found["issues"], found["texts"]) == (
        ([issue(2)], [{"passage_id": "a", "text": "新"}])
        if moved < 10
        else ([issue(1)], [{"passage_id": "a", "text": "旧"}])
    )
    assert set(os.listdir(folder)) == set(schema().files().values())


def test_an_incomplete_stage_is_thrown_away(tmp_path: Path) -> None:
    tables.write({"issues": [issue(1)]}, tmp_path)
    (tmp_path / swap.STAGE).mkdir()
    (tmp_path / swap.STAGE / "issues.csv").write_text("half")
    assert tables.read(tmp_path, ["issues"])["issues"] == [issue(1)]
    assert not (tmp_path / swap.STAGE).exists()


def test_what_dead_processes_left_is_cleared_and_what_live_ones_use_is_not(tmp_path: Path) -> None:
    dead, live = tmp_path / ".tables-new-dead", tmp_path / ".tables-new-live"
    dead.mkdir()
    live.mkdir()
    handle = os.open(live, os.O_RDONLY)
    import fcntl

    fcntl.flock(handle, fcntl.LOCK_EX)
    tables.write({}, tmp_path / "tables")
    os.close(handle)
    assert sorted(os.listdir(tmp_path)) == [".tables-new-live", "tables"]


def test_the_reference_of_the_tables_is_current() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_rows_told_by_their_columns_are_held_and_ordered_alike() -> None:
    rows = [issue(3, message="二"), issue(1), issue(3, message="一")]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    arranged = tables.arranged("issues", columns)
    assert [dict(zip(arranged, one, strict=True)) for one in zip(*arranged.values(), strict=True)] == tables.ordered(
        "issues", rows
    )
    with pytest.raises(tables.TableError, match="stands twice"):
        tables.arranged("issues", {name: values * 2 for name, values in columns.items()})


def test_what_is_empty_in_a_key_comes_first_and_may_stand_once() -> None:
    row = {"doc_id": "甲", "section_id": "甲-s0", "theme": "economy", "mentions": 1, "chars": 1}
    rows = [row | {"topic": "gdp"}, row | {"topic": ""}, row | {"topic": "trade"}]
    assert [one["topic"] for one in tables.ordered("coverage", rows)] == [None, "gdp", "trade"]
    with pytest.raises(tables.TableError, match="stands twice"):
        tables.ordered("coverage", [row | {"topic": ""}, row | {"topic": None}])
