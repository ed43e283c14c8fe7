"""Names of files that come from a browser, made safe."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from downloads import file_name

_SUFFIX = re.compile(r"\.\w{1,10}")


def shown(name: str) -> str:
    """The name as it can be shown: the last part of a path, without signs that nobody sees (control, direction)."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip() or "_"


def safe(name: str) -> str:
    """A file name of it that leads nowhere, with its suffix in small letters."""
    plain = shown(name)
    suffix = PurePosixPath(plain).suffix.lower()
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
    stem = plain[: len(plain) - len(suffix)] if suffix else plain
    return file_name(stem.lstrip("."), form=suffix[1:] or "unknown")
