"""docs/performance.md: each benchmark writes its own part of the page, and leaves those of the others."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def write(page: Path, part: str, words: str) -> None:
    """Put the words into the page between the marks of that part, which are made at its end where there are none."""
    before = page.read_text(encoding="utf-8") if page.exists() else ""
    first, last = f"<!-- {part} -->\n", f"<!-- end of {part} -->\n"
    whole = f"{first}{words.strip()}\n{last}"
    found = re.search(f"{re.escape(first)}.*?{re.escape(last)}", before, re.DOTALL)
    after = before.replace(found[0], whole) if found else f"{before.rstrip()}\n\n{whole}".lstrip()
    page.write_text(after, encoding="utf-8")


def machine(packages: Sequence[str]) -> str:
    """A sentence on the machine, its load, and the versions of what matters."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    versions = ", ".join(f"{name} {_version(name)}" for name in packages)
    busy = f"load {os.getloadavg()[0]:.1f} when this was measured"
    return f"{model}, {os.cpu_count()} cores, {busy}; Python {platform.python_version()}, {versions}."


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
