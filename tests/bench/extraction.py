"""How long extraction takes: `make bench`. Prints a page and writes it; nothing here passes or fails.

Everything is held against plain `jieba.lcut` on the same text in the same process, both with their dictionaries loaded,
by processor time: a busy machine slows both. Every round has a process of its own, so that nothing of the text is
remembered from the round before.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import yaml

from tests.bench.page import machine, write
from tests.serving import ROOT

ROUNDS, BUILDS = 7, 3
PACKAGES = ("jieba", "rjieba", "ahocorasick_rs", "opencc", "numpy", "scipy", "pyarrow", "pydantic")
HEAVY = ("jieba", "rjieba", "pandas", "streamlit", "numpy", "pyarrow", "scipy", "pydantic")
STAGES = {
    "read, unmark": ("extract.sources.made", "extract.remembered.unmark", "extract.pipeline.unmark"),
    "clean": ("extract.cleaning.clean",),
    "outline": ("extract.outline.build",),
    "themes": ("extract.themes.terms_of", "extract.themes.classify", "extract.themes.coverage"),
    "targets": ("extract.targets.extract",),
    "words, terms": ("extract.terms.Words.of", "extract.terms.terms"),
    "chance": ("extract.halves.chance",),
    "ledger": ("extract.ledger.account",),
    "rows": ("extract.table_rows.rows", "extract.tables.ordered"),
}
WHAT = {
    "pipeline": "documents → rows, rjieba installed",
    "alone": "documents → rows, jieba alone",
    "numbers": "quantities and periods alone",
    "stages": "",
}
"""What is measured, and its name on the page; the stages have names of their own."""
WARM = "甲县國民經濟和社會發展第十四個五年規劃綱要\n\n第一章　發展目標\n" + "\n".join(
    f"第{i}条：到2025年，地區生產總值達到{i}00億元，新增公辦學位兩萬個。" + "完善機制，提升水平。" * 60
    for i in range(1, 13)
)
"""A text of our own: what is loaded at first use is loaded with it."""
Times = dict[str, list[float]]


def measured(what: str, sources: Path, jieba_first: bool) -> dict[str, object]:
    """One round, in this process: what is measured of the documents, beside jieba. Processor seconds by name."""
    from extract.settling import settle

    settle()
    import jieba

    from extract import build
    from extract.config import load_config
    from extract.corrections import load_corrections
    from extract.intake import take_in
    from extract.sources import DOCUMENTS, files, find, read

    config = load_config(ROOT / "config.yaml")
    register = load_corrections(config.paths.corrections)
    jieba.setLogLevel("CRITICAL")
    jieba.initialize()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "warm.txt").write_text(WARM, encoding="utf-8")
        warm = take_in([Path(folder)], config)[0][0]
        assert build.process(build.Task(warm.file, warm.recognised)).tables["targets"]
    found = (file for path in find([sources]) for file in files(path) if file.suffix in DOCUMENTS)
    texts = ["\n".join(read(file).lines) for file in found]

    def pipeline() -> None:
        for one in take_in([sources], config)[0]:
            build.process(build.Task(one.file, one.recognised, one.sha256, register.of(one.recognised.document.doc_id)))

    times: dict[str, float] = {}
    if what == "stages":
        with _stages(times):
            pipeline()
    timed = _numbers(sources) if what == "numbers" else pipeline
    runs = {"jieba": lambda: [jieba.lcut(text) for text in texts]} | ({} if what == "stages" else {what: timed})
    for name in sorted(runs, key="jieba".__eq__, reverse=jieba_first):
        times[name] = _seconds(runs[name])
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    return {"megabytes": megabytes, "documents": len(texts), "times": times}


def _numbers(sources: Path) -> Callable[[], object]:
    """Quantities and periods alone, on the passages of the documents."""
    from extract import cleaning, outline
    from extract.config import load_config
    from extract.intake import take_in
    from extract.lexicons import lexicons
    from extract.markup import unmark
    from extract.sources import read

    known, found = lexicons(), []
    for one in take_in([sources], load_config(ROOT / "config.yaml"))[0]:
        document = one.recognised.document
        cleaned = cleaning.clean(unmark(read(one.file)).paragraphs, known.furniture, known.headings)
        plan = outline.build(cleaned, document.doc_id, document.title, known.headings)
        found += [(passage.text, document) for passage in plan.passages]

    def run() -> None:
        for text, document in found:
            times = known.tools.periods.find(text, document)
            known.tools.quantities.find(text, [(mention.start, mention.end) for mention in times])

    return run


def _seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


@contextmanager
def _stages(spent: dict[str, float]) -> Iterator[None]:
    """Clock the stages while a pipeline runs."""

    def clocked(stage: str, function: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **named: object) -> object:
            began = time.process_time()
            result = function(*args, **named)
            spent[stage] = spent.get(stage, 0.0) + time.process_time() - began
            return result

        return run

    patches = []
    for stage, names in STAGES.items():
        for name in names:
            one = patch(name)
            original = one.get_original()[0]
            patches.append(patch(name, clocked(stage, original)))
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def rounds_of(what: str, sources: Path) -> dict[str, object]:
    """Rounds of one thing, each in a process of its own: seconds by name, round by round."""
    whole: dict[str, object] = {}
    times: Times = defaultdict(list)
    for number in range(ROUNDS):
        told = _run("-m", "tests.bench.extraction", "--round", what, str(number % 2), "--sources", str(sources))
        whole = json.loads(told)
        for name, seconds in whole["times"].items():  # type: ignore[attr-defined]
            times[name].append(seconds)
    return whole | {"times": times}


def builds(sources: Path) -> dict[str, list[tuple[float, float]]]:
    """Wall and processor seconds of whole builds by the command: with nothing remembered, and once more."""
    found: dict[str, list[tuple[float, float]]] = {"cold": [], "unchanged": []}
    for _ in range(BUILDS):
        with tempfile.TemporaryDirectory() as folder:
            own = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
            paths = {name: str(ROOT / path) for name, path in own["paths"].items()} | {"cache": f"{folder}/cache"}
            config = Path(folder, "config.yaml")
            config.write_text(yaml.safe_dump(own | {"paths": paths}, allow_unicode=True), encoding="utf-8")
            command = ["-m", "extract", "--config", str(config), "build", "--sources", str(sources)]
            for name in found:
                before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
                _run(*command, "--tables", f"{folder}/tables")
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                found[name].append((time.perf_counter() - began, spent))
    return found


def help_imports() -> tuple[float, list[str]]:
    """Wall seconds of `--help`, and which heavy packages it loads."""
    began = time.perf_counter()
    _run("-m", "extract", "--help")
    wall = time.perf_counter() - began
    code = (
        "import sys\nfrom extract.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    return wall, _run("-c", code).rpartition("loaded:")[2].split()


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def page(sources: Path) -> str:
    """All figures as a page of Markdown."""
    found = {what: rounds_of(what, sources) for what in WHAT}
    first = found["pipeline"]
    size = float(str(first["megabytes"]))
    lines = [
        "# How fast extraction is",
        "",
        "Written by `make bench` (tests/bench/extraction.py). Processor seconds on one core unless said otherwise, the",
        f"least of {ROUNDS} rounds with the median in brackets. A round is a process that has loaded everything with a",
        "text of its own and reads these documents for the first time; `jieba.lcut` runs on the same text beside it.",
        "",
        f"{first['documents']} documents, {size:.3f} MB. {machine(PACKAGES)}",
        "",
        "| | seconds | × jieba.lcut | MB/s |",
        "|---|---|---|---|",
    ]
    for what, name in WHAT.items():
        if name:
            lines.append(_line(name, found[what]["times"], what, size))
    lines.append(_line("jieba.lcut", first["times"], "jieba", size))
    lines += [_line(f"– {stage}", found["stages"]["times"], stage, size) for stage in STAGES]
    lines += ["", "| by the command | seconds | processor seconds |", "|---|---|---|"]
    for name, took in builds(sources).items():
        wall, spent = zip(*took, strict=True)
        lines.append(f"| build, {name} | {_least(wall)} | {_least(spent)} |")
    wall, heavy = help_imports()
    lines += ["", f"`--help` takes {wall:.2f} s and loads of {', '.join(HEAVY)}: {', '.join(heavy) or 'none'}.", ""]
    return "\n".join(lines)


def _line(name: str, times: object, key: str, size: float) -> str:
    assert isinstance(times, dict)
    seconds, beside = times[key], times["jieba"]
    pairs = [a / b for a, b in zip(seconds, beside, strict=False)]
    ratio = f"{min(seconds) / min(beside):.2f} ({statistics.median(pairs):.2f})"
    return f"| {name} | {_least(seconds)} | {ratio} | {size / min(seconds):.2f} |"


def _least(values: Sequence[float]) -> str:
    return f"{min(values):.3f} ({statistics.median(values):.3f})"


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="the page is written here too")
    parser.add_argument("--sources", type=Path, default=Path(os.environ.get("PLAN_SOURCES", ROOT / "data" / "sources")))
    parser.add_argument("--round", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    sources = options.sources.resolve()
    if options.round:
        what, jieba_first = options.round
        if what == "alone":
            sys.modules["rjieba"] = None  # type: ignore[assignment]
        print(json.dumps(measured(what, sources, jieba_first == "1")))
        return 0
    if not any(path.is_file() and not path.name.startswith((".", "README")) for path in sources.glob("*")):
        print("extraction: no documents to measure with; name their folder with SOURCES=folder")
        return 0
    words = page(sources)
    print(words)
    if options.file:
        write(options.file, "extraction", words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
