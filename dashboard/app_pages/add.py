"""添加文档: bring a document, see what was found in it, and compare it with the others at once."""

from __future__ import annotations

import add_found
import add_parts
import add_questions
from uploads import session
from view import View, current


def show(view: View) -> None:
    """The way in, and all that was brought."""
    add_parts.uploader(view)
    session.prepare()
    held = session.workspace()
    if held is None or not add_parts.anything(held):
        add_parts.nothing()
        return
    add_parts.progress(held)
    add_parts.saved(held)
    add_parts.refusals(held, view)
    for question in held.questions:
        add_questions.ask(question, held, view)
    for document in reversed(held.documents):
        add_found.show(document, held, view)


show(current())
