"""A browser session without a browser: it talks to the server as the page does, and notices when a run ends."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect

from tests.lib.dashboard.drawing import DRAWING
from tests.lib.people import cookie_of

T = TypeVar("T")
_LARGEST = 1 << 28  # bytes of one message
PATIENCE = 120  # seconds


@dataclass
class Run:
    """The messages of one run of a page's script, and the seconds from the request to the last message."""

    seconds: float = 0.0
    size: int = 0
    elements: int = 0
    charts: int = 0
    faults: list[str] = field(default_factory=list)


class Visitor:
    """One session, with the state of a browser: the address, the choices made and the messages received.

    It has an administrator's cookie unless another is given, and may ask to resume a tab.
    """

    def __init__(self, address: str, path: str = "/", cookie: str | None = None, resume: str = "") -> None:
        self._resume = ["streamlit", "none", resume] if resume else None
        self._cookie = cookie_of(address) if cookie is None else cookie
        self._url = address.replace("http", "ws", 1) + "/_stcore/stream"
        page, _, query = path.lstrip("/").partition("?")
        self._page, self._hash, self._query = page, "", dict(parse_qsl(query))
        self._cached: dict[str, ForwardMsg] = {}
        self.chosen: dict[str, str] = {}
        self.boxes: dict[str, Selectbox] = {}
        self.pages: list[AppPage] = []
        self.session = ""  # Streamlit's id of this session
        self.elements: list[Any] = []  # elements of the last run and their containers, as sent
        self._socket: ClientConnection

    async def __aenter__(self) -> Self:
        self._socket = await connect(
            self._url,
            additional_headers={"Cookie": self._cookie},
            subprotocols=self._resume,
            max_size=_LARGEST,
            ping_interval=None,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(self, kind: type[Any] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._socket.close()

    async def choose(self, label: str, option: str) -> Run:
        """Choose an option of a select box and wait for the page. Raises KeyError if there is no such box."""
        box = self.boxes[label]
        self.chosen[box.id] = option
        if box.query_param_key:
            self._query[box.query_param_key] = option
        return await self.run()

    async def turn_to(self, page: AppPage, **query: str) -> Run:
        """Go to another page, as a click on its link does, and wait for it."""
        self._page, self._hash = page.url_pathname, page.page_script_hash
        self._query |= query
        self.chosen.clear()
        return await self.run()

    async def send(self, message: BackMsg) -> None:
        """Send any message that a browser could send."""
        await self._socket.send(message.SerializeToString())

    async def place_for(self, name: str) -> str:
        """Return the upload address that the server offers for a file of this name."""
        asked = BackMsg()
        asked.file_urls_request.request_id, asked.file_urls_request.session_id = "1", self.session
        asked.file_urls_request.file_names.append(name)
        await self.send(asked)
        answer = await self.hear("file_urls_response")
        return str(answer.file_urls_response.file_urls[0].upload_url)

    async def hear(self, what: str) -> ForwardMsg:
        """Return the next message of a kind, or of any kind."""
        while True:
            message = ForwardMsg.FromString(await self._socket.recv(decode=False))
            if what in ("", message.WhichOneof("type")):
                return message

    async def run(self) -> Run:
        """Request a run of the page and process its messages."""
        asked, start = Run(), perf_counter()
        self.boxes.clear()
        self.elements.clear()
        await self._socket.send(self._request().SerializeToString())
        while not await self._take_in(asked):
            pass
        asked.seconds = perf_counter() - start
        return asked

    def _request(self) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self._query)
        state.page_script_hash, state.page_name = self._hash, "" if self._hash else self._page
        state.cached_message_hashes.extend(self._cached)
        state.context_info.color_scheme, state.context_info.locale = "light", "zh-CN"
        for widget, option in self.chosen.items():
            state.widget_states.widgets.add(id=widget, string_value=option)
        return message

    async def _take_in(self, run: Run) -> bool:
        """Process one message; return whether it was the last of a run."""
        data = await self._socket.recv(decode=False)
        run.size += len(data)
        message = ForwardMsg.FromString(data)
        if message.ref_hash:
            message = self._cached[message.ref_hash]
        elif message.metadata.cacheable:
            self._cached[message.hash] = message
        what = message.WhichOneof("type")
        if what == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
        if what == "navigation":
            self.pages, self._hash = list(message.navigation.app_pages), message.navigation.page_script_hash
        elif what == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta.new_element, run)
        elif what == "delta" and message.delta.WhichOneof("type") == "add_block":
            self.elements.append(message.delta.add_block)
        return what == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _note(self, element: Any, run: Run) -> None:
        run.elements += 1
        self.elements.append(element)
        what = element.WhichOneof("type")
        if what == "selectbox":
            self.boxes[element.selectbox.label] = element.selectbox
        elif what == "bidi_component" and element.bidi_component.component_name == DRAWING:
            run.charts += 1
        elif what == "exception":
            run.faults.append(element.exception.message)
        elif what == "alert" and element.alert.format == Alert.ERROR:
            run.faults.append(element.alert.body)


def pages_of(address: str) -> list[AppPage]:
    """Return all pages of a running dashboard, in menu order."""

    async def ask() -> list[AppPage]:
        async with Visitor(address) as visitor:
            await visitor.run()
            return visitor.pages

    return apart(ask())


def apart(asked: Coroutine[Any, Any, T]) -> T:
    """Return a coroutine's result, run in a thread of its own, because this thread may have a running loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()
