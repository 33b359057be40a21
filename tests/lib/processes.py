"""How the tests are dealt out to the processes: what shares a set-up stays together, what takes longest comes first."""

import os

from xdist.scheduler import LoadFileScheduling

# Files that one process does one after another, because what they share takes long to make: a server, papers, prints.
TOGETHER = (
    ("tests/browser/",),
    ("tests/soundness/papers/test_figure_titles.py", "tests/soundness/papers/test_paper_sentences.py",
     "tests/soundness/papers/test_papers.py", "tests/soundness/papers/test_said_of_part.py"),
    ("tests/office/",),
)  # fmt: skip
# A process that takes a long file last leaves the others idle. The second needs no county, while the first loads one.
FIRST = (
    "tests/browser/",
    "tests/messy/files/test_public_files.py",
    "tests/soundness/papers/test_figure_titles.py",
    "tests/soundness/order/test_order_county.py",
    "tests/soundness/rates/test_reckoner.py",
    "tests/office/",
    "tests/pages/",
    "tests/safety/",
    "tests/etl/",
    "tests/access/",
    "tests/stats/",
)
LAST = ("tests/contracts/",)


class InGroups(LoadFileScheduling):  # type: ignore[misc]
    """Deals out the files of a group as one, and the groups in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def count_processes() -> int:
    """Return how many processes `-n auto` starts: one more than there are cores.

    The one that drives a browser waits for it most of the time, for minutes, and would leave a core idle.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


def group_of(nodeid: str) -> str:
    """Return what one process does whole: the file of a test, or the first name of the group that the file is in."""
    file = nodeid.split("::", 1)[0]
    return next((group[0] for group in TOGETHER if file.startswith(group)), file)


def turn_of(nodeid: str) -> int:
    """Return when a test's group is dealt out, beside others: the smallest number first."""
    group = group_of(nodeid)
    if group.startswith(LAST):
        return len(FIRST) + 1
    return next((turn for turn, first in enumerate(FIRST) if group.startswith(first)), len(FIRST))
