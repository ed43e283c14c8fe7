"""Who imports whom: no module reaches itself again, and neither half of the project knows the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def modules(base: Path, folder: Path) -> dict[str, Path]:
    """The modules of a folder, by the names under which those beside `base` import them."""
    paths = (path.relative_to(base) for path in folder.rglob("*.py"))
    return {".".join(path.with_suffix("").parts).removesuffix(".__init__"): base / path for path in paths}


def imported(path: Path) -> Iterator[str]:
    """The names that a module imports, wherever in it: a from-import may name a module or a part of one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize(
    ("base", "folder", "strange"),
    [(ROOT, "extract", {"dashboard", "streamlit", "tests"}), (ROOT / "dashboard", ".", {"extract", "tests"})],
)
def test_no_circles_and_no_strangers(base: Path, folder: str, strange: set[str]) -> None:
    known = modules(base, base / folder)
    asked = {name: set(imported(path)) for name, path in known.items()}
    packages = {name for name, path in known.items() if path.stem == "__init__"}
    graph = {name: (names & known.keys()) - packages - {name} for name, names in asked.items()}
    assert sum(map(len, graph.values())) > len(graph)
    assert [*TopologicalSorter(graph).static_order()]
    assert not {name for names in asked.values() for name in names if name.split(".")[0] in strange}
