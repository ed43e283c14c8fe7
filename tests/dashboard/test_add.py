"""Documents that visitors bring: limits of their processes, their folders, the page, and that nobody else sees them."""

from __future__ import annotations

import fcntl
import functools
import gc
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
import yaml
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.testing.v1 import AppTest

import add_found
import data_io
import derived
import doubts
import memory
import settings
import view
import wording
from extract.__main__ import main
from tests.conftest import QINGSHI_PLAN, configuration
from tests.serving import APP, CHROMIUM, FLAGS, serving
from uploads import folders, limited, names, standby
from uploads.answers import Answers, Told
from uploads.jobs import AT_ONCE, Job
from uploads.limited import Ended, Limits, Process, started
from uploads.workspace import Workspace

PAGES = sorted(path.stem for path in APP.with_name("app_pages").glob("*.py"))
PLAN = """临江市红枫区国民经济和社会发展第十四个五年规划纲要
第一章 主要目标
到2025年，地区生产总值达到260亿元，年均增长7%左右，新建公园7个。
人均公共绿地面积比上年增加二成，养老床位达到900张。
第三章 保障措施
各部门分工负责，按年检查。
"""
REPORT = """政府工作报告
各位代表：
全年新建口袋公园5个，地区生产总值增长6%左右。
"""


def run(code: str, folder: Path, **limits: float) -> tuple[Ended, list[str]]:
    said: list[str] = []
    within = Limits(**limits)
    ended = Process(lambda: started([sys.executable, "-c", code], folder, within), within.seconds).run(said.append)
    return ended, said


# Processes and their limits


def test_a_process_that_sleeps_is_ended_with_what_it_has_started(tmp_path: Path) -> None:
    code = "import subprocess; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"
    began = time.monotonic()
    ended, said = run(code, tmp_path, seconds=1.5)
    assert ended.why == "too_slow" and time.monotonic() - began < 20
    for _ in range(100):
        with suppress(ProcessLookupError):
            os.kill(int(said[0]), 0)
            if Path(f"/proc/{int(said[0])}/stat").read_text().split()[2] != "Z":
                time.sleep(0.05)
                continue
        break
    else:
        os.kill(int(said[0]), signal.SIGKILL)
        pytest.fail("what the process had started lives on")


@pytest.mark.parametrize(
    ("code", "limits", "why"),
    [
        ("bytearray(10**9)", {"memory": 300_000_000}, "too_much_memory"),
        ("import os; os.abort()", {}, "too_much_memory"),
        ("while True: pass", {"cpu": 1}, "too_slow"),
    ],
)
def test_a_process_that_takes_too_much_is_ended(code: str, limits: dict[str, int], why: str, tmp_path: Path) -> None:
    assert run(code, tmp_path, **limits)[0].why == why


def test_a_process_writes_no_large_file_and_gets_nothing_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_SECRET", "word")
    code = "import os; print(os.getcwd(), 'PLAN_SECRET' in os.environ, flush=True); open('f', 'wb').write(b'x' * 10**7)"
    ended, said = run(code, tmp_path, file_size=10**6)
    assert said == [f"{tmp_path} False\n"] and ended.status and "too large" in ended.error
    assert (tmp_path / "f").stat().st_size <= 10**6


def test_a_process_that_is_stopped_before_it_runs_never_does(tmp_path: Path) -> None:
    process = Process(lambda: started([sys.executable, "-c", "open('f', 'w')"], tmp_path, Limits()), 60)
    process.stop()
    assert process.run(print).why == limited.STOPPED and not list(tmp_path.iterdir())


def test_few_run_at_once_and_the_others_know_how_many_come_before_them() -> None:
    running, most, go = [0], [0], threading.Event()

    def work(_: Job) -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        go.wait(30)
        running[0] -= 1

    line = [Job(str(number), work) for number in range(AT_ONCE + 2)]
    threads = [threading.Thread(target=job.run, daemon=True) for job in line]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    assert [job.ahead for job in line] == [0] * AT_ONCE + [AT_ONCE, AT_ONCE + 1]
    line[-1].stop()
    go.set()
    for thread in threads:
        thread.join(30)
    assert most[0] == AT_ONCE and all(job.done for job in line) and line[-1].stage == "waiting"


