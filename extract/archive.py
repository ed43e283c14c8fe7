"""ZIP files, of documents or as Word writes them, opened in memory and within limits: nothing is written to disk."""

from __future__ import annotations

import lzma
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from extract.reading import SourceError

MOST_MEMBERS = 2_000
MOST_BYTES = 300_000_000
"""A file that unpacks to more than these is refused."""
MOST_RATIO = 200
SMALL = 20_000_000
"""A file that unpacks to more than MOST_RATIO times its size is refused, unless it stays small."""


def opened(data: bytes, file: str) -> ZipFile:
    """The archive that `data` is. Raises SourceError where it is damaged, locked, or too large once unpacked.

    The sizes are those that the archive declares; `content` never unpacks more of a member than it declares.
    """
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OverflowError, EOFError, NotImplementedError):
        raise SourceError(f"{file}: is damaged or cut off; copy or download it again") from None
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise SourceError(f"{file}: holds {len(members)} files, more than {MOST_MEMBERS}; pack fewer into one archive")
    if size > MOST_BYTES or size > max(SMALL, MOST_RATIO * len(data)):
        raise SourceError(
            f"{file}: unpacks from {_megabytes(len(data))} to {_megabytes(size)} MB, more than a document needs;"
            " unpack it yourself if you trust it, and keep its parts small"
        )
    if any(member.flag_bits & 1 for member in members):
        raise SourceError(f"{file}: is locked with a password; save it without one")
    return archive


def content(archive: ZipFile, member: ZipInfo, file: str) -> bytes:
    """The bytes of one member. Raises SourceError where it is damaged or packed in a way not known here."""
    try:
        return archive.read(member)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error, lzma.LZMAError):
        raise SourceError(f"{file}: is damaged or cut off; copy or download it again") from None


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}"
