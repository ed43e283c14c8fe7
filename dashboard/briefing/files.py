"""Cards → one file: which kinds there are, and what makes each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import downloads
from briefing import amounts, bundle, layout, names, picture, report, slides, workbook
from briefing.item import Item
from view import View

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Job:
    """Cards of a view that go into one file, the title of it ("" for none), and the time that the file tells."""

    items: Sequence[Item]
    view: View
    made: datetime
    title: str = ""


def job(items: Sequence[Item], view: View, title: str = "") -> Job:
    """A job of now."""
    return Job(items, view, datetime.now().astimezone(), title)


def _slides(job: Job) -> bytes:
    return slides.build(job.items, job.made, job.title)


def _report(job: Job) -> bytes:
    """With figures where pictures can be made."""
    return report.build(job.items, job.made, job.title, None if picture.unavailable() else _figure)


def _figure(item: Item) -> bytes:
    return picture.draw(item, "page", "png")


def _workbook(job: Job) -> bytes:
    return workbook.build(job.items, job.made, job.title)


def _pictures(job: Job) -> bytes:
    """Every card as a picture for a slide."""
    size = next(iter(layout.SIZES))
    drawn = ((names.file_name(item, job.view, "png"), picture.draw(item, size, "png")) for item in job.items)
    return bundle.build(((f"{number:02}_{name}", png) for number, (name, png) in enumerate(drawn, start=1)), job.made)


def _numbers(job: Job) -> bytes:
    """The numbers of the first card: a file of this kind holds one table."""
    return downloads.csv(amounts.numbered(job.items[0]))


KINDS: dict[str, tuple[str, Callable[[Job], bytes]]] = {
    "pptx": (f"{_OFFICE}.presentationml.presentation", _slides),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _report),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _workbook),
    "zip": ("application/zip", _pictures),
    "csv": ("text/csv", _numbers),
}
"""Ending → type of the file, and what makes it. Only pictures (zip) need a browser.

All raise ReadableError where a picture cannot be made.
"""

ONE, MANY = ("pptx", "docx", "xlsx", "csv"), ("pptx", "docx", "xlsx", "zip")
"""Kinds for one card and for several."""
