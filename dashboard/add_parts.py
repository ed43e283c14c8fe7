"""Parts of the page 添加文档: the way in, work that goes on, and what was refused."""

from __future__ import annotations

import streamlit as st

import files_field
import labels
import wording
from uploads import jobs, session, workspace
from uploads.answers import Refusal
from uploads.jobs import Job
from uploads.workspace import Workspace
from view import View

_ROUND, _TAKEN = "_add_round", "_add_taken"
"""How often files were taken in: each time the field begins anew."""


def uploader(view: View) -> None:
    """The field for files, and what becomes of them."""
    key = f"add_files_{st.session_state.get(_ROUND, 0)}"
    with st.container(key="add-way-in", gap="small"):
        size = st.get_option("server.maxUploadSize")
        files_field.draw(
            labels.word("add_page.upload"),
            labels.word("add_page.not_taken", size=size),
            accept_multiple_files=True,
            key=key,
            on_change=_take,
            args=(key, view.many),
        )
        words = [
            labels.word("add_page.forms", size=size, count=workspace.MOST_DOCUMENTS),
            labels.word("add_page.private"),
        ]
        words += [labels.word("add_page.beside_many")] if view.many else []
        words += [labels.word("add_page.saving_allowed")] if saving(view) else []
        st.caption("  \n".join(words))


def saving(view: View) -> bool:
    """Whether visitors may save documents for everybody: never where regions are many, whose tables are in parts."""
    return view.settings.dashboard.save_uploads and not view.many


def _take(key: str, many: bool) -> None:
    """Take files in, each once: the browser may send a field's files again. For callbacks."""
    taken: set[str] = st.session_state.setdefault(_TAKEN, set())
    files = [file for file in st.session_state[key] or () if file.file_id not in taken]
    if files:
        held = session.opened(many)
        for file in files:
            taken.add(file.file_id)
            held.take(file.name, file.getvalue())
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def anything(held: Workspace) -> bool:
    """Whether there is anything to show of what was brought."""
    return bool(held.jobs or held.documents or held.questions or held.refusals or held.saved)


def nothing() -> None:
    """What stands on the page before anything is brought."""
    with st.container(border=True, key="add-nothing"):
        st.markdown(f"**{labels.word('add_page.empty')}**")
        st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(labels.node("add_page.steps"), start=1)))


def progress(held: Workspace) -> None:
    """Work that goes on, drawn anew twice a second; the page runs again when some of it is done."""
    known, language = held.jobs, labels.language()
    if not known:
        return

    @st.fragment(run_every=0.5)
    def moving() -> None:
        labels.use(language)
        if held.ended or any(job.done for job in known):
            st.rerun()
        for number, job in enumerate(known):
            _job(job, number)

    moving()


def _job(job: Job, number: int) -> None:
    with st.container(border=True, key=f"add-job-{number}"):
        words, end = st.columns([6, 1], vertical_alignment="center")
        place, most = jobs.STAGES.index(job.stage), len(jobs.STAGES) - 1
        with words:
            st.markdown(labels.word("add_page.working", name=wording.markdown(job.name)))
            st.progress(max(0.04, (place - 0.5) / most))
            if place == 0:
                st.caption(labels.word("add_page.waiting", ahead=max(job.ahead, number), seconds=f"{job.seconds:.0f}"))
            else:
                stage = labels.name("add_page.stages", job.stage)
                st.caption(
                    labels.word("add_page.stage", stage=stage, step=place, steps=most, seconds=f"{job.seconds:.0f}")
                )
        with end, st.container(horizontal=True, horizontal_alignment="right"):
            st.button(
                labels.word("add_page.stop"),
                key=f"add_stop_{number}",
                on_click=job.stop,
                disabled=not job.stoppable,
                type="tertiary",
                icon=":material/close:",
            )


def saved(held: Workspace) -> None:
    """What was given to everybody."""
    for title in held.saved:
        words = labels.word("add_page.saved", title=labels.word("words.title_marks", title=title))
        st.success(wording.markdown(words), icon=":material/check_circle:")


def refusals(held: Workspace, view: View) -> None:
    """Why files were not added, and what to do."""
    for number, refusal in enumerate(held.refusals):
        with st.container(border=True, key=f"add-refused-{number}", gap="small"):
            st.error(wording.markdown(_why(refusal, view)), icon=":material/block:")
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.caption(wording.markdown(refusal.detail), width="stretch")
                st.button(
                    labels.word("add_page.close"),
                    key=f"add_close_{number}",
                    on_click=held.forget,
                    args=(refusal,),
                    type="tertiary",
                    icon=":material/close:",
                )


def _why(refusal: Refusal, view: View) -> str:
    known = labels.node("add_page.refusals")
    code = refusal.code if refusal.code in known else "unreadable"
    twin = _twin(refusal.twin, view) if refusal.twin else ""
    return labels.word(
        "add_page.refused", name=refusal.file, why=labels.word(f"add_page.refusals.{code}", twin=twin, **_limits())
    )


def _twin(doc_id: str, view: View) -> str:
    """Name of a document that is there already; of one that is not looked at its title."""
    if doc_id in view.directory.documents:
        return view.directory.document(doc_id)
    found = view.tables.query("select title from documents where doc_id = ?", [doc_id])["title"]
    return labels.word("words.title_marks", title=found.iat[0]) if len(found) else doc_id


def _limits() -> dict[str, object]:
    return {
        "seconds": round(jobs.LIMITS.seconds),
        "count": workspace.MOST_DOCUMENTS,
        "bytes": workspace.MOST_BYTES // 1_000_000,
    }
