"""One's own edits that are not published yet: the list, faults, a trial, and publishing."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from html import escape
from pathlib import Path

import streamlit as st

from access.acts import Acts
from base.errors import UserError
from base.formats import MISSING
from etl.publishing.try_catalogue import Trial
from pages.parts.catalogue.kinds import name_kind
from pages.parts.catalogue.panel_preview import draw_figure
from pages.parts.catalogue.version_in_use import draw_faults
from pages.shared.background import Tell, begin
from pages.shared.heading import draw_part
from pages.view.foreign_text import as_written
from pages.view.notices import show_error
from pages.view.person import acts, has_reason
from stats.catalogue_declared import Declared, catalogue_declared, declared_in
from stats.editing.declared_entries import IN_USE, SWITCHED_OFF, Key, entries_in, to_text
from stats.editing.drafts import Draft, edited_meanwhile
from stats.editing.known_entries import Known, known_entries
from store.builds import store_path
from store.catalogue_versions import newest

_TRIED, _DONE = "catalogue-tried", "catalogue-done"


def draw_draft(draft: Draft, known: Known) -> None:
    """Draw what is edited and not published, what is wrong with it, and the way to publish it."""
    for words in st.session_state.pop(_DONE, []):
        st.success(as_written(words), icon=":material/check:")
    if not draft.edits:
        return
    draw_part(f"没有发布的修改：{len(draft.edits)}处", "只有您自己看得到；刷新、换电脑登录都还在，发布以后大家才用")
    for key in draft.edits:
        with st.container(horizontal=True, vertical_alignment="center", key=f"edited-{key[0]}-{key[1]}"):
            st.html(f"<p>{escape(say_edit(key, draft, known))}</p>")
            st.button("撤销", key=f"undo-{key[0]}-{key[1]}", on_click=partial(_do, partial(acts().undo_edit, key)))
    if draft.after != newest(store_path()):
        return _draw_behind(draft, known)
    if faults := faults_of_draft():
        st.warning("还不能发布，请先改好：", icon=":material/edit:")
        draw_faults(faults, known, "draft")
    with st.container(horizontal=True, key="draft-ways"):
        if st.button("试算", type="primary", key="try-draft", disabled=bool(faults), help="不发布，先看会改动哪些数"):
            _begin_trial(draft, known)
        st.button("全部撤销", key="drop-draft", on_click=partial(_do, acts().drop_draft))
    tried = st.session_state.get(_TRIED)
    if tried and tried[1] and tried[0] == to_text(draft.edits):
        _draw_trial(tried[1][0])
    return None


def faults_of_draft() -> list[str]:
    """Return every fault of one's own draft, each a sentence with its place."""
    declared = acts().wanted()
    return list(_faults(store_path(), declared.packs, tuple(sorted(declared.files.items()))))


