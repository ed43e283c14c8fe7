"""lexicon/cues.yaml as typed values; the file itself says what each field means."""

from __future__ import annotations

import re

from extract.lexicon_file import Lexicon


class Around(Lexicon):
    """Patterns of what stands before and after."""

    before: re.Pattern[str]
    after: re.Pattern[str]


class CueRules(Lexicon):
    """What tells tense and time."""

    review_headings: tuple[str, ...]
    outlook_headings: tuple[str, ...]
    setting_headings: tuple[str, ...]
    hoped: re.Pattern[str]
    report_titles: tuple[str, ...]
    done: tuple[str, ...]
    committed: tuple[str, ...]
    aim_of_past: tuple[str, ...]
    review_paragraph: tuple[str, ...]
    plan_paragraph: tuple[str, ...]
    scope_paragraph: re.Pattern[str]
    scope_year: re.Pattern[str]
    opening_year: re.Pattern[str]
    on_this_base: re.Pattern[str]
    on_that_base: re.Pattern[str]
    condition: re.Pattern[str]
    value_after: re.Pattern[str]
    first_of_two: Around
    part_of: str
    handed_out: str
    binding: dict[str, str]
