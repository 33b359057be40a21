"""A visitor that also acts: presses buttons, fills in fields, uploads and downloads files."""

import asyncio
import urllib.request
from typing import Any
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.lib.dashboard.visitor import Run, Visitor

_XSRF = "_streamlit_xsrf"
_FIELDS = ("button", "text_input", "file_uploader", "download_button")


class Worker(Visitor):
    """One session at work. `found` holds the buttons, fields and downloads of the last run, by kind and label."""

    def __init__(self, address: str, path: str = "/", cookie: str | None = None) -> None:
        super().__init__(address, path, cookie)
        self._address = address
        self._pressed, self._sent = "", dict[str, list[UploadedFileInfo]]()
        self.found: dict[str, dict[str, Any]] = {}

    async def run(self) -> Run:
        """Request a run of the page and process its messages."""
        self.found = {kind: {} for kind in _FIELDS}
        done = await super().run()
        self._pressed = ""
        return done

    async def press(self, label: str) -> Run:
        """Press the first button whose label begins with a text. Raises KeyError if there is none."""
        self._pressed = self._first("button", label).id
        return await self.run()

    async def fill(self, label: str, text: str) -> Run:
        """Fill in a field and leave it. Raises KeyError if there is none."""
        self.chosen[self._first("text_input", label).id] = text
        return await self.run()

    async def upload(self, name: str, content: bytes) -> Run:
        """Drop a file into the first file field and wait until the page has processed it."""
        place = self._first("file_uploader", "")
        urls = await self._urls(name)
        await asyncio.to_thread(self._put, urls.upload_url, name, content)
        self._sent[place.id] = [UploadedFileInfo(name=name, size=len(content), file_id=urls.file_id, file_urls=urls)]
        done = await self.run()
        self._sent.clear()
        return done

    async def download(self, label: str) -> bytes:
        """Return the file of the first download whose label begins with a text."""
        button = self._first("download_button", label)
        message = BackMsg()
        asked = message.backend_operation_request
        asked.request_id, asked.deferred_file.file_id = str(uuid4()), button.deferred_file_id
        asked.session_id = (await self._urls("x")).upload_url.split("/")[-2]
        await self._socket.send(message.SerializeToString())
        answer = (await self._hear("backend_operation_response")).backend_operation_response
        if answer.error_msg:
            raise RuntimeError(answer.error_msg)
        return await asyncio.to_thread(self._get, answer.deferred_file.url)

    def _request(self) -> BackMsg:
        message = super()._request()
        widgets = message.rerun_script.widget_states.widgets
        if self._pressed:
            widgets.add(id=self._pressed, trigger_value=True)
        for place, files in self._sent.items():
            state = widgets.add(id=place)
            state.file_uploader_state_value.uploaded_file_info.extend(files)
        return message

    def _note(self, element: Any, run: Run) -> None:
        super()._note(element, run)
        kind = element.WhichOneof("type")
        if kind in self.found:
            one = getattr(element, kind)
            self.found[kind][one.label] = one

    def _first(self, kind: str, label: str) -> Any:
        for said, one in self.found[kind].items():
            if said.startswith(label):
                return one
        raise KeyError(f"no {kind} {label} among {sorted(self.found[kind])}")

    async def _urls(self, name: str) -> FileURLs:
        message = BackMsg()
        message.file_urls_request.request_id = str(uuid4())
        message.file_urls_request.file_names.append(name)
        await self._socket.send(message.SerializeToString())
        answer = await self._hear("file_urls_response")
        return answer.file_urls_response.file_urls[0]

    async def _hear(self, what: str) -> ForwardMsg:
        while True:
            message = ForwardMsg.FromString(await self._socket.recv(decode=False))
            if message.WhichOneof("type") == what:
                return message

    def _put(self, path: str, name: str, content: bytes) -> None:
        token = self._token()
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        request = urllib.request.Request(self._address + path, head + content + b"\r\n--x--\r\n", method="PUT")
        request.add_header("Content-Type", "multipart/form-data; boundary=x")
        request.add_header("X-Xsrftoken", token)
        request.add_header("Cookie", "; ".join([*self._cookies(), f"{_XSRF}={token}"]))
        with urllib.request.urlopen(request, timeout=60):
            return

    def _get(self, path: str) -> bytes:
        request = urllib.request.Request(self._address + path)
        request.add_header("Cookie", "; ".join(self._cookies()))
        with urllib.request.urlopen(request, timeout=60) as answer:
            content: bytes = answer.read()
            return content

    def _token(self) -> str:
        with urllib.request.urlopen(f"{self._address}/_stcore/health", timeout=60) as answer:
            cookies = answer.headers.get_all("Set-Cookie") or []
        return next(one.split("=", 1)[1].split(";")[0] for one in cookies if one.startswith(_XSRF))

    def _cookies(self) -> list[str]:
        """Return the cookies of this session."""
        request = self._socket.request
        return request.headers.get_all("Cookie") if request else []
