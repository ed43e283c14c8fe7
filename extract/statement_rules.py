"""lexicon/statements.yaml as typed values; the file itself says what each field means."""

from __future__ import annotations

import re
from functools import cached_property

from extract.lexicon_file import Lexicon


class StatementRules(Lexicon):
    """How a clause says what is measured, and whether what it says is a fact."""

    boundaries: str
    drop_before: tuple[str, ...]
    drop_after: tuple[str, ...]
    verbs: tuple[str, ...]
    flow_verbs: tuple[str, ...]
    stock_verbs: tuple[str, ...]
    stock_anywhere: tuple[str, ...]
    growth: tuple[str, ...]
    bare_rates: tuple[str, ...]
    change: tuple[str, ...]
    inherits: tuple[str, ...]
    distributing: str
    per_year: tuple[str, ...]
    cumulative: tuple[str, ...]
    entity: tuple[str, ...]
    small_lengths: tuple[str, ...]
    thing_after: str
    sized_thing: str
    joined_things: str
    counted_with: str
    sector: str
    acting_signs: tuple[str, ...]
    big_verbs: tuple[str, ...]
    described: tuple[str, ...]
    describing: tuple[str, ...]
    predicates: tuple[str, ...]
    part_of: str
    trade: tuple[str, ...]
    measured: tuple[str, ...]
    list_signs: str
    twins: dict[str, tuple[str, str]]
    bare_parts: str
    shared_tails: tuple[str, ...]
    whole_names: str
    generic: tuple[str, ...]
    counted_here: tuple[str, ...]
    travel: tuple[str, ...]
    reached: tuple[str, ...]
    left_out: dict[str, str]
    several: str
    rank_signs: tuple[str, ...]
    rated: str
    rated_part: str
    thing_far: str
    last_joined: str
    several_of: str
    circle: str
    share_of_part: str
    share: str
    added_value: str
    scope: str
    each: str
    work: str
    growing: str
    rate_name: str
    rate_ends: tuple[str, ...]
    money_size: str
    whole_place: str
    per_head: str
    place_rate: str
    place_alone: str
    achieved: str
    made_of: str
    thing_measured: str
    at_least: str
    beyond: str
    against: str
    stocked: str
    told: str
    held: str
    summing: str
    list_piece: str
    opens_clause: str
    inner_verbs: str
    priced_before: str
    priced_after: str
    ratio_parts: dict[str, tuple[str, str, str]]

    @cached_property
    def boundary(self) -> re.Pattern[str]:
        """Finds a sign that ends a clause."""
        return re.compile(f"[{re.escape(self.boundaries)}]")
