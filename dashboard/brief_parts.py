"""The offer to take a whole page along: the profile of a region, or the comparison of several, as slides or report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

import downloads
import labels
import view as views
from briefing import briefs, files
from view import View


def title(regions: list[str], view: View) -> str:
    """What a briefing of regions, by id, is called."""
    named = labels.join([view.directory.region(region) for region in regions])
    return labels.word("brief.one", regions=named) if len(regions) == 1 else labels.word("brief.several", regions=named)


def _made(form: str, regions: tuple[str, ...], given: Callable[[], View]) -> bytes:
    view = given()
    own = views.narrow(view.whole, replace(view.selection, regions=regions))
    return files.KINDS[form][1](files.job(briefs.items(own), own, title(list(regions), own)))


def offer(regions: list[str], view: View) -> None:
    """Draw the offer for regions, by id, under the filters of the view; a file is made when it is asked for."""
    with st.container(horizontal=True, vertical_alignment="center", key="brief"):
        st.caption(labels.word("brief.offer", title=title(regions, view)), width="content")
        for form in ("pptx", "docx"):
            st.download_button(
                labels.word(f"export.{form}"),
                data=labels.speaking(partial(_made, form, tuple(regions), views.again(view))),
                file_name=downloads.file_name(title(regions, view), view.tables.version, form=form),
                mime=files.KINDS[form][0],
                key=f"brief_{form}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
