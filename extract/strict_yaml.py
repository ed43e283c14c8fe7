"""YAML files written by people → frozen, typed objects; everything wrong in a file is told at once.

The values are read by the safe loader, which makes no objects of Python. A key given twice, which YAML itself would
pass over, is refused. Values are held against a pydantic model in strict mode ("2021" is no number, 1 no text), and
every fault is one line with its path (`documents[2].region`) and, where known, its line in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

Loc = tuple[str | int, ...]
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What yaml.safe_load reads with, in its fast form where there is one."""

WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "string_type": "must be text (put it in quotes)",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a mapping (key: value)",
    "model_type": "must be a mapping (key: value)",
    "date_type": "must be a date like 2021-06-02",
    "date_from_datetime_parsing": "must be a date like 2021-06-02",
    "date_parsing": "must be a date like 2021-06-02",
    "string_too_short": "must not be empty",
    "path_type": "must be a path (text)",
    "string_pattern_mismatch": "does not have the form {pattern}",
}
TOLD_ALONE = ("missing", "extra_forbidden")
"""Faults that say nothing about a value."""


class ConfigError(ValueError):
    """A file that people write (config.yaml, corrections.yaml, …) is not as it should be; the message says where."""


class Strict(BaseModel):
    """Base of everything read from such a file: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Model = TypeVar("Model", bound=BaseModel)


def load(path: Path, model: type[Model]) -> Model:
    """Read one file as `model`. Raises ConfigError naming every fault."""
    data, lines = read(path)
    value, faults = check(model, data)
    if value is None:
        raise error(path, faults, lines)
    return value


def read(path: Path) -> tuple[object, dict[Loc, int]]:
    """The values of a YAML file and the line of each path in it. Raises ConfigError where it is no good YAML."""
    try:
        text = path.read_text(encoding="utf-8")
        loader = SafeLoader(text)
        tree = loader.get_single_node()
        lines: dict[Loc, int] = {}
        twice = list(_walk(tree, (), lines)) if tree else []
        data = loader.construct_document(tree) if tree and not twice else None
    except OSError as reason:
        raise ConfigError(f"{path}: cannot be read ({reason.strerror}); name an existing file") from reason
    except UnicodeDecodeError as reason:
        raise ConfigError(f"{path}: is not UTF-8 text; save it as UTF-8") from reason
    except RecursionError as reason:
        raise ConfigError(f"{path}: is nested too deep, or holds itself") from reason
    except yaml.MarkedYAMLError as reason:
        at = f" line {reason.problem_mark.line + 1}" if reason.problem_mark else ""
        raise ConfigError(f"{path}:{at} is no good YAML ({reason.problem})") from reason
    except (yaml.YAMLError, ValueError) as reason:
        raise ConfigError(f"{path}: is no good YAML ({str(reason).splitlines()[0]})") from reason
    if twice:
        raise error(path, twice, lines)
    return data, lines


def check(model: type[Model], data: object) -> tuple[Model | None, list[tuple[Loc, str]]]:
    """`data` as `model` and no faults, or None and all faults as (path, words)."""
    try:
        return model.model_validate_json(json.dumps(data, default=_plain), strict=True), []
    except ValidationError as reason:
        return None, [(_loc(fault["loc"]), _words(fault)) for fault in reason.errors()]
    except TypeError as reason:
        return None, [((), str(reason))]


def error(path: Path, faults: Sequence[tuple[Loc, str]], lines: dict[Loc, int]) -> ConfigError:
    """One message for all faults: a header, then one line each, in the order of the file."""
    placed = sorted((_line(loc, lines), _dotted(loc), words) for loc, words in faults)
    told = [f"  line {line}: {name} {words}" if line else f"  {name} {words}" for line, name, words in placed]
    count = f"{len(told)} fault{'s' if len(told) > 1 else ''}"
    return ConfigError("\n".join([f"{path.name}: {count}; mend and run again ({path})", *dict.fromkeys(told)]))


def _walk(node: yaml.Node, loc: Loc, lines: dict[Loc, int]) -> Iterator[tuple[Loc, str]]:
    """Note the line of every path; yield the keys that stand twice in one mapping."""
    lines[loc] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            yield from _walk(item, (*loc, i), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*loc, str(key.value))
            if inner in lines:
                yield inner, f"is given twice (line {lines[inner]} and line {key.start_mark.line + 1})"
            yield from _walk(value, inner, lines)
            lines[inner] = key.start_mark.line + 1


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    kind = type(value).__name__
    raise TypeError(f"holds a value of the kind {kind}; text, numbers, dates, lists and mappings are known")


def _loc(loc: Sequence[str | int]) -> Loc:
    return tuple(part for part in loc if part != "[key]")


def _words(fault: ErrorDetails) -> str:
    words = WORDS.get(fault["type"]) or fault["msg"][:1].lower() + fault["msg"][1:]
    found = "" if fault["type"] in TOLD_ALONE else f", found {repr(fault['input'])[:60]}"
    return words.format(**fault.get("ctx", {})) + found


def _line(loc: Loc, lines: dict[Loc, int]) -> int:
    """Line of the path, or of the nearest thing that holds it."""
    while loc and loc not in lines:
        loc = loc[:-1]
    return lines.get(loc, 0)


def _dotted(loc: Loc) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return text.removeprefix(".") or "the file"
