"""An ASGI application asked by hand: one request in so many pieces, and what came back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.lib.dashboard.visitor import apart


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Taker:
    """An application that takes whatever it is sent, and keeps it."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.taken.append(body)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def ask(
    around: Callable[[ASGIApp], ASGIApp],
    method: str,
    path: str,
    pieces: Sequence[bytes] = (b"",),
    headers: dict[str, str] | None = None,
    client: str = "127.0.0.1",
    app: ASGIApp | None = None,
) -> Answer:
    """Return what a middleware around an application answers."""
    answer = Answer()
    waiting: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": number < len(pieces)}
        for number, piece in enumerate(pieces, start=1)
    ]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "query_string": b"", "client": (client, 50_000),
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }  # fmt: skip

    async def answered() -> None:
        await around(app or Taker())(scope, receive, send)  # type: ignore[arg-type]

    apart(answered())
    return answer
