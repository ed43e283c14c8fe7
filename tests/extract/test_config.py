"""config.yaml: read into typed, frozen objects; every fault named with its path, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydantic
import pytest
import yaml

from extract.config import ConfigError, load_config

ROOT = Path(__file__).resolve().parents[2]
Settings = dict[str, Any]


def faults(settings: Settings, folder: Path) -> list[str]:
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value).split("\n")


def test_the_configuration_of_the_project_is_good() -> None:
    config = load_config(ROOT / "config.yaml")
    assert [document.id for document in config.documents] == [
        "tianhe-14fyp",
        "tianhe-2022gwr",
        "yuexiu-14fyp",
        "huadu-14fyp",
        "guangzhou-15fyp",
    ]
    assert {region.id: region.parent for region in config.regions} == {
        "tianhe": "guangzhou",
        "yuexiu": "guangzhou",
        "huadu": "guangzhou",
        "guangzhou": None,
    }


def test_paths_are_taken_from_the_folder_of_the_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert load_config(project / "config.yaml").paths.tables == project / "data" / "tables"


def test_the_objects_are_frozen(project: Path) -> None:
    config = load_config(project / "config.yaml")
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        config.regions[0].name = "别处"


def set_colour(s: Settings) -> None:
    s["regions"][0]["colour"] = "red"


def drop_title(s: Settings) -> None:
    del s["documents"][0]["title"]


def misspell_period(s: Settings) -> None:
    s["documents"][0]["peroid"] = s["documents"][0].pop("period")


def year_as_text(s: Settings) -> None:
    s["documents"][0]["period"] = [2021, "2025"]


def name_as_number(s: Settings) -> None:
    s["regions"][0]["name"] = 7


def unknown_region(s: Settings) -> None:
    s["documents"][0]["region"] = "nowhere"


def unknown_parent(s: Settings) -> None:
    s["regions"][1]["parent"] = "nowhere"


def same_id_twice(s: Settings) -> None:
    s["regions"][1]["id"] = "linjiang"


def parents_in_a_circle(s: Settings) -> None:
    s["regions"][0]["parent"] = "qingshi"


def period_backwards(s: Settings) -> None:
    s["documents"][0]["period"] = [2025, 2021]


def bad_pattern(s: Settings) -> None:
    s["documents"][0]["recognise"] = "青石区(规划"


def empty_pattern(s: Settings) -> None:
    s["documents"][0]["recognise"] = "(规划)?"


def bounds_backwards(s: Settings) -> None:
    s["bounds"]["targets"]["qingshi-14fyp"] = [20, 1]


def bounds_of_nothing(s: Settings) -> None:
    s["bounds"]["targets"]["x"] = [0, 1]


def dashboard_plan(s: Settings) -> None:
    s["dashboard"]["plans"].append("99fyp")


def store_as_folder(s: Settings) -> None:
    s["paths"]["sources"] = "s3://bucket/sources"


def extra_section(s: Settings) -> None:
    s["colours"] = {}


@pytest.mark.parametrize(
    ("spoil", "path", "words"),
    [
        (set_colour, "regions[0].colour", "'red'"),
        (drop_title, "documents[0].title", "is missing"),
        (misspell_period, "documents[0].peroid", "is not a known key"),
        (year_as_text, "documents[0].period[1]", "whole number"),
        (name_as_number, "regions[0].name", "must be text"),
        (unknown_region, "documents[0].region", "'nowhere'"),
        (unknown_parent, "regions[1].parent", "'nowhere'"),
        (same_id_twice, "regions[1].id", "used twice"),
        (parents_in_a_circle, "regions[0].parent", "circle"),
        (period_backwards, "documents[0].period", "2025 > 2021"),
        (bad_pattern, "documents[0].recognise", "no good pattern"),
        (empty_pattern, "documents[0].recognise", "matches any text"),
        (bounds_backwards, "bounds.targets.qingshi-14fyp", "wrong way round"),
        (bounds_of_nothing, "bounds.targets.x", "not there"),
        (dashboard_plan, "dashboard.plans[2]", "'99fyp'"),
        (store_as_folder, "paths.sources", "--sources"),
        (extra_section, "colours", "is not a known key"),
    ],
)
def test_a_fault_is_named_with_its_path(
    spoil: Callable[[Settings], None], path: str, words: str, settings: Settings, tmp_path: Path
) -> None:
    spoil(settings)
    told = faults(settings, tmp_path)
    assert any(f" {path} " in line and words in line for line in told[1:]), told


def test_all_faults_come_in_one_message_with_their_lines(settings: Settings, tmp_path: Path) -> None:
    for spoil in (set_colour, drop_title, unknown_region, bad_pattern, extra_section):
        spoil(settings)
    header, *told = faults(settings, tmp_path)
    assert header.startswith("config.yaml: 5 faults")
    assert len(told) == 5
    written = (tmp_path / "config.yaml").read_text(encoding="utf-8").split("\n")
    colour = next(line for line in told if "regions[0].colour" in line)
    assert "colour: red" in written[int(colour.split()[1].rstrip(":")) - 1]


def test_a_key_given_twice_is_refused(project: Path) -> None:
    path = project / "config.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "plans: []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="plans is given twice"):
        load_config(path)


@pytest.mark.parametrize(
    "text", ["", "- 1", "regions: [", "regions: !!python/object/apply:os.getcwd []", "a: &a [*a]", "\x00"]
)
def test_what_is_no_configuration_is_refused_in_words(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.yaml"):
        load_config(path)


def test_a_missing_file_and_one_that_is_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "config.yaml")
    (tmp_path / "config.yaml").write_bytes("名: 值".encode("gb18030"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(tmp_path / "config.yaml")
