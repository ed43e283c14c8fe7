"""The field for files of a visitor, with words of ours: the field's own are English only.

What the browser refuses (a file that is too large) never reaches the server: the field marks it red, and our sentence
stands below as long as anything is marked.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

import labels

RED = "#B42318"
_OWN_WORDS = (
    "<style>.st-key-files-field [data-testid=stFileUploaderDropzoneInstructions]{{display:none}}"
    ".st-key-files-field [data-testid=stFileUploaderDropzone] button p{{font-size:0}}"
    ".st-key-files-field [data-testid=stFileUploaderDropzone] button p::after"
    '{{font-size:1rem;content:"{button}"}}'
    "body:has(.st-key-files-field [data-testid=stFileChipIconError]) [data-testid=stTooltipErrorContent]"
    "{{display:none}}"
    ".st-key-files-field:has([data-testid=stFileChipIconError])::after"
    '{{font-size:.93rem;color:{red};content:"{refused}"}}</style>'
)


def draw(label: str, refused: str, **look: Any) -> None:
    """Draw the field, once on a page; `look` are arguments of `st.file_uploader`.

    `refused` is a sentence that is said where the browser does not take a file.
    """
    with st.container(key="files-field"):
        button, refused = (text.replace('"', '\\"') for text in (labels.word("add_page.choose"), refused))
        st.html(_OWN_WORDS.format(button=button, refused=refused, red=RED))
        st.file_uploader(label, **look)
