"""A visitor of a served dashboard without a browser: a session over its websocket, as a browser holds it."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode, urljoin

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, StringArray, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0
"""Seconds that a visitor waits for the end of a run."""

_KEY = re.compile(r"\$\$ID-[0-9a-f]+-(.*)")


class Visitor:
    """One session.

    After a run: `widgets` by key, as drawn; `pages`, address → id; `faults`, what went wrong in any; `heard`, all bytes
    that came; `took`, the seconds of the first page.
    """

    def __init__(self, socket: ClientConnection, address: str) -> None:
        self._socket, self._address = socket, address
        self._states: dict[str, WidgetState] = {}
        self._query, self._page, self._session = "", "", ""
        self._drawn: dict[str, Any] = {}
        self.widgets: dict[str, Any] = {}
        self.pages: dict[str, str] = {}
        self.faults: list[str] = []
        self.took = 0.0
        self.heard = bytearray()

    async def open(self, page: str = "", **query: str | Sequence[str]) -> float:
        """Go to a page, by its address, as a link does; returns the seconds until it is drawn."""
        self._query, self._page = urlencode(query, doseq=True), self.pages.get(page, "")
        return await self._run(page_name="" if self._page else page)

    async def choose(self, key: str, options: Sequence[str]) -> float:
        """Choose options of pills, or one of a list, by the words shown; returns the seconds it took."""
        widget = self.widgets[key]
        state = WidgetState(id=widget.id)
        if hasattr(widget, "click_mode"):
            state.string_array_value.CopyFrom(StringArray(data=options))
        else:
            state.string_value = options[0]
        self._states[widget.id] = state
        return await self._run()

    async def press(self, key: str) -> float:
        """Press a button; returns the seconds until the page is drawn."""
        return await self._run(WidgetState(id=self.widgets[key].id, trigger_value=True))

    def heard_of(self, words: str) -> bool:
        """Whether words have come to this visitor, as text or inside JSON."""
        return any(form.encode() in self.heard for form in (words, json.dumps(words)[1:-1]))

    async def upload(self, key: str, name: str, content: bytes) -> float:
        """Hand a file to an uploader; returns the seconds until the page is drawn."""
        began = time.perf_counter()
        request = BackMsg()
        request.file_urls_request.request_id = uuid.uuid4().hex
        request.file_urls_request.file_names.append(name)
        request.file_urls_request.session_id = self._session
        await self._socket.send(request.SerializeToString())
        while (said := await self._hear()).WhichOneof("type") != "file_urls_response":
            pass
        urls = said.file_urls_response.file_urls[0]
        await asyncio.to_thread(self._put, urls.upload_url, name, content)
        state = WidgetState(id=self.widgets[key].id)
        info = UploadedFileInfo(file_id=urls.file_id, name=name, size=len(content), file_urls=FileURLs())
        info.file_urls.CopyFrom(urls)
        state.file_uploader_state_value.uploaded_file_info.append(info)
        self._states[state.id] = state
        await self._run()
        return time.perf_counter() - began

    def _put(self, place: str, name: str, content: bytes) -> None:
        with requests.Session() as session:
            session.get(urljoin(self._address, "_stcore/health"), timeout=PATIENCE)
            headers = {"X-Xsrftoken": session.cookies.get("_streamlit_xsrf", "").strip('"')}
            answer = session.put(
                urljoin(self._address, place), files={"file": (name, content)}, headers=headers, timeout=PATIENCE
            )
            answer.raise_for_status()

    async def _run(self, trigger: WidgetState | None = None, page_name: str = "") -> float:
        """Ask for a run and wait until it, and those that it asks for itself, have ended."""
        message = BackMsg()
        wanted = message.rerun_script
        wanted.query_string, wanted.page_script_hash, wanted.page_name = self._query, self._page, page_name
        wanted.widget_states.widgets.extend([*self._states.values(), *([trigger] if trigger else [])])
        wanted.context_info.timezone, wanted.context_info.locale = "Asia/Shanghai", "zh-CN"
        wanted.context_info.url = urljoin(self._address, page_name)
        began = time.perf_counter()
        self._drawn = {}
        await self._socket.send(message.SerializeToString())
        while True:
            said = await self._hear()
            if said.WhichOneof("type") == "script_finished":
                if said.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    self.faults.append("compile error")
                if said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
        self.widgets = self._drawn
        there = {widget.id for widget in self.widgets.values()}
        self._states = {key: state for key, state in self._states.items() if key in there}
        return time.perf_counter() - began

    async def _hear(self) -> ForwardMsg:
        data = await asyncio.wait_for(self._socket.recv(decode=False), PATIENCE)
        self.heard += data
        said = ForwardMsg.FromString(data)
        kind = said.WhichOneof("type")
        if kind == "new_session":
            self._session, self._page = said.new_session.initialize.session_id, said.new_session.page_script_hash
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in said.navigation.app_pages}
            self._page = said.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = said.page_info_changed.query_string
        elif kind == "delta" and said.delta.WhichOneof("type") == "new_element":
            self._draw(said.delta.new_element)
        return said

    def _draw(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        drawn = getattr(element, kind)
        if kind == "exception":
            self.faults.append(f"{drawn.type}: {drawn.message}")
        key = _KEY.fullmatch(getattr(drawn, "id", ""))
        if key:
            self._drawn[key[1]] = drawn


@asynccontextmanager
async def visiting(address: str, **query: str) -> AsyncIterator[Visitor]:
    """A visitor who has opened the start page."""
    place = urljoin(address, "_stcore/stream").replace("http", "ws", 1)
    async with connect(place, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        visitor = Visitor(socket, address)
        visitor.took = await visitor.open(**query)
        yield visitor
