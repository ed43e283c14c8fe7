"""A briefing from the command line: `python dashboard/brief.py --regions 天河区,越秀区 --out brief.pptx`.

One region gives its profile, several give their comparison. The ending of the file says what it is: .pptx, .docx,
.xlsx, or .zip for pictures.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

import brief_parts
import labels
import settings
import view as views
from briefing import briefs, files
from errors import ReadableError
from selection import Selection
from settings import Settings

_NAMED = 12
"""Regions that the answer to an unknown name lists where config.yaml has none."""


def write(regions: tuple[str, ...], out: Path, config: Settings) -> int:
    """Write the briefing of regions, by id; how many cards it has. Raises ReadableError."""
    whole = views.within(views.load(config), regions)
    view = views.narrow(whole, Selection(regions=regions, plans=config.dashboard.plans))
    items = briefs.items(view) if view.documents else []
    if not items:
        raise ReadableError(labels.word("brief.nothing"))
    form = out.suffix.lower().removeprefix(".")
    if form not in files.MANY:
        raise ReadableError(labels.word("brief.ending", endings=labels.join([f".{one}" for one in files.MANY])))
    data = files.KINDS[form][1](files.job(items, view, brief_parts.title(list(regions), view)))
    try:
        out.write_bytes(data)
    except OSError as error:
        raise ReadableError(labels.word("brief.unwritable", path=out, reason=error.strerror)) from error
    return len(items)


def chosen(words: str, config: Settings) -> tuple[str, ...]:
    """Ids of regions from their names, in any language, or ids, parted by commas. Raises ReadableError.

    A name that several regions have is that of none: with the region above in brackets it is one's own.
    """
    known = {name: region.id for region in config.regions for name in (region.id, region.name, region.name_en) if name}
    places = views.load(config).places
    if places is not None and places.many:
        known |= {name: one for one in places.speaking for name in (one, places.name(one))}
    wanted = [word.strip() for word in words.replace("，", ",").replace("、", ",").split(",") if word.strip()]
    unknown = [word for word in wanted if word not in known]
    if unknown or not wanted:
        every = labels.join(list(dict.fromkeys(region.name for region in config.regions)) or list(known)[:_NAMED])
        raise ReadableError(labels.word("brief.unknown", regions=labels.join(unknown), known=every))
    return tuple(dict.fromkeys(known[word] for word in wanted))


def main() -> int:
    """Read the arguments and write the file: 0 where it was written, 2 where it could not be."""
    about = argparse.ArgumentParser(description="Write a briefing of one region, or of several compared.")
    about.add_argument("--regions", required=True, help="names or ids, parted by commas")
    about.add_argument("--out", required=True, type=Path, help="file to write: .pptx, .docx, .xlsx or .zip")
    about.add_argument("--lang", choices=labels.LANGUAGES, default=labels.LANGUAGES[0])
    asked = about.parse_args()
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    labels.use(asked.lang)
    try:
        config = settings.load()
        count = write(chosen(asked.regions, config), asked.out, config)
    except ReadableError as error:
        print(error, file=sys.stderr)
        return 2
    print(labels.word("brief.written", path=asked.out, count=count))
    return 0


if __name__ == "__main__":
    sys.exit(main())
