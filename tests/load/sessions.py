"""Many sessions at once: each turns pages and changes filters as a leader does, and notes how long it waited."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

from tests.lib.dashboard.visitor import Run, Visitor
from tests.lib.server import start

THINKING = (2.0, 6.0)  # seconds between what is drawn and the next click
_TURNS = 4  # filters changed on a page before the next page
_FILTERS = ("单位", "期间", "与哪一期比", "类别")
_ENDS = "自选起止"  # asks for two more choices
_MOST = 40  # options of a filter that are chosen from: the first ones, as a reader sees them


@dataclass
class Load:
    """What was measured: seconds of each change of a filter and of each page, faults, and memory (seconds, MiB)."""

    changes: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """Return by how much memory grew in the second half of the time, as a share of what it was at its beginning."""
        half = len(self.memory) // 2
        middle, end = self.memory[half][1], self.memory[-1][1]
        return end / middle - 1


def put_under_load(store: Path, sessions: int, seconds: float, every: float = 10.0) -> Load:
    """Serve a store, let so many sessions click for so long, and return what was measured."""
    with start(store) as (address, server):
        return asyncio.run(_all(address, server, sessions, seconds, every))


async def _all(address: str, server: int, sessions: int, seconds: float, every: float) -> Load:
    load = Load()
    begun = monotonic()
    load.memory.append((0.0, resident(server)))
    watching = asyncio.create_task(_watch(load, server, begun, every))
    try:
        await asyncio.gather(*(_visit(address, Random(number), begun + seconds, load) for number in range(sessions)))
    finally:
        watching.cancel()
    load.memory.append((monotonic() - begun, resident(server)))
    return load


async def _watch(load: Load, server: int, begun: float, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        load.memory.append((monotonic() - begun, resident(server)))


async def _visit(address: str, chance: Random, until: float, load: Load) -> None:
    """Be one reader until the time is over; what goes wrong is noted, and the reader is gone."""
    try:
        async with Visitor(address) as visitor:
            _note(load.turns, await visitor.run(), load)
            while monotonic() < until:
                _note(load.turns, await visitor.turn_to(chance.choice(visitor.pages)), load)
                for _ in range(_TURNS):
                    await asyncio.sleep(chance.uniform(*THINKING))
                    if monotonic() < until and visitor.boxes:
                        _note(load.changes, await _change(visitor, chance), load)
    except Exception as error:  # a session that breaks is what is looked for, and the others go on
        load.faults.append(f"{type(error).__name__}: {error}")


async def _change(visitor: Visitor, chance: Random) -> Run:
    label = chance.choice([label for label in _FILTERS if label in visitor.boxes] or list(visitor.boxes))
    return await visitor.choose(label, chance.choice(_options(visitor.boxes[label].options)))


def _options(options: Sequence[str]) -> list[str]:
    return [option for option in options[:_MOST] if option != _ENDS]


def _note(times: list[float], run: Run, load: Load) -> None:
    times.append(run.seconds)
    load.faults += run.faults


def resident(process: int) -> float:
    """Return the memory a process holds, in MiB. Linux only, as is the server."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) / 1024
