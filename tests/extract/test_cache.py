"""What was found before is not found again, and never stands for something else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import docx
import pytest

from extract import build as building
from extract import cache as caching
from extract import remembered, rule_version, sources
from extract.__main__ import main
from extract.cache import DAY, Cache
from extract.config import Config, load_config
from extract.reading import SourceError


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", "1")


@pytest.fixture
def config(project: Path) -> Config:
    return load_config(project / "config.yaml")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were extracted, as they are."""
    seen: list[str] = []
    real = remembered.process

    def process(task: remembered.Task) -> remembered.Outcome:
        seen.append(task.file.own_name)
        return real(task)

    monkeypatch.setattr(building, "process", process)
    return seen


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_ino) for path in folder.iterdir()}


def run(config: Config, cache: Cache, **more: object) -> building.BuildResult:
    return building.build(config, [config.paths.sources], config.paths.tables, cache=cache, **more)


# The folder of entries.


def test_what_is_put_is_got_under_its_key_only(cache: Cache) -> None:
    key = cache.key("a", b"b")
    cache.put("kind", key, {"x": [0.1, None, "字"]})
    assert cache.get("kind", key) == {"x": [0.1, None, "字"]} and cache.get("other", key) is None
    others = {cache.key("ab"), cache.key("a", "b"), cache.key(b"a", b"b"), Cache(cache.folder, "2").key("a", b"b")}
    assert len(others) == 4 and key not in others


@pytest.mark.parametrize("damage", [b"", b"no entry", None])
def test_a_damaged_entry_is_none_and_goes(damage: bytes | None, cache: Cache) -> None:
    cache.put("kind", "key", list(range(1000)))
    path = next(cache.folder.glob("kind/*"))
    path.write_bytes(path.read_bytes()[:-9] if damage is None else damage)
    assert cache.get("kind", "key") is None and not path.exists()


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file" / "cache", None):
        with caching.opened(place) as cache:
            cache.put("kind", "key", 1)
            assert cache.get("kind", "key") == 1
        assert not cache.folder.exists()
    broken = Cache(tmp_path / "file" / "cache", "1")
    broken.put("kind", "key", 1)
    assert broken.get("kind", "key") is None
    broken.prune()


def test_what_was_used_last_stays_when_there_is_too_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "1", most_bytes=4_000)
    now = time.time()
    for age in range(8):
        cache.put("kind", str(age), os.urandom(600).hex())
        os.utime(tmp_path / "kind" / f"{age}.z", (now - age * DAY, now - age * DAY))
    (tmp_path / "kind" / "9.z.half.part").write_bytes(b"x")
    os.utime(tmp_path / "kind" / "9.z.half.part", (now - 2 * DAY, now - 2 * DAY))
    for age in (7, 6):
        assert cache.get("kind", str(age))
    cache.prune()
    left = {path.stem for path in tmp_path.glob("kind/*")}
    assert {"0", "6", "7"} <= left < set("01234567")
    assert sum(path.stat().st_size for path in tmp_path.glob("kind/*")) <= 3_000


def test_the_rules_have_another_version_when_a_file_of_them_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "units.yaml").write_text("a: 1")
    monkeypatch.setattr(rule_version, "HERE", tmp_path)
    versions = [rule_version.rule_version.__wrapped__()]
    (tmp_path / "lexicon" / "units.yaml").write_text("a: 2")
    versions.append(rule_version.rule_version.__wrapped__())
    (tmp_path / "units.py").write_text("a: 2")
    versions.append(rule_version.rule_version.__wrapped__())
    monkeypatch.setattr(rule_version, "version", lambda name: "9" if name == "jieba" else "1")
    versions.append(rule_version.rule_version.__wrapped__())
    assert len(set(versions)) == 4


def test_what_a_killed_run_left_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(caching, "_runs", lambda process: process == 2)
    old, running, new = (tmp_path / f"plan-cache-{number}-x" for number in (1, 2, 3))
    for folder in (old, running, new):
        (folder / "documents").mkdir(parents=True)
    for folder in (old, running):
        os.utime(folder, (time.time() - DAY, time.time() - DAY))
    with caching.opened(None):
        assert not old.exists() and running.exists() and new.exists()


# Builds.


