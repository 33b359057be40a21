"""A file's address is a session's own once the server has offered it there, not once the session has said it."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from access.gate.offered_addresses import Offered

PLACE, NUMBER = "/media/" + "ab" * 28 + ".xlsx", "0123456789abcdef" * 2


def _said(words: str) -> list[ForwardMsg]:
    """Return messages in which a page says, in every way there is, what somebody typed or an address held."""
    messages = [ForwardMsg() for _ in range(8)]
    messages[0].delta.new_element.alert.body = words
    messages[1].delta.new_element.html.body = words
    messages[2].delta.new_element.text_input.value = words
    messages[3].delta.new_element.text_input.label = words
    messages[4].delta.new_element.markdown.body = words
    messages[5].page_info_changed.query_string = words
    messages[6].delta.new_element.selectbox.options.append(words)
    messages[7].delta.new_element.download_button.label = words
    return messages


@pytest.mark.parametrize("words", [PLACE, f"没有含“{PLACE}”的", f"b {NUMBER}", NUMBER, f"\x62\x20{NUMBER}"])
def test_s10_what_is_echoed_is_not_offered(words: str) -> None:
    offered = Offered()
    for message in _said(words):
        offered.note("a", message.SerializeToString())
    assert not offered.holds("a", PLACE) and not offered.holds("a", NUMBER)


def test_what_is_offered_is_held_for_whom_it_was_offered() -> None:
    offered = Offered()
    message = ForwardMsg()
    message.delta.new_element.download_button.url = PLACE
    message.delta.new_element.download_button.deferred_file_id = NUMBER
    offered.note("a", message.SerializeToString())
    assert offered.holds("a", PLACE) and offered.holds("a", NUMBER)
    assert not offered.holds("b", PLACE) and not offered.holds("b", NUMBER)
