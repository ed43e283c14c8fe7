"""The dialog that gives the files of one card: picture, slide, report, workbook, numbers."""

from __future__ import annotations

from functools import partial

import streamlit as st

import clipboard
import dialog_keys
import fields
import labels
import taking
import wording
from briefing import files, layout, names, picture
from briefing.item import Item
from briefing.places import item
from errors import ReadableError
from view import View

SIZE = "ex_size"
"""Key of the choice of a picture's size."""


def show(view: View) -> None:
    """Open the dialog where the files of a card are asked for. To be called once, at the end of a run."""
    taken = taking.asked()
    if taken is None:
        return
    card, link = taken
    one, language = item(card, view, link), labels.language()

    @st.dialog(labels.word("export.head"), width="large", on_dismiss=taking.done)
    def dialog() -> None:
        labels.use(language)
        st.markdown(f"**{wording.markdown(card.title)}**")
        _office(one, view)
        try:
            _picture(one, view)
        except ReadableError as error:
            st.warning(str(error), icon=":material/warning:")
        dialog_keys.watch()

    dialog()


def _office(one: Item, view: View) -> None:
    """The files that need no browser, each made when it is asked for."""
    job = files.job([one], view)
    with st.container(horizontal=True):
        for form in files.ONE:
            mime, make = files.KINDS[form]
            st.download_button(
                labels.word(f"export.{form}"),
                data=labels.speaking(partial(make, job)),
                file_name=names.file_name(one, view, form),
                mime=mime,
                key=f"ex_{form}",
                on_click="ignore",
                help=labels.word(f"export.{form}_help"),
                icon=":material/download:",
            )


def _picture(one: Item, view: View) -> None:
    """The picture as it will be, its size, and the ways to take it. Raises ReadableError where none can be made."""
    st.markdown(f"**{labels.word('export.picture')}**")
    size = st.segmented_control(
        labels.word("export.size"),
        list(layout.SIZES),
        default=next(iter(layout.SIZES)),
        key=SIZE,
        required=True,
        format_func=fields.plain(lambda name: labels.word(f"export.sizes.{name}")),
        label_visibility="collapsed",
    )
    told, missing = f"{layout.SIZES[size].width}x{layout.SIZES[size].height}", picture.unavailable()
    if missing:
        st.info(missing, icon=":material/info:")
        _svg(one, size, told, view)
        return
    with st.spinner(labels.word("export.drawing")):
        png = picture.draw(one, size, "png")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            labels.word("export.png"),
            data=png,
            file_name=names.file_name(one, view, "png", told),
            mime="image/png",
            key="ex_png",
            on_click="ignore",
            type="primary",
            icon=":material/image:",
        )
        _svg(one, size, told, view)
        said = {word: labels.word(f"export.copy_{word}") for word in ("label", "done", "failed")}
        clipboard.copy_picture(png, key="ex_copy", **said)
    st.image(png, width="stretch")


def _svg(one: Item, size: str, told: str, view: View) -> None:
    st.download_button(
        labels.word("export.svg"),
        data=labels.speaking(partial(picture.draw, one, size, "svg")),
        file_name=names.file_name(one, view, "svg", told),
        mime="image/svg+xml",
        key="ex_svg",
        on_click="ignore",
        icon=":material/polyline:",
    )
