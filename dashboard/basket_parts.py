"""Parts of the page 简报夹: its cards in order, its files, and the file that keeps it."""

from __future__ import annotations

from functools import partial

import streamlit as st

import basket
import basket_keeping
import files_field
import labels
import wording
from briefing import basket_file, files, picture
from briefing.item import Item
from downloads import file_name
from errors import ReadableError
from view import View

_FILE, _SAID = "bk_file", "_basket_said"


def nothing() -> None:
    """What stands in place of the cards while there is none."""
    with st.container(border=True, key="bk-nothing"):
        st.markdown(labels.word("basket.empty"))
        st.caption(labels.word("basket.empty_hint"))


def heading() -> None:
    """The title of the briefing."""
    st.text_input(
        labels.word("basket.title"),
        value=basket.title(),
        key="bk_title",
        max_chars=120,
        placeholder=labels.word("basket.title_placeholder"),
        on_change=lambda: basket.entitle(st.session_state["bk_title"]),
    )


def downloads(items: list[Item], view: View) -> None:
    """The whole basket as slides, report, workbook or pictures, each made when it is asked for."""
    job, missing = files.job(items, view, basket.title()), picture.unavailable()
    with st.container(horizontal=True):
        for form in files.MANY:
            mime, make = files.KINDS[form]
            lacking = missing if form == "zip" else ""
            st.download_button(
                labels.word(f"export.{form}"),
                data=labels.speaking(partial(make, job)),
                file_name=_name(form),
                mime=mime,
                key=f"bk_{form}",
                on_click="ignore",
                disabled=bool(lacking),
                help=lacking or labels.word(f"export.{form}_help"),
                icon=":material/download:",
                type="primary" if form == "pptx" else "secondary",
            )


def _name(form: str) -> str:
    return file_name(basket.title() or labels.word("basket.name"), form=form)


def cards(items: list[Item]) -> None:
    """Each card with its title and note, and the ways to move it and take it out."""
    for number, one in enumerate(items):
        _card(number, one, len(items))


def _card(number: int, one: Item, count: int) -> None:
    with st.container(border=True, key=f"bk-card-{number}"):
        words, tools = st.columns([4, 1.4], vertical_alignment="top")
        with words:
            st.markdown(f"**{number + 1}. {wording.markdown(one.title)}**")
            st.caption(wording.markdown(one.card.subtitle))
            mark = wording.short_id(one.card.id, one.link, str(number))
            fields = (("name", "own_title", one.name, 200), ("note", "note", one.note, 500))
            for place, (field, word, value, most) in zip(st.columns(2), fields, strict=True):
                key = f"bk_{field}_{mark}"
                place.text_input(
                    labels.word(f"basket.{word}"),
                    value=value,
                    key=key,
                    max_chars=most,
                    placeholder=labels.word(f"basket.{word}_placeholder"),
                    on_change=_changed,
                    args=(number, field, key),
                )
            if one.link:
                st.link_button(labels.word("basket.open"), one.link, type="tertiary", icon=":material/open_in_new:")
        with tools, st.container(horizontal=True, horizontal_alignment="right"):
            for way, by, icon in (("up", -1, "arrow_upward"), ("down", 1, "arrow_downward")):
                st.button(
                    labels.word(f"basket.{way}"),
                    key=f"bk_{way}_{number}",
                    on_click=basket.move,
                    args=(number, by),
                    disabled=not 0 <= number + by < count,
                    type="tertiary",
                    icon=f":material/{icon}:",
                )
            st.button(
                labels.word("basket.remove"),
                key=f"bk_remove_{number}",
                on_click=basket.remove,
                args=(number,),
                type="tertiary",
                icon=":material/delete:",
            )


def _changed(number: int, field: str, key: str) -> None:
    """Hand what a field of a card holds on to the basket. For callbacks."""
    basket.change(number, **{field: st.session_state[key]})


def keeping(items: list[Item]) -> None:
    """The file that keeps the basket: to be saved, and to be loaded again."""
    st.subheader(labels.word("basket.keeping"), anchor=False)
    st.caption(labels.word("basket.keeping_hint", hours=basket_keeping.HOURS))
    if items:
        st.download_button(
            labels.word("basket.save"),
            data=partial(basket_file.dump, items, basket.title()),
            file_name=_name("json"),
            mime="application/json",
            key="bk_save",
            on_click="ignore",
            icon=":material/save:",
        )
    files_field.draw(
        labels.word("basket.load"), labels.word("basket.not_taken"), type=["json"], key=_FILE, on_change=_load
    )
    said = st.session_state.pop(_SAID, "")
    if said:
        st.error(said, icon=":material/error:")


def _load() -> None:
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        held, title = basket_file.load(file.getvalue())
    except ReadableError as error:
        st.session_state[_SAID] = str(error)
        return
    basket.append(held, title)
    st.toast(labels.word("basket.loaded", count=len(held)), icon=":material/playlist_add_check:")
