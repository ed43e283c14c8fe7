"""What every page works on: settings, tables, names and the current selection."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

import data_io
import directory as directories
import facts as fact_rows
import filters
import labels
from data_io import Tables
from directory import Directory
from selection import Selection
from settings import Settings


@dataclass(frozen=True)
class View:
    """One run of the page: what is there, and what of it is looked at."""

    settings: Settings
    tables: Tables
    directory: Directory
    facts: pd.DataFrame
    filters: tuple[filters.Filter, ...]
    selection: Selection

    @property
    def documents(self) -> list[directories.Document]:
        """Documents of the chosen regions and plans, in the order of showing."""
        chosen = set(self.selection.documents(self.tables["documents"])["doc_id"])
        return [document for document in self.directory.documents.values() if document.id in chosen]

    def describe(self, skip: frozenset[str] = frozenset()) -> str:
        """The filters as one line for a card."""
        return filters.describe(self.filters, self.selection, skip)


@st.cache_resource(max_entries=8, show_spinner=False)
def _prepared(_tables: Tables, _directory: Directory, version: str, names: str) -> pd.DataFrame:
    """Prepared facts, cached by data version and by the names that went into them."""
    return fact_rows.prepare(_tables["targets"], _tables["sections"], _directory)


def load(settings: Settings) -> tuple[Tables, Directory, pd.DataFrame]:
    """Tables, names and prepared facts. Raises ReadableError."""
    tables = data_io.load(settings.tables)
    directory = directories.build(settings, tables["documents"], tables["targets"], tables.names)
    return tables, directory, _prepared(tables, directory, tables.version, labels.language() + repr(directory))


def keep(view: View) -> None:
    """Hand the view to the page that is about to run."""
    st.session_state["current_view"] = view


def current() -> View:
    """The view of this run, as the entry file made it."""
    view: View = st.session_state["current_view"]
    return view
