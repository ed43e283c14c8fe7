"""The command line: exit status, one clear line for what is wrong, nothing heavy before it is needed."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from extract.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


class Told:
    """Exit status and output of one command."""

    def __init__(self, status: int, out: str, error: str) -> None:
        self.status, self.out, self.error = status, out, error


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]):
    def command(*arguments: object) -> Told:
        try:
            status = main(["--config", str(project / "config.yaml"), *map(str, arguments)])
        except SystemExit as end:
            status = int(end.code or 0)
        captured = capsys.readouterr()
        return Told(status, captured.out, captured.err)

    return command


def test_build_prints_a_summary(run, project: Path) -> None:
    told = run("build")
    assert told.status == 0 and told.error.count("\n") == 1 and "not the one that config.yaml knows" in told.error
    assert "2 documents read" in told.out and "targets" in told.out and "issues: 1 warning, 1 info" in told.out
    assert (project / "data" / "tables" / "targets.csv").exists()


def test_build_takes_folders_files_and_another_place_for_the_tables(run, project: Path, tmp_path: Path) -> None:
    sources = project / "data" / "sources"
    told = run(
        "build", "--sources", sources / "plan.txt", "--sources", sources, "--tables", tmp_path / "out", "--jobs", 0
    )
    assert told.status == 0 and "2 documents read" in told.out
    assert (tmp_path / "out" / "targets.csv").exists() and not (project / "data" / "tables").exists()


def test_a_bad_document_is_told_in_one_line_and_the_status_is_1(run, project: Path) -> None:
    (project / "data" / "sources" / "x.txt").write_bytes(b"")
    told = run("build")
    assert told.status == 1 and "x.txt: is empty; save the document again" in told.error.splitlines()
    assert "2 documents read" in told.out and "1 error" in told.out


def test_without_documents_the_status_is_1_and_the_tables_stay(run, project: Path) -> None:
    for path in (project / "data" / "sources").iterdir():
        path.unlink()
    told = run("build")
    assert told.status == 1 and told.out == "" and told.error.count("\n") == 1
    assert "--sources" in told.error and "are as they were" in told.error


BAD_USAGE = [
    [],
    ["mend"],
    ["build", "--jobs", "many"],
    ["build", "--jobs", "-1"],
    ["build", "--sources", "/no/such/folder"],
    ["build", "--sources"],
    ["show"],
    ["score"],
    ["score", "--gold", "/no/such/folder"],
    ["build", "--colour", "red"],
]


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=lambda a: " ".join(a) or "nothing")
def test_bad_usage_is_one_line_and_status_2(arguments: list[str], run) -> None:
    told = run(*arguments)
    assert told.status == 2 and told.out == "" and told.error.count("\n") == 1, told.error


def test_bad_configuration_is_told_whole_and_the_status_is_2(run, project: Path) -> None:
    path = project / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("parent: null", "parent: 7\n  age: 3"), encoding="utf-8")
    for command in (["build"], ["check"], ["show", "x.txt"], ["score", "--gold", project]):
        told = run(*command)
        assert told.status == 2 and "regions[0].age" in told.error and "regions[0].parent" in told.error


def test_a_bad_register_of_corrections_is_status_2(run, project: Path) -> None:
    (project / "data" / "corrections.yaml").write_text("corrections: [{doc: x}]", encoding="utf-8")
    assert run("build").status == 2
    assert run("build", "--no-corrections").status == 0


def test_tables_that_cannot_be_written_are_told(run, project: Path) -> None:
    (project / "file").write_text("")
    assert run("build", "--tables", project / "file").status == 2
    told = run("build", "--tables", project / "file" / "tables")
    assert told.status == 1 and told.error.count("\n") == 1


def test_show_prints_every_number_with_its_fate(run, project: Path) -> None:
    told = run("show", project / "data" / "sources" / "plan.txt")
    assert told.status == 0
    assert "qingshi-14fyp" in told.out and "480" in told.out and "2021–2025" in told.out
    one = run("show", project / "data" / "sources" / "plan.txt", "--line", 7)
    assert one.out.startswith("    7  到2025年") and "321.5" not in one.out
    assert "2025         excluded" in one.out and "480          target" in one.out
    assert "has 7 lines" in run("show", project / "data" / "sources" / "plan.txt", "--line", 99).out


def test_show_of_a_file_that_is_not_there(run) -> None:
    told = run("show", "gone.txt")
    assert told.status == 1 and told.error.count("\n") == 1 and "gone.txt" in told.error


def test_check_tells_what_does_not_hold(run, project: Path) -> None:
    assert run("check").status == 1
    run("build")
    assert run("check").status == 0
    path = project / "data" / "tables" / "issues.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",info,", ",dire,"), encoding="utf-8")
    told = run("check")
    assert told.status == 1 and "issues.severity: not allowed: 'dire'" in told.error


def test_score_prints_accuracy(run, project: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    assert run("score", "--gold", gold).status == 1
    fact = {
        "doc": "qingshi-14fyp",
        "line": 7,
        "indicator": "地区生产总值",
        "value": 480,
        "value_high": None,
        "unit": "亿元",
        "qualifier": "=",
        "measure": "level",
        "year": 2025,
        "attribute": "",
        "theme": "economy",
        "kind": "target",
    }
    (gold / "plan.jsonl").write_text(json.dumps(fact, ensure_ascii=False), encoding="utf-8")
    run("build")
    told = run("score", "--gold", gold)
    assert told.status == 0 and "R 1.000" in told.out.splitlines()[0]


def process(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )


HEAVY = ("jieba", "numpy", "pandas", "pyarrow", "scipy", "streamlit", "opencc", "pydantic", "yaml", "tqdm")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom extract.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert process("-c", code).stdout.endswith("[]\n")


def test_config_reads_without_the_heavy_ones() -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom extract.config import load_config\n"
        "load_config(Path('config.yaml'))\n"
        "print([name for name in ('jieba', 'numpy', 'pandas', 'pyarrow', 'opencc') if name in sys.modules])"
    )
    assert process("-c", code).stdout == "[]\n"


def test_help_names_the_four_commands() -> None:
    told = process("-m", "extract", "--help")
    assert told.returncode == 0 and all(verb in told.stdout for verb in ("build", "show", "check", "score"))


def test_output_into_a_pipe_that_closes_is_no_traceback(project: Path) -> None:
    command = (
        f"{sys.executable} -m extract --config {project}/config.yaml show {project}/data/sources/plan.txt | head -1"
    )
    told = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert told.stderr == "" and told.stdout.count("\n") == 1


def test_the_progress_bar_is_on_a_terminal_only(project: Path) -> None:
    command = [sys.executable, "-m", "extract", "--config", str(project / "config.yaml"), "build", "--no-cache"]
    assert "documents:" not in subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:
            pass
        assert running.wait() == 0
    os.close(ours)
    assert b"documents: " in shown and b"/2" in shown
