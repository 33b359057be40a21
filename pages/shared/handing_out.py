"""What leaves the program: nothing is handed out that can't be noted."""

from collections.abc import Callable

from access.audit import note
from access.verbs import Verb
from pages.shared.who import who
from stats.warehouse import store_path


def handing_out(verb: Verb, about: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what a download button calls when it is clicked: it notes who takes what, then makes it."""
    store, name = store_path(), who()

    def hand_out() -> bytes:
        note(store, name, verb, about)
        return make()

    return hand_out
