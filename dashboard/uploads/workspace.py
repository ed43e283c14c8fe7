"""What one visitor has brought: documents, questions and refusals, in a private folder that goes with the visitor."""

from __future__ import annotations

import itertools
import shutil
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from uploads import folders, generation, names, saving
from uploads.answers import FAILED, SAID_WRONG, Answers, Refusal, Told
from uploads.brought import Corrected, Document, Question
from uploads.generation import Generation
from uploads.jobs import Job, Queue
from uploads.limited import STOPPED

TOO_MANY, TOO_MANY_BYTES = "too_many", "too_many_bytes"
MOST_DOCUMENTS = 12
MOST_BYTES = 200_000_000
"""What one visitor may bring."""
NOTHING = Told()
_LINGERS = 60.0
"""Seconds for which the state before stays on disk: a page may still read it."""


class Workspace:
    """The folder of a visitor and what is in it, which ends when nobody holds this object any more.

    `many`: of so many regions the tables are not copied. `seen` is when the visitor last ran a page (seconds of the
    monotonic clock). Threads change it: what it gives out are copies. A job holds it while it runs, and no longer.
    """

    def __init__(self, many: bool = False) -> None:
        self.folder, self._many = folders.visitor(), many
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._state: Generation | None = None
        self._documents: dict[str, Document] = {}
        self._questions: list[Question] = []
        self._refusals: list[Refusal] = []
        self._saved: list[str] = []
        self._corrected: dict[str, Corrected] = {}
        self._queue = Queue()
        self._bytes = 0
        self.seen = time.monotonic()
        self._end = weakref.finalize(self, _ended, self.folder, self._queue)

    @property
    def config_file(self) -> Path | None:
        """The configuration of the newest state; None while nothing is added."""
        self.seen = time.monotonic()
        with self._lock:
            return self._state.config_file if self._state else None

    @property
    def documents(self) -> list[Document]:
        with self._lock:
            return list(self._documents.values())

    @property
    def questions(self) -> list[Question]:
        with self._lock:
            return list(self._questions)

    @property
    def refusals(self) -> list[Refusal]:
        with self._lock:
            return list(self._refusals)

    @property
    def saved(self) -> list[str]:
        """Titles of the documents that were saved for everybody."""
        with self._lock:
            return list(self._saved)

    @property
    def corrected(self) -> dict[str, Corrected]:
        """What was corrected, by the id of the document."""
        with self._lock:
            return dict(self._corrected)

    @property
    def jobs(self) -> list[Job]:
        """Work that is not done yet."""
        return self._queue.jobs

    @property
    def ended(self) -> bool:
        """Whether the folder is gone."""
        return not self._end.alive

    def end(self) -> None:
        """Stop all work and delete the folder."""
        self._end()

    def wait(self) -> None:
        """Until all work is done."""
        while self.jobs:
            time.sleep(0.02)

    def take(self, name: str, data: bytes) -> None:
        """Take a file in from the browser, and begin to work on it."""
        with self._lock:
            full = len(self._documents) + len(self.jobs) >= MOST_DOCUMENTS
            if full or self._bytes + len(data) > MOST_BYTES:
                self._refusals.append(Refusal(names.shown(name), TOO_MANY if full else TOO_MANY_BYTES, ""))
                return
            self._bytes += len(data)
        inbox = self.folder / f"in-{next(self._numbers)}"
        inbox.mkdir()
        path = inbox / names.safe(name)
        path.write_bytes(data)
        self.add(path, names.shown(name))

    def add(
        self, path: Path, name: str, told: Told = NOTHING, asked: Question | None = None, before: Told | None = None
    ) -> None:
        """Begin to add a file that was taken in; `asked` is the question that `told` answers, `before` what was said of
        a document that counts again where it cannot be what is `told`.
        """

        def work(job: Job) -> None:
            made = self._next()
            chosen = [] if asked is None or asked.answer.member is None else ["--member", str(asked.answer.member)]
            options = ["--config", str(made.config_file), "add", "--json", "--sure", *told.options(), *chosen]
            answers = job.extract([*options, "--", str(path)], made.folder)
            self._hear(answers)
            with self._lock:
                self._questions += [Question(path, one.file, one) for one in answers.asked]
                if asked and any(one.code in (SAID_WRONG, STOPPED) for one in answers.refused):
                    self._questions.append(asked)
            self._adopt(made, answers, told)
            if before is not None and not (answers.added or answers.asked or self.ended):
                self.add(path, name, before)
            else:
                self._tidy(path)

        self._begin(name, work)

    def answer(self, question: Question, told: Told) -> None:
        """Begin again with a file of which was asked."""
        self._unask(question)
        self.add(question.path, question.name, told, question)

    def drop(self, question: Question) -> None:
        """Leave a file aside."""
        self._unask(question)
        self._tidy(question.path)

    def _unask(self, question: Question) -> None:
        with self._lock:
            self._questions = [one for one in self._questions if one is not question]

    def _hear(self, answers: Answers) -> None:
        """Keep what was refused, for the visitor to read."""
        with self._lock:
            self._refusals += [one for one in answers.refused if one.code != STOPPED]

    def _tidy(self, path: Path) -> None:
        """Delete a file that was taken in, unless something is asked of it."""
        if all(one.path != path for one in self.questions):
            shutil.rmtree(path.parent, ignore_errors=True)

    def forget(self, refusal: Refusal) -> None:
        """Tell of a refusal no more."""
        with self._lock:
            self._refusals = [one for one in self._refusals if one is not refusal]

    def remove(self, document: Document, then: Callable[[], None] = lambda: None) -> None:
        """Begin to take a document out; `then` is called when that is done."""

        def work(job: Job) -> None:
            rest = [one.path for one in self.documents if one.id != document.id]
            made = None
            if rest and self._state:
                made = generation.without(self._state, document.id, self._new_folder())
                made.correct(self._entries({document.id: ()}))
                if not self._again(job, made, rest):
                    return
                made.settle()
            with self._lock:
                self._put(made)
                self._documents.pop(document.id, None)
                self._corrected.pop(document.id, None)
            document.path.unlink(missing_ok=True)
            then()

        self._begin(document.name, work)

    def change(self, document: Document, told: Told) -> None:
        """Begin to take a document out and add it again as the visitor says; as it was, where that cannot be."""
        inbox = self.folder / f"in-{next(self._numbers)}"
        inbox.mkdir()
        path = inbox / names.safe(Path(document.name).stem + document.path.suffix)
        shutil.copy2(document.path, path)
        self.remove(document, lambda: self.add(path, document.name, told, before=document.told))

    def correct(self, document: Document, facts: Any, entries: Sequence[Mapping[str, Any]]) -> Job:
        """Begin to extract a document again with these corrections; `facts` are those it has without any."""

        def work(job: Job) -> None:
            made = self._next()
            made.correct(self._entries({document.id: entries}))
            if self._again(job, made, [document.path]):
                with self._lock:
                    self._put(made)
                    self._corrected[document.id] = Corrected(facts, tuple(entries))

        return self._begin(document.name, work)

    def _again(self, job: Job, made: Generation, files: Sequence[Path]) -> bool:
        """Extract documents that a state knows; False, and the state removed, where that goes wrong."""
        options = ["--config", str(made.config_file), "add", "--json", "--", *map(str, files)]
        answers = job.extract(options, made.folder)
        if job.stopped or answers.refused:
            made.remove()
            self._hear(answers)
            return False
        return True

    def _entries(self, new: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
        """All corrections, with `new` ones in place of those that documents had."""
        now = {doc_id: one.entries for doc_id, one in self.corrected.items()} | dict(new)
        return [entry for entries in now.values() for entry in entries]

    def save(self, document: Document) -> None:
        """Begin to add a document to those of everybody."""

        def work(job: Job) -> None:
            answers = saving.save(job, document.path, document.answer.known, self.folder)
            self._hear(answers)
            with self._lock:
                self._saved += [one.title for one in answers.added]
            if answers.added:
                self.remove(document)

        self._begin(document.name, work, stoppable=False)

    def _begin(self, name: str, work: Callable[[Job], None], stoppable: bool = True) -> Job:
        def whole(job: Job) -> None:
            try:
                work(job)
            except Exception as error:
                if not job.stopped and not self.ended:
                    with self._lock:
                        self._refusals.append(Refusal(name, FAILED, str(error)))

        job = Job(name, whole, stoppable)
        self._queue.add(job)
        return job

    def _new_folder(self) -> Path:
        return self.folder / f"state-{next(self._numbers)}"

    def _next(self) -> Generation:
        """A copy of the newest state, of that of everybody where there is none."""
        with self._lock:
            newest = self._state
        folder = self._new_folder()
        return generation.after(newest, folder) if newest else generation.first(folder, self._many)

    def _adopt(self, made: Generation, answers: Answers, told: Told) -> None:
        """Make a state the newest, if anything was added."""
        if len(self.documents) + len(answers.added) > MOST_DOCUMENTS:
            self._hear(Answers(answers.name, refused=[Refusal(answers.name, TOO_MANY, "")]))
            answers.added.clear()
        if not answers.added:
            made.remove()
            return
        made.settle(answers.failed)
        held = self.folder / "documents"
        held.mkdir(exist_ok=True)
        files = {path.stem: path for path in made.documents()}
        new = {}
        for one in answers.added:
            place = held / files[one.doc_id].name
            files[one.doc_id].replace(place)
            new[one.doc_id] = Document(one.doc_id, one.file, place, one, told)
        with self._lock:
            self._put(made)
            self._documents |= new

    def _put(self, made: Generation | None) -> None:
        """Make a state the newest; None is that of everybody."""
        old, self._state = self._state, made
        if old:
            clock = threading.Timer(_LINGERS, old.remove)
            clock.daemon = True
            clock.start()


def _ended(folder: Path, queue: Queue) -> None:
    queue.stop()
    shutil.rmtree(folder, ignore_errors=True)
