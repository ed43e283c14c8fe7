"""A cluster of real processes, documents and tables in a real S3 store: the same bytes as here, whoever is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from extract import cluster
from extract.__main__ import main
from tests.clusters import ROOT, Workers, dask, free_port, s3
from tests.conftest import BAIMA_REPORT, QINGSHI_PLAN, configuration

for library in ("distributed", "s3fs", "upath", "moto", "flask_cors"):
    pytest.importorskip(library, reason="what a cluster needs is not installed (requirements-dev.txt)")

WORKERS = 3
COUNTIES = "红枫 青杨 紫荆 银杏 丹桂 白桦 云杉 金松".split()
FORMATS = {"csv": [], "parquet": ["--format", "parquet", "--part", "2"]}
PRELOAD = ("--preload", str(ROOT / "tests" / "extract" / "held_back.py"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with nine documents, and its tables by the local engine, in both formats."""
    folder = tmp_path_factory.mktemp("world")
    (folder / "sources").mkdir()
    (folder / "config.yaml").write_text(yaml.safe_dump(configuration(), allow_unicode=True), encoding="utf-8")
    (folder / "sources" / "plan.txt").write_text(QINGSHI_PLAN, encoding="utf-8")
    for i, county in enumerate(COUNTIES):
        text = BAIMA_REPORT.replace("白马", county).replace("96", str(96 + i)) * (i + 1)
        (folder / "sources" / f"{county}.txt").write_text(text, encoding="utf-8")
    for name, flags in FORMATS.items():
        assert build(folder, "--sources", folder / "sources", "--tables", folder / name, *flags) == 0
    return folder


@pytest.fixture(scope="module")
def store(world: Path) -> Iterator[dict[str, str]]:
    """The environment of an S3 store that holds the documents in s3://plans/sources."""
    with s3() as variables, pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        bucket = place("s3://plans")
        bucket.mkdir()
        for path in (world / "sources").iterdir():
            (bucket / "sources" / path.name).write_bytes(path.read_bytes())
        yield {**os.environ, **variables}


@pytest.fixture(scope="module")
def scheduler(world: Path, store: dict[str, str]) -> Iterator[Workers]:
    held = world / "held"
    held.mkdir()
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "extract")])
    with dask(world, {**store, "HELD_BACK": str(held), "PYTHONPATH": path}) as workers:
        workers.start(WORKERS, *PRELOAD)
        yield workers


def place(text: str) -> Path:
    from extract.locations import place

    return place(text)


def arguments(folder: Path, *more: object) -> list[str]:
    return ["--config", str(folder / "config.yaml"), "build", "--no-cache", *map(str, more)]


def build(folder: Path, *more: object) -> int:
    return main(arguments(folder, *more))


def on(workers: Workers) -> list[str]:
    return ["--engine", "dask", "--scheduler", workers.address]


def files(folder: Path) -> dict[str, bytes]:
    from extract.locations import files

    found = {str(path.relative_to(folder)): path.read_bytes() for path in files(folder)}
    return {name: data for name, data in found.items() if not name.endswith("lock")}


@pytest.mark.parametrize("form", FORMATS)
def test_a_build_on_a_cluster_from_s3_to_s3_gives_the_bytes_of_a_local_one(
    form: str, world: Path, scheduler: Workers, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ["--sources", "s3://plans/sources", "--tables", f"s3://plans/{form}"]
    assert build(world, *on(scheduler), *places, *FORMATS[form]) == 0
    assert f"s3://plans/{form}: 9 documents" in capsys.readouterr().out
    assert files(place(f"s3://plans/{form}")) == files(world / form)


@pytest.mark.parametrize(("form", "at"), [("csv", "read"), ("parquet", "write")])
def test_a_worker_killed_in_mid_run_loses_nothing(
    form: str, at: str, world: Path, store: dict[str, str], scheduler: Workers
) -> None:
    scheduler.heal(WORKERS, *PRELOAD)
    for path in (world / "held").iterdir():
        path.unlink()
    (world / "held" / at).touch()
    places = ["--sources", "s3://plans/sources", "--tables", f"s3://plans/{form}-killed"]
    running = subprocess.Popen(
        [sys.executable, "-m", "extract", *arguments(world, *on(scheduler), *places, *FORMATS[form])],
        cwd=ROOT,
        env=store,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while not (held := list((world / "held").glob("*.held"))) and running.poll() is None:
        time.sleep(0.02)
    assert held, running.communicate()
    scheduler.kill(int(held[0].stem))
    (world / "held" / at).unlink()
    said, _ = running.communicate()
    assert running.returncode == 0 and "9 documents" in said, said
    assert files(place(f"s3://plans/{form}-killed")) == files(world / form)


RUN = """
import held_back, sys
from extract import cluster, engines
with cluster.connected(sys.argv[1]) as engine:
    for work in (held_back.square, held_back.die_on_seven):
        print(*engine.run(work, range(20), lambda number: -number))
    cluster.rule_version = lambda: "that of a worker that came later"
    try:
        print(*engine.run(held_back.square, range(20), lambda number: -number))
    except engines.EngineError as reason:
        print("other rules" in str(reason))
"""


def test_results_come_in_order_and_an_item_that_ends_its_workers_is_told(scheduler: Workers) -> None:
    scheduler.heal(4, *PRELOAD)
    told = subprocess.run(
        [sys.executable, "-c", RUN, scheduler.address],
        cwd=ROOT,
        env=dict(scheduler.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    squares = [str(n * n) for n in range(20)]
    assert told.stderr == "" and told.stdout.splitlines() == [
        " ".join(squares),
        " ".join([*squares[:7], "-7", *squares[8:]]),
        "True",
    ]
    assert sum(worker.poll() is None for worker in scheduler.running) == 1


def test_workers_of_other_rules_are_refused(
    world: Path, store: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "extract", tmp_path / "extract", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "extract" / "lexicon" / "units.yaml").open("a", encoding="utf-8") as file:
        file.write("# one more remark\n")
    with dask(world, store | {"PYTHONPATH": ""}) as others:
        others.start(1, folder=tmp_path)
        assert build(world, *on(others), "--sources", world / "sources", "--tables", tmp_path / "tables") == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "has other rules" in told
    assert not (tmp_path / "tables").exists()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--engine", "dask"], "name the scheduler with --scheduler tcp://host:port"),
        (["--scheduler", "tcp://127.0.0.1:8786"], "goes with --engine dask"),
        (["--engine", "dask", "--scheduler", "nowhere"], "is no address of a scheduler"),
        (["--engine", "dask", "--scheduler", f"tcp://127.0.0.1:{free_port()}"], "nothing answers at tcp://127.0.0.1"),
        (["--tables", "s3://no-such-bucket/tables"], "there is no s3://no-such-bucket/"),
        (["--sources", "s3://plans/no-such-folder"], "there is no folder s3://plans/no-such-folder"),
        (["--sources", "nope://x/y"], "nope://x/y: is no place that can be used"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    flags: list[str],
    words: str,
    world: Path,
    store: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    try:
        status = build(world, *flags)
    except SystemExit as end:
        status = int(end.code or 0)
    told = capsys.readouterr().err
    assert status == 2 and told.count("\n") == 1 and words in told
