"""The list of findings: what must be changed, what must be confirmed, and notes."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from etl.model.finding import Finding, count_cells, gather
from etl.model.rules import SEVERITY_WORDS

_TITLES = {"return": "要改的", "confirm": "要核实的", "note": "供参考的"}
_CLASSES = {"return": "behind", "confirm": "asked", "note": ""}
_MOST = 40  # findings shown; the answer workbook has them all


def draw_findings(findings: Sequence[Finding]) -> None:
    """Draw findings by severity, equal ones once with all their places: the value there and what to do."""
    for severity, title in _TITLES.items():
        of_severity = [finding for finding in findings if finding.severity == severity]
        if of_severity:
            sign = f'<span class="{_CLASSES[severity]}">{SEVERITY_WORDS[of_severity[0].severity]}</span>'
            heading = f"<h3>{sign} {escape(title)} {count_cells(of_severity):,} 处</h3>"
            listed = gather(of_severity)
            st.html(f'<div class="told">{heading}{_list(listed[:_MOST])}</div>')
            if len(listed) > _MOST:
                st.caption(f"还有 {len(listed) - _MOST:,} 条没有列出，全部见退回单。")


def say_finding(finding: Finding) -> str:
    """Return the place of a finding and the value there, as a label."""
    return f"{_place(finding)}：{finding.problem}"


def _list(findings: Iterable[Finding]) -> str:
    return f"<ol>{''.join(map(_item, findings))}</ol>"


def _item(finding: Finding) -> str:
    belongs = finding.requirement if finding.requirement.endswith("？") else f"{finding.requirement}。"
    text = f"{finding.problem}；{belongs}{finding.todo}。"
    return f"<li><b>{escape(_place(finding))}</b>{escape(text)}</li>"


def _place(finding: Finding) -> str:
    place = (f"表“{finding.sheet}”" if finding.sheet else "整个文件") + finding.address
    return place + (f"（{finding.column}）" if finding.column else "")
