"""Work in one process or several: results in order, and a dead process takes only its item along."""

from __future__ import annotations

import os
import signal
import time

import pytest

from extract.processes import Local


def square(number: int) -> int:
    time.sleep(0.002 * (number % 3))
    return number * number


def die_on_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(Local(jobs).run(square, range(40), lambda _: -1)) == [n * n for n in range(40)]


def test_a_dead_process_is_replaced_and_reported() -> None:
    assert list(Local(2).run(die_on_seven, range(20), lambda n: -n)) == [n * n if n != 7 else -7 for n in range(20)]


def whose(_: int) -> int:
    return os.getpid()


def test_an_engine_that_stays_keeps_its_processes() -> None:
    with Local(2) as engine:
        first, second = (set(engine.run(whose, range(8), lambda _: 0)) for _ in range(2))
        assert list(engine.run(die_on_seven, range(9), lambda n: -n))[6:] == [36, -7, 64]
        third = set(engine.run(whose, range(8), lambda _: 0))
    assert os.getpid() not in first
    assert second <= first or len(first | second) <= 2
    assert not third & first
    assert not set(Local(2).run(whose, range(8), lambda _: 0)) & third
