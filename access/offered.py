"""What a session was offered: the addresses its own pages named to its own browser, and no others.

Files to download and places to upload to have addresses that are hard to guess; here they are also bound to whom they
were sent. They are taken from what the server sends, so that nothing has to be known of how it keeps them.
"""

import re
from threading import Lock

from cachetools import LRUCache
from streamlit.proto.DownloadButton_pb2 import DownloadButton

_SESSIONS, _EACH = 1_000, 1_000
_ADDRESS = re.compile(rb"/(?:media|_stcore/upload_file)/[\w./-]+")
# A download that is made on demand is numbered: in the message a field's mark, the length 32, and the number.
_MARK = DownloadButton.DESCRIPTOR.fields_by_name["deferred_file_id"].number << 3 | 2
_NUMBER = re.compile(re.escape(bytes([_MARK, 32])) + rb"([0-9a-f]{32})")


class Offered:
    """Keeps the addresses and numbers each session was sent, the latest of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: LRUCache[str, LRUCache[bytes, None]] = LRUCache(_SESSIONS)

    def note(self, session: str, data: bytes) -> None:
        """Take what a message to a session offers."""
        found = [offer for match in _ADDRESS.finditer(data) for offer in (match[0], _told(data, match.start()))]
        found += [match[1] for match in _NUMBER.finditer(data)]
        if found:
            with self._lock:
                kept = self._kept.setdefault(session, LRUCache(_EACH))
                for offer in found:
                    kept[offer] = None

    def holds(self, session: str, offer: str) -> bool:
        """Return whether a session was offered an address or a number."""
        with self._lock:
            return offer.encode() in self._kept.get(session, {})


def _told(data: bytes, start: int) -> bytes:
    """Return a text of a message by the length that stands before it: the next field may begin with a letter."""
    return data[start : start + data[start - 1]] if start else b""
