"""Corrupted spreadsheets: seeded mutations of valid ones, as accident or malice would make them."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

Mutation = Callable[[random.Random, bytes], bytes]
_TOKEN = re.compile(rb"<[^>]{1,80}>|[0-9]+")
_ODD = [
    b"", b"\x00", b"&#0;", b"1e309", b"-1", b"99999999999999999999", b"&amp;lt;", b"=1+1", b"#REF!", b"<c/>", b"</row>",
    b"A1048577", b"ZZZZ1", b"\xff\xfe", b't="e"', b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"%n%s", "约三百".encode(),
]  # fmt: skip
_NAMES = [
    "xl/workbook.xml",
    "[Content_Types].xml",
    "../evil.xml",
    "/etc/passwd",
    "xl/worksheets/sheet1.xml",
    "空 格.xml",
]


def flip_bytes(rng: random.Random, content: bytes) -> bytes:
    """Change single bytes anywhere in the file."""
    changed = bytearray(content)
    for _ in range(rng.choice([1, 2, 8, 64])):
        changed[rng.randrange(len(changed))] ^= rng.randrange(1, 256)
    return bytes(changed)


def cut_off(rng: random.Random, content: bytes) -> bytes:
    """Keep only the beginning, as an interrupted transfer does."""
    return content[: rng.randrange(len(content))]


def cut_out(rng: random.Random, content: bytes) -> bytes:
    """Remove a piece from the middle, or replace it by another."""
    start = rng.randrange(len(content))
    end = min(len(content), start + rng.randrange(1, 2000))
    return content[:start] + rng.choice([b"", bytes(end - start), content[: end - start]]) + content[end:]


def change_members(rng: random.Random, content: bytes) -> bytes:
    """Drop, duplicate, rename or swap parts of the container."""
    parts = _unpack(content)
    name = rng.choice(list(parts))
    other = rng.choice(list(parts))
    way = rng.randrange(4)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[rng.choice(_NAMES)] = parts[name]
    elif way == 2:
        parts[name], parts[other] = parts[other], parts[name]
    else:
        parts[name] = rng.choice([b"", parts[name] * 3, parts[name][: len(parts[name]) // 2], rng.randbytes(500)])
    return _pack(parts, rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]))


def change_tokens(rng: random.Random, content: bytes) -> bytes:
    """Swap, repeat or replace tags and numbers in one part's XML."""
    parts = _unpack(content)
    name = rng.choice([name for name in parts if name.endswith(".xml")])
    for _ in range(rng.choice([1, 1, 3, 20])):
        parts[name] = _change_token(rng, parts[name])
    return _pack(parts, zipfile.ZIP_DEFLATED)


MUTATIONS: tuple[Mutation, ...] = (flip_bytes, cut_off, cut_out, change_members, change_tokens, change_tokens)
_OF_ANY_FILE = MUTATIONS[:3]


def mutate(seed: int, originals: list[Path]) -> tuple[str, bytes]:
    """Return the name and content of one corrupted spreadsheet; the same seed gives the same one."""
    rng = random.Random(seed)
    original = rng.choice(originals)
    content = original.read_bytes()
    change = rng.choice(MUTATIONS if content.startswith(b"PK") else _OF_ANY_FILE)
    suffix = original.suffix if rng.random() < 0.8 else rng.choice([".xls", ".csv", ".ods", ".et", ""])
    return f"{seed:05d}{change.__name__}{suffix}", change(rng, content)


def _change_token(rng: random.Random, text: bytes) -> bytes:
    tokens = list(_TOKEN.finditer(text))
    if not tokens:
        return text
    one, other = rng.choice(tokens), rng.choice(tokens)
    put = rng.choice([*_ODD, other[0], other[0], other[0] + one[0], one[0] * 50])
    return text[: one.start()] + put + text[one.end() :]


def _unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pack(parts: dict[str, bytes], method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()
