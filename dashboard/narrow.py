"""What a narrow screen needs: no words are cut off, and no chart is pressed until its words cover each other."""

from __future__ import annotations

import streamlit as st

import chart_style

_STYLE = f"""<style>
@media screen {{
  [class*="st-key-figure-"] {{overflow: auto hidden}}
  [class*="st-key-figure-"] [data-testid="stFullScreenFrame"] {{min-width: {chart_style.WIDTH}px}}
  [data-testid="stPageLink"] p {{white-space: normal}}
}}
</style>"""


def fit() -> None:
    """Let charts scroll sideways where they cannot be read at the width of the screen, and words wrap. Once a run."""
    st.html(_STYLE)
