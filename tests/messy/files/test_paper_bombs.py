"""Paper bombs: what people hand in as a paper is opened in the child process, and the server goes on meanwhile."""

import os
import random
import re
import shutil
import struct
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest

from base.errors import UserError
from etl.guard import Refused
from etl.read import Reader, open_paper
from stats.exports.word.check_template import find_placed
from stats.exports.word.fill_template import mark_placeholders
from stats.papers.mentions import read_paper
from stats.papers.references import reference
from tests.lib.dashboard.visitor import apart
from tests.lib.dashboard.worker import Worker
from tests.lib.files.word import parts, write_word
from tests.lib.server import start

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SOUND = parts(write_word("全县{{ 工会组织数 }}家"))
_MUCH = 24 << 20  # bytes of markup before its numbers are put in; with them, just less than the guard refuses
_MORE = 150 << 10  # kilobytes by which a server's memory may grow through a file of some megabytes


def _packed(content: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return made.getvalue()


def _with(name: str, part: bytes) -> bytes:
    return _packed(_SOUND | {name: part})


def _body(markup: str) -> bytes:
    return _with("word/document.xml", f"<w:document xmlns:w='{_WORD}'><w:body>{markup}</w:body></w:document>".encode())


def _varied(piece: str, size: int) -> str:
    """Return so many bytes of a piece with numbers for @: what repeats itself without end is refused by its ratio.

    It repeats itself after 100 KB and more, which no archive notices: they look back 32 KB.
    """
    chance, pieces = random.Random(1), size // len(piece)
    varied = [piece.replace("@", str(chance.randrange(10**6))) for _ in range(min(pieces, 20_000))]
    return "".join(varied) * (pieces // len(varied))


def _lying(content: bytes, name: str) -> bytes:
    """Return an archive that says of a part that it is small."""
    made = bytearray(content)
    at = made.find(b"PK\x01\x02")
    while made[at + 46 : at + 46 + len(name)] != name.encode():
        at = made.find(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", made, at + 24, 1000)
    return bytes(made)


def _entities(kind: str) -> bytes:
    declared = f"<!DOCTYPE a [<!ENTITY b {kind}>]>"
    return _with("word/document.xml", f"{declared}<w:document xmlns:w='{_WORD}'>&b;</w:document>".encode())


_ODD: dict[str, Callable[[], bytes]] = {
    "a letter by the million": lambda: _body(f"<w:p><w:r><w:t>{'{{' + 'x' * 12_000_000}</w:t></w:r></w:p>"),
    "one long attribute": lambda: _body(f"<w:p a='{_varied('@ ', 12 << 20)}'/>"),
    "nested tables": lambda: _body("<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400),
    "entities": lambda: _entities("'bbbb'"),
    "a file of the server": lambda: _entities("SYSTEM 'file:///etc/passwd'"),
    "parts by the thousand": lambda: _packed(_SOUND | {f"word/header{at}.xml": b"<a/>" for at in range(3001)}),
    "a size that is no true one": lambda: _lying(_body("<w:r/>" * 9_000_000), "word/document.xml"),
    "a macro": lambda: _packed(_SOUND | {"word/vbaProject.bin": b"x"}),
    "placeholders by the ten thousand": lambda: _body(f"<w:p><w:r><w:t>{'{{ x }}' * 10_000}</w:t></w:r></w:p>"),
    "open braces by the paragraph": lambda: _body("<w:p><w:r><w:t>{{</w:t></w:r></w:p>" * 10_000),
    "no types": lambda: _with("[Content_Types].xml", b"none"),
    "no content": lambda: b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("name", _ODD)
def test_s03_a_paper_that_is_none_is_answered_with_a_sentence(name: str) -> None:
    with pytest.raises(UserError, match="。$"):
        open_paper(find_placed, _ODD[name]())


_HARMLESS: dict[str, Callable[[], bytes]] = {
    "an outside template": lambda: _with(
        "word/_rels/document.xml.rels",
        _SOUND["word/_rels/document.xml.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="x" Type="{_RELATION}/attachedTemplate" Target="http://127.0.0.1:9/x.dotm"'
            ' TargetMode="External"/></Relationships>'.encode(),
        ),
    ),
    "an embedded object": lambda: _packed(_SOUND | {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" * 99}),
    "a paper in a paper": lambda: _packed(_SOUND | {"word/embeddings/x.docx": _packed(_SOUND)}),
}


@pytest.mark.parametrize("name", _HARMLESS)
def test_s03_what_a_paper_carries_along_is_left_alone(name: str) -> None:
    content = _HARMLESS[name]()
    assert [held.braced.expression for one in open_paper(find_placed, content) for held in one.placeholders] == [
        " 工会组织数 "
    ]
    assert open_paper(mark_placeholders, content)[1] == [" 工会组织数 "]
    assert open_paper(read_paper, content, "旧稿.docx").mentions == ()


@pytest.mark.parametrize("without", ["word/styles.xml", "_rels/.rels", "[Content_Types].xml", "word/document.xml"])
def test_s03_a_package_that_lacks_a_part_is_answered_with_a_sentence(without: str) -> None:
    content = _packed({name: part for name, part in _SOUND.items() if name != without})
    with pytest.raises(UserError, match="。$"):
        open_paper(mark_placeholders, content)


def test_s03_references_and_drawn_numbers_by_the_ten_thousand_are_refused() -> None:
    refs = " ".join(reference("x", str(at), "2010Q4", "1|now") for at in range(6_000))
    with pytest.raises(UserError, match="太多"):
        open_paper(read_paper, _body(f"<w:p><w:r><w:t>{refs}</w:t></w:r></w:p>"), "旧稿.docx")


@pytest.mark.parametrize(
    ("name", "root", "piece"),
    [
        ("xl/sharedStrings.xml", f"sst xmlns='{_SHEET}'", "<si><t>@</t></si>"),
        ("xl/worksheets/sheet1.xml", f"worksheet xmlns='{_SHEET}'", "<row><c/>@</row>"),
        ("ppt/slides/slide1.xml", "a:p xmlns:a='x'", "<a:r/>@"),
    ],
)
def test_s03_slides_and_workbooks_are_opened_in_the_child_too(name: str, root: str, piece: str) -> None:
    markup = f"<{root}>{_varied(piece, 2 << 20)}</{root.split()[0]}>"
    assert open_paper(read_paper, _packed({name: markup.encode()}), "旧稿.xlsx").mentions == ()


def _hoard() -> int:
    return len([bytes(1 << 20) for _ in range(4_000)])


def test_s03_work_beyond_the_limits_is_refused_and_the_next_is_done() -> None:
    with pytest.raises(UserError, match="超过了时间或内存限制。请"):
        open_paper(_hoard)
    found = Reader()
    with pytest.raises(Refused, match="时间"):
        found.run(time.sleep, 60, seconds=1)
    assert found.run(os.getpid) != os.getpid()
    found.close()


@pytest.mark.soak  # 16 s for memory and answers; what a child process may use is tried above with every run
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_s03_a_bomb_costs_the_server_neither_memory_nor_its_answers(store: Path, tmp_path: Path) -> None:
    bomb = _body(_varied("<w:p><w:r><w:t>@</w:t></w:r></w:p>", _MUCH))

    async def go(address: str, process: int) -> tuple[int, list[float], float]:
        async with Worker(address, "/papers?part=" + quote("填讲稿")) as worker:
            await worker.run()
            await worker.upload("试.docx", write_word("{{ 工会组织数 }}"))
            before = _peak(process)
            with _probed(address) as waited:
                done = await worker.upload("稿.docx", bomb)
        assert not done.faults and any("没有找到" in str(element) for element in worker.elements)
        return _peak(process) - before, waited, done.seconds

    own = shutil.copytree(store, tmp_path / "store")  # the other may be served to the browser's tests
    with start(own) as (address, process):
        grown, waited, seconds = apart(go(address, process))
    assert grown < _MORE, f"{grown} kB"
    assert len(waited) > 3 and max(waited) < seconds / 3, f"{max(waited):.1f} of {seconds:.1f} s"


def _peak(process: int) -> int:
    """Return the most memory that a process has held so far, in kilobytes."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="utf-8"))
    return int(found[1]) if found else 0


class _probed:  # noqa: N801 - used as a block
    """Asks the live probe over and over while the block runs; it gives how many seconds each answer took."""

    def __init__(self, address: str) -> None:
        self._address, self._over, self._waited = address, threading.Event(), list[float]()
        self._asking = threading.Thread(target=self._ask)

    def __enter__(self) -> list[float]:
        self._asking.start()
        return self._waited

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._asking.join()

    def _ask(self) -> None:
        while not self._over.wait(0.05):
            begun = time.monotonic()
            with urllib.request.urlopen(f"{self._address}/healthz", timeout=120) as answer:
                assert answer.status == 200
            self._waited.append(time.monotonic() - begun)
