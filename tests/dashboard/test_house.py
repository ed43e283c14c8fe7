"""Habits of the house: words in one place, module names that hide nothing, small modules."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

import labels
import schema

DASHBOARD = Path(labels.__file__).parent
MODULES = sorted(DASHBOARD.rglob("*.py"))
LISTS = ("periods", "tables", "columns", "qualifiers", "qualifier_names", "period_bounds")
"""Heads of labels.yaml that are asked for as a whole or by a key made in the code."""


def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in MODULES)


def patterns() -> list[str]:
    """Keys that the code asks for, as patterns: what is filled in stands for one part of a key."""
    asked = re.findall(r"labels\.(?:word|node)\(\s*f?\"([^\"]+)\"", code())
    asked += re.findall(r"\"((?:compare|words|themes_page|filters|data_page|amend)\.[a-z_]+)\"", code())
    heads = re.findall(r"labels\.names?\(\s*\"([^\"]+)\"", code()) + re.findall(
        r"_labelled\(\"\w+\", \"(\w+)\"", code()
    )
    return [re.sub(r"\{[^}]+\}", "[^.]+", key) for key in asked] + [head + r"\..+" for head in heads]


def leaves(tree: Any, path: str = "") -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    else:
        yield path


def words() -> dict[str, Any]:
    """labels.yaml as it stands."""
    tree: dict[str, Any] = yaml.safe_load(labels.LABELS_FILE.read_text(encoding="utf-8"))
    return tree


@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_every_word_asked_for_is_there(language: str) -> None:
    tree = words()
    keys = {*leaves(tree[language]), *leaves(tree["common"])}
    keys |= {key.rsplit(".", depth)[0] for key in keys for depth in range(4)}
    for pattern in patterns():
        assert any(re.fullmatch(pattern, key) for key in keys), pattern


def test_every_word_is_asked_for() -> None:
    asked = [re.compile(pattern + r"(\..*)?") for pattern in patterns()]
    tree = words()
    for key in [*leaves(tree["zh"]), *leaves(tree["common"])]:
        assert key.split(".")[0] in LISTS or any(pattern.fullmatch(key) for pattern in asked), key


def test_no_key_stands_twice() -> None:
    """A merge may put a block in twice without a conflict; of two equal keys YAML keeps the last and says nothing."""
    unread = [yaml.compose(labels.LABELS_FILE.read_text(encoding="utf-8"))]
    while unread:
        part = unread.pop()
        if isinstance(part, yaml.MappingNode):
            keys = [key.value for key, _ in part.value]
            assert sorted(keys) == sorted(set(keys)), part.start_mark.line + 1
            unread += [value for _, value in part.value]


def test_languages_say_the_same_things() -> None:
    """The same keys, and under each the same places to fill in."""
    chinese, english = (dict(filled(words()[language])) for language in labels.LANGUAGES)
    assert chinese.keys() == english.keys()
    assert {key: fields for key, fields in chinese.items() if fields != english[key]} == {}


UNTRANSLATED: frozenset[str] = frozenset()
"""Keys of words under `en` that may hold Chinese; each with its reason."""


def test_english_words_are_translated() -> None:
    chinese = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
    assert {key for key, text in said(words()["en"]) if chinese.search(text)} <= UNTRANSLATED


def said(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Key and text of every word."""
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else []
    for key, value in parts:
        yield from said(value, f"{path}.{key}" if path else str(key))
    if isinstance(tree, str):
        yield path, tree


def filled(tree: Any, path: str = "") -> Iterator[tuple[str, set[str]]]:
    """Key and names in braces of every word."""
    for key, text in said(tree, path):
        yield key, set(re.findall(r"{(\w+)}", text))


def test_no_word_for_the_screen_stands_in_the_code() -> None:
    for path in MODULES:
        bare = re.sub(r'""".*?"""|#[^\n"]*$', "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
        strings = "".join(re.findall(r"\"[^\"\n]*\"|'[^'\n]*'", bare))
        assert not re.search(r"[\u4e00-\u9fff]", strings), path.name


def test_modules_hide_no_package() -> None:
    taken = set(sys.stdlib_module_names) | set(packages_distributions())
    names = {path.stem for path in DASHBOARD.glob("*.py")}
    assert not names & (taken | {"extract", "tests", "data"})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_modules_are_small_and_pure(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    assert "plotly.express" not in text
    assert not re.search(r"^\s*(from|import) extract\b", text, flags=re.M)
    if path.stem.startswith("chart_") or path.stem in {
        "panels",
        "facts",
        "matrix",
        "selection",
        "theme_share",
        "wording",
    }:
        assert "import streamlit" not in text


def test_no_words_of_pills_are_searched_for_an_icon() -> None:
    """`fields.draw` sees to it; who calls the widget itself says its words through `fields.plain`."""
    for path in MODULES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and re.search(r"\.(pills|segmented_control)$", ast.unparse(call.func)):
                said = {given.arg: ast.unparse(given.value) for given in call.keywords}
                assert said.get("format_func", "").startswith("fields.plain("), f"{path.name}:{call.lineno}"


def test_data_dictionary_knows_every_column() -> None:
    tables = labels.node("tables")
    path = DASHBOARD.parent / "extract" / "schema.yaml"
    known = yaml.safe_load(path.read_text(encoding="utf-8"))["tables"]
    assert {table: list(about["columns"]) for table, about in tables.items()} == {
        table: list(known[table]["columns"]) for table in (*schema.TABLES, *schema.NAMES)
    }
