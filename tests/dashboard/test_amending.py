"""From a wrong fact to the file of corrections, on the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.testing.v1 import AppTest

import settings
import wording

Run = Callable[..., AppTest]
FACT = "t002"
MARK = wording.short_id(FACT)
ENTRY = {"doc": "tianhe-14fyp", "line": 47, "action": "override", "find": {"value": 7000}}


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.success, *app.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def corrected(run: Run) -> AppTest:
    """The page of a fact after its value was corrected."""
    app = press(run("targets", fact=FACT), "am_wrong")
    app.text_input(key=f"am_value_{MARK}").set_value("7200")
    app.text_area(key=f"am_reason_{MARK}").set_value("注释如此说明")
    return press(app.run(), "am_add")


def listed(app: AppTest) -> AppTest:
    """The list of corrections of the same visitor."""
    app.session_state["fact"], app.session_state["dt_part"] = "", "corrections"
    return app.switch_page("app_pages/data.py").run()


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of corrections to which the operator lets visitors write."""
    path = tmp_path / "corrections.yaml"
    read = settings.load()
    allowed = read.model_copy(
        update={
            "paths": read.paths.model_copy(update={"corrections": str(path)}),
            "dashboard": read.dashboard.model_copy(update={"save_corrections": True}),
        }
    )
    monkeypatch.setattr(settings, "load", lambda *_: allowed)
    return path


def test_the_sentence_stays_beside_the_form(evidence: Path, run: Run) -> None:
    app = press(run("targets", fact=FACT), "am_wrong")
    assert any("<mark" in part.body for part in app.get("html"))
    assert "第47行" in said(app) and app.text_input(key=f"am_value_{MARK}").value == "7000"


def test_faults_stand_beside_their_fields_and_nothing_is_held(tables: Path, run: Run) -> None:
    app = press(run("targets", fact=FACT), "am_wrong")
    app.text_input(key=f"am_year_{MARK}").set_value("1825")
    app = press(app.run(), "am_add")
    assert "四位年份" in said(app) and "请填写更正理由" in said(app)
    assert not app.exception and app.session_state["_amendments"] == {}


def test_a_correction_is_held_and_taken_away(tables: Path, run: Run) -> None:
    app = corrected(run)
    assert "数值：7000 → 7200" in said(app)
    app = listed(app)
    assert "数值：7000 → 7200" in said(app) and "am_save" not in {button.key for button in app.button}
    (file,) = [button for button in app.get("download_button") if button.key == "am_download"]
    assert "（1条）" in file.label
    app = press(app, f"am_remove_{MARK}")
    assert "更正清单为空" in said(app)


def test_where_the_operator_allows_it_corrections_are_saved(tables: Path, run: Run, register: Path) -> None:
    app = press(listed(corrected(run)), "am_save")
    assert "make build" in app.success[0].value and "更正清单为空" in said(app)
    held: dict[str, Any] = yaml.safe_load(register.read_text(encoding="utf-8"))
    assert held == {"corrections": [ENTRY | {"set": {"value": 7200}, "reason": "注释如此说明"}]}
    app = press(listed(corrected(run)), "am_save")
    assert "已有更正" in app.error[0].value


def test_a_fact_that_is_none_is_dropped(tables: Path, run: Run, register: Path) -> None:
    app = press(run("targets", fact=FACT), "am_wrong")
    next(group for group in app.get("segmented_control") if group.key == f"am_action_{MARK}").set_value("drop")
    app.run().text_area(key=f"am_reason_{MARK}").set_value("不是指标")
    press(listed(press(app.run(), "am_add")), "am_save")
    held = yaml.safe_load(register.read_text(encoding="utf-8"))
    assert held == {"corrections": [ENTRY | {"action": "drop", "reason": "不是指标"}]}
