"""Some users at once on a real server: none of them meets a fault."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from tests.bench.users import Plan, crowd
from tests.serving import serving


def test_users_at_once(tables: Path) -> None:
    with serving(environment=os.environ | {"PLAN_TABLES": str(tables)}) as address:
        seen = asyncio.run(crowd(address, Plan(users=4, seconds=3, thinking=(0.1, 0.3))))
    assert seen.faults == []
    assert len(seen.first) == 4 and sum(map(len, seen.reruns.values())) >= 8
