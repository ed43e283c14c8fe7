"""数据与方法: where the figures come from, how they were checked, what they mean, and the tables to take away."""

from __future__ import annotations

import amendment_parts
import data_documents
import data_parts
from view import View, current

PARTS = {
    "documents": (data_documents.documents, data_parts.kinds),
    "checks": (data_parts.accuracy, data_parts.ledger, data_parts.issues),
    "corrections": (amendment_parts.mine, amendment_parts.register),
    "method": (data_parts.method,),
    "download": (data_parts.dictionary,),
}


def show(view: View) -> None:
    """The size of the data, and the part that is chosen."""
    data_parts.totals(view)
    for draw in PARTS[data_parts.part(tuple(PARTS))]:
        draw(view)


show(current())
