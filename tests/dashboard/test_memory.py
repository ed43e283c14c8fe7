"""What is kept for all visitors: made once, by one of those who ask at once, and never in place of another."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import memory


def test_of_those_who_ask_at_once_one_makes_it() -> None:
    made: list[str] = []
    together = threading.Barrier(4)

    @memory.keep(2)
    def make(word: str, key: tuple[str, int]) -> str:
        made.append(word)
        time.sleep(0.05)
        return f"{word}{key[1]}"

    def ask(number: int) -> str:
        together.wait()
        return make(f"who {number}", ("k", 1))

    with ThreadPoolExecutor(4) as pool:
        got = set(pool.map(ask, range(4)))
    assert len(made) == len(got) == 1
    memory.forget()
    make("again", ("k", 1))
    assert made[-1] == "again"


def test_what_was_used_last_stays() -> None:
    made: list[int] = []

    @memory.keep(2)
    def make(key: int) -> int:
        made.append(key)
        return key

    for key in (1, 2, 1, 3, 1, 2):
        assert make(key) == key
    assert made == [1, 2, 3, 2]


def test_what_fails_is_made_again() -> None:
    asked: list[int] = []

    @memory.keep(2)
    def make(key: int) -> int:
        asked.append(key)
        if len(asked) == 1:
            raise OSError
        return key

    with pytest.raises(OSError):
        make(1)
    assert make(1) == 1
