"""Stage 5: numbers that are no amounts — parts of names, dates, … — each under the rule that says so."""

from __future__ import annotations

from collections.abc import Iterator

from extract.lexicon_file import Lexicon
from extract.model import Exclusion
from extract.patterns import from_start
from extract.scanning import Sifted


class ExclusionRules(Lexicon):
    """lexicon/exclusions.yaml."""

    rules: dict[str, tuple[str, ...]]


class Exclusions:
    """Finds false friends; built once from the lexicon."""

    def __init__(self, rules: ExclusionRules, latin: str) -> None:
        """`latin` matches the units of several Latin letters, for {latin} in the patterns."""
        self.patterns = {
            f"excluded.{name}": "|".join(f"(?:{from_start(p.replace('{latin}', latin))})" for p in patterns)
            for name, patterns in rules.rules.items()
        }

    def find(self, sifted: Sifted, busy: bytearray) -> Iterator[Exclusion]:
        """The exclusions of a cleaned text that was held against the patterns, in the order of the rules.

        `busy` marks what is read already, and will be. Only a title (《…》) covers what was read inside it.
        """
        for rule in filter(sifted.spans.__contains__, self.patterns):
            for found in sifted.finditer(rule):
                start, end = found.span()
                if start == end or (any(busy[start:end]) and rule != "excluded.title"):
                    continue
                busy[start:end] = b"\1" * (end - start)
                yield Exclusion(start, end, rule)
