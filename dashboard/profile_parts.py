"""Parts of the page 单区档案: choice of the document, its head, and how the page is printed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

import address
import fields
import labels
import overview_cards
import profile_cards
import wording
from card import Card
from directory import Document
from facts import AIMS
from view import View, kept, regardless

SHEET = 850
"""Width of what is printed in pixels, on the screen as on paper."""

_PRINT = f"""<style>
.stMainBlockContainer {{max-width: calc({SHEET}px + 10rem)}}
@media print {{
  @page {{size: A4; margin: 7mm}}
  .stMainBlockContainer {{
    zoom: 0.66; padding: 0 !important; margin: 0 auto !important; width: {SHEET}px !important;
    max-width: {SHEET}px !important
  }}
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stHeading"],
  [data-testid="stDownloadButton"], [data-testid="stButtonGroup"], [data-testid="stPageLink"],
  .st-key-pf_controls, .st-key-pf_after, .st-key-brief,
  [class*="st-key-card-"] [data-testid="stCaptionContainer"] {{display: none !important}}
  [data-testid="stVerticalBlock"] {{gap: 6px !important}}
  .st-key-pf_head, .st-key-pf_head * {{margin: 0 !important; padding-top: 0 !important; padding-bottom: 2px !important}}
  [class*="st-key-card-"] {{break-inside: avoid; padding: 2px 8px 0 !important}}
  [class*="st-key-card-"] > [data-testid="stLayoutWrapper"]:last-child {{display: none}}
  * {{-webkit-print-color-adjust: exact; print-color-adjust: exact}}
}}
</style>"""


@dataclass(frozen=True)
class Profile:
    """The cards of one document; None where there is nothing to show."""

    targets: Card | None
    topics: Card | None
    themes: Card | None
    relation: Card | None


def _build(view: View, document: Document, every: bool) -> Profile:
    facts = view.stated
    of_text = regardless(view, overview_cards.WHOLE)
    return Profile(
        profile_cards.target_card(document, facts[facts["doc_id"] == document.id], every, view),
        kept(profile_cards.topic_card, of_text, document),
        kept(profile_cards.theme_card, of_text, document),
        kept(profile_cards.relation_card, of_text, document),
    )


def build(document: Document, every: bool, view: View) -> Profile:
    """The cards of a document, with every target or the key ones; kept for the next visit."""
    return kept(_build, view, document, every)


def choose(documents: list[Document], view: View) -> tuple[Document, bool]:
    """Draw the choice of region, document and length, and return the document and whether all targets are shown."""
    regions = list(dict.fromkeys(document.region_id for document in documents))
    with st.container(horizontal=True, vertical_alignment="bottom", key="pf_controls"):
        region = fields.draw(
            st.segmented_control,
            address.Parameter("pf_region", regions, regions[0], lambda region: {view.directory.region(region)}),
            labels.word("profile.region"),
            required=True,
            format_func=view.directory.region,
        )
        own = [document for document in documents if document.region_id == region]
        names = {document.id: document.label for document in own}
        parameter = address.Parameter("pf_doc", list(names), own[0].id)
        chosen = address.seed(parameter)
        if len(own) > 1:
            fields.draw(
                st.segmented_control,
                parameter,
                labels.word("profile.document"),
                required=True,
                format_func=lambda d: names[d],
            )
        every = fields.draw(
            st.toggle,
            address.Parameter("pf_all", default=False),
            labels.word("profile.every"),
            help=labels.word("profile.every_help"),
        )
        st.caption(labels.word("profile.print_hint"))
    st.html(_PRINT)
    return next(document for document in own if document.id == chosen), bool(every)


def _told(view: View, document: Document) -> str:
    """Years, date of issue, size and counts of the document in a line."""
    facts = view.stated[view.stated["doc_id"] == document.id]
    frame = view.tables["documents"]
    row = frame[frame["doc_id"] == document.id].iloc[0]
    aims = facts["kind"].isin(AIMS)
    parts = [
        labels.word("profile.period", period=overview_cards.period(document, view)),
        labels.word("profile.issued", date=row["issued"] or labels.word("profile.unknown")),
        labels.word("profile.size", chars=f"{row['chars']:,}"),
        labels.word(
            "profile.counts", facts=len(facts), targets=int(aims.sum()), indicators=int(facts["key"].nunique())
        ),
    ]
    return labels.word("filters.between").join(parts)


def head(document: Document, view: View) -> None:
    """What the document is, in three lines: region, title, and what there is to say of it."""
    name = wording.markdown(view.directory.region(document.region_id))
    title = wording.markdown(labels.word("words.title_marks", title=document.title))
    line = wording.markdown(kept(_told, view, document))
    with st.container(key="pf_head", gap="small"):
        st.markdown(f"### {name}")
        st.markdown(f"**{title}**")
        st.caption(line)