def test_a_refusal_is_remembered(config: Config, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = config.paths.sources / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 no document")
    file, known = sources.File(bad), remembered.known(config, cache)
    with pytest.raises(SourceError) as first:
        remembered.found(file, config, cache, known)
    monkeypatch.setattr(remembered, "read", lambda *_: pytest.fail("looked at anew"))
    with pytest.raises(SourceError) as second:
        remembered.found(file, config, cache, known)
    assert (str(second.value), second.value.code) == (str(first.value), first.value.code)


def test_a_refusal_for_want_of_time_is_not_remembered(
    config: Config, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, known = sources.File(next(config.paths.sources.glob("plan*"))), remembered.known(config, cache)

    def slow(*_: object) -> None:
        raise SourceError("takes too long", "too_slow")

    with monkeypatch.context() as patched, pytest.raises(SourceError):
        patched.setattr(remembered, "read", slow)
        remembered.found(file, config, cache, known)
    assert remembered.found(file, config, cache, known).recognised.document.known


def test_an_unchanged_build_does_nothing_and_tells_the_same(config: Config, cache: Cache, work: list[str]) -> None:
    first = run(config, cache)
    before = snapshot(config.paths.tables)
    assert run(config, cache) == first and len(work) == 2
    assert snapshot(config.paths.tables) == before
    assert run(config, Cache(cache.folder, "2")) == first and len(work) == 4
    assert snapshot(config.paths.tables) == before, "equal tables are not written again"


def test_only_what_changed_is_extracted(config: Config, cache: Cache, work: list[str]) -> None:
    run(config, cache)
    path = config.paths.sources / "baima.txt"
    text = path.read_text("utf-8")
    path.write_text(text.replace("3个", "4个"), "utf-8")
    run(config, cache)
    assert work == ["baima.txt", "plan.txt", "baima.txt"]
    changed = snapshot(config.paths.tables)
    run(config, Cache(cache.folder / "new", "1"))
    assert snapshot(config.paths.tables) == changed, "what the cache gives is what the documents give"
    path.write_text(text, "utf-8")
    run(config, cache)
    assert work[3:] == ["baima.txt", "plan.txt"] and snapshot(config.paths.tables) != changed


def test_tables_that_are_not_those_of_the_build_are_made_again(config: Config, cache: Cache, work: list[str]) -> None:
    run(config, cache)
    whole = {name: data for name, (data, _) in snapshot(config.paths.tables).items()}
    (config.paths.tables / "targets.csv").write_text("doc_id\n")
    (config.paths.tables / "texts.parquet").unlink()
    run(config, cache)
    assert {name: data for name, (data, _) in snapshot(config.paths.tables).items()} == whole and len(work) == 2


def test_a_correction_and_a_region_that_changes_are_not_overlooked(
    config: Config, cache: Cache, work: list[str]
) -> None:
    run(config, cache)
    config.paths.corrections.write_text(
        "corrections: [{doc: baima, line: 8, action: drop, find: {value: 3}, reason: 因}]", "utf-8"
    )
    assert run(config, cache).counts.corrections == 1 and work[2:] == ["baima.txt"]
    assert run(config, cache, corrected=False).counts.corrections == 0 and len(work) == 3
    regions = [one.model_copy(update={"level": "county"}) for one in config.regions]
    run(config.model_copy(update={"regions": tuple(regions)}), cache)
    assert work[3:] == ["plan.txt"], "the other region is none of config.yaml"


def test_a_damaged_entry_is_made_again(config: Config, cache: Cache, work: list[str]) -> None:
    run(config, cache)
    whole = snapshot(config.paths.tables)
    for path in cache.folder.glob("*/*"):
        path.write_bytes(path.read_bytes()[:20])
    run(config, cache)
    assert len(work) == 4 and snapshot(config.paths.tables) == whole


def test_add_reads_a_laborious_file_once(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    real = sources.LAID_OUT[".docx"]

    def read(data: bytes, file: str) -> object:
        reads.append(file)
        return real(data, file)

    monkeypatch.setitem(sources.LAID_OUT, ".docx", read)
    document = docx.Document()
    for line in ("临江市红枫区国民经济和社会发展第十四个五年规划纲要", "到2025年，新建公园7个。"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "b.docx"))
    extracted: list[str] = []
    process = remembered.process
    for module in (building, remembered):
        monkeypatch.setattr(module, "process", lambda task: extracted.append(task.file.own_name) or process(task))
    for options in ((), ("--no-cache",)):
        assert main(["--config", str(project / "config.yaml"), "add", str(tmp_path / "b.docx"), *options]) == 0
        assert len(reads) == 1 and extracted.count("临江市红枫区-14fyp.docx") == 1
        reads.clear()
        extracted.clear()
    assert main(["--config", str(project / "config.yaml"), "add", str(tmp_path / "b.docx")]) == 0
    assert not reads and not extracted
