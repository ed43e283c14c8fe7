"""`wait`: a process that has loaded all that an extraction needs before it is told what to extract. For programs.

What is needed is loaded by a rehearsal: two made-up plans are added and compared in a temporary folder that goes again.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path

CONFIG = """regions:
  - {id: district, name: 红枫区, level: district, parent: city, colour: "#0072B2"}
  - {id: city, name: 临江市, level: city, parent: null, colour: "#D55E00"}
plans:
  - {id: 14fyp, name: 十四五, period: [2021, 2025]}
  - {id: 15fyp, name: 十五五, period: [2026, 2030]}
documents:
  - {id: district-14fyp, region: district, plan: 14fyp, type: 规划纲要, period: [2021, 2025], title: 红枫区规划,
    issued: null, recognise: 红枫区国民经济, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}
  - {id: city-15fyp, region: city, plan: 15fyp, type: 规划纲要, period: [2026, 2030], title: 临江市规划,
    issued: null, recognise: 临江市国民经济, sha256: "0000000000000000000000000000000000000000000000000000000000000001"}
paths: {sources: sources, tables: tables, corrections: corrections.yaml}
bounds: {targets: {}, issue_share: [0, 1]}
dashboard: {regions: [], plans: []}
"""
READERS = ("charset_normalizer", "docx", "lxml.html")
"""Libraries that only some kinds of documents need."""
PLANS = {
    "district.txt": """临江市红枫区国民经济和社会发展第十四个五年规划纲要
第一章 主要目标
到2025年，地区生产总值达到260亿元，年均增长7%左右，新建公园7个。
优化营商环境，加强水污染防治，保障粮食安全。
""",
    "city.txt": """临江市国民经济和社会发展第十五个五年规划纲要
第一章 主要目标
到2030年，地区生产总值年均增长6%左右。
第二章 主要任务
优化营商环境，加强水污染防治，推动科技创新，发展养老服务。
""",
}


def order(command: Callable[[Sequence[str]], int]) -> list[str]:
    """Rehearse, then wait for one line of standard input: {"folder": to work in, "arguments": of the command line}.

    Args: `command` runs a command line. Returns the arguments, none where the input ends without a line. Working folder
    and temporary files are then those of the order.
    """
    for name in READERS:
        import_module(name)
    with suppress(Exception):  # what is wrong here is told of the order itself
        _rehearse(command)
    line = sys.stdin.readline()
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    if not line:
        return []
    told = json.loads(line)
    os.chdir(told["folder"])
    os.environ["TMPDIR"] = tempfile.tempdir = told["folder"]
    return [str(argument) for argument in told["arguments"]]


def _rehearse(command: Callable[[Sequence[str]], int]) -> None:
    with tempfile.TemporaryDirectory(prefix="plan-rehearsal-") as name, redirect_stdout(io.StringIO()):
        folder = Path(name)
        for file, text in {"config.yaml": CONFIG, **PLANS}.items():
            (folder / file).write_text(text, encoding="utf-8")
        files = [str(folder / file) for file in PLANS]
        with redirect_stderr(io.StringIO()):
            command(["--config", str(folder / "config.yaml"), "add", "--json", "--", *files])
