"""Files made to do harm through the whole of `add`, in a process with limits set from outside, as a server runs it.

Each ends in status 0 or 1 with clear sentences and no traceback, fetches nothing, and leaves nothing behind but the
document, its entry and the tables.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from extract.__main__ import main
from extract.schema import schema
from tests.archives import packed
from tests.fuzz.__main__ import outcome
from tests.fuzz.documents import document

ROOT = Path(__file__).resolve().parents[2]
TITLE = "临江市青石区国民经济和社会发展第十四个五年规划和2035年远景目标纲要"
SENTENCE = "到2025年，全区经济总量达到480亿元，新建学校12所。"
PLAN = f"{TITLE}\n第一章 目标\n{SENTENCE}\n"
GIGABYTE = 1 << 30


@pytest.fixture
def world(project: Path) -> Path:
    """A project without documents, and the folder `in` for what is brought."""
    shutil.rmtree(project / "data" / "sources")
    for name in ("in", "temporary", "home"):
        (project / name).mkdir()
    return project


@pytest.fixture
def add(world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs `add` in this process; gives all that it says, after a look at what it left behind."""
    monkeypatch.setenv("TMPDIR", str(world / "temporary"))

    def run(*files: Path, status: int) -> str:
        assert main(["--config", str(world / "config.yaml"), "add", *map(str, files)]) == status
        told = capsys.readouterr()
        said = told.out + told.err
        hold(world, said)
        return said

    return run


def hold(world: Path, said: str) -> None:
    """Clear sentences, and no file but documents, configuration, tables and what is remembered of documents."""
    assert "Traceback" not in said and "please report" not in said, said
    assert all(line.isprintable() and len(line) < 500 for line in said.splitlines()), said
    left = {path.relative_to(world).parts[0] for path in world.rglob("*") if path.is_file() and "in" not in path.parts}
    assert left <= {"config.yaml", "data"}
    tables = world / "data" / "tables"
    assert {path.name for path in tables.glob("*")} <= set(schema().files().values())
    assert {path.name for path in (world / "data").iterdir()} <= {"sources", "tables", ".cache"}


def targets(world: Path) -> str:
    return (world / "data" / "tables" / "targets.csv").read_text(encoding="utf-8")


