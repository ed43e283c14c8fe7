"""Where sources and tables lie: in folders of this machine, or in any file system that fsspec knows (s3://, gs://, …).

A place elsewhere is a UPath of universal_pathlib, which speaks the language of pathlib as far as it is spoken here; the
rest of the code calls both a Path. Who may read and write there is told by the environment, as the library of that
file system reads it (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, …), never by the place.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Any, cast
from urllib.parse import unquote, urlsplit

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,30})://")
FRESH: dict[str, Any] = {"use_listings_cache": False}
"""What others have written in the meantime is seen: workers, and builds before this one."""
CODES = {FileNotFoundError: errno.ENOENT, PermissionError: errno.EACCES, NotADirectoryError: errno.ENOTDIR}


class PlaceError(ValueError):
    """A place cannot be used. The message is one sentence that says what to do."""


def place(text: str) -> Path:
    """The place that a text names: a path, or scheme://… Raises PlaceError where nothing here knows the scheme."""
    named = SCHEME.match(text)
    if not named:
        return Path(text)
    if named[1].lower() == "file":
        return Path(unquote(urlsplit(text).path))
    try:
        from upath import UPath

        found = UPath(text.rstrip("/") if text.count("/") > 2 else text, **FRESH)
        _ = found.fs
    except ImportError as reason:
        words = f"{text}: needs a library that is not installed ({_sentence(reason)}); see requirements-cluster.txt"
        raise PlaceError(words) from None
    except Exception as reason:
        words = f"{text}: is no place that can be used ({_sentence(reason)}); check how it is written"
        raise PlaceError(words) from None
    return cast(Path, found)


def here(place: Path) -> bool:
    """True where the place is in a file system of this machine."""
    return isinstance(place, Path)


def there(place: Path) -> bool:
    """True where the place exists. Raises OSError where that cannot be known."""
    with asked(place):
        return place.exists()


def root(place: Path) -> Path:
    """What holds a place elsewhere and is not made by writing there: the bucket."""
    return [place, *place.parents][-1]


def files(folder: Path) -> list[Path]:
    """All files in a folder and in the folders there; elsewhere by one listing."""
    if here(folder):
        return [path for path in folder.rglob("*") if path.is_file() or path.is_symlink()]
    far: Any = folder
    with asked(folder):
        return [far / name.removeprefix(far.path).lstrip("/") for name in far.fs.find(far.path)]


def below(path: Path, folder: Path) -> PurePath:
    """The path of a file as seen from a folder that holds it."""
    if here(path):
        return path.relative_to(folder)
    far: Any = path, folder
    return PurePosixPath(far[0].path.removeprefix(far[1].path).lstrip("/"))


def sizes(folder: Path, names: Iterable[str]) -> list[int]:
    """The sizes of files below a folder. Raises OSError where one is not there."""
    if here(folder):
        return [(folder / name).stat().st_size for name in names]
    far: Any = folder
    with asked(folder):
        return list(far.fs.sizes([(far / name).path for name in names]))


def put(path: Path, data: bytes) -> None:
    """Write a file elsewhere: whole, or not at all. What holds its folder (the bucket) must be there."""
    with asked(path):
        try:
            path.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@contextmanager
def reading(path: Path) -> Iterator[IO[bytes]]:
    """A file, open to be read."""
    with asked(path), path.open("rb") as file:
        yield file


def remove(folder: Path) -> None:
    """Remove a folder elsewhere with all that is in it, where it is there."""
    far: Any = folder
    with asked(folder):
        if far.fs.exists(far.path):
            far.fs.rm(far.path, recursive=True)


@contextmanager
def asked(place: Path) -> Iterator[None]:
    """Whatever the library of a file system elsewhere raises, raise as the OSError that a file system here would.

    Errors of our own, which have their sentence, pass.
    """
    try:
        yield
    except Exception as reason:
        ours = type(reason).__module__.startswith("extract.")
        if here(place) or ours or (isinstance(reason, OSError) and reason.strerror and reason.filename):
            raise
        code = next((code for kind, code in CODES.items() if isinstance(reason, kind)), errno.EIO)
        raise OSError(code, _sentence(reason), str(place)) from reason


def _sentence(reason: Exception) -> str:
    return (" ".join(str(reason).split()) or type(reason).__name__)[:200].rstrip(".")
