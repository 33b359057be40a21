"""Whether a server levels off: memory, file descriptors and threads, taken down from beginning to end."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.load.sessions import resident

# What still fills after the first third is bounded: caches, threads of pools. What is never let go grows on and on.
MOST_MEMORY = 0.20
MOST_HANDLES, MOST_THREADS = 12, 12


@dataclass(frozen=True)
class Sample:
    """What a process held so many seconds after the beginning: MiB, open files and sockets, threads."""

    second: float
    memory: float
    handles: int
    threads: int


def take(process: int, second: float) -> Sample:
    """Return what a process holds now. Linux only, as is the server."""
    folder = Path(f"/proc/{process}")
    handles, threads = len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir()))
    return Sample(second, resident(process), handles, threads)


def growth(samples: Sequence[Sample]) -> dict[str, float]:
    """Return by how much each measure grew from the second third of the time to the last: memory as a share."""
    third = len(samples) // 3
    before, after = samples[third : 2 * third], samples[2 * third :]
    return {
        "memory": median(one.memory for one in after) / median(one.memory for one in before) - 1,
        "handles": median(one.handles for one in after) - median(one.handles for one in before),
        "threads": median(one.threads for one in after) - median(one.threads for one in before),
    }


def grows(samples: Sequence[Sample]) -> list[str]:
    """Return the measures that do not level off."""
    found = growth(samples)
    most = {"memory": MOST_MEMORY, "handles": MOST_HANDLES, "threads": MOST_THREADS}
    return [f"{name}: {found[name]:.2f}, at most {limit}" for name, limit in most.items() if found[name] > limit]
