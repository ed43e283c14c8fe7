"""Room for captions in a chart: which spot beside a mark is free, in pixels."""

from __future__ import annotations

from typing import Any

import wording
from chart_style import QUIET, SUBTITLE_SIZE

Box = tuple[float, float, float, float]


class Places:
    """What of a chart's plane is taken: boxes of left, bottom, right and top in pixels.

    `xs` and `ys` are the values at its left and right, and at its lower and upper end.
    """

    def __init__(self, xs: tuple[float, float], ys: tuple[float, float], width: float, height: float) -> None:
        self.xs, self.ys, self.width, self.height = xs, ys, width, height
        self.taken: list[Box] = []

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixels of a value, from the lower left corner."""
        across = (x - self.xs[0]) / (self.xs[1] - self.xs[0])
        up = (y - self.ys[0]) / (self.ys[1] - self.ys[0])
        return across * self.width, up * self.height

    def take(self, x: float, y: float, to: float) -> None:
        """Keep free the mark that lies at y from x to `to`."""
        (left, up), (right, _) = self.at(x, y), self.at(to, y)
        self.taken.append((left - 7, up - 7, right + 7, up + 7))

    def beside(
        self, x: float, y: float, text: str, size: float, lift: float, drop: float, forced: bool = False
    ) -> tuple[float, float] | None:
        """How far from (x, y) the middle of `text` finds room: above, below, left or right; None where it finds none.

        With `forced` the spot with the least overlap is taken then.
        """
        half, rise = wording.width(text) * size * 0.55, size * 0.65
        across, up = self.at(x, y)
        least: tuple[float, tuple[float, float], Box] | None = None
        for over, more in (
            (0, lift),
            (0, -drop),
            (half + 14, 0),
            (-half - 14, 0),
            (half + 4, lift),
            (-half - 4, lift),
            (half + 4, -drop),
            (-half - 4, -drop),
            (0, lift + 18),
            (0, -drop - 18),
        ):
            left = min(max(across + over - half, -20.0), self.width + 18 - 2 * half)
            bottom = up + more - rise
            box = (left, bottom, left + 2 * half, bottom + 2 * rise)
            outside = bottom < 0 or box[3] > self.height + 12
            hidden = 1e6 * outside + (self._shared(box) if forced else self._meets(box))
            if least is None or hidden < least[0]:
                least = hidden, (left + half - across, more), box
            if not hidden:
                break
        if least is None or (least[0] and not forced):
            return None
        self.taken.append(least[2])
        return least[1]

    def _meets(self, box: Box) -> bool:
        """Whether a box shares any area with what is taken."""
        left, bottom, right, top = box
        return any(one[0] < right and left < one[2] and one[1] < top and bottom < one[3] for one in self.taken)

    def _shared(self, box: Box) -> float:
        """Area that a box shares with what is taken."""
        left, bottom, right, top = box
        return sum(
            (min(right, one[2]) - max(left, one[0])) * (min(top, one[3]) - max(bottom, one[1]))
            for one in self.taken
            if one[0] < right and left < one[2] and one[1] < top and bottom < one[3]
        )


def unit_note(unit: str) -> dict[str, Any]:
    """The unit of the axis of values, upright over it: turned on its side a Chinese character misleads."""
    return {
        "text": wording.plot(unit),
        "xref": "paper",
        "x": 0,
        "xanchor": "right",
        "xshift": -6,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "font": {"size": SUBTITLE_SIZE, "color": QUIET},
    }
