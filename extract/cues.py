"""lexicon/cues.yaml as typed values; the file itself says what each field means."""

from __future__ import annotations

from extract.lexicon_file import Lexicon


class Around(Lexicon):
    """Patterns of what stands before and after."""

    before: str
    after: str


class CueRules(Lexicon):
    """What tells tense and time."""

    review_headings: tuple[str, ...]
    outlook_headings: tuple[str, ...]
    setting_headings: tuple[str, ...]
    report_titles: tuple[str, ...]
    done: tuple[str, ...]
    committed: tuple[str, ...]
    aim_of_past: tuple[str, ...]
    review_paragraph: tuple[str, ...]
    plan_paragraph: tuple[str, ...]
    scope_paragraph: str
    scope_year: str
    opening_year: str
    on_this_base: str
    on_that_base: str
    condition: str
    value_after: str
    first_of_two: Around
    part_of: str
    handed_out: str
    binding: dict[str, str]
