"""An hour of an office in minutes: readers come and go, one uploads and takes back, one takes files away."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from openpyxl import load_workbook

from etl.intake import ACCEPTED
from etl.journal import Journal
from tests.lib.dashboard.visitor import Visitor
from tests.lib.dashboard.worker import Worker
from tests.soak.growth import Sample, take

READERS, EXPORTERS = 8, 2
THINKING = (0.2, 0.8)  # seconds: a twelfth of what readers take
_PAGES = 4  # pages a reader looks at before he goes and another comes
_EVERY = 5.0
_LARGE = 20  # a number worth changing in a return
_UPLOAD, _BOARD = "upload", "organisation"


@dataclass
class Hour:
    """What was done and what was seen: counts by act, faults, and what the server held over time."""

    done: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    def count(self, act: str) -> None:
        """Count one act more."""
        self.done[act] = self.done.get(act, 0) + 1


async def live(address: str, server: int, store: Path, seconds: float) -> Hour:
    """Let the office work for so many seconds and return what was done and seen."""
    hour, begun = Hour(), monotonic()
    until = begun + seconds
    returns = Returns(store)
    work: list[tuple[Callable[..., Coroutine[Any, Any, None]], Sequence[Any]]] = [
        *((_read, (address, Random(number))) for number in range(READERS)),
        *((_export, (address,)) for _ in range(EXPORTERS)),
        (_upload, (address, returns)),
    ]
    watching = asyncio.create_task(_watch(hour, server, begun))
    await asyncio.gather(*(_again(act, given, until, hour) for act, given in work))
    watching.cancel()
    return hour


class Returns:
    """A return that was taken in once, each time with another number in it."""

    def __init__(self, store: Path) -> None:
        entries = Journal(store).entries()
        entry = next(one for one in reversed(entries) if one.what == ACCEPTED and fnmatch(one.name, "*公司工会*.xlsx"))
        self._path, self._number = store / entry.file, 0

    def next(self) -> tuple[str, bytes]:
        """Return name and content of the next one."""
        self._number += 1
        book = load_workbook(self._path)
        cells = (cell for row in book.worksheets[0].iter_rows(min_row=5) for cell in row)
        cell = next(one for one in cells if isinstance(one.value, int) and one.value >= _LARGE)
        cell.value += self._number % 3
        book.properties.title = str(self._number)
        file = BytesIO()
        book.save(file)
        return f"更正{self._number}.xlsx", file.getvalue()


async def _again(act: Callable[..., Coroutine[Any, Any, None]], given: Sequence[Any], until: float, hour: Hour) -> None:
    """Let one after the other come until the time is over; what goes wrong is noted, and the next comes."""
    while monotonic() < until:
        try:
            await act(*given, until, hour)
        except Exception as error:  # a session that breaks is what is looked for, and the others go on
            hour.faults.append(f"{act.__name__}: {type(error).__name__}: {error}")
            await asyncio.sleep(1)


async def _read(address: str, chance: Random, until: float, hour: Hour) -> None:
    async with Visitor(address) as visitor:
        hour.faults += (await visitor.run()).faults
        for _ in range(_PAGES):
            if monotonic() > until:
                return
            hour.faults += (await visitor.turn_to(chance.choice(visitor.pages))).faults
            hour.count("pages")
            await asyncio.sleep(chance.uniform(*THINKING))
            if box := next((box for label, box in visitor.boxes.items() if label in ("期间", "单位")), None):
                hour.faults += (await visitor.choose(box.label, chance.choice(box.options[:40]))).faults
                hour.count("filters")


async def _export(address: str, until: float, hour: Hour) -> None:
    async with Worker(address, f"/{_BOARD}") as worker:
        hour.faults += (await worker.run()).faults
        for label in ("表格（Excel）", "纯文本（CSV）"):
            content = await worker.download(label)
            if not content.startswith((b"\xef\xbb\xbf", b"PK")):
                hour.faults.append(f"{label}: {content[:20]!r}")
            hour.count("files taken away")
    await asyncio.sleep(THINKING[1])


async def _upload(address: str, returns: Returns, until: float, hour: Hour) -> None:
    async with Worker(address, f"/{_UPLOAD}") as worker:
        await worker.run()
        for _ in range(_PAGES):
            if monotonic() > until:
                return
            hour.faults += (await worker.upload(*await asyncio.to_thread(returns.next))).faults
            hour.count("files uploaded")
            label = next((label for label in worker.found["button"] if label.startswith("收下 ")), None)
            if label:
                hour.faults += (await worker.press(label)).faults
                hour.count("files taken in")
            await asyncio.sleep(THINKING[1])


async def _watch(hour: Hour, server: int, begun: float) -> None:
    while True:
        hour.samples.append(take(server, monotonic() - begun))
        await asyncio.sleep(_EVERY)
