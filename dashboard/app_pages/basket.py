"""简报夹: the cards that were collected, in order, and their files."""

from __future__ import annotations

import basket
import basket_parts
from view import current

view = current()
items = basket.items()
if items:
    basket_parts.heading()
    basket_parts.downloads(items, view)
    basket_parts.cards(items)
else:
    basket_parts.nothing()
basket_parts.keeping(items)
