"""What a session was offered: the addresses its own pages named to its own browser, and no others.

Files to download and places to upload to have addresses that are hard to guess; here they are also bound to whom they
were sent. They are taken from what the server sends, and there from the fields that are made to hold them: a page says
in its texts whatever somebody types.
"""

import re
from collections.abc import Iterator
from threading import Lock

from cachetools import LRUCache
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_SESSIONS, _EACH = 1_000, 1_000
_ADDRESS = re.compile(r"/(?:media|_stcore/upload_file)/[\w./-]+")
# What may hold an offer in a message; and a download that is made on demand, which is numbered.
_ADDRESSES = frozenset({"url", "upload_url", "delete_url", "image", "icon_image", "favicon"})
_NUMBER = "deferred_file_id"
_LIKELY = re.compile(rb"/media/|/upload_file/|[0-9a-f]{32}")


class Offered:
    """Keeps the addresses and numbers each session was sent, the latest of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: LRUCache[str, LRUCache[str, None]] = LRUCache(_SESSIONS)

    def note(self, session: str, data: bytes) -> None:
        """Take what a message to a session offers."""
        found = list(_offers(ForwardMsg.FromString(data))) if _LIKELY.search(data) else []
        if found:
            with self._lock:
                kept = self._kept.setdefault(session, LRUCache(_EACH))
                for offer in found:
                    kept[offer] = None

    def holds(self, session: str, offer: str) -> bool:
        """Return whether a session was offered an address or a number."""
        with self._lock:
            return offer in self._kept.get(session, {})


def _offers(message: Message) -> Iterator[str]:
    """Yield the addresses and numbers that a message holds in the fields for them."""
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            parts = value.values() if hasattr(value, "values") else value if field.is_repeated else [value]
            yield from (offer for part in parts if isinstance(part, Message) for offer in _offers(part))
        elif field.name == _NUMBER or (field.name in _ADDRESSES and _ADDRESS.fullmatch(value)):
            yield value
