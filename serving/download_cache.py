"""Files made at a click are kept until the browser has had time to fetch them.

Streamlit deletes such a file once any two sessions have drawn a page since, so with many users a download sometimes
failed, as the soak test found. Here a file is kept a minute longer.
"""

from collections import deque
from collections.abc import Callable, Container
from time import monotonic

from serving.streamlit_internals import runtime

_SECONDS = 60.0


def keep_downloads() -> None:
    """Delay the running server's deletion of files by a minute. Call once the server runs."""
    manager = runtime.get_instance().media_file_mgr
    storage = manager._storage
    storage.delete_file = delayed(storage.delete_file, manager._file_metadata)  # type: ignore[method-assign,assignment]  # no setting for it


def delayed(
    delete: Callable[[str], None],
    in_use: Container[str],
    seconds: float = _SECONDS,
    clock: Callable[[], float] = monotonic,
) -> Callable[[str], None]:
    """Return a delayed delete function: each call deletes what is due and not `in_use` again by then."""
    waiting: deque[tuple[float, str]] = deque()

    def later(file: str) -> None:
        waiting.append((clock() + seconds, file))
        while waiting[0][0] <= clock():
            _, due = waiting.popleft()
            if due not in in_use and all(due != other for _, other in waiting):
                delete(due)

    return later
