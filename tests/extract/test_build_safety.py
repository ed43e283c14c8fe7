"""A build that is killed, at whatever moment, leaves whole tables behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract import swap, tables
from extract.build import build
from extract.config import load_config
from extract.schema import schema

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import itertools, sys
from pathlib import Path
from extract import swap, tables
from extract.schema import schema
if sys.argv[2] == "in place":
    swap.exchange = lambda one, other: False
for i in itertools.count():
    issues = [{"doc_id": "d", "line": n, "severity": "info", "code": "x", "message": str(i)} for n in range(300)]
    texts = [{"passage_id": str(n), "text": str(i)} for n in range(300)]
    tables.write({"issues": issues, "texts": texts}, Path(sys.argv[1]))
    print(i, flush=True)
"""


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> int:
    process.communicate()
    return process.returncode


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    ended(process)


def versions(folder: Path) -> set[str]:
    """The builds that the files are of, each file read on its own, as a reader that knows nothing of builds would."""
    issues = (folder / "issues.csv").read_text(encoding="utf-8").splitlines()[1:]
    texts = tables.read(folder, ["texts"])["texts"]
    assert len(issues) == len(texts) == 300
    return {line.rpartition(",")[2] for line in issues} | {str(row["text"]) for row in texts}


@pytest.mark.parametrize("way", ["exchange", "in place"])
def test_a_writer_killed_at_any_moment_leaves_files_of_one_build(way: str, tmp_path: Path) -> None:
    folder, delays = tmp_path / "tables", random.Random(5)
    for _ in range(12):
        writer = start("-c", WRITER, str(folder), way)
        assert writer.stdout is not None and writer.stdout.readline() == "0\n"
        time.sleep(delays.uniform(0, 0.06))
        killed(writer)
        if way == "in place":
            swap.recover(folder)
        assert len(versions(folder)) == 1
        assert {path.name for path in folder.iterdir()} == set(schema().files().values())
    tables.write({}, folder)
    assert os.listdir(tmp_path) == ["tables"]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_build_leaves_the_earlier_tables_or_the_new_ones(jobs: int, project: Path) -> None:
    config = load_config(project / "config.yaml")
    folder, plan = config.paths.tables, config.paths.sources / "plan.txt"
    build(config, [config.paths.sources], folder)
    before = snapshot(folder)
    plan.write_text(plan.read_text(encoding="utf-8") + "到2025年，建成公园12个。\n", encoding="utf-8")
    build(config, [config.paths.sources], project / "other" / "tables")
    after = snapshot(project / "other" / "tables")
    assert before != after
    command = ("-m", "extract", "--config", str(project / "config.yaml"), "build", "--no-cache", "--jobs", str(jobs))
    began = time.monotonic()
    assert ended(start(*command)) == 0 and snapshot(folder) == after
    length = time.monotonic() - began
    for share in (0.1, 0.4, 0.7, 0.85, 0.95, 1.0):
        tables.write(tables.read(project / "other" / "tables") | {"issues": []}, folder)
        earlier = snapshot(folder)
        process = start(*command)
        time.sleep(length * share)
        killed(process)
        assert snapshot(folder) in (earlier, after)
    build(config, [config.paths.sources], folder)
    assert snapshot(folder) == after
    assert sorted(path.name for path in folder.parent.iterdir()) == ["sources", "tables"]


def test_workers_end_with_the_build_that_started_them(project: Path) -> None:
    for i in range(40):
        (project / "data" / "sources" / f"report{i}.txt").write_text(
            f"白马乡第{i}号，新建公园3个。" * 400, encoding="utf-8"
        )
    process = start("-m", "extract", "--config", str(project / "config.yaml"), "build", "--jobs", "2")
    group = process.pid
    while process.poll() is None and len(members(group)) < 3:
        time.sleep(0.02)
    assert process.poll() is None, "the build ended before its workers were seen"
    killed(process)
    until = time.monotonic() + 20
    while members(group) and time.monotonic() < until:
        time.sleep(0.05)
    assert not members(group)


def members(group: int) -> list[str]:
    """Living processes of the group, by the listing of the system."""
    listing = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    found = [line.split() for line in listing.splitlines()]
    return [state for pgid, state in found if int(pgid) == group and not state.startswith("Z")]


def test_a_build_that_is_interrupted_says_so_in_one_line(project: Path) -> None:
    pipe = project / "data" / "corrections.yaml"
    os.mkfifo(pipe)
    command = [
        sys.executable,
        "-m",
        "extract",
        "--config",
        str(project / "config.yaml"),
        "build",
    ]
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # where tests run in the background it is not
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, heard)
    writer = reading(pipe, process)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    os.close(writer)
    assert (process.returncode, out, error) == (130, "", "stopped; the tables are as they were\n")
    assert not (project / "data" / "tables").exists()


def reading(pipe: Path, process: subprocess.Popen[str]) -> int:
    """Wait until the process reads from the pipe (the corrections); the handle that keeps it waiting."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise AssertionError("the build ended before it read the corrections")
