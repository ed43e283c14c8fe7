"""One document through all stages, and many documents into the tables: what goes wrong stays with its document."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extract import build as building
from extract import tables
from extract.build import BuildResult, Outcome, Task, process
from extract.cache import Cache
from extract.config import Config, load_config
from extract.intake import NothingToRead
from extract.markup import unmark
from extract.model import Source
from extract.pipeline import extract_document
from extract.processes import Local
from extract.recognition import recognise
from extract.schema import Tables
from extract.sources import File
from extract.table_check import check

Make = Callable[..., BuildResult]


@pytest.fixture
def config(project: Path) -> Config:
    return load_config(project / "config.yaml")


@pytest.fixture
def build(config: Config) -> Make:
    def make(**more: object) -> BuildResult:
        return building.build(config, [config.paths.sources], config.paths.tables, **more)

    return make


def rows(config: Config) -> Tables:
    return tables.read(config.paths.tables)


def ids(config: Config, table: str = "documents") -> set[object]:
    return {row["doc_id"] for row in rows(config)[table]}


def codes(result: BuildResult) -> dict[str, str]:
    return {issue.code: issue.severity for issue in result.issues}


# One document.


def test_a_document_goes_through_all_stages(config: Config) -> None:
    lines = (
        "白马县政府工作报告",
        "2023年，生产总值增长6%以上。",
        "| 指标 | 2025 |",
        "|---|---|",
        "| 公园 | 3个 |",
        "注：<b>9</b>",
    )
    source = Source("x", "1", lines, "md")
    found = extract_document(source, recognise(source, unmark(source), config))
    assert [t.value for t in found.targets if "生产总值" in t.indicator] == [6.0]
    fates = {(n.line, n.text): n.fate for n in found.numbers}
    assert fates[(2, "6")] == "target" and fates[(2, "2023")] == "excluded"
    assert (6, "9") in fates
    assert found.document.region_id == "白马县" and found.sections[0].level == 0


@pytest.mark.parametrize(
    "title",
    [
        "白马县2023年统计公报",
        "上半年白马县经济形势通报及运行分析",
        "白马县前三季度经济运行",
        "白马县乡村旅游情况分析",
        "白马县安全生产情况通报",
        "白马县情概况",
        "白马县基本概况",
        "白马县水利工作总结",
        "白马县民生实事完成情况",
    ],
)
def test_a_document_that_reports_tells_what_has_been_reached(title: str, config: Config) -> None:
    source = Source(title, "1", ("白马县果园面积3.2万亩，果品产量5万吨。",), "txt")
    found = extract_document(source, recognise(source, unmark(source), config))
    assert {target.kind for target in found.targets} == {"baseline"}
    plain = replace(source, stem="白马县果业发展意见")
    assert {t.kind for t in extract_document(plain, recognise(plain, unmark(plain), config)).targets} == {"target"}


def test_a_document_of_another_kind_and_one_year_reports_of_it(config: Config) -> None:
    source = Source("x", "1", ("2023年，白马县果园面积3.2万亩，比上年扩大。", "2024年，力争果园面积达到4万亩。"), "txt")
    found = recognise(source, unmark(source), config)
    document = replace(found.document, doc_type="其他", period_start=2023, period_end=2023)
    targets = extract_document(source, found._replace(document=document)).targets
    assert [(t.value, t.kind, t.year) for t in targets] == [(3.2, "baseline", 2023), (4.0, "target", 2024)]


def test_a_multiplier_alone_is_money_only_of_an_indicator_of_money(config: Config) -> None:
    source = Source("x", "1", ("到2025年，城镇新增就业24万，研发投入达到30亿。",), "txt")
    targets = extract_document(source, recognise(source, unmark(source), config)).targets
    assert [(t.value_std, t.unit_std) for t in targets] == [(240_000.0, ""), (3e9, "元")]


def test_words_of_the_evidence_are_those_of_the_text(config: Config, build: Make) -> None:
    build()
    found = rows(config)
    texts = {row["passage_id"]: str(row["text"]) for row in found["texts"]}
    assert len(found["evidence"]) == len(found["targets"]) > 0
    values = {row["target_id"]: row["value"] for row in found["targets"]}
    for row in found["evidence"]:
        text = texts[row["passage_id"]]
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["start"] <= row["value_start"] < row["value_end"] <= row["end"]
        assert tables.printed(values[row["target_id"]]) in text[row["value_start"] : row["value_end"]]


# Many documents.


def test_the_tables_of_a_build_hold(config: Config, build: Make) -> None:
    result = build()
    assert (result.counts.documents, result.kept, result.failed) == (2, 0, False)
    assert ids(config) == {"qingshi-14fyp", "baima"} and result.counts.targets == len(rows(config)["targets"])
    assert check(config.paths.tables, config) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_two_builds_give_the_same_bytes(jobs: int, config: Config, build: Make, tmp_path: Path) -> None:
    build()
    first = {path.name: path.read_bytes() for path in config.paths.tables.iterdir()}
    shutil.rmtree(config.paths.tables)
    build(engine=Local(jobs))
    assert {path.name: path.read_bytes() for path in config.paths.tables.iterdir()} == first


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.txt", b"", "unreadable"),
        ("x.txt", b"\x00\x01\xff" * 99, "unreadable"),
        ("x.pdf", b"%PDF", "unreadable"),
        ("x.txt", "白马县政府工作报告\n增长5%".encode()[:-4], "damaged"),
        ("x.json", b"{}", "ignored"),
    ],
)
def test_a_bad_file_gives_an_issue_and_the_others_are_written(
    name: str, data: bytes, code: str, config: Config, build: Make
) -> None:
    (config.paths.sources / name).write_bytes(data)
    result = build()
    assert {"qingshi-14fyp", "baima"} <= ids(config)
    issue = next(issue for issue in result.issues if issue.code == code)
    assert issue.message.startswith(name) and "\n" not in issue.message
    assert {"code": code, "severity": issue.severity} in [
        {"code": row["code"], "severity": row["severity"]} for row in rows(config)["issues"]
    ]
    assert result.failed is (code != "ignored")
    if code == "damaged":
        assert {row["doc_id"]: row["status"] for row in rows(config)["documents"]}["x"] == "damaged"


def test_a_file_that_is_not_there_gives_an_issue(config: Config) -> None:
    result = building.build(config, [config.paths.sources, config.paths.sources / "gone.txt"], config.paths.tables)
    assert result.failed and result.counts.documents == 2
    assert [issue.doc_id for issue in result.issues if issue.code == "unreadable"] == ["gone"]


def test_without_documents_nothing_is_written(config: Config, build: Make) -> None:
    build()
    before = {path.name: path.stat().st_mtime_ns for path in config.paths.tables.iterdir()}
    for path in config.paths.sources.glob("*.txt"):
        path.unlink()
    with pytest.raises(NothingToRead, match=r"put them there .* --sources"):
        build()
    assert {path.name: path.stat().st_mtime_ns for path in config.paths.tables.iterdir()} == before


def test_the_same_document_twice_is_read_once(config: Config, build: Make) -> None:
    text = (config.paths.sources / "plan.txt").read_text(encoding="utf-8")
    (config.paths.sources / "copy.txt").write_text(text, encoding="utf-8")
    assert codes(build())["same_file"] == "info"
    (config.paths.sources / "copy.txt").write_text(text + "又一行。\n", encoding="utf-8")
    result = build()
    assert codes(result)["same_document"] == "error" and result.counts.documents == 2


def test_unknown_documents_of_one_name_get_ids_of_their_own(config: Config, build: Make) -> None:
    for i, folder in enumerate("ab"):
        (config.paths.sources / folder).mkdir()
        (config.paths.sources / folder / "report.txt").write_text(f"远山{folder}：{i}年后", encoding="utf-8")
    (config.paths.sources / "qingshi-14fyp.txt").write_text("不是那份文件。", encoding="utf-8")
    build()
    named = sorted(str(doc_id) for doc_id in ids(config))
    assert len(named) == 5 and named[:2] == ["baima", "qingshi-14fyp"]
    assert named[2].startswith("qingshi-14fyp-") and named[3] == "report" and named[4].startswith("report-")


def test_two_unknown_files_that_look_like_one_document_are_told(config: Config, build: Make) -> None:
    text = (config.paths.sources / "baima.txt").read_text(encoding="utf-8")
    (config.paths.sources / "baima2.txt").write_text(text + "完。\n", encoding="utf-8")
    assert codes(build())["looks_the_same"] == "warning"


def test_a_file_with_a_name_that_is_no_text_does_no_harm(config: Config, build: Make) -> None:
    for name in (b"\xff\xfe.txt", b"\xff.pdf"):
        with open(os.path.join(os.fsencode(config.paths.sources), name), "wb") as file:
            file.write("白马乡的目标".encode())
    result = build()
    assert result.counts.documents == 3 and codes(result)["unreadable"] == "error"


# Known documents that are not there.


def test_a_known_document_that_is_gone_keeps_its_facts(config: Config, build: Make) -> None:
    build()
    before = [row for row in rows(config)["targets"] if row["doc_id"] == "qingshi-14fyp"]
    emphasis = rows(config)["emphasis"]
    (config.paths.sources / "plan.txt").unlink()
    for _ in range(2):
        result = build()
        assert (result.counts.documents, result.kept, result.failed) == (1, 1, False)
        after = rows(config)
        assert [row for row in after["targets"] if row["doc_id"] == "qingshi-14fyp"] == before
        assert {row["doc_id"]: row["status"] for row in after["documents"]} == {"qingshi-14fyp": "kept", "baima": "ok"}
        assert [row["code"] for row in after["issues"] if row["doc_id"] == "qingshi-14fyp"].count("kept") == 1
        assert check(config.paths.tables, config) == []
        assert {(row["doc_id"], row["against"]) for row in emphasis} == {("baima", "qingshi-14fyp")}
        assert after["emphasis"] == emphasis
        assert any(row["passage_id"] == before[0]["passage_id"] for row in after["texts"])


def test_an_unknown_document_that_is_gone_is_gone(config: Config, build: Make) -> None:
    build()
    (config.paths.sources / "baima.txt").unlink()
    build()
    assert ids(config) == ids(config, "targets") == {"qingshi-14fyp"}


def second(config: Config) -> Config:
    """The configuration with a second known document."""
    other = config.documents[0].model_copy(
        update={"id": "linjiang-14fyp", "region": "linjiang", "recognise": "临江市国民经济"}
    )
    return config.model_copy(update={"documents": (*config.documents, other)})


def test_a_known_document_missing_beside_others_is_an_error(config: Config) -> None:
    result = building.build(second(config), [config.paths.sources], config.paths.tables)
    missing = [issue for issue in result.issues if issue.code == "missing"]
    assert result.failed and result.counts.documents == 2
    assert [(issue.doc_id, issue.severity) for issue in missing] == [("linjiang-14fyp", "error")]


def test_an_empty_file_of_a_known_document_is_told_once_and_its_facts_are_kept(config: Config, build: Make) -> None:
    build()
    (config.paths.sources / "plan.txt").unlink()
    (config.paths.sources / "qingshi-14fyp.txt").write_bytes(b"")
    result = build()
    assert [i.code for i in result.issues if i.doc_id == "qingshi-14fyp" and i.severity == "error"] == ["unreadable"]
    assert result.kept == 1


def test_a_file_cut_short_does_not_take_the_place_of_the_whole_document(config: Config, build: Make) -> None:
    build()
    before = [row for row in rows(config)["targets"] if row["doc_id"] == "qingshi-14fyp"]
    plan = config.paths.sources / "plan.txt"
    whole = plan.read_text(encoding="utf-8")
    plan.write_text(whole[: whole.index("第二章")], encoding="utf-8")
    result = build()
    assert codes(result)["shrunk"] == "error" and result.kept == 1
    assert [row for row in rows(config)["targets"] if row["doc_id"] == "qingshi-14fyp"] == before
    plan.write_text(whole, encoding="utf-8")
    assert "shrunk" not in codes(build())


def test_tables_of_an_older_schema_are_replaced(config: Config, build: Make) -> None:
    build()
    (config.paths.tables / "targets.csv").write_text("doc_id,old\n", encoding="utf-8")
    (config.paths.sources / "plan.txt").unlink()
    assert build().kept == 0
    assert ids(config) == {"baima"}


# What goes wrong inside.


def failing(task: Task) -> Outcome:
    return process(replace(task, corrections=(None,)) if task.file.stem == "plan" else task)


def vanished(task: Task) -> Outcome:
    gone = File(task.file.path.with_name("gone.txt"))
    return process(replace(task, file=gone) if task.file.stem == "plan" else task)


def dying(task: Task) -> Outcome:
    if task.file.stem == "plan":
        os.kill(os.getpid(), signal.SIGKILL)
    return process(task)


def test_a_document_that_fails_does_not_stop_the_others(config: Config, build: Make) -> None:
    result = build(work=failing)
    assert codes(result)["failed"] == "error" and ids(config) == {"baima"}
    assert "corrections.py, line" in next(issue.message for issue in result.issues if issue.code == "failed")


def test_a_file_that_is_gone_when_it_is_to_be_extracted_is_told_in_a_sentence(config: Config, build: Make) -> None:
    result = build(work=vanished)
    message = next(issue.message for issue in result.issues if issue.code == "failed")
    assert message.startswith("gone.txt: there is no such file") and ids(config) == {"baima"}


def test_a_process_that_dies_takes_only_its_document_along(config: Config, build: Make) -> None:
    result = build(work=dying, engine=Local(2))
    assert "died, twice" in next(issue.message for issue in result.issues if issue.code == "failed")
    assert ids(config) == {"baima"}


class Far:
    """An engine like a cluster: what it is given goes through a pickle, and nothing of this machine is to be in it."""

    far = True

    def __init__(self) -> None:
        self.given: list[Task] = []

    def run(
        self, work: Callable[[Task], Outcome], items: Sequence[Task], died: Callable[[Task], Outcome]
    ) -> Iterator[Outcome]:
        for item in items:
            self.given.append(pickle.loads(pickle.dumps(item)))
            yield work(self.given[-1])


def test_a_cluster_gets_no_cache_and_fills_that_of_this_machine(config: Config, build: Make, tmp_path: Path) -> None:
    build()
    first = {path.name: path.read_bytes() for path in config.paths.tables.iterdir()}
    for sent in (2, 0):
        shutil.rmtree(config.paths.tables)
        engine, cache = Far(), Cache(tmp_path / "cache", "1")
        build(engine=engine, cache=cache)
        assert len(engine.given) == sent and not any(task.cache for task in engine.given)
        assert {path.name: path.read_bytes() for path in config.paths.tables.iterdir()} == first


def test_corrections_reach_the_tables_and_dead_ones_fail(config: Config, build: Make) -> None:
    entry = "{doc: baima, line: %d, action: drop, find: {value: 3}, reason: 因}"
    config.paths.corrections.write_text(f"corrections: [{entry % 8}]", encoding="utf-8")
    result = build()
    assert (result.counts.corrections, result.failed) == (1, False)
    assert not [row for row in rows(config)["targets"] if row["doc_id"] == "baima" and row["value"] == 3]
    assert [row["fate"] for row in rows(config)["numbers"] if row["rule"] == "correction"] == ["excluded"]
    assert build(corrected=False).counts.corrections == 0
    config.paths.corrections.write_text(f"corrections: [{entry % 7}]", encoding="utf-8")
    assert codes(build())["correction"] == "error"


# The real documents.


def test_the_real_documents_give_the_committed_tables(plan_sources: Path, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    config = load_config(root / "config.yaml")
    result = building.build(config, [plan_sources], tmp_path / "tables")
    assert not result.failed and result.counts.documents == 5
    assert check(tmp_path / "tables", config) == []
    for path in sorted((tmp_path / "tables").glob("*.csv")):
        committed = config.paths.tables / path.name
        assert committed.read_bytes() == path.read_bytes(), (
            f"{path.name} is not what the documents give; run `make build`"
        )
