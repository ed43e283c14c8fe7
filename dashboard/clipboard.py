"""A button that puts a picture on the clipboard of the reader's browser."""

from __future__ import annotations

import base64

import streamlit as st

_JS = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("span");
  button.textContent = data.label;
  said.textContent = "";
  button.onclick = async () => {
    try {
      const bytes = Uint8Array.from(atob(data.png), (sign) => sign.charCodeAt(0));
      const blob = new Blob([bytes], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      said.textContent = data.done;
    } catch (error) {
      said.textContent = data.failed;
    }
  };
}
"""
_CSS = """
button {font: inherit; font-size: .9rem; padding: .4rem .9rem; border: 1px solid #C5CFD9; border-radius: 6px;
  background: #fff; color: #1F2933; cursor: pointer}
button:hover {border-color: #1F5A96; color: #1F5A96}
span {margin-left: .7rem; font-size: .85rem; color: #52606D}
"""


def copy_picture(png: bytes, label: str, done: str, failed: str, key: str) -> None:
    """Draw the button. `done` and `failed` stand beside it after a click; browsers allow it on https or localhost."""
    component = st.components.v2.component(
        "plan_copy_picture", html='<button type="button"></button><span role="status"></span>', css=_CSS, js=_JS
    )
    data = {"png": base64.b64encode(png).decode(), "label": label, "done": done, "failed": failed}
    component(data=data, key=key)
