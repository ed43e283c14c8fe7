"""The field for files of a visitor, with words of ours: the field's own are English only."""

from __future__ import annotations

from typing import Any

import streamlit as st

import labels

_OWN_WORDS = (
    "<style>.st-key-files-field [data-testid=stFileUploaderDropzoneInstructions]{{display:none}}"
    ".st-key-files-field [data-testid=stFileUploaderDropzone] button p{{font-size:0}}"
    ".st-key-files-field [data-testid=stFileUploaderDropzone] button p::after"
    '{{font-size:1rem;content:"{button}"}}</style>'
)


def draw(label: str, **look: Any) -> None:
    """Draw the field, once on a page; `look` are arguments of `st.file_uploader`."""
    with st.container(key="files-field"):
        st.html(_OWN_WORDS.format(button=labels.word("add_page.choose")))
        st.file_uploader(label, **look)
