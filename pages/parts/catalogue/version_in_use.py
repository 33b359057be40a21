"""Which version is in force, and why the newest one is not; faults of a catalogue, each with the way to its entry."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from pages.parts.catalogue.kinds import known_if_read, known_in_force
from pages.parts.catalogue.opened_entry import open_editing
from pages.returns.receipt_history import say_time
from pages.shared.heading import draw_finding
from stats.catalogue_in_force import catalogue_in_force, faults_of_newest
from stats.editing.known_entries import Known
from stats.editing.placed_faults import placed_faults
from store.builds import store_path
from store.catalogue_versions import newest, version_of


def draw_in_force() -> None:
    """Draw the version in force with who published it when and why; in red every fault of a newer one."""
    store = store_path()
    number, last = catalogue_in_force(store).version, newest(store)
    if number:
        version = version_of(store, number)
        draw_finding(f"在用的是第{number}版目录", f"{version.who}{say_time(version.at)}发布：{version.why}")
    else:
        draw_finding("在用的是程序自带的目录", "还没有本地的目录。改了哪一项，发布以后就成第1版。")
    if faults := faults_of_newest(store):
        st.error(
            f"第{last:d}版有错，没有用；在改好以前不能收下新的报表。请在下面改好再发布，或退回到以前的一版。",
            icon=":material/error:",
        )
        draw_faults(faults.splitlines()[1:] or [faults], known_if_read(), "version")


def draw_faults(faults: Sequence[str], known: Known, where: str) -> None:
    """Draw faults in the words of the page, each with a button that opens the entry it is about."""
    for at, fault in enumerate(placed_faults(faults, known, known_in_force())):
        with st.container(horizontal=True, vertical_alignment="center", key=f"fault-{where}-{at}"):
            st.html(f"<p>{escape(fault.words)}</p>")
            if entry := fault.entry:
                way = partial(open_editing, entry.kind, entry, known)
                st.button("去改", key=f"mend-{where}-{at}", on_click=way)