# Names and folders


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("规划 (终稿).TXT", "规划(终稿).txt"),
        ("../../etc/passwd", "passwd.unknown"),
        ("..\\..\\a.docx", "a.docx"),
        ("a\u202etxt.exe\x00.pdf", "atxt.exe.pdf"),
        (".hidden.txt", "hidden.txt"),
        ("con.txt", "_con.txt"),
        ("", "_.unknown"),
        ("长" * 300 + ".md", "长" * 40 + ".md"),
    ],
)
def test_names_from_a_browser_are_made_safe(name: str, safe: str) -> None:
    assert names.safe(name) == safe


def test_what_dead_servers_left_is_cleared_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead, alive, other = (tmp_path / name for name in (f"{folders.PREFIX}a", f"{folders.PREFIX}b", "other"))
    for folder in (dead, alive, other):
        (folder / "documents").mkdir(parents=True)
    handle = os.open(alive, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    folders.clear()
    os.close(handle)
    assert not dead.exists() and alive.exists() and other.exists()


def test_two_visitors_may_be_the_first_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for made in (folders._server, folders._home):
        monkeypatch.setattr(folders, made.__name__, functools.cache(made.__wrapped__))
    start = threading.Barrier(8)

    def home(_: int) -> Path:
        start.wait()
        return folders.home()

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(home, range(8)))) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_answers_that_make_no_sense_are_refusals() -> None:
    answers = Answers("a.txt")
    assert answers.hear(json.dumps({"stage": "extracting"})) == "extracting"
    for line in ("no json", "[]", "{}", json.dumps({"code": "scanned"})):
        answers.hear(line)
    assert [one.code for one in answers.refused] == ["failed"] * 4
    said_nothing = Answers("b.txt")
    said_nothing.end(Ended(1, "first\nlast", ""))
    assert [(one.code, one.detail) for one in said_nothing.refused] == [("failed", "last")]


