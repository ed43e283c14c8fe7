"""The form by which a reader corrects a fact, under its sentence in the dialog of its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

import amendment
import amendments
import applying
import field_words
import fields
import labels
import links
import wording
from amendment import Amendment, Row
from errors import ReadableError
from uploads import session
from view import View

_OPEN, _TRIED = "_amend_open", "_amend_tried"
ACTIONS = ("change", "drop")
AUTO = "*"
"""Choice of the canonical indicator: as follows from the name."""


def opened(target_id: str) -> bool:
    """Whether the form of a fact is open."""
    return bool(st.session_state.get(_OPEN) == target_id)


def open_form(target_id: str) -> None:
    """Open the form of a fact as it stands or was corrected before. For callbacks."""
    for key in [key for key in st.session_state if str(key).endswith(f"_{wording.short_id(target_id)}")]:
        if str(key).startswith("am_"):
            del st.session_state[key]
    st.session_state[_OPEN], st.session_state[_TRIED] = target_id, False


def close() -> None:
    """Close the form. For callbacks."""
    st.session_state[_OPEN] = ""


def offer(target_id: str, view: View) -> None:
    """What can be done about a fact that is wrong: correct it, or look at the correction that is held."""
    one = amendments.of(target_id, view.tables["targets"])
    if one is None:
        full = len(amendments.held()) >= amendments.MOST
        st.button(
            labels.word("amend.wrong"),
            key="am_wrong",
            on_click=open_form,
            args=(target_id,),
            icon=":material/flag:",
            disabled=full,
            help=labels.word("amend.full" if full else "amend.wrong_help", most=amendments.MOST),
        )
        return
    counts = applying.counts(str(one.row["doc_id"]))
    said = labels.word(
        "amend.counts" if counts else "amend.held", changes=field_words.changes(one, view.directory), reason=one.reason
    )
    st.info(wording.markdown(said), icon=":material/edit_note:")
    tools(one, view)
    links.draw(view, "data", labels.word("amend.to_list"), "edit_note", dt_part="corrections")


def tools(one: Amendment, view: View, then: Callable[[str], None] | None = None) -> None:
    """The buttons of a held correction; `then` is called too when it is to be changed."""
    shown = amendments.shown(one, view.tables["targets"])

    def change() -> None:
        open_form(shown)
        if then is not None:
            then(shown)

    mark = wording.short_id(one.id)
    with st.container(horizontal=True):
        if shown:
            st.button(labels.word("amend.again"), key=f"am_again_{mark}", on_click=change, icon=":material/edit:")
        st.button(
            labels.word("amend.remove"),
            key=f"am_remove_{mark}",
            on_click=applying.remove,
            args=(one, view),
            icon=":material/delete:",
        )


def form(target_id: str, view: View) -> None:
    """Draw the fields of a fact as they stand or were corrected before, each with what is wrong with it under it."""
    Form(target_id, view).draw()


class Form:
    """The form of one fact."""

    def __init__(self, target_id: str, view: View) -> None:
        self.one = amendments.of(target_id, view.tables["targets"])
        self.stood = applying.stood(view, [target_id])
        self.fact = amendment.row(self.stood, self.one.id if self.one else target_id)
        self.view = view
        self.mark = wording.short_id(target_id)
        self.start: Row = self.fact | (self.one.set if self.one else {})
        self.faults: dict[str, str] = {}

    def draw(self) -> None:
        """Draw it whole."""
        self.faults = self._wrong(self._now()) if st.session_state.get(_TRIED) else {}
        dropped = self.one is not None and not self.one.set
        action = st.segmented_control(
            labels.word("amend.action"),
            ACTIONS,
            key=self._key("action"),
            default=ACTIONS[int(dropped)],
            required=True,
            format_func=fields.plain(lambda name: labels.word(f"amend.actions.{name}")),
        )
        if action == "drop":
            st.caption(labels.word("amend.drop_hint"))
        else:
            self._fields()
        self._say("all")
        st.text_area(
            labels.word("amend.reason"),
            value=self.one.reason if self.one else "",
            key=self._key("reason"),
            height=68,
            max_chars=amendment.REASON,
            placeholder=labels.word("amend.reason_placeholder"),
        )
        self._say("reason")
        counts = applying.counts(str(self.fact["doc_id"]))
        if counts:
            session.prepare()
        with st.container(horizontal=True):
            word = "amend.apply_now" if counts else "amend.add"
            st.button(labels.word(word), key="am_add", type="primary", on_click=self._submit)
            st.button(labels.word("amend.cancel"), key="am_cancel", on_click=close)

    def _fields(self) -> None:
        name, canonical = st.columns([3, 2])
        with name:
            self._text("indicator")
        with canonical:
            self._canonical()
        if self.fact["value"] is None:
            self._text("value_text")
        else:
            for column, field in zip(st.columns(4), (*amendment.AMOUNTS, "unit", "qualifier"), strict=True):
                with column:
                    self._choice(field) if field == "qualifier" else self._text(field)
        kind, measure, attribute, _ = st.columns(4)
        for column, field in ((kind, "kind"), (measure, "measure"), (attribute, "attribute")):
            with column:
                self._choice(field)
        self._time()
        theme, topic, _ = st.columns([1, 1, 2])
        with theme:
            self._choice("theme")
        with topic:
            self._topic()

    def _time(self) -> None:
        way, first, second, _ = st.columns(4)
        with way:
            time = self._select("time", amendment.TIMES, amendment.time_of(self.start), "amend.times")
        asked = {"year": amendment.YEARS[:1], "period": amendment.YEARS[1:]}.get(time, ())
        for column, field in zip((first, second), asked, strict=False):
            with column:
                self._text(field)

    def _canonical(self) -> None:
        now = self.view.directory.indicators.get(str(self.fact["indicator_id"]), labels.word("amend.none"))
        names = {AUTO: labels.word("amend.auto", name=now), "": labels.word("amend.none")}
        names |= self.view.directory.indicators
        same = self.start["indicator_id"] == self.fact["indicator_id"]
        chosen = AUTO if same else str(self.start["indicator_id"])
        st.selectbox(
            labels.name("fields", "indicator_id"),
            list(names),
            index=list(names).index(chosen) if chosen in names else 0,
            key=self._key("indicator_id"),
            format_func=lambda item: names[item],
        )

    def _topic(self) -> None:
        theme = st.session_state.get(self._key("theme"), str(self.start["theme"]))
        known = self._topics(theme)
        here = str(self.start["topic"])
        options = ["", *known, *([here] if here and here not in known and theme == self.start["theme"] else [])]
        st.selectbox(
            labels.name("fields", "topic"),
            options,
            index=options.index(here) if here in options else 0,
            key=self._key("topic"),
            format_func=lambda item: self.view.directory.topics.get(item, item) or labels.word("amend.none"),
        )

    def _topics(self, theme: str) -> list[str]:
        if "topics" not in self.view.tables:
            return []
        table = self.view.tables["topics"]
        return list(table[table["theme"] == theme]["topic"])

    def _choice(self, field: str) -> None:
        head = amendment.CHOICES[field]
        here = str(self.start[field])
        known = [*([""] if field == "attribute" else []), *labels.node(head)]
        self._select(field, known if here in known else [here, *known], here, head)

    def _select(self, field: str, options: Sequence[str], here: str, head: str) -> str:
        chosen: str = st.selectbox(
            labels.word("amend.time") if field == "time" else labels.name("fields", field),
            options,
            index=list(options).index(here),
            key=self._key(field),
            format_func=lambda item: labels.name(head, item) or labels.word("amend.none"),
        )
        return chosen

    def _text(self, field: str) -> None:
        st.text_input(
            labels.name("fields", field),
            value=amendment.plain(self.start[field]),
            key=self._key(field),
            max_chars=amendment.TEXTS.get(field, 24),
            placeholder=labels.word("amend.optional") if field == "value_high" else None,
        )
        self._say(field)

    def _say(self, field: str) -> None:
        if field in self.faults:
            st.markdown(f":red[{wording.markdown(self.faults[field])}]")

    def _key(self, field: str) -> str:
        return f"am_{field}_{self.mark}"

    def _now(self) -> dict[str, str]:
        """What the form holds, of the fields that it shows."""
        state = st.session_state
        asked = ("time", "reason", *amendment.FIELDS)
        given = {name: str(state[self._key(name)] or "") for name in asked if self._key(name) in state}
        given = {"time": amendment.time_of(self.start), "reason": ""} | given
        if given.get("indicator_id") == AUTO:
            del given["indicator_id"]
        return given | ({"drop": "1"} if state.get(self._key("action")) == "drop" else {})

    def _wrong(self, given: dict[str, str]) -> dict[str, str]:
        """What is wrong with what the form holds, by field."""
        faults = amendment.read(self.fact, given).faults
        if faults:
            return faults
        facts, one = self.stood, amendment.made(self.fact, given)
        try:
            amendment.entries([*(other for other in amendments.standing(facts) if other.id != one.id), one], facts)
        except ReadableError as error:
            return {"all": str(error)}
        return {}

    def _submit(self) -> None:
        given = self._now()
        st.session_state[_TRIED] = True
        if not self._wrong(given):
            applying.hold(amendment.made(self.fact, given), self.view)
            close()
