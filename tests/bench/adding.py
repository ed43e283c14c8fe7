"""How long it takes to add a document in the dashboard: `make bench`. Prints a table; nothing here passes or fails.

The document is made up: 50,000 characters of plan sentences in numbered chapters, of a region that nobody has.
"""

from __future__ import annotations

import resource
import sys
import time

from streamlit.testing.v1 import AppTest

from tests.serving import APP
from uploads import folders
from uploads.workspace import Workspace

CHARS = 50_000
TITLE = "临江市红枫区国民经济和社会发展第十四个五年规划和2035年远景目标纲要\n"
SENTENCES = (
    "到2025年，第{n}批公园达到{n}个，新增公办学位{n}00个，每千人口医疗床位数达到6.{n}张。",
    "加快建设现代产业体系，推动制造业高质量发展，培育高新技术企业不少于{n}家。",
    "完善综合交通网络，优化营商环境，提升公共服务水平，让居民共享发展成果。",
    "坚持绿色低碳发展，加强水污染防治和土壤修复，空气质量优良天数比例保持在{n}%以上。",
)


def document() -> str:
    """The text."""
    lines, size = [TITLE], len(TITLE)
    while size < CHARS:
        number = len(lines)
        head = f"第{number // 20 + 1}节 重点任务\n" if number % 20 == 1 else ""
        lines.append(head + "".join(one.format(n=number % 90 + 5) for one in SENTENCES) + "\n")
        size += len(lines[-1])
    return "".join(lines)


def main() -> None:
    """Measure and print."""
    text = document().encode()
    print(f"adding {len(text.decode()):,} characters: seconds in each stage")
    for name in ("first", "next"):
        held, before = Workspace(), resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        held.take("plan.txt", text)
        stages: dict[str, float] = {}
        while held.jobs:
            for job in held.jobs[:1]:
                stages.setdefault(job.stage, time.perf_counter() - began)
            time.sleep(0.01)
        stages["done"] = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        page = AppTest.from_file(str(APP), default_timeout=60).run()
        page.session_state["_workspace"], page.session_state["_workspace_seen"] = held, set()
        page.switch_page("app_pages/add.py")
        began = time.perf_counter()
        page.run()
        stages["page"] = stages["done"] + time.perf_counter() - began
        told = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in stages.items())
        added = f"{len(held.documents)} added, exceptions: {len(page.exception)}"
        print(f"{name:6} {told}   (work of the process {work:.2f}; {added})")
        held.end()
    print(f"files left: {len(list(folders.server().glob('tmp*')))}", file=sys.stderr)


if __name__ == "__main__":
    main()
