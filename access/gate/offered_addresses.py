"""The addresses for downloads and uploads that a session was offered by its own pages.

These addresses are hard to guess; here they are also bound to the session they were sent to. They are read from the
server's messages, and only from the fields made for them, because the texts of a page may hold anything somebody typed.
"""

import re
from collections.abc import Iterator
from threading import Lock

from cachetools import LRUCache
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from serving.streamlit_internals import ForwardMsg

_SESSIONS, _EACH = 1_000, 1_000  # sessions, and addresses remembered for each
_ADDRESS = re.compile(r"/(?:media|_stcore/upload_file)/[\w./-]+")
# Fields of a message that may hold an offer; and downloads made on demand, which are numbered.
_ADDRESSES = frozenset({"url", "upload_url", "delete_url", "image", "icon_image", "favicon"})
_NUMBER = "deferred_file_id"
_LIKELY = re.compile(rb"/media/|/upload_file/|[0-9a-f]{32}")


class Offered:
    """Keeps the latest addresses and numbers sent to each session."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: LRUCache[str, LRUCache[str, None]] = LRUCache(_SESSIONS)

    def note(self, session: str, data: bytes) -> None:
        """Record what a message to a session offers."""
        texts = list(_offers(ForwardMsg.FromString(data))) if _LIKELY.search(data) else []
        if texts:
            with self._lock:
                kept = self._kept.setdefault(session, LRUCache(_EACH))
                for offer in texts:
                    kept[offer] = None

    def holds(self, session: str, offer: str) -> bool:
        """Return whether a session was offered an address or a number."""
        with self._lock:
            return offer in self._kept.get(session, {})


def _offers(message: Message) -> Iterator[str]:
    """Yield the addresses and numbers in the fields of a message that are made for them."""
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            parts = value.values() if hasattr(value, "values") else value if field.is_repeated else [value]
            yield from (offer for part in parts if isinstance(part, Message) for offer in _offers(part))
        elif field.name == _NUMBER or (field.name in _ADDRESSES and _ADDRESS.fullmatch(value)):
            yield value