@lru_cache(maxsize=8)
def _faults(store: Path, packs: tuple[str, ...], files: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    try:
        catalogue_declared(store, Declared(packs, dict(files)))
    except UserError as error:
        return tuple(line for line in str(error).splitlines() if line)[1:] or (str(error),)
    return ()


def say_edit(key: Key, draft: Draft, known: Known) -> str:
    """Return an edit in words: what is done to which entry."""
    kind, code = key
    if kind == SWITCHED_OFF:
        kind, _, code = code.partition(":")
    if kind == IN_USE:
        return "换报告包"
    entry = known.get(kind, {}).get(code)
    name = entry.name if entry else code
    gone = draft.edits[key] is None
    if key[0] == SWITCHED_OFF:
        return f"{'恢复' if gone else '停用'}{name_kind(kind)}“{name}”"
    if kind in ("reporting", "history"):
        return "改报送和核对的规定"
    before = entries_in(declared_in(store_path(), draft.after))
    done = "去掉本地的" if gone else "改" if key in before or (entry and entry.built_in) else "新增"
    return f"{done}{name_kind(kind)}“{name}”"


def _draw_behind(draft: Draft, known: Known) -> None:
    """Say that somebody else published meanwhile, what of it was edited here too, and how to go on."""
    both = [say_edit(key, draft, known) for key in edited_meanwhile(store_path(), draft)]
    last = newest(store_path())
    words = f"目录已由别人发布到第{last}版，您是在第{draft.after}版上改的，您的修改都还在。"
    more = f"这几处别人也改了，接着改就以您的为准：{'；'.join(both)}。" if both else "您改的和别人改的没有相同的地方。"
    st.warning(as_written(words + more), icon=":material/info:")
    st.button(f"在第{last:d}版上接着改", type="primary", key="go-on", on_click=partial(_do, acts().go_on_from_newest))


def _begin_trial(draft: Draft, known: Known) -> None:
    trials: list[Trial] = []
    st.session_state[_TRIED] = to_text(draft.edits), trials
    begin("试算", partial(_try, acts(), _panels_changed(draft, known), trials))


def _try(doing: Acts, panels: list[tuple[str, str]], trials: list[Trial], tell: Tell) -> None:
    trials.append(doing.try_draft(panels))
    tell("试算", 1)


def _panels_changed(draft: Draft, known: Known) -> list[tuple[str, str]]:
    """Return the panels that the draft adds to boards or changes."""
    before = known_entries(declared_in(store_path()))
    changed = []
    for kind, code in draft.edits:
        if kind == "boards" and code in known[kind]:
            old = _by_code(before["boards"][code].content) if code in before["boards"] else {}
            panels = _by_code(known[kind][code].content)
            changed += [(code, name) for name, panel in panels.items() if old.get(name) != panel and name]
    return changed[-6:]


def _by_code(board: Mapping[str, object]) -> dict[str, object]:
    panels = board.get("panels") or ()
    return {str(panel.get("code")): panel for panel in panels if isinstance(panel, dict)}  # type: ignore[attr-defined]


def _draw_trial(trial: Trial) -> None:
    changed = [figure for figure in trial.figures if figure.before]
    new = [figure for figure in trial.figures if not figure.before]
    papers = f"{len(trial.papers)}份材料提到它" if trial.papers else "没有材料提到"
    st.html(f'<p class="sum">{escape(f"改动{len(changed)}个数，新增{len(new)}个数，{papers}")}</p>')
    rows = "".join(
        f"<tr><td>{escape(figure.name)}</td><td>{escape(figure.before or MISSING)}</td>"
        f"<td>{escape(figure.after or MISSING)}</td></tr>"
        for figure in [*changed, *new]
    )
    if rows:
        head = "<tr><th>指标</th><th>现在</th><th>发布后</th></tr>"
        st.html(f'<table class="plain"><thead>{head}</thead><tbody>{rows}</tbody></table>')
    if trial.papers:
        st.html(f"<p>{escape('；'.join(f'《{title}》' for title in trial.papers))}</p>")
    for (board, code), figure in trial.drawn.items():
        draw_figure(figure, f"tried-{board}-{code}")
    _draw_publishing(trial)


def _draw_publishing(trial: Trial) -> None:
    """Draw the reasons that are asked for, and the button that publishes."""
    meaning = ""
    if trial.meanings:
        st.warning(
            "下面的代码换了含义，以前的数和文稿里引用的数是按原来的含义算的。要另立一个数，请撤销后新增；"
            "确实要改，请写明理由。",
            icon=":material/help:",
        )
        st.html(f"<p>{'<br>'.join(map(escape, trial.meanings))}</p>")
        meaning = st.text_input("为什么仍用这个代码", key="publish-meaning", max_chars=200)
    why = st.text_input("为什么改", key="publish-why", max_chars=200, placeholder="例如：加一张走访表")
    if st.button("发布", type="primary", key="publish") and has_reason(why):
        if trial.meanings and not has_reason(meaning):
            return
        done: list[str] = []
        st.session_state[_DONE] = done
        begin("发布目录", partial(_publish, acts(), why, meaning, done))


def _publish(doing: Acts, why: str, meaning: str, done: list[str], tell: Tell) -> None:
    version = doing.publish_draft(why, meaning)
    done.append(f"已发布目录第{version.number}版，改动{len(version.changes)}处。")
    tell("发布", 1)


def _do(act: Callable[[], None]) -> None:
    try:
        act()
    except UserError as error:
        show_error(error)
