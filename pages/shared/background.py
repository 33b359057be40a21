"""Long-running work: it runs in a thread of its own, so that a click meanwhile can't interrupt it."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from html import escape

import streamlit as st

from etl.pipeline.exclusive_lock import report_waiting
from pages.view.foreign_text import as_written
from pages.view.notices import show_error

Tell = Callable[[str, int], None]  # called with a file's name and the total number, when it is done
_WORK = "work"
_FAILED = "work-failed"
_SHOWN = 5  # files named below the bar
_BEAT = 0.1  # seconds
_THREADS = ThreadPoolExecutor(max_workers=32, thread_name_prefix="work")


class Work:
    """A running task, and the files it has finished."""

    def __init__(self, label: str, task: Callable[[Tell], object]) -> None:
        self.label = label
        self.files: list[str] = []
        self.total = 0
        self.ahead = 0  # others whose work on the store comes first
        self.future: Future[object] = _THREADS.submit(self._run, task)

    def _run(self, task: Callable[[Tell], object]) -> object:
        with report_waiting(self._wait):
            return task(self._tell)

    def _wait(self, ahead: int) -> None:
        self.ahead = ahead

    def _tell(self, name: str, total: int) -> None:
        self.files.append(name)
        self.total = max(total, len(self.files))


def begin(label: str, task: Callable[[Tell], object]) -> None:
    """Start a task and rerun the page to watch it. The task must not draw."""
    st.session_state[_WORK] = Work(label, task)
    st.rerun()


def under_way() -> str:
    """Return the description of the running task, "" when there is none."""
    work: Work | None = st.session_state.get(_WORK)
    return work.label if work else ""


def watch() -> None:
    """Show the running task, if any, until it is done; then rerun the page. Show the error of the last task."""
    failed = st.session_state.pop(_FAILED, None)
    if failed is not None:
        show_error(failed)
    work: Work | None = st.session_state.get(_WORK)
    if work is None:
        return
    _follow(work)
    st.session_state[_FAILED] = work.future.exception()
    del st.session_state[_WORK]
    st.rerun()


def _follow(work: Work) -> None:
    place = st.empty()
    while not work.future.done():
        with place.container():
            st.progress(_share(work), text=as_written(_say(work)))
            st.html(f'<p class="done">{"<br>".join(map(escape, work.files[-_SHOWN:]))}</p>')
        time.sleep(_BEAT)
    place.empty()


def _share(work: Work) -> float:
    return min(len(work.files) / work.total, 1.0) if work.total else 0.0


def _say(work: Work) -> str:
    if work.ahead:
        return f"{work.label}：前面还有 {work.ahead} 份上报正在收下，轮到后自动开始，请不要关闭本页"
    return f"{work.label}：第{len(work.files)}/{work.total}份" if work.total else f"{work.label}…"
