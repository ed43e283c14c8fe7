"""ZIP files, of documents or as Word writes them, opened in memory and within limits: nothing is written to disk."""

from __future__ import annotations

import lzma
import re
import zlib
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from extract import locations
from extract.reading import SourceError

MOST_MEMBERS = 1_000
MOST_BYTES = 300_000_000
"""A file that unpacks to more than these is refused."""
MOST_RATIO = 200
SMALL = 20_000_000
"""A file that unpacks to more than MOST_RATIO times its size is refused, unless it stays small."""


UTF8_NAME = 0x800
LONGEST_NAME = 120


def opened(place: Path | bytes, file: str) -> ZipFile:
    """The archive in a file or in bytes.

    Raises SourceError where it is damaged, locked, or too large once unpacked; OSError where the file cannot be opened.
    The sizes are those that the archive declares; `content` never unpacks more of a member than it declares.
    """
    try:
        packed = len(place) if isinstance(place, bytes) else place.stat().st_size
        archive = ZipFile(_seekable(place))
    except (BadZipFile, ValueError, OverflowError, EOFError, NotImplementedError):
        raise SourceError(f"{file}: is damaged or cut off; copy or download it again", "damaged") from None
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        words = f"holds {len(members)} files, more than {MOST_MEMBERS}; pack fewer into one archive"
        raise SourceError(f"{file}: {words}", "too_large")
    if size > MOST_BYTES or size > max(SMALL, MOST_RATIO * packed):
        raise SourceError(
            f"{file}: unpacks from {_megabytes(packed)} to {_megabytes(size)} MB, more than a document needs;"
            " unpack it yourself if you trust it, and keep its parts small",
            "too_large",
        )
    if any(member.flag_bits & 1 for member in members):
        raise SourceError(f"{file}: is locked with a password; save it without one", "locked")
    return archive


def _seekable(place: Path | bytes) -> Path | IO[bytes]:
    if isinstance(place, bytes):
        return BytesIO(place)
    return place if locations.here(place) else place.open("rb")


def content(archive: ZipFile, member: ZipInfo, file: str) -> bytes:
    """The bytes of one member. Raises SourceError where it is damaged or packed in a way not known here."""
    try:
        return archive.read(member)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error, lzma.LZMAError):
        raise SourceError(f"{file}: is damaged or cut off; copy or download it again", "damaged") from None


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}"


def documents(archive: ZipFile) -> list[tuple[int, str]]:
    """Place in the archive and name of each file that may be a document: no folders, hidden files or README files.

    The name is that of the file alone, to be shown; it is no path, whatever the archive says.
    """
    found = []
    for i, member in enumerate(archive.infolist()):
        *folders, name = _decoded(member).replace("\\", "/").split("/")
        hidden = any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in (*folders, name))
        if name.strip(".") and not hidden and not name.lower().startswith("readme"):
            found.append((i, _shortened(re.sub(r"[^\w\s().,+·《》（）“”—-]|[\n\r\t\v\f]", "_", name))))
    return found


def _decoded(member: ZipInfo) -> str:
    """The name, in the encoding that Chinese systems write where the archive does not say UTF-8."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return member.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _shortened(name: str) -> str:
    """The name without its middle where it is too long to be one."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 20]}…{name[-19:]}"
