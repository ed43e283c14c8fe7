"""Replace the files of a folder all at once.

The new files are written beside the folder, brought safely to disk, and the two folders change places in one step of
the file system (Linux and macOS; local file systems). A process killed at any moment leaves the folder as it was before
or as it is after, never between, and what it leaves behind is cleared away by the next run. Files in the folder that
are not ours stay.

Where the folders cannot change places — the folder is a mount, holds folders of its own, or lies on a file system
without that step — the complete new files are put into the folder (`.next`) and moved in one by one: killed within
those few milliseconds, the folder holds files of both kinds until the next run or reader finishes the move (`recover`).
So it is done in places elsewhere (object stores), where each file is put whole or not at all; there are no locks there,
so one run at a time may write into one folder.
"""

from __future__ import annotations

import ctypes
import fcntl
import filecmp
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from extract import locations

STAGE = ".next"
COMPLETE = "complete"
AT_FDCWD, EXCHANGE = -100, 2


def replace(folder: Path, names: frozenset[str], fill: Callable[[Path], None]) -> None:
    """Fill a new folder by `fill` and put it in the place of `folder`.

    `names` are the files that belong to us: those that `fill` does not write are gone afterwards, all others stay.
    Raises OSError where there is no room or no right to write; `folder` is then as it was.
    """
    if not locations.here(folder):
        _put(folder, names, fill)
        return
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    recover(folder)
    beside = not folder.exists() or (not os.path.ismount(folder) and os.access(folder.parent, os.W_OK))
    with _workplace(folder.parent if beside else folder, folder.name) as new:
        fill(new)
        if _holds(folder, new, names):
            return
        _to_disk(new)
        if not folder.exists():
            os.rename(new, folder)
            _sync(folder.parent)
        elif not (beside and _exchange_with(folder, new, names)):
            _move_in(folder, new, names)


def _holds(folder: Path, new: Path, names: frozenset[str]) -> bool:
    """True where the folder holds the new files already, byte for byte, and none that is to go."""
    ours = [(folder / name, new / name) for name in names]
    return all(old.is_file() == made.is_file() and (not made.is_file() or _same(old, made)) for old, made in ours)


def _same(old: Path, made: Path) -> bool:
    if locations.here(old):
        return filecmp.cmp(old, made, shallow=False)
    return old.read_bytes() == made.read_bytes()


def _put(folder: Path, names: frozenset[str], fill: Callable[[Path], None]) -> None:
    """Replace the files of a folder elsewhere: put the complete new ones beside the old, then each in its place."""
    recover(folder)
    with TemporaryDirectory(prefix="plan-tables-") as made, locations.asked(folder):
        new, stage = Path(made), folder / STAGE
        fill(new)
        if _holds(folder, new, names):
            return
        for entry in new.iterdir():
            locations.put(stage / entry.name, entry.read_bytes())
        gone = sorted(names - {entry.name for entry in new.iterdir()})
        locations.put(stage / COMPLETE, "\n".join(gone).encode())
        _finish_there(folder, stage)


def _finish_there(folder: Path, stage: Path) -> None:
    """As `_finish`, elsewhere."""
    for entry in sorted(stage.iterdir()):
        if entry.name != COMPLETE:
            locations.put(folder / entry.name, entry.read_bytes())
    for name in filter(None, (stage / COMPLETE).read_text(encoding="utf-8").split("\n")):
        (folder / name).unlink(missing_ok=True)
    (stage / COMPLETE).unlink()
    locations.remove(stage)


def recover(folder: Path) -> None:
    """Finish a move that was interrupted, where there is one."""
    stage = folder / STAGE
    if not locations.here(folder):
        with locations.asked(folder):
            if (stage / COMPLETE).exists():
                _finish_there(folder, stage)
            else:
                locations.remove(stage)
        return
    if not stage.is_dir() or not os.access(folder, os.W_OK):
        return
    with _locked(folder):
        if (stage / COMPLETE).exists():
            _finish(folder, stage)
        else:
            shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _workplace(parent: Path, name: str) -> Iterator[Path]:
    """A new empty folder, locked while we live; those that dead processes left are cleared away."""
    prefix = f".{name}-new-"
    with _locked(parent):
        for left in parent.glob(f"{prefix}*"):
            _clear(left)
        new = parent / (prefix + secrets.token_hex(6))
        new.mkdir()
        lock = os.open(new, os.O_RDONLY)
        _lock(lock)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
        os.close(lock)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, flags: int = 0) -> bool:
    """Lock an open folder; False where another process holds it, or the file system knows no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | flags)
    except OSError:
        return False
    return True


def _clear(left: Path) -> None:
    """Remove a workplace unless its process still holds it."""
    try:
        handle = os.open(left, os.O_RDONLY)
    except OSError:
        return
    if _lock(handle, fcntl.LOCK_NB):
        shutil.rmtree(left, ignore_errors=True)
    os.close(handle)


def _exchange_with(folder: Path, new: Path, names: frozenset[str]) -> bool:
    """Let the two folders change places; False where that cannot be done here. `new` is then the old folder."""
    others = [entry for entry in folder.iterdir() if entry.name not in names]
    if any(not entry.is_file() or entry.is_symlink() for entry in others):
        return False
    for entry in others:
        _link(entry, new / entry.name)
    os.chmod(new, folder.stat().st_mode & 0o7777)
    if not exchange(folder, new):
        for entry in others:
            (new / entry.name).unlink()
        return False
    _sync(folder.parent)
    for late in new.iterdir():
        if late.name not in names and not (folder / late.name).exists():
            os.rename(late, folder / late.name)
    return True


def exchange(one: Path, other: Path) -> bool:
    """Let two paths change places in one step; False where system or file system have no such step."""
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            return bool(library.renamex_np(a, b, EXCHANGE) == 0)
        return bool(library.renameat2(AT_FDCWD, a, AT_FDCWD, b, EXCHANGE) == 0)
    except AttributeError:
        return False


def _move_in(folder: Path, new: Path, names: frozenset[str]) -> None:
    """Bring the complete new files into the folder, then move them one by one."""
    gone = names - {entry.name for entry in new.iterdir()}
    (new / COMPLETE).write_text("\n".join(sorted(gone)), encoding="utf-8")
    _to_disk(new)
    with _locked(folder):
        stage = folder / STAGE
        shutil.rmtree(stage, ignore_errors=True)
        os.rename(new, stage)
        _sync(folder)
        _finish(folder, stage)


def _finish(folder: Path, stage: Path) -> None:
    """Move what is staged, remove what the list names. Can be broken off and begun again at any point."""
    for entry in sorted(stage.iterdir()):
        if entry.name != COMPLETE:
            os.replace(entry, folder / entry.name)
    for name in filter(None, (stage / COMPLETE).read_text(encoding="utf-8").split("\n")):
        (folder / name).unlink(missing_ok=True)
    _sync(folder)
    (stage / COMPLETE).unlink()
    stage.rmdir()


def _link(entry: Path, target: Path) -> None:
    try:
        os.link(entry, target)
    except OSError:
        shutil.copy2(entry, target)


def _to_disk(folder: Path) -> None:
    for entry in folder.iterdir():
        _sync(entry)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
