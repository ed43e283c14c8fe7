"""`add`: what is copied, what is entered in config.yaml, and what is only reported because it is uncertain."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from extract import standby
from extract.__main__ import main
from extract.config import load_config

PLAN = """临江市红枫区国民经济和社会发展第十四个五年规划纲要
第一章 主要目标
到2025年，地区生产总值达到260亿元，新建公园7个。
"""


@pytest.fixture
def add(project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]):
    """Adds a file of this name and content; returns status, output and errors."""
    outside = tmp_path_factory.mktemp("outside")

    def command(name: str, data: bytes | str, *options: str) -> tuple[int, str, str]:
        (outside / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        status = main(["--config", str(project / "config.yaml"), "add", str(outside / name), *options])
        return status, *capsys.readouterr()

    return command


def sources(project: Path) -> set[str]:
    return {path.name for path in (project / "data" / "sources").iterdir()} - {"README.md", "plan.txt", "baima.txt"}


def test_a_plan_of_a_new_region_is_copied_entered_built_and_shown(add, project: Path) -> None:
    path = project / "config.yaml"
    path.write_text("# Ours.\n" + path.read_text("utf-8").replace("documents:", "# Known ones.\ndocuments:"), "utf-8")
    before = path.read_text("utf-8").splitlines()
    status, out, _ = add("计划 (1); rm.txt", PLAN)
    config = load_config(path)
    entry, region = config.documents[-1], config.regions[-1]
    assert status == 0 and "entered in config.yaml as 临江市红枫区-14fyp" in out
    assert (entry.id, entry.region, entry.plan, entry.period, entry.type) == (
        "临江市红枫区-14fyp",
        "临江市红枫区",
        "14fyp",
        (2021, 2025),
        "规划纲要",
    )
    assert (region.name, region.level, region.parent) == ("红枫区", "district", "linjiang")
    assert len({one.colour for one in config.regions}) == len(config.regions)
    assert sources(project) == {"临江市红枫区-14fyp.txt"}
    after = iter(path.read_text("utf-8").splitlines())
    assert all(line in after for line in before), "what was written there stays, in its order"
    assert "临江市红枫区-14fyp: 临江市红枫区国民经济和社会发展第十四个五年规划纲要" in out and "rows:" in out
    tables = (project / "data" / "tables" / "targets.csv").read_text("utf-8")
    assert "临江市红枫区-14fyp" in tables and "260" in tables


def test_a_document_that_is_known_gets_no_entry(add, project: Path) -> None:
    before = (project / "config.yaml").read_bytes()
    text = (project / "data" / "sources" / "plan.txt").read_text("utf-8")
    (project / "data" / "sources" / "plan.txt").unlink()
    _, out, _ = add("again.txt", text)
    assert "which config.yaml knows" in out and (project / "config.yaml").read_bytes() == before


def test_what_is_uncertain_is_said_and_not_entered(add, project: Path) -> None:
    before = (project / "config.yaml").read_bytes()
    status, out, _ = add("notes.txt", "一些笔记\n新建公园7个。\n")
    assert status == 1 and "its own title was not found" in out
    status, out, _ = add("plan-b.txt", PLAN.replace("临江市红枫区", ""))
    assert status == 1 and "say it with --region" in out
    assert (project / "config.yaml").read_bytes() == before and sources(project) == {"notes.txt", "plan-b.txt"}


def test_region_and_plan_may_be_said(add, project: Path) -> None:
    status, out, _ = add("b.txt", PLAN.replace("临江市红枫区", ""), "--region", "临江市红枫区", "--plan", "14fyp")
    assert "entered in config.yaml as 临江市红枫区-14fyp" in out and status == 0


def told(out: str) -> list[dict[str, object]]:
    """What was said to a program."""
    return [json.loads(line) for line in out.splitlines()]


def test_a_program_is_told_in_json_and_nothing_uncertain_is_added(add, project: Path) -> None:
    before = (project / "config.yaml").read_bytes()
    status, out, _ = add("notes.txt", "一些笔记\n新建公园7个。\n", "--json", "--sure")
    assert status == 1 and [one["asked"] for one in told(out)] == [["type", "region", "plan"]]
    status, out, _ = add("plan.txt", (project / "data/sources/plan.txt").read_text("utf-8"), "--json", "--sure")
    assert status == 1 and [one["twin"] for one in told(out)] == ["qingshi-14fyp"]
    status, out, _ = add("b.docx", b"no document", "--json", "--sure")
    assert status == 1 and [(one["file"], one["code"]) for one in told(out)] == [("b.docx", "damaged")]
    assert (project / "config.yaml").read_bytes() == before and not sources(project)
    said = ["--region=临江市红枫区", "--plan=gwr", "--type=政府工作报告", "--period=2023"]
    status, out, _ = add("notes.txt", "一些笔记\n新建公园7个。\n", "--json", "--sure", *said)
    assert status == 0 and [one.get("stage") for one in told(out)] == [None, "extracting", "comparing"]
    assert (told(out)[0]["doc_id"], told(out)[0]["period"]) == ("临江市红枫区-2023gwr", [2023, 2023])


def test_what_is_no_plan_is_asked_for_none_and_told_by_its_title(add, project: Path) -> None:
    for name, title in (("a", "白马县2023年绩效考评办法"), ("b", "白马县2023年旅游市场分析")):
        status, _, _ = add(f"{name}.txt", f"{title}\n新建公园7个。\n", "--sure")
        assert status == 0
    status, out, _ = add("c.txt", "白马县2023年绩效考评办法\n新建公园9个。\n", "--json", "--sure")
    assert told(out)[0]["twin"] == "白马县-2023other"
    status, out, _ = add("d.txt", "关于推进白马县商圈建设的指导意见\n新建公园7个。\n", "--json", "--sure")
    assert told(out)[0]["asked"] == ["period"]
    status, out, _ = add("e.txt", "白马县托育三年行动计划（2022—2024年）\n新建公园7个。\n", "--json", "--sure")
    assert told(out)[0]["asked"] == ["plan"]
    new = load_config(project / "config.yaml")
    assert [(one.id, one.plan, one.type) for one in new.documents[1:]] == [
        ("白马县-2023other", "other", "政策文件"),
        ("白马县-2023other-2", "other", "其他"),
    ]
    assert [plan.name_en for plan in new.plans if plan.id == "other"] == ["Other documents"]


def test_a_plan_and_the_recommendation_on_it_are_two_documents(add, project: Path) -> None:
    title = "中共临江市委关于制定临江市国民经济和社会发展第十五个五年规划的建议"
    for name, text in (("a", PLAN.replace("十四", "十五").replace("2025", "2030")), ("b", title + "\n新建公园7个。\n")):
        status, _, _ = add(f"{name}.txt", text.replace("临江市红枫区", "临江市"), "--sure")
        assert status == 0
    new = load_config(project / "config.yaml").documents[1:]
    assert [(one.id, one.type) for one in new] == [("linjiang-15fyp", "规划纲要"), ("linjiang-15fyp-2", "规划建议")]
    status, out, _ = add(
        "c.txt", f"{title}\n新建公园8个，按期完成。\n".replace("中共", "中国共产党"), "--json", "--sure"
    )
    assert told(out)[0]["twin"] == "linjiang-15fyp-2" and status == 1


def test_reports_headed_by_their_kind_alone_are_told_apart(add, project: Path) -> None:
    text = "政府工作报告\n——20{}年1月9日在{}第八届人民代表大会第三次会议上\n各位代表：\n新建公园3个。\n"
    for name, year, region in (("a", 23, "白马县"), ("b", 24, "白马县"), ("c", 23, "黑石县")):
        status, out, _ = add(f"{name}.txt", text.format(year, region), "--sure")
        assert status == 0 and f"as {region}-20{year}gwr" in out
    assert {one.id for one in load_config(project / "config.yaml").documents} >= {"白马县-2024gwr", "黑石县-2023gwr"}


def test_the_facts_of_others_stay_without_their_files(add, project: Path) -> None:
    path = project / "config.yaml"
    assert main(["--config", str(path), "build"]) == 0
    for file in (project / "data" / "sources").glob("*.txt"):
        file.unlink()
    status, _, error = add("new.txt", PLAN)
    tables = project / "data" / "tables"
    documents = (tables / "documents.csv").read_text("utf-8")
    assert status == 0 and "bring its file" not in error
    assert all(doc_id in documents for doc_id in ("qingshi-14fyp", "baima", "临江市红枫区-14fyp"))


REPORT = """政府工作报告
2019年3月2日在红枫县第十六届人民代表大会第四次会议上
各位代表：
一、2018年工作回顾
2018年，全县地区生产总值完成46.1亿元。
"""


def test_a_report_whose_title_says_nothing_does_not_stand_for_others(add, project: Path) -> None:
    for place in ("红枫县", "白桦县"):
        status, out, _ = add("工作报告.txt", REPORT.replace("红枫县", place))
        assert status == 0 and f"entered in config.yaml as {place}-2019gwr" in out
    entries = load_config(project / "config.yaml").documents[-2:]
    assert [entry.recognise for entry in entries] == [
        f"政府工作报告.{{0,60}}2019年3月2日在{place}第十六届" for place in ("红枫县", "白桦县")
    ]


def test_a_report_without_title_or_place_is_known_by_its_file_alone(add, project: Path) -> None:
    text = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n工作回顾\n去年地区生产总值增长{}%。\n"
    for growth, year in ((4, "2025"), (5, "2026")):
        name = f"{growth}.txt"
        assert "say it with --region" in add(name, text.format(growth))[1]
        (project / "data" / "sources" / name).unlink()
        assert "say it with --period" in add(name, text.format(growth), "--region", "红枫市")[1]
        (project / "data" / "sources" / name).unlink()
        status, out, _ = add(name, text.format(growth), "--region", "红枫市", "--period", year)
        assert status == 0 and f"entered in config.yaml as 红枫市-{year}gwr" in out
    assert {entry.recognise for entry in load_config(project / "config.yaml").documents[-2:]} == {"(?!)"}


def test_a_known_document_in_another_format_is_not_put_beside_it(add, project: Path) -> None:
    assert add("a.txt", PLAN)[0] == 0
    status, _, error = add("a.md", PLAN + "新建公园8个。\n")
    assert status == 1 and "临江市红枫区-14fyp.txt is among the sources" in error
    assert sources(project) == {"临江市红枫区-14fyp.txt"}


@pytest.mark.parametrize("years", ["明年", "2021-", "1021-2025", "2021-25"])
def test_years_that_are_none_are_refused(years: str, add, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        add("b.txt", PLAN, "--period", years)
    assert ended.value.code == 2 and "is no year or years" in capsys.readouterr().err


@pytest.mark.parametrize("option", [("--region", "夏天"), ("--plan", "第一本书"), ("--type", "书")])
def test_a_region_or_plan_that_is_none_is_refused(option: tuple[str, str], add, project: Path) -> None:
    before = (project / "config.yaml").read_bytes()
    status, _, error = add("b.txt", PLAN, *option)
    assert status == 2 and f"'{option[1]}' is no" in error and error.count("\n") == 1
    assert (project / "config.yaml").read_bytes() == before and not sources(project)


def test_a_file_that_cannot_be_read_changes_nothing(add, project: Path) -> None:
    before = (project / "config.yaml").read_bytes()
    status, _, error = add("b.docx", b"no document")
    assert status == 1 and error.startswith("b.docx: is damaged") and error.count("\n") == 1
    assert (project / "config.yaml").read_bytes() == before and not sources(project)


def test_the_documents_of_an_archive_are_added_one_by_one(add, project: Path) -> None:
    word, out = BytesIO(), BytesIO()
    document = docx.Document()
    for line in PLAN.splitlines():
        document.add_paragraph(line)
    document.save(word)
    with ZipFile(out, "w") as made:
        made.writestr("../../a.docx", word.getvalue())
        made.writestr("b.txt", PLAN.replace("十四", "十三").replace("2025", "2020"))
    status, told, _ = add("plans.zip", out.getvalue())
    assert status == 0 and told.count("entered in config.yaml") == 2
    assert sources(project) == {"临江市红枫区-14fyp.docx", "临江市红枫区-13fyp.txt"}
    assert [plan.name for plan in load_config(project / "config.yaml").plans][-1] == "“十三五”规划"


def test_years_of_its_own_stay_those_of_a_document(add, project: Path) -> None:
    title = "白马县托育服务三年行动计划（2022—2024年）"
    assert add("a.txt", f"{title}\n新建托育园8所。\n", "--plan", "14fyp")[0] == 0
    entry = load_config(project / "config.yaml").documents[-1]
    assert (entry.type, entry.region, entry.period) == ("专项规划", "白马县", (2022, 2024))


def test_a_report_of_the_whole_country_is_entered(add, project: Path) -> None:
    text = "政府工作报告\n2024年3月5日在第十四届全国人民代表大会第二次会议上\n城镇新增就业1200万人以上。\n"
    assert add("a.txt", text)[0] == 0
    config = load_config(project / "config.yaml")
    assert (config.documents[-1].region, config.regions[-1].level) == ("全国", "nation")


def test_a_process_that_waits_rehearses_takes_one_order_and_leaves_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def command(arguments: Sequence[str]) -> int:
        done.append(main(arguments))
        return done[-1]

    monkeypatch.setattr(tempfile, "tempdir", str(project))
    before = sorted(project.rglob("*"))
    standby._rehearse(command)
    assert done == [0] and sorted(project.rglob("*")) == before and capsys.readouterr() == ("", "")


def test_facts_of_others_that_cannot_be_read_are_not_lost(add, project: Path) -> None:
    assert add("first.txt", PLAN)[0] == 0
    table = project / "data" / "tables" / "sections.csv"
    table.write_text(table.read_text("utf-8").replace("heading", "head", 1), "utf-8")
    before = {path: path.read_bytes() for path in table.parent.iterdir()}
    for path in (project / "data" / "sources").glob("*.txt"):
        path.unlink()
    status, _, said = add("second.txt", PLAN.replace("红枫", "白桦"))
    assert status == 1 and "sections.csv" in said
    assert {path: path.read_bytes() for path in table.parent.iterdir()} == before
