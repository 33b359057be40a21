"""The encoding of a Chinese text: detected, never asked for."""

import codecs

from base.zip_guard import Refused

_LEAST_COMMON = 0.8
_BROKEN = "文件里有乱码，可能没有存完整"
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text: UTF-8, UTF-16 or GB18030. Raises Refused for a text in another one."""
    head = content[:4000]
    if content[:2] in _UTF_16:
        return _UTF_16[content[:2]]
    if b"\x00" in head:  # UTF-16 without a byte order mark: digits and commas show which byte of each pair is zero
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        _check_gb18030(content)
        return "gb18030"
    return "utf-8"


def _check_gb18030(content: bytes) -> None:
    """Refuse text that GB18030 can decode but that was written in another encoding.

    Nearly every byte sequence is valid GB18030, so decoding proves nothing. Real county tables consist entirely of the
    6,763 characters of GB 2312 and full-width punctuation. In a Big5 table read as GB18030 at most half of the
    characters do, because half of its second bytes lie where GB 2312 has none. This count needs no library and, unlike
    letter statistics, is reliable for a file of three cells.
    """
    characters = [character for character in content.decode("gb18030", "replace") if ord(character) > 127]
    patched = content.decode("utf-8", "replace")
    wide = sum(ord(character) > 127 for character in patched)
    if patched.count("\ufffd") * 10 < wide:
        raise Refused(_BROKEN)
    if sum(map(_is_common, characters)) < _LEAST_COMMON * len(characters):
        raise Refused("文字编码认不出来（可能是繁体的大五码），硬读会成为错字")


def _is_common(character: str) -> bool:
    """Return whether a character is a hanzi or punctuation of GB 2312, not kana, Greek or a box drawing."""
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return lead in (0xA1, 0xA3) or lead >= 0xB0
