"""Every regular expression of the extraction, each with texts that are hard on it.

Found are the patterns that stand in the modules and in what the lexicons are made into, and those that are written
where they are used. The texts follow from the pattern itself: its own characters, alone, in turn and as words that
match or all but match, over and over, with a character at the end that nothing expects.
"""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import extract
from extract.lexicons import lexicons
from extract.titles import titles

CALLS = {"compile", "search", "match", "fullmatch", "finditer", "findall", "split", "sub"}
END = "\x02"
COMMON = "1 ，。一的“（.a"
"""Characters tried on every pattern."""
MOST_CHARACTERS = 10
"""Characters of a pattern's own that are tried."""
WORDS = 3
"""Words that a pattern matches or all but matches, by the branches they take."""


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns by where they were found first."""
    found: dict[tuple[str, int], str] = {}
    kept: dict[tuple[str, int], re.Pattern[str]] = {}
    for name, pattern in (*_held(), *_written()):
        key = pattern.pattern, pattern.flags
        found.setdefault(key, name)
        kept[key] = pattern
    return {f"{name}: {key[0][:60]}": kept[key] for key, name in found.items()}


def texts(pattern: re.Pattern[str]) -> list[str]:
    """What is repeated to make a text that is hard on a pattern."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    own = list(dict.fromkeys(_characters(tree)))[:MOST_CHARACTERS]
    characters = list(dict.fromkeys([*own, *COMMON]))
    words = list(dict.fromkeys(_word(tree, branch, most) for branch, most in product(range(WORDS), (1, 3))))
    pairs = [a + b for a, b in pairwise(own)]
    cut = [word[:-1] for word in words if len(word) > 1]
    return [piece for piece in dict.fromkeys([*characters, *pairs, *words, *cut]) if piece]


def seconds(pattern: re.Pattern[str], piece: str, size: int) -> float:
    """Processor time to find all that a pattern finds in a text of `size` characters; the collector stands still."""
    text = (piece * (size // len(piece) + 1))[:size] + END
    gc.disable()
    try:
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        return time.process_time() - start
    finally:
        gc.enable()


def grows(pattern: re.Pattern[str], piece: str, size: int, most: float, floor: float) -> float:
    """How many times as long four times the text takes, where that is more than `most`, else 0.

    Below `floor` seconds nothing can be said. The best of up to three measurements counts.
    """
    times = 0.0
    for _ in range(3):
        long = seconds(pattern, piece, 4 * size)
        if long < floor:
            return 0.0
        times = long / max(seconds(pattern, piece, size), floor / 16)
        if times <= most:
            return 0.0
    return times


def _held() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns in modules and in what the lexicons are made into."""
    modules = [importlib.import_module(f"extract.{one.name}") for one in pkgutil.iter_modules(extract.__path__)]
    seen: set[int] = set()
    waiting: list[tuple[str, object]] = [("lexicons", lexicons()), ("titles", titles())]
    waiting += [(f"{module.__name__}.{name}", value) for module in modules for name, value in vars(module).items()]
    while waiting:
        name, value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str):
                yield name, value
        else:
            waiting += ((f"{name}.{inner}", one) for inner, one in _within(value))


def _within(value: object) -> Iterator[tuple[str, object]]:
    """What a container, or an object of the extraction, holds."""
    if isinstance(value, dict):
        yield from (("", one) for one in (*value, *value.values()))
    elif isinstance(value, (list, tuple, set, frozenset)):
        yield from (("", one) for one in value)
    elif type(value).__module__.startswith("extract.") and not isinstance(value, type):
        names = (
            *getattr(value, "__dict__", {}),
            *(n for t in type(value).__mro__ for n in getattr(t, "__slots__", ())),
        )
        yield from ((name, getattr(value, name)) for name in names if hasattr(value, name))


def _written() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns that are written where they are used."""
    for path in sorted(Path(str(extract.__file__)).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            first = node.args[0]
            called = isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in CALLS
            if called and isinstance(first, ast.Constant) and isinstance(first.value, str):
                anchored = r"\A" if node.func.attr in ("match", "fullmatch") else ""
                yield (
                    f"{path.stem}:{node.lineno}",
                    re.compile(f"{anchored}(?:{first.value})" if anchored else first.value),
                )


def _characters(tree: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """One character for each place of a pattern."""
    for op, value in tree:
        if op in (ops.LITERAL, ops.NOT_LITERAL):
            yield chr(value)
        elif op is ops.IN:
            yield from _member(value)
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _characters(branch)
        elif op is ops.SUBPATTERN:
            yield from _characters(value[3])
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            yield from _characters(value[2])
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _characters(value[1])
        elif op is ops.ATOMIC_GROUP:
            yield from _characters(value)


def _member(items: list[tuple[Any, Any]]) -> Iterator[str]:
    """A character of a class."""
    op, value = items[-1]
    if items[0][0] is ops.NEGATE:
        yield "中"
    elif op is ops.LITERAL:
        yield chr(value)
    elif op is ops.RANGE:
        yield "中" if value[0] <= ord("中") <= value[1] else chr(value[0])
    elif op is ops.CATEGORY:
        yield " " if value is ops.CATEGORY_SPACE else "1"


def _word(tree: Iterable[tuple[Any, Any]], branch: int, most: int) -> str:
    """A word that the pattern matches, or nearly: of each choice the branch of that number, of repeats so many."""
    word = ""
    for op, value in tree:
        if op is ops.LITERAL:
            word += chr(value)
        elif op in (ops.NOT_LITERAL, ops.ANY):
            word += "中"
        elif op is ops.IN:
            word += next(_member(value), "")
        elif op is ops.BRANCH:
            word += _word(value[1][branch % len(value[1])], branch, most)
        elif op is ops.SUBPATTERN:
            word += _word(value[3], branch, most)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            word += _word(value[2], branch, most) * max(value[0], min(value[1], most))
        elif op is ops.ATOMIC_GROUP:
            word += _word(value, branch, most)
    return word[:200]
