"""Times the pages: what the server needs for a run of each, at two sizes, and what a reader waits for in a browser.

A rerun is a run with nothing changed, a change one with another organisation chosen, both measured by a session as a
browser holds it, from asking to the last word. What the browser needs is compared with a bare Streamlit page, in the
same run. The aims: a rerun within 150 ms in 95 of 100 cases at both sizes, charts drawn 500 ms after a filter is
changed, a first load within twice that of the bare page.
"""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from etl.intake import load_paths
from etl.sample import write_county
from tests.bench.browser import time_in_browser
from tests.bench.large import QUARTERS, UNIONS, write_large
from tests.lib.dashboard.visitor import Visitor
from tests.lib.server import serve

CHANGES, FEW_CHANGES = 8, 2  # organisations a page is changed to; fewer where each takes seconds
RERUNS = 2  # for each of them
_UNIT = "单位"
Times = dict[str, list[float]]


def bench_pages(folder: Path) -> dict[str, Any]:
    """Return what was measured, each figure under a name that ends in its unit; pages by the end of the address."""
    small, large = folder / "store", folder / "large"
    write_county(folder / "county")
    load_paths([folder / "county"], small)
    figures: dict[str, Any] = {"sizes": f"the sample county; at least {UNIONS} unions x {QUARTERS} quarters (large)"}
    with serve(small) as address:
        figures |= _name("county", asyncio.run(time_pages(address))) | time_in_browser(folder, address)
    write_large(small, large)
    with serve(large) as address:
        return figures | _name("large", asyncio.run(time_pages(address, FEW_CHANGES)))


async def time_pages(address: str, changes: int = CHANGES) -> dict[str, Times]:
    """Return the milliseconds of each rerun and change, by page. Raises RuntimeError when a page shows an error."""
    times: dict[str, Times] = {"rerun": {}, "change": {}}
    async with Visitor(address) as visitor:
        await visitor.run()
        for page in visitor.pages:
            name = page.url_pathname or "overview"
            await visitor.turn_to(page)
            times["rerun"][name] = [await _time(visitor) for _ in range(RERUNS)]
            for option in _others(visitor, changes):
                times["change"].setdefault(name, []).append(await _time(visitor, option))
                times["rerun"][name] += [await _time(visitor) for _ in range(RERUNS)]
    return times


def _others(visitor: Visitor, changes: int) -> Sequence[str]:
    """Return the first organisations below the one chosen at first, where the page asks for one."""
    return visitor.boxes[_UNIT].options[1 : 1 + changes] if _UNIT in visitor.boxes else []


async def _time(visitor: Visitor, option: str = "") -> float:
    done = await (visitor.choose(_UNIT, option) if option else visitor.run())
    if done.faults:
        raise RuntimeError(f"{option}: {done.faults[0]}")
    return done.seconds * 1000


def _name(size: str, times: dict[str, Times]) -> dict[str, Any]:
    return {
        f"{size}_{what}_{name}_ms": {page: round(say(found)) for page, found in pages.items()}
        for what, pages in times.items()
        for name, say in (("median", median), ("p95", ninety_fifth))
    }


def ninety_fifth(times: Iterable[float]) -> float:
    """Return the smallest of the times that at least 95 of 100 do not exceed."""
    ordered = sorted(times)
    return ordered[-(-95 * len(ordered) // 100) - 1]