# A visitor's workspace, beside the small world of tests/conftest.py


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with tables and without its document, to which the dashboard is pointed."""
    root = tmp_path_factory.mktemp("world")
    sources = root / "data" / "sources"
    sources.mkdir(parents=True)
    config: dict[str, Any] = configuration()
    config["dashboard"]["save_uploads"] = True
    (root / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (sources / "plan.txt").write_text(QINGSHI_PLAN, encoding="utf-8")
    assert main(["--config", str(root / "config.yaml"), "build"]) == 0
    (sources / "plan.txt").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CONFIG_FILE", root / "config.yaml")
        yield root
    memory.forget()


@pytest.fixture(scope="module")
def held(world: Path) -> Iterator[Workspace]:
    """The workspace of a visitor who has added one document."""
    workspace = Workspace()
    workspace.take("../我的规划.txt", PLAN.encode())
    workspace.wait()
    yield workspace
    workspace.end()


def app(page: str, workspace: Workspace | None = None, **query: str | list[str]) -> AppTest:
    """A session on a page, of the visitor who has this workspace."""
    made = AppTest.from_file(str(APP), default_timeout=30)
    if workspace is not None:
        made.session_state["_workspace"], made.session_state["_workspace_seen"] = workspace, set()
    for key, value in query.items():
        made.query_params[key] = value
    if page != "overview":
        made.switch_page(f"app_pages/{page}.py")
    ran = made.run()
    assert not ran.exception
    return ran


def told(page: AppTest) -> str:
    """All that a page shows."""
    charts = [json.dumps(json.loads(chart.proto.spec), ensure_ascii=False) for chart in page.get("plotly_chart")]
    kinds = ("markdown", "caption", "title", "subheader", "info", "warning", "error", "success", "html", "metric")
    words = [str(element.value) for kind in kinds for element in page.get(kind)]
    labels = [
        f"{one.label} {getattr(one, 'options', '')}"
        for kind in ("button", "pills", "selectbox", "metric")
        for one in page.get(kind)
    ]
    return "\n".join([*charts, *words, *labels, *(frame.value.to_csv() for frame in page.dataframe)])


def test_a_document_is_added_beside_the_others_and_nothing_of_everybody_changes(held: Workspace, world: Path) -> None:
    assert [(one.id, one.name) for one in held.documents] == [("临江市红枫区-14fyp", "我的规划.txt")]
    assert not held.refusals and not held.questions
    assert held.config_file is not None
    own, shared = settings.load(held.config_file), settings.load()
    rows = pd.read_csv(own.tables / "targets.csv", dtype=str)
    before = pd.read_csv(shared.tables / "targets.csv", dtype=str)
    assert set(rows["doc_id"]) == {"qingshi-14fyp", "临江市红枫区-14fyp"} and set(before["doc_id"]) == {"qingshi-14fyp"}
    pd.testing.assert_frame_equal(rows[rows["doc_id"] == "qingshi-14fyp"].reset_index(drop=True), before)
    issues = pd.read_csv(own.tables / "issues.csv", dtype=str)
    assert "missing" not in set(issues["code"]), "nobody is to bring the files of the others"
    assert "红枫" not in (world / "config.yaml").read_text("utf-8") and not list((world / "data/sources").glob("*.txt"))
    new = next(region for region in own.regions if region.name == "红枫区")
    assert new.id in own.dashboard.regions and new.colour not in {region.colour for region in shared.regions}
    assert held.folder.stat().st_mode & 0o777 == 0o700
    assert not list(held.folder.glob("in-*")), "what was taken in is deleted when it was read"


def test_the_process_that_is_ready_takes_the_next_document_and_a_dead_one_is_none(world: Path) -> None:
    standby.prepare()
    standby.prepare()
    (ready,) = standby._READY
    workspace = Workspace()
    workspace.take("plan.txt", PLAN.encode())
    workspace.wait()
    assert [one.id for one in workspace.documents] == ["临江市红枫区-14fyp"] and not workspace.refusals
    assert not standby._READY and ready.poll() == 0
    assert not list(folders.home().glob("plan-rehearsal-*"))
    workspace.end()
    standby.prepare()
    (dead,) = standby._READY
    limited.kill(dead)
    dead.communicate()
    with standby.begin(["--help"], world, standby.LIMITS) as fresh:
        assert fresh.stdout is not None and "add" in fresh.stdout.read()


def test_the_same_document_is_not_added_twice(held: Workspace) -> None:
    before = held.config_file
    held.take("again.txt", PLAN.encode())
    held.wait()
    assert [(one.code, one.twin) for one in held.refusals] == [("same_document", "临江市红枫区-14fyp")]
    assert held.config_file == before
    assert "与已有的“红枫区“十四五”规划纲要”是同一份文件" in told(app("add", held)).replace("\\", "")
    held.forget(held.refusals[0])


def test_what_is_uncertain_is_asked_and_an_archive_is_many_files(world: Path) -> None:
    packed, own = BytesIO(), Workspace()
    with ZipFile(packed, "w") as archive:
        archive.writestr("../r.txt", REPORT)
        archive.writestr("x.pdf", b"%PDF-1.4 broken")
        archive.writestr("p.txt", PLAN)
        archive.writestr("n.txt", "一些笔记\n新建公园7个。\n")
    own.take("all.zip", packed.getvalue())
    own.wait()
    assert [one.answer.asked for one in own.questions] == [("region", "period"), ("type", "region", "plan")]
    assert [one.code for one in own.refusals] == ["damaged"]
    page = app("add", own)
    asked = {box.label for box in page.selectbox} | {box.label for box in page.number_input}
    assert {"地区", "年份"} <= asked and "all.zip: x.pdf：文件已损坏或不完整" in told(page).replace("\\", "")
    note = own.questions[1]
    key = wording.short_id(str(note.path), str(note.answer.member))
    for kind, more in (("其他", "年份"), ("专项规划", "规划")):
        page.selectbox(key=f"add_type_{key}").select(kind).run()
        fields = [box for box in (*page.selectbox, *page.number_input) if str(box.key).endswith(key)]
        assert {box.label for box in fields} == {"地区", "文件类型", more}
    own.drop(own.questions[1])
    own.answer(own.questions[0], Told(region="夏天", period=(2023, 2023)))
    own.wait()
    assert own.refusals[-1].code == "said_wrong" and len(own.questions) == 1
    own.answer(own.questions[0], Told(region="临江市红枫区", period=(2023, 2023)))
    own.wait()
    assert [one.id for one in own.documents] == ["临江市红枫区-14fyp", "临江市红枫区-2023gwr"] and not own.questions
    own.remove(own.documents[0])
    own.wait()
    assert own.config_file is not None
    tables = settings.load(own.config_file).tables
    assert set(pd.read_csv(tables / "documents.csv")["doc_id"]) == {"qingshi-14fyp", "临江市红枫区-2023gwr"}
    own.remove(own.documents[0])
    own.wait()
    assert own.config_file is None and not list((own.folder / "documents").iterdir())
    own.end()


def test_a_document_that_cannot_be_what_is_said_of_it_stays_what_it_was(world: Path) -> None:
    own = Workspace()
    own.take("规划.txt", PLAN.encode())
    own.wait()
    before = own.documents[0].answer
    own.change(own.documents[0], Told(region="夏天"))
    own.wait()
    assert [one.code for one in own.refusals] == ["said_wrong"]
    assert [one.answer for one in own.documents] == [before]
    own.end()


def test_a_workspace_goes_with_its_visitor(world: Path) -> None:
    other = Workspace()
    folder = other.folder
    del other
    gc.collect()
    assert not folder.exists()
    left = Workspace()
    left.end()
    assert not left.folder.exists() and left.ended
    assert "尚未添加文件" in told(app("add", left)), "who was away too long sees what everybody sees"


def test_no_visitor_sees_the_document_of_another(held: Workspace) -> None:
    seen = {page: told(app(page, held)) for page in PAGES}
    assert {page for page, words in seen.items() if "红枫" in words} == set(PAGES), (
        "each names the region in its filters"
    )
    for page in PAGES:
        assert "红枫" not in told(app(page)), page
    assert "红枫" not in told(app("compare", region="临江市红枫区", indicator="gdp"))


def test_keys_of_what_is_kept_tell_visitors_apart(held: Workspace, world: Path) -> None:
    assert held.config_file is not None
    own = view.load(settings.load(held.config_file))
    twin_folder = world / "twin"
    twin_folder.mkdir()
    for path in own.tables.folder.iterdir():
        copied = twin_folder / path.name
        copied.write_bytes(path.read_bytes())
        os.utime(copied, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    twin = data_io.load(twin_folder)
    assert twin.fingerprint == own.tables.fingerprint and twin.version == own.tables.version
    assert twin is not own.tables and twin.key != own.tables.key
    assert derived.themes(twin) is not derived.themes(own.tables)


def test_what_was_found_stands_on_the_page_with_doubtful_rows(held: Workspace) -> None:
    page = app("add", held)
    words = told(page)
    assert "红枫区“十四五”规划纲要" in words.replace("\\", "") and "按标题识别" in words
    assert "含您添加的1份" in words and "他人打开此链接时看不到" in words
    assert held.config_file is not None
    own = view.load(settings.load(held.config_file))
    found = doubts.found(own, "临江市红枫区-14fyp")
    assert found and all(one.line and one.why and one.sentence in PLAN for one in found)
    assert [one.rank for one in found] == sorted(one.rank for one in found)
    assert found[0].rank < 1 and not found[0].fact, (
        "first what the extraction itself complains of: a chapter is missing"
    )
    assert add_found.focus(own, "临江市红枫区-14fyp") == "gdp"
    with ZipFile(BytesIO(add_found.packed(own, "临江市红枫区-14fyp"))) as archive:
        tables = {name: pd.read_csv(BytesIO(archive.read(name)), dtype=str) for name in archive.namelist()}
    assert set(tables["targets.csv"]["doc_id"]) == {"临江市红枫区-14fyp"} and len(tables["evidence.csv"])


def test_compare_now_leads_to_the_comparison_with_the_region_chosen(held: Workspace) -> None:
    page = app("add", held, region="qingshi")
    next(one for one in page.button if one.label == "立即对比").click().run()
    assert not page.exception
    assert "红枫区260亿元" in told(page)


def own_facts(workspace: Workspace) -> pd.DataFrame:
    assert workspace.config_file is not None
    return pd.read_csv(settings.load(workspace.config_file).tables / "targets.csv").query("doc_id.str.contains('红枫')")


def corrected(workspace: Workspace, target_id: str, **fields: str) -> AppTest:
    """The page of a fact after it was corrected; dropped where no fields are given."""
    page, mark = app("targets", workspace, fact=target_id), wording.short_id(target_id)
    page.button(key="am_wrong").click().run()
    if not fields:
        next(one for one in page.get("segmented_control") if one.key == f"am_action_{mark}").set_value("drop")
        page.run()
    for field, text in fields.items():
        page.text_input(key=f"am_{field}_{mark}").set_value(text)
    page.text_area(key=f"am_reason_{mark}").set_value("注释如此说明")
    page.run().button(key="am_add").click().run()
    assert not page.exception and not workspace.refusals
    return page


def test_a_correction_of_an_own_document_counts_at_once(world: Path) -> None:
    own = Workspace()
    own.take("plan.txt", PLAN.encode())
    own.wait()
    before = own_facts(own)
    wrong = before[before["value"] == 7].iloc[-1]
    page = corrected(own, wrong["target_id"], value="8")
    after = own_facts(own)
    changed = after[after["rule"] == "correction"]
    assert list(changed["value"]) == [8] and len(after) == len(before) and page.toast
    page.session_state["fact"], page.session_state["dt_part"] = "", "corrections"
    page.switch_page("app_pages/data.py").run()
    assert "数值：7 → 8" in told(page) and "（1条）" in page.get("download_button")[0].label and not page.exception
    page.button(key=f"am_again_{wording.short_id(wrong['target_id'])}").click().run()
    mark = wording.short_id(changed.iloc[0]["target_id"])
    assert page.text_input(key=f"am_value_{mark}").value == "8"
    page.text_input(key=f"am_value_{mark}").set_value("9")
    page.run().button(key="am_add").click().run()
    assert list(own_facts(own).query("rule == 'correction'")["value"]) == [9] and not page.exception
    page.button(key=f"am_remove_{wording.short_id(wrong['target_id'])}").click().run()
    pd.testing.assert_frame_equal(own_facts(own), before)
    page = corrected(own, wrong["target_id"])
    assert len(own_facts(own)) == len(before) - 1
    own.end()


def test_a_document_may_be_saved_for_everybody(held: Workspace, world: Path) -> None:
    held.save(held.documents[0])
    held.wait()
    held.wait()
    assert not held.refusals and held.saved == ["临江市红枫区国民经济和社会发展第十四个五年规划纲要"]
    assert [path.name for path in (world / "data" / "sources").glob("*.txt")] == ["临江市红枫区-14fyp.txt"]
    shared = settings.load()
    assert "红枫区" in {region.name for region in shared.regions}
    assert set(pd.read_csv(shared.tables / "documents.csv")["doc_id"]) == {"qingshi-14fyp", "临江市红枫区-14fyp"}
    assert held.config_file is None, "the visitor sees what everybody sees"
    assert "保存给所有人" in told(app("add", held))


# The whole way, in Chromium


def found_in_chart(page: Page, words: str) -> bool:
    page.wait_for_selector(".js-plotly-plot .gtitle")
    return any(words in text for text in page.locator(".js-plotly-plot").all_text_contents())


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")
def test_from_a_file_to_the_comparison_in_a_browser_for_this_visitor_alone(tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(PLAN, encoding="utf-8")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    temporary, large = tmp_path / "tmp", tmp_path / "large.txt"
    temporary.mkdir()
    variables = {key: value for key, value in os.environ.items() if key != "PLAN_TABLES"}
    variables |= {"TMPDIR": str(temporary), "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}
    with serving(environment=variables) as address, sync_playwright() as play:
        browser: Browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first, second = (browser.new_context(viewport={"width": 1440, "height": 900}) for _ in range(2))
        page = first.new_page()
        page.goto(f"{address}add")
        with large.open("wb") as file:
            file.truncate(60_000_000)
        page.locator("input[type=file]").set_input_files(large)
        page.get_by_test_id("stFileChipIconError").wait_for()
        said = "getComputedStyle(document.querySelector('.st-key-files-field'), '::after').content"
        assert "单个文件不能超过50MB" in page.evaluate(said)
        page.get_by_role("button", name="Remove large.txt").click()
        page.locator("input[type=file]").set_input_files([document, broken])
        page.get_by_text("broken.pdf：文件已损坏或不完整").wait_for(timeout=120_000)
        assert page.locator("[class*=st-key-add-refused]").count() == 1, "each file is taken once"
        page.get_by_role("button", name="立即对比").click()
        assert found_in_chart(page, "红枫区")
        link = f"{address}compare?region=tianhe&region=临江市红枫区"
        other = second.new_page()
        other.goto(link)
        assert not found_in_chart(other, "红枫区") and not other.get_by_text("红枫区").count()
        assert list(temporary.glob(f"{folders.PREFIX}*/*/documents/*.txt"))
        first.close()
        for _ in range(300):
            if not list(temporary.glob(f"{folders.PREFIX}*/*/documents")):
                break
            time.sleep(0.1)
        else:
            pytest.fail("the workspace outlives its session")
        browser.close()
    assert not list(temporary.glob(f"{folders.PREFIX}*")), "the folder of the server goes with it"
