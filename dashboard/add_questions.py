"""What a title does not say is asked: region, plan, type and years of a document."""

from __future__ import annotations

from datetime import date

import streamlit as st

import labels
import wording
from uploads.answers import Told
from uploads.brought import Question
from uploads.workspace import Workspace
from view import View

FIELDS = ("region", "plan", "type", "period")
NO_PLAN = ("", "gwr", "other")
"""What stands for the plan of a document that is none."""


def ask(question: Question, held: Workspace, view: View) -> None:
    """Ask what is uncertain of a file, and go on with it."""
    key = wording.short_id(str(question.path), str(question.answer.member))
    with st.container(border=True, key=f"add-asked-{key}"):
        st.markdown(labels.word("add_page.asked", name=wording.markdown(question.name)))
        answer = question.answer
        known = answer.known
        if "type" in answer.asked:
            known = known.model_copy(update={"type": "", "plan": ""})
        else:
            st.caption(wording.markdown(labels.word("add_page.title_found", title=answer.title)))
        told = fields(key, known, answer.asked, view)
        with st.container(horizontal=True):
            st.button(
                labels.word("add_page.go_on"),
                key=f"add_go_{key}",
                on_click=lambda: None if told is None else held.answer(question, told),
                disabled=told is None,
                type="primary",
                icon=":material/play_arrow:",
            )
            st.button(labels.word("add_page.leave"), key=f"add_leave_{key}", on_click=held.drop, args=(question,))


def fields(key: str, known: Told, asked: tuple[str, ...], view: View) -> Told | None:
    """Draw a field for each name in `asked` that is needed; what they say, None while one is empty.

    `known` is there at first. A document whose type is no plan is asked for no plan, but for its year.
    """
    said: dict[str, object] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if "region" in asked:
            said["region"] = _chosen(f"add_region_{key}", "region", list(view.directory.regions), known.region, view)
        if "type" in asked:
            said["type"] = _chosen(f"add_type_{key}", "type", labels.node("doc_types"), known.type, view)
        kind = said.get("type", known.type)
        own_years = kind in labels.node("no_plans") and known.plan in NO_PLAN
        if "plan" in asked and kind and not own_years:
            said["plan"] = plan = _plan(key, known, view)
            own_years = bool(plan) and (plan in NO_PLAN or _periods(view).get(plan, ()) is None)
        if "period" in asked or (own_years and not known.period):
            said["period"] = _year(key, known)
    return Told(**said) if all(said.values()) else None


def _plan(key: str, known: Told, view: View) -> str:
    plans = _periods(view)
    options = [*plans, *(plan for plan in labels.node("plan_names") if plan not in plans)]
    likely = known.plan if known.plan not in NO_PLAN or not known.period else _around(*known.period)
    return _chosen(f"add_plan_{key}", "plan", options, likely, view)


def _year(key: str, known: Told) -> tuple[int, int] | None:
    year = st.number_input(
        labels.word("add_page.fields.period"),
        min_value=1949,
        max_value=2100,
        value=known.period[0] if known.period else None,
        placeholder=str(date.today().year),
        key=f"add_period_{key}",
        width=180,
    )
    return (year, year) if year else None


def _periods(view: View) -> dict[str, tuple[int, int] | None]:
    """The plans that are there, and their years."""
    return {plan.id: plan.period for plan in view.settings.plans}


def _around(first: int, last: int) -> str:
    """The five-year plan in whose years these lie; "" where there is none."""
    number = 10 + (first - 2001) // 5
    return f"{number}fyp" if last <= 2001 + 5 * (number - 10) + 4 else ""


def _chosen(key: str, field: str, options: list[str], known: str, view: View) -> str:
    """A field of options; a region may be one that is not there yet."""
    chosen = st.selectbox(
        labels.word(f"add_page.fields.{field}"),
        options,
        index=options.index(known) if known in options else None,
        format_func=lambda option: _name(field, option, view),
        key=key,
        accept_new_options=field == "region",
        placeholder=labels.word(f"add_page.placeholders.{field}"),
        width=360 if field == "region" else 220,
    )
    return chosen or ""


def _name(field: str, option: str, view: View) -> str:
    if field == "region":
        return view.directory.regions[option].name if option in view.directory.regions else option
    if field == "plan":
        return view.directory.plans.get(option) or labels.name("plan_names", option)
    return labels.name("doc_type_names", option)
