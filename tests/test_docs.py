"""What the README promises exists."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z]+)|^make ([a-z]+)", README, re.MULTILINE))))
def test_each_target_of_make_exists(target: tuple[str, str]) -> None:
    assert re.search(rf"^{target[0] or target[1]}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_each_file_that_is_linked_exists(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_each_file_that_a_page_links_exists(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]


def test_the_method_has_a_place_for_each_module() -> None:
    told = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "method.md").read_text(encoding="utf-8")))
    assert {path.stem for path in (ROOT / "extract").glob("*.py")} - {"__init__"} <= told


@pytest.mark.parametrize("command", ["add", "build", "show", "check", "score"])
def test_each_command_is_told(command: str) -> None:
    assert f"python -m extract {command}" in README


LIMITS = re.findall(
    r"^\| .* \| ([\d,]+)( MB)? \| `(\w+)\.(\w+)` \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.mark.parametrize(("figure", "unit", "module", "name"), LIMITS)
def test_the_limits_told_are_those_of_the_code(figure: str, unit: str, module: str, name: str) -> None:
    value = getattr(importlib.import_module(f"extract.{module}"), name)
    assert int(figure.replace(",", "")) * (1_000_000 if unit else 1) == value


def test_the_limits_of_uploads_are_those_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "dashboard"))
    limits, visit = importlib.import_module("uploads.limited").Limits(), importlib.import_module("uploads.workspace")
    words = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    size = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]["maxUploadSize"]
    assert limits.seconds == limits.cpu
    for row in (
        f"size of an upload | {size} MB",
        f"documents of a visit | {visit.MOST_DOCUMENTS}",
        f"bytes of a visit | {visit.MOST_BYTES // 1_000_000} MB",
        f"of an extraction | {limits.cpu}",
        f"memory of an extraction | {limits.memory // 1_000_000:,} MB",
        f"that it writes | {limits.file_size // 1_000_000} MB",
    ):
        assert f"{row} |" in words


def test_limits_are_told() -> None:
    assert len(LIMITS) >= 12