def confined(world: Path, *files: Path, memory: int = 4 * GIGABYTE, seconds: int = 60, written: int = 50_000_000):
    """`add` as a child with limits: memory, processor time, bytes written to one file."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))

    command = [sys.executable, "-m", "extract", "--config", str(world / "config.yaml"), "add", *map(str, files)]
    home = {"TMPDIR": str(world / "temporary"), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | home, preexec_fn=limit, capture_output=True, text=True, timeout=120
    )


def put(world: Path, name: str, data: bytes | str) -> Path:
    path = world / "in" / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# Too much of everything.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLAN + SENTENCE * 700_000, "characters, more than 10,000,000"),
        (PLAN + "推进产业升级。" * 150_000, "characters, more than 1,000,000"),
        (PLAN + "".join(f"{i}，" for i in range(60_000)), "numbers, more than 50,000"),
    ],
    ids=["fifty megabytes in one line", "a long text", "a line of numbers"],
)
def test_what_no_plan_holds_is_refused_before_the_work_begins(text: str, said: str, world: Path, add) -> None:
    assert said in add(put(world, "plan.txt", text), status=1)
    assert not (world / "data").exists() or not list((world / "data").rglob("*.txt"))


def test_a_long_line_is_read_sentence_by_sentence(world: Path, add) -> None:
    add(put(world, "plan.txt", f"{TITLE}\n" + ("推进产业升级。" * 700 + SENTENCE) * 4), status=0)
    assert targets(world).count(",480,") == 4


@pytest.mark.parametrize("shape", ["（" * 9_999, "9" * 9_999, "一" * 9_999, "1,234," * 300, "3—" * 700, "x" * 9_999])
def test_runs_without_end_leave_the_rest_readable(shape: str, world: Path, add) -> None:
    add(put(world, "plan.txt", f"{PLAN}{shape}\n{SENTENCE}\n"), status=0)
    assert targets(world).count(",480,") == 2


# Limits from outside.


def test_too_little_memory_is_one_sentence(world: Path) -> None:
    done = confined(world, put(world, "plan.txt", PLAN + SENTENCE * 900_000), memory=GIGABYTE // 4)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "memory" in done.stderr, done.stderr
    hold(world, done.stdout + done.stderr)


def test_too_little_time_is_one_sentence(world: Path) -> None:
    done = confined(world, put(world, "plan.txt", PLAN + "".join(f"指标{i}亿元，" for i in range(45_000))), seconds=2)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "more time" in done.stderr, done.stderr
    hold(world, done.stdout + done.stderr)


def test_a_file_that_may_not_be_written_is_one_sentence(world: Path) -> None:
    done = confined(world, put(world, "plan.txt", PLAN), written=100)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "too large" in done.stderr.lower(), done.stderr
    assert "Traceback" not in done.stderr and not list((world / "data").rglob(".*-new-*"))


# Names and places.

NAMES = [
    "=cmd|' C calc'!A0.txt",
    "a\nb.txt",
    "\x1b[31m红\u202e.txt",
    "-rf.txt",
    "$(id).txt",
    "..txt.txt",
    "x" * 200 + ".txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_words_and_nothing_else(name: str, world: Path, add) -> None:
    add(put(world, name, f"{SENTENCE}\n"), status=1)
    stored = [path.name for path in (world / "data" / "sources").iterdir()]
    assert len(stored) == 1 and stored[0].isprintable() and not stored[0].startswith(("=", "-", ".")), stored


def test_archives_write_nothing_outside_the_sources(world: Path, add) -> None:
    names = ["../../out.txt", "/tmp/out-of-sources.txt", "..\\..\\out.txt"]
    data = packed((name, f"{PLAN}第{i}项{i}公里。".encode()) for i, name in enumerate(names, start=1))
    add(put(world, "plans.zip", data), status=1)
    assert not Path("/tmp/out-of-sources.txt").exists()
    assert not (world.parent / "out.txt").exists() and not (world / "out.txt").exists()


def test_special_files_are_no_documents(world: Path, add) -> None:
    folder = world / "in"
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "nothing.txt").symlink_to(folder / "not there")
    (folder / "circle").symlink_to(folder)
    for name, said in (("pipe.txt", "pipe"), ("zero.txt", "device"), ("nothing.txt", "no such file")):
        assert said in add(folder / name, status=1)
    put(world, "plan.txt", PLAN)
    main(["--config", str(world / "config.yaml"), "build", "--sources", str(folder)])
    assert ",480," in targets(world)


# Active content.


def test_formulas_and_markup_stay_words(world: Path, add) -> None:
    said = "=HYPERLINK(“http://127.0.0.1:9/”)总量达到480亿元。<script>alert(1)</script>产值5亿元。{{7*7}}规模6亿元。"
    add(put(world, "plan.txt", f"{TITLE}\n{said}\n"), status=0)
    assert ",480," in targets(world) and ",49," not in targets(world)


def test_a_picture_that_unpacks_to_gigabytes_is_not_unpacked(world: Path, add) -> None:
    out = BytesIO()
    made = docx.Document()
    for line in PLAN.splitlines():
        made.add_paragraph(line)
    made.save(out)
    with ZipFile(out) as parts:
        members = [(name, parts.read(name)) for name in parts.namelist()]
    bomb = [*members, ("word/media/image1.png", b"\0" * 60_000_000)]
    assert "unpacks from" in add(put(world, "bomb.docx", packed(bomb)), status=1)
    add(put(world, "plan.docx", packed([*members, ("word/media/image1.png", os.urandom(3_000_000))])), status=0)
    assert ",480," in targets(world)


def test_a_page_fetches_nothing(world: Path, add, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr("socket.socket.connect", refused)
    links = "".join(f'<{tag} src="http://127.0.0.1:9/" href="file:///etc/passwd">' for tag in ("img", "link", "base"))
    body = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><head>{links}</head><body>{body}&x;</body></html>'
    add(put(world, "plan.html", page), status=0)
    assert ",480," in targets(world) and "root:" not in targets(world)


# Whatever else.


def test_mutated_documents() -> None:
    """A slice of `make fuzz`, which runs twenty thousand; among them are the seeds that once failed."""
    became = {seed: outcome(*document(seed, pdfs=0)) for seed in (*range(40), 1580, 3401, 6906)}
    assert {seed: what for seed, what in became.items() if what not in ("extracted", "refused")} == {}
