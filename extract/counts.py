"""What a build counts: of a partition, and of all documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """Documents whose facts are in the tables, and those that could not be extracted; facts; corrections by hand that
    the documents have; issues by severity (error, warning, info)."""

    documents: int = 0
    failed: int = 0
    targets: int = 0
    corrections: int = 0
    severities: Mapping[str, int] = field(default_factory=dict)

    @staticmethod
    def by_severity(severities: Iterable[str]) -> dict[str, int]:
        """How many issues there are of each severity, given that of each issue."""
        return dict(sorted(Counter(severities).items()))

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.documents + other.documents,
            self.failed + other.failed,
            self.targets + other.targets,
            self.corrections + other.corrections,
            dict(sorted((Counter(self.severities) + Counter(other.severities)).items())),
        )
