"""Baskets that outlive a reload: the server holds them for some hours, the browser their unguessable names in a cookie.

All pages of one browser share one basket. Nothing of it is written to disk, and no address names it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st
from cachetools import TTLCache

from briefing.item import Item

HOURS = 8
"""Hours after its last change for which a basket is held."""

MOST_CARDS = 2000
"""Cards of all baskets that are held; the baskets changed longest ago go first."""

_COOKIE, _NAME, _HELD = "plan_basket", "_basket_name", "_basket"
_JS = """
export default function ({ data }) {
  const safe = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${data.cookie}=${data.name}; Max-Age=${data.seconds}; Path=/; SameSite=Strict${safe}`;
}
"""


@dataclass
class Basket:
    """Cards in their order and the title that their reader gives the briefing, "" for none."""

    items: list[Item] = field(default_factory=list)
    title: str = ""


_BASKETS: TTLCache[str, Basket] = TTLCache(MOST_CARDS, HOURS * 3600, getsizeof=lambda basket: len(basket.items) + 1)
_LOCK = Lock()


def held() -> Basket:
    """The basket of this visitor: that of this visit, else the one that the browser names, else a new one."""
    found: Basket | None = st.session_state.get(_HELD)
    if found is None:
        name = _cookie()
        with _LOCK:
            found = _BASKETS.get(name) if name else None
        if found is not None:
            st.session_state[_NAME] = name
        found = st.session_state[_HELD] = found or Basket()
    return found


def hold(basket: Basket) -> None:
    """Hold the changed basket of this visitor for HOURS from now on."""
    name = st.session_state.setdefault(_NAME, secrets.token_urlsafe(24))
    with _LOCK:
        _BASKETS[name] = basket


def tell() -> None:
    """Tell the browser the name of the basket, unless it knows. To be called at the end of a run."""
    name = st.session_state.get(_NAME)
    if name and name != _cookie():
        component = st.components.v2.component("plan_basket", js=_JS)
        component(data={"cookie": _COOKIE, "name": name, "seconds": HOURS * 3600}, key="basket-name")


def _cookie() -> str:
    """The name of a basket that the browser had when it connected; "" for none."""
    return str(st.context.cookies.get(_COOKIE, ""))
