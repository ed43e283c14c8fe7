"""Esc closes a dialog that has lost the focus: a button whose file is being made is closed meanwhile and loses it."""

from __future__ import annotations

import streamlit as st

_JS = """
export default function ({ parentElement }) {
  const close = (event) => {
    const lost = document.activeElement === document.body;
    if (event.key === "Escape" && lost) document.querySelector("[role=dialog] > button")?.click();
  };
  parentElement.forget?.();
  document.addEventListener("keydown", close);
  parentElement.forget = () => document.removeEventListener("keydown", close);
  return parentElement.forget;
}
"""


def watch() -> None:
    """Let Esc close the dialog that the caller draws. To be called at its end."""
    st.components.v2.component("plan_dialog_keys", js=_JS)(key="dialog_keys")
