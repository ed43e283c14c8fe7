"""A corpus in partitions: the rows of a plain build, the same bytes however it is made; killed builds go on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from extract import build as building
from extract import cache as caches
from extract import corpus as corpora
from extract import intake, marked, parquet, parts, remembered, tables
from extract.config import Config
from extract.corpus import Result
from extract.processes import HERE, Local
from extract.remembered import Outcome, Task
from extract.schema import schema
from extract.table_check import check
from tests.bench import corpus as made
from tests.extract import tables_made

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path("data/sources")
KILOBYTES, ABOUT = 1.5, 4


@pytest.fixture
def config(project: Path, settings: dict[str, Any]) -> Config:
    """A city with districts, and a dozen and more documents: those of the project, and some that are made up."""
    settings["bounds"] = {"targets": {}, "issue_share": [0.0, 1.0]}
    config = tables_made.config(project, settings)
    made.write(project / "made", 15, KILOBYTES)
    for path in (project / "made" / "000").iterdir():
        path.rename(project / SOURCES / path.name)
    (project / SOURCES / "city.txt").write_text(CITY, encoding="utf-8")
    return config


CITY = """临江市国民经济和社会发展第十五个五年规划纲要
第一章 主要目标
到2030年，地区生产总值达到1480亿元，年均增长6%左右。
第二章 产业
推动低空经济与数字经济相互促进，新建公园30个。
"""


def built(config: Config, tables: Path, *places: Path, jobs: int = 1, about: int = ABOUT, **named: Any) -> Result:
    with caches.opened(config.paths.cache) as cache:
        sources = places or (config.paths.sources,)
        return corpora.build(config, sources, tables, cache, engine=Local(jobs), about=about, **named)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def times_of(folder: Path) -> dict[str, int]:
    """When the files of tables were written, by their partitions."""
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.glob("[a-z]*/part-0*")}


def rewritten(before: Mapping[str, int], after: Mapping[str, int], table: str = "targets") -> list[str]:
    return [name for name in after if name.startswith(f"{table}/") and before.get(name) != after[name]]


@pytest.mark.parametrize("left_out", ["", "0000[1-4]*"])
def test_the_rows_are_those_of_a_plain_build(left_out: str, config: Config, tmp_path: Path) -> None:
    """Of many documents, and of so few that each is compared with each."""
    for path in config.paths.sources.glob(left_out) if left_out else ():
        path.unlink()
    building.build(config, [config.paths.sources], tmp_path / "plain")
    result = built(config, tmp_path / "parts", about=2)
    plain, partitioned = tables.read(tmp_path / "plain"), tables.read(tmp_path / "parts")
    assert result.counts.documents == len(plain["documents"]) == (6 if left_out else 18)
    assert len(tables.partitions(tmp_path / "parts", "targets")) >= 3
    assert all(plain[name] for name in ("targets", "emphasis", "carryover", "stressed", "issues"))
    for name, rows in plain.items():
        assert tables.ordered(name, partitioned[name]) == tables.ordered(name, rows), name


def test_one_process_and_two_give_the_same_bytes(config: Config, tmp_path: Path) -> None:
    built(config, tmp_path / "one")
    built(config, tmp_path / "two", jobs=2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert check(tmp_path / "two", config) == []


def test_a_killed_build_goes_on_where_it_was(config: Config, project: Path, tmp_path: Path) -> None:
    built(config, tmp_path / "whole")
    folder = tmp_path / "killed"
    command = [
        sys.executable,
        "-m",
        "extract",
        "--config",
        str(project / "config.yaml"),
        "build",
        "--format",
        "parquet",
    ]
    command += ["--part", str(ABOUT), "--tables", str(folder), "--jobs", "2"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None and len(list(folder.glob(".parts/part-*.json"))) < 2:
        time.sleep(0.002)
    assert process.poll() is None, "the build ended before it was killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = {path.name.removesuffix(".json") for path in folder.glob(".parts/part-*.json")}
    before = times_of(folder)
    result = built(config, folder)
    assert result.again and bytes_of(folder) == bytes_of(tmp_path / "whole")
    again = rewritten(before, times_of(folder))
    assert again and not [name for name in again if Path(name).stem in done]


def test_nothing_half_written_is_taken_for_done(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    built(config, folder)
    whole = bytes_of(folder)
    (folder / "targets" / ".part-00001.parquet.ab12.half").write_bytes(b"PAR1")
    (folder / "targets" / "part-00001.parquet").write_bytes(whole["targets/part-00001.parquet"][:-9])
    (folder / "terms" / "part-00002.parquet").unlink()
    (folder / ".parts" / "part-00000.json").write_bytes(b'{"key": "')
    assert check(folder, config)
    before = times_of(folder)
    built(config, folder)
    assert bytes_of(folder) == whole
    assert sorted(rewritten(before, times_of(folder))) == [f"targets/part-0000{number}.parquet" for number in (0, 1, 2)]


def test_a_changed_document_changes_its_partition_alone(config: Config, tmp_path: Path) -> None:
    folder, plan = tmp_path / "tables", config.paths.sources / "00002-15fyp.md"
    built(config, folder)
    before = times_of(folder)
    assert built(config, folder).again == 18 and times_of(folder) == before
    plan.write_text(plan.read_text(encoding="utf-8") + "\n到2030年，新建公园12个。\n", encoding="utf-8")
    built(config, folder)
    assert len(rewritten(before, times_of(folder))) == 1
    assert check(folder, config) == []
    for path in list(config.paths.sources.glob("0000*")):
        path.unlink()
    built(config, folder)
    built(config, tmp_path / "anew")
    assert bytes_of(folder) == bytes_of(tmp_path / "anew")


def test_a_failed_document_is_tried_twice_and_told(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, extracted = [], remembered.extracted

    def failing(task: Task) -> Outcome:
        if task.recognised.document.doc_id != "00001-14fyp":
            return extracted(task)
        tried.append(task)
        return remembered.failed(task, "could not be extracted")

    with monkeypatch.context() as patched:
        patched.setattr(remembered, "extracted", failing)
        result = built(config, tmp_path / "tables")
    assert len(tried) == 2 and (result.counts.documents, result.counts.failed) == (17, 1)
    assert result.told == ["00001-14fyp: 00001-14fyp.md: could not be extracted"]
    found = tables.read(tmp_path / "tables", ["documents", "issues"])
    assert "00001-14fyp" not in {row["doc_id"] for row in found["documents"]}
    assert [row["code"] for row in found["issues"] if row["doc_id"] == "00001-14fyp"] == ["failed"]
    assert check(tmp_path / "tables", config) == []
    assert built(config, tmp_path / "tables").counts.documents == 18  # the partition does not count as done


def dying(part: parts.Part) -> parts.Done:
    if any(task.recognised.document.doc_id == "00001-14fyp" for task in part.tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return parts.work(part)


def dying_over_one(task: Task) -> Outcome:
    if task.recognised.document.doc_id == "00001-14fyp":
        os.kill(os.getpid(), signal.SIGKILL)
    return remembered.extracted(task)


def test_a_dead_process_takes_no_other_document_with_it(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with caches.opened(None) as cache:
        found, _ = intake.take_in_many([config.paths.sources], config, cache, HERE)
        ids = ("00001-14fyp", "00001-15fyp")
        tasks = tuple(Task(one.file, one.recognised, one.sha256, (), cache) for one in found if one.file.stem in ids)
        monkeypatch.setattr(parts, "_tried", dying_over_one)
        (done,) = Local(2).run(dying, [parts.Part(0, tmp_path, tasks, "key")], parts.died)
    assert (done.counts.documents, done.counts.failed) == (1, 1)
    assert len(done.told) == 1 and "died, twice" in done.told[0]
    assert [row["doc_id"] for row in tables.read(tmp_path, ["documents"])["documents"]] == ["00001-15fyp"]


def test_a_file_that_cannot_be_read_is_an_issue(config: Config, tmp_path: Path) -> None:
    (config.paths.sources / "broken.pdf").write_bytes(b"no pdf")
    (config.paths.sources / "again.md").write_bytes((config.paths.sources / "00001-14fyp.md").read_bytes())
    result = built(config, tmp_path / "tables")
    codes = {str(row["code"]) for row in tables.read(tmp_path / "tables", ["issues"])["issues"]}
    assert result.counts.documents == 18 and {"unreadable", "same_file"} <= codes
    assert result.counts.severities["error"] == len(result.told) == 1
    assert check(tmp_path / "tables", config) == []


def test_what_does_not_hold_is_told(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    built(config, folder)
    for name in ("coverage", "evidence"):
        (folder / name / "part-00001.parquet").rename(folder / name / "part-00009.parquet")
    rows = tables.read_file(folder / "targets" / "part-00000.parquet", "targets")
    data = parquet.packed(schema().tables["targets"].columns, rows[::-1])
    marked.write(folder, "part-00000", "", {"targets/part-00000.parquet": data}, {})
    faults = check(folder, config)
    assert any(fault.startswith("part-00000: targets: the documents are not in the order") for fault in faults)
    assert any(fault.startswith("part-00001 is not whole") for fault in faults)
    assert any(fault.startswith("coverage: of no partition") and "part-00009" in fault for fault in faults)


def test_an_id_hangs_on_the_place_of_the_file_alone(config: Config, tmp_path: Path) -> None:
    """Also where all files bear one name, as they do where each region has its folder."""
    places, ids = [tmp_path / "some", tmp_path / "all"], []
    for place, count in zip(places, (6, 15), strict=True):
        for number in range(3, count):
            city, kind, text = made.document(number, KILOBYTES)
            folder = place / city / f"{number // 3}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"规划 {kind}.md").write_text(text, encoding="utf-8")
        built(config, tmp_path / f"{place.name}-tables", place)
        rows = tables.read(tmp_path / f"{place.name}-tables", ["documents"])["documents"]
        ids.append({str(row["doc_id"]) for row in rows})
    assert ids[0] == {"000-1-规划-14fyp", "000-1-规划-15fyp", "000-1-规划-2023gwr"} < ids[1] and len(ids[1]) == 12


@pytest.mark.parametrize("seed", range(5))
def test_a_new_document_moves_few_cuts(seed: int) -> None:
    draw = random.Random(seed)
    ids = sorted({f"{draw.randrange(10**9):09d}-plan" for _ in range(3000)})
    before = [ids[piece] for piece in parts.cut(ids, 64)]
    assert [one for piece in before for one in piece] == ids
    assert all(32 <= len(piece) <= 96 for piece in before[:-1]) and 0 < len(before[-1]) <= 96
    more = sorted([*ids, f"{draw.randrange(10**9):09d}-new"])
    after = [more[piece] for piece in parts.cut(more, 64)]
    assert len([piece for piece in after if piece not in before]) <= 3
    assert list(parts.cut([], 64)) == [] and len(list(parts.cut(ids[:7], 1))) == 7


def test_two_builds_never_write_the_same_tables(config: Config, tmp_path: Path) -> None:
    with corpora._alone(tmp_path), pytest.raises(corpora.Busy, match="another build"):
        built(config, tmp_path)


def test_formats_are_not_mixed_in_one_folder(project: Path, config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    from extract.__main__ import main

    command = ["--config", str(project / "config.yaml"), "build"]
    assert main([*command, "--format", "parquet", "--tables", str(project / "parts")]) == 0
    assert "18 documents read; " in capsys.readouterr().out
    assert main([*command, "--tables", str(project / "parts")]) == 2
    assert main(command) == 0
    assert main([*command, "--format", "parquet"]) == 2
    assert "holds tables as CSV; name another folder" in capsys.readouterr().err
