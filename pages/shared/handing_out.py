"""What leaves the program: nothing is handed out that can't be noted."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from access.audit import note
from access.verbs import Verb
from pages.shared.person import person
from stats.warehouse import store_path


def handing_out(verb: Verb, about: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what a download button calls when it is clicked: it notes who takes what, then makes it."""
    return partial(hand_out, store_path(), person().shown, verb, about, make)


def hand_out(store: Path, who: str, verb: Verb, about: str, make: Callable[[], bytes]) -> bytes:
    """Note who takes what, then return it. Raises UserError when it can't be noted: then it is not handed out."""
    note(store, who, verb, about)
    return make()
