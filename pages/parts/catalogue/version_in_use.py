"""Which version is in force, and why the newest one is not where it has faults."""

from html import escape

import streamlit as st

from pages.returns.receipt_history import say_time
from pages.shared.heading import draw_finding
from stats.catalogue_in_force import catalogue_in_force, faults_of_newest
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
        lines = "<br>".join(map(escape, faults.splitlines()[1:] or [faults]))
        st.error(
            f"第{last:d}版有错，没有用；在改好以前不能收下新的报表。请在下面改好再发布，或退回到以前的一版。",
            icon=":material/error:",
        )
        st.html(f"<p>{lines}</p>")
