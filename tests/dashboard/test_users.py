"""Some users at once on a real server: none of them meets a fault, or another's document."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from tests.bench.users import Plan, crowd
from tests.serving import serving


def test_users_at_once(tables: Path) -> None:
    with serving(environment=os.environ | {"PLAN_TABLES": str(tables)}) as address:
        seen = asyncio.run(crowd(address, Plan(users=4, seconds=3, thinking=(0.1, 0.3), bringing=2)))
    assert seen.faults == [] and len(seen.brought) == 2
    assert len(seen.first) == 4 and sum(map(len, seen.reruns.values())) >= 8
