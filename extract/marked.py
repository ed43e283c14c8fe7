"""Files made by one piece of work, and the mark that says what they were made from.

The mark goes before the first file is replaced and comes back after the last: work that was broken off has none, and is
done again. A mark names its files with their sizes; where one is gone or cut off, the mark does not count.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from extract import locations, stored

MARKS = ".parts"
"""Folder of the marks, and of files that are no tables."""
SUFFIX = ".json"


def told(folder: Path, name: str, key: str) -> Any:
    """What the work of that name told, where it is done and was made by that key; else None."""
    mark = _mark(folder, name)
    return mark["told"] if mark and mark["key"] == key != "" and _stand(folder, mark) else None


def key(folder: Path, name: str) -> str:
    """By what the work of that name was made, where it was ended and its files are as it left them; else ""."""
    mark = _mark(folder, name)
    return str(mark["key"]) if mark and _stand(folder, mark) else ""


def whole(folder: Path, name: str) -> bool:
    """True where the work of that name was ended, and its files are as it left them."""
    mark = _mark(folder, name)
    return mark is not None and _stand(folder, mark)


def write(folder: Path, name: str, key: str, files: Mapping[str, bytes], told: object) -> None:
    """Write the files (names below the folder), then the mark. With the key "" the work counts as not done.

    Raises OSError where the folder cannot be written.
    """
    path = _path(folder, name)
    with locations.asked(folder):
        path.unlink(missing_ok=True)
    for file, data in files.items():
        stored.write(folder / file, data)
    mark = {"key": key, "files": {file: len(data) for file, data in files.items()}, "told": told}
    stored.write(path, json.dumps(mark, ensure_ascii=False, indent=0).encode())


def names(folder: Path) -> Iterator[str]:
    """The names of all work that has a mark."""
    marks = folder / MARKS
    for path in sorted(marks.iterdir()) if marks.is_dir() else ():
        if path.suffix == SUFFIX:
            yield path.name.removesuffix(SUFFIX)


def clear(folder: Path, but: Collection[str], forget: bool = False) -> None:
    """Remove what is not in `but`, mark and files, and what was left half written; with `forget`, all marks."""
    for name in list(names(folder)):
        mark = _mark(folder, name)
        if name not in but or forget:
            _path(folder, name).unlink(missing_ok=True)
        for file in mark["files"] if mark and name not in but else ():
            (folder / file).unlink(missing_ok=True)
    for place in folder.iterdir() if locations.here(folder) and folder.is_dir() else ():
        stored.clear(place)


def _path(folder: Path, name: str) -> Path:
    return folder / MARKS / (name + SUFFIX)


def _stand(folder: Path, mark: Mapping[str, Any]) -> bool:
    try:
        return locations.sizes(folder, mark["files"]) == [*mark["files"].values()]
    except OSError:
        return False


def _mark(folder: Path, name: str) -> dict[str, Any] | None:
    try:
        with locations.asked(folder):
            found = json.loads(_path(folder, name).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.keys() == {"key", "files", "told"} else None
