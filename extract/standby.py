"""`wait`: a process that has loaded all that an extraction needs before it is told what to extract. For programs.

What is needed is loaded by a rehearsal: two made-up plans are added and compared in a temporary folder that goes again.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

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


def order(command: Callable[[Sequence[str]], int], config: Path) -> list[str]:
    """Rehearse, then wait for one line of standard input: {"folder": to work in, "arguments": of the command line}.

    Args: `command` runs a command line; `config`, a configuration to rehearse with. Returns the arguments, none where
    the input ends without a line. Working folder and temporary files are then those of the order.
    """
    with suppress(Exception):  # what is wrong here is told of the order itself
        _rehearse(command, config)
    line = sys.stdin.readline()
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    if not line:
        return []
    told = json.loads(line)
    os.chdir(told["folder"])
    os.environ["TMPDIR"] = tempfile.tempdir = told["folder"]
    return [str(argument) for argument in told["arguments"]]


def _rehearse(command: Callable[[Sequence[str]], int], config: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="plan-rehearsal-") as name, redirect_stdout(io.StringIO()):
        folder = Path(name)
        shutil.copy(config, folder / "config.yaml")
        for file, text in PLANS.items():
            (folder / file).write_text(text, encoding="utf-8")
        files = [str(folder / file) for file in PLANS]
        with redirect_stderr(io.StringIO()):
            command(["--config", str(folder / "config.yaml"), "add", "--json", "--", *files])
