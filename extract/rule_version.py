"""The version of the rules: a sum over everything but the documents and config.yaml that decides what is found."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
LIBRARIES = (
    *("jieba", "rjieba", "ahocorasick_rs", "GB2260-v2", "opencc", "numpy", "scipy", "pyarrow"),
    *("pdfplumber", "pdfminer.six", "python-docx", "lxml"),
)
"""What words, conversions, lines of files and figures of the comparing tables come from."""


@cache
def rule_version() -> str:
    """A sum (hex) over the modules, the lexicon and the schema, over Python and the libraries that decide results."""
    total = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("*.yaml"), *HERE.glob("lexicon/*.yaml")]):
        total.update(f"{path.relative_to(HERE).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for name in LIBRARIES:
        total.update(f"{name}\0{_version(name)}\n".encode())
    return total.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
