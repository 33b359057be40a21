"""查引用号: looking up figures of a paper by their references, and what has been corrected since."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.errors import UserError
from base.periods import parse_span, say_span
from pages.parts.papers.opened_papers import opened_once
from pages.parts.papers.paper_upload import draw_paper_upload
from pages.returns.receipt_history import say_time
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.notices import show_empty
from pages.view.person import acts
from stats.exports.charts.redrawn import redrawn
from stats.exports.style.proof_text import NOT_LISTED
from stats.organisations import organisations_by_code
from stats.papers.chart_numbers import Drawn
from stats.papers.cited_figures import look_up, papers, wordings
from stats.papers.mentions import Mention, read_paper
from stats.papers.recheck import CellChange, Recited, recite
from stats.papers.references import is_reference
from stats.papers.retyped import Retyped, retyped
from store.builds import store_path

_MOST = 20  # changed cells listed of a figure
_HEAD = (
    "<tr><th>单位</th><th class=words>季度</th><th class=words>数据项</th><th>当时</th><th>现在</th>"
    "<th class=words>文件和格</th></tr>"
)
_STATES = {True: ("behind", "△ 已更正"), False: ("met", "✓ 没有变化"), None: ("asked", "？ 现在读不出来")}


def draw_citing(view: View) -> None:
    """Ask for a reference or an old file, and draw each figure as it was and as it is now."""
    left, right = st.columns(2, gap="large")
    with left:
        typed = st.text_input("引用号", placeholder="例如 7K2M-Q9XT4", key="ref", bind="query-params")
    with right:
        file = draw_paper_upload("或者以前的文稿（Word、PPT、Excel）", ["docx", "pptx", "xlsx"], "old-paper")
    mentions, drawn = _typed(typed) if typed else [], tuple[Drawn, ...]()
    if file is not None:
        try:
            paper = opened_once(file.file_id, read_paper, file.getvalue(), file.name)
        except UserError as error:
            st.warning(as_written(error), icon=":material/info:")
            return
        mentions, drawn = [*mentions, *paper.mentions], paper.drawn
        if not mentions:
            return show_empty("这份文稿里没有找到引用号。只有从这里出的材料才有。")
    if mentions:
        _draw(view, mentions, drawn)


def _typed(text: str) -> list[Mention]:
    ref = text.strip().upper()
    if is_reference(ref):
        return [Mention(ref)]
    st.warning(f"“{as_written(text)}”不是引用号，多半抄错了一个字。引用号像 7K2M-Q9XT4。", icon=":material/info:")
    return []


def _draw(view: View, mentions: Sequence[Mention], drawn: Sequence[Drawn]) -> None:
    store = store_path()
    known = look_up(store, [mention.ref for mention in mentions])
    recited = recite(store, cached.warehouse(view.build), catalogue_now(), known.values())
    printed = wordings(store, known)
    wrong = {
        mention.ref: retyped(mention.written, known[mention.ref], printed.get(mention.ref, []))
        for mention in mentions
        if mention.ref in known
    }
    charts = redrawn(drawn, known, cached.warehouse(view.build), catalogue_now())
    wrong |= {ref: [*wrong.get(ref, []), *ones] for ref, ones in charts.items()}
    corrected = sum(recited.corrected is True for recited in recited)
    unknown = [mention.ref for mention in mentions if mention.ref not in known]
    text = f"此稿{corrected}处数字已更正" if corrected else "数字都没有变化" if recited else "没有登记过这个引用号"
    edited = sum(map(bool, wrong.values()))
    text += f"；{edited}处文中写的和登记的不一样" if edited else ""
    also = f"；{len(unknown)}处没有登记过：{'、'.join(unknown)}" if unknown and recited else ""
    st.html(f'<p class="sum">共{len(mentions)}处引用，{escape(text + also)}</p>')
    for figure in recited:
        _draw_one(view, figure, wrong[figure.registered.ref])


def _draw_one(view: View, recited: Recited, wrong: Sequence[Retyped]) -> None:
    registered, (state, state_words) = recited.registered, _STATES[recited.corrected]
    known = organisations_by_code(cached.warehouse(view.build))
    unit = known[registered.unit].name if registered.unit in known else registered.unit
    printed = "".join(f'<p class="asked">{escape(each.sentence)}，是后来改过的</p>' for each in wrong)
    now = (
        "" if recited.corrected is False else f"<p>现在：<b>{escape(recited.now)}</b>（第{recited.build:,}版数据）</p>"
    )
    made = f"第{registered.build:,}版数据，{registered.built_at[:16].replace('T', ' ')}汇总"
    st.html(
        f'<section class="cited"><h3>{escape(registered.name)}<b class="{state}">{state_words}</b></h3>'
        f'<p class="fine">{registered.ref}　{escape(unit)}　{say_span(parse_span(registered.span))}　{escape(made)}</p>'
        f"<p>登记时：<b>{escape(registered.text)}</b></p>{printed}{now}{_changes(recited)}{_used(registered.ref)}</section>"
    )


def _changes(recited: Recited) -> str:
    if recited.corrected is not True:
        return ""
    if not recited.changes:
        return "" if recited.kept else '<p class="fine">当时那一版数据已不再保存，只能比较总数</p>'
    seen = acts().cells(recited.changes)
    rows = "".join(_row(change) for change in seen[:_MOST])
    rest, unseen = len(seen) - _MOST, len(recited.changes) - len(seen)
    more = f'<p class="fine">另有{rest}处没有列出</p>' if rest > 0 else ""
    more += f'<p class="fine">有{unseen}处{NOT_LISTED}</p>' if unseen else ""
    if not rows:
        return more
    return f'<div class="scroll" tabindex="0"><table class="plain">{_HEAD}{rows}</table></div>{more}'


def _row(change: CellChange) -> str:
    where = escape(f"{change.file} {change.address}")
    return (
        f"<tr><td>{escape(change.unit_name)}</td><td class=words>{change.quarter}</td>"
        f"<td class=words>{escape(change.item_name)}</td><td>{escape(change.before)}</td>"
        f'<td class="strong">{escape(change.now)}</td><td class=words>{where}</td></tr>'
    )


def _used(ref: str) -> str:
    made = [
        f"{say_time(paper.at)} {paper.title}{f'（{paper.who}）' if paper.who else ''}"
        for paper in papers(store_path(), ref)
    ]
    return f'<p class="fine">用在：{escape("；".join(made))}</p>' if made else ""
