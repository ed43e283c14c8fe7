"""How much more one text stresses a name than another: log-odds with an informative Dirichlet prior.

Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16 (2008), section 3.5, the estimator with an
informative prior. The prior of a name is its frequency in both texts together, times as many words as the shorter text
has. A prior that weighs less gives a name which one text lacks an enormous variance: what is said by one side alone,
and often, would rank below what both say. A prior that weighs more hides what the texts say.

No numeric library at hand has the estimator (scattertext has one bound to its own corpus and to pandas); the arithmetic
is numpy's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MIN_MENTIONS = {"term": 5, "topic": 3}
"""A name is compared only where both sides together have it so often."""
NOMINAL = 1.96
"""|z| that chance passes once in twenty times where words fall one by one, which they do not: see halves.py."""


class Compared(NamedTuple):
    """`log_odds`, above zero where the first text stresses a name more; its standard `error`; `z`, one by the other."""

    log_odds: Floats
    error: Floats
    z: Floats


def compare(counts: Floats, against: Floats, total: Floats, total_against: Floats) -> Compared:
    """Compare two texts name by name.

    Args: mentions of each name in both texts, at least one in the two together, and the mentions of all names there;
    any shapes that go together. A name that is all there is has no odds: 0.
    """
    import numpy as np

    pooled = (counts + against) / (total + total_against)
    weight = np.minimum(total, total_against)
    prior = weight * pooled
    rest, rest_against = total + weight - counts - prior, total_against + weight - against - prior
    error = np.sqrt(1 / (counts + prior) + 1 / (against + prior))
    others = np.divide(rest, rest_against, out=np.ones_like(pooled), where=pooled < 1)
    odds = np.where(pooled < 1, np.log((counts + prior) / (against + prior)) - np.log(others), 0.0)
    return Compared(odds, error, odds / error)
