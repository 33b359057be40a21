"""The ranking by a scheme: ranks, bars for the points, the maximum each is out of; and the workbook."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from html import escape

import streamlit as st

from base.formats import MISSING, POINTS, say_bound, say_points
from pages.parts.scoring.choice import Scoring, unit_address
from pages.shared.downloads import XLSX, offer_file
from pages.shared.fold import ENDS, say_rest
from pages.shared.paging import page_of
from stats.exports.workbook.scores import scores_xlsx
from stats.scoring import Score
from stats.scoring.overview_tables import ScoreTable
from stats.scoring.score_words import VOID

_PAGE = 100
_HEAD = (
    "<tr><th>名次</th><th class=words>单位</th><th aria-hidden=true></th><th>得分</th><th>有分项目的满分</th>"
    "<th>缺项</th><th>自评高出</th></tr>"
)


def draw_ranking(scoring: Scoring) -> None:
    """Draw one row per organisation, the best first, those that can't be ranked at the end."""
    largest = max((score.points for score in scoring.scores if score.points is not None), default=Decimal(0))
    few = len(scoring.scores) <= _PAGE
    shown = scoring.scores if few else page_of(scoring.scores, "家", "score-ranking", _PAGE)
    rows = "".join(_row(scoring, score, largest) for score in shown)
    table = f'<table class="plain ranking scores"><thead>{_HEAD}</thead><tbody>{rows}</tbody></table>'
    st.html(f'<div class="folded">{table}{say_rest(len(shown) - ENDS, "家")}</div>')


def _row(scoring: Scoring, score: Score, largest: Decimal) -> str:
    share = max(float(score.points / largest), 0.0) if score.points is not None and largest > 0 else 0.0
    bar = f'<div class="bar{"" if score.place else " open"}" style="width:{share:.1%}"></div>' if share else ""
    link = f'<a href="{escape(unit_address(scoring, score))}" target="_self">{escape(score.unit_name)}</a>'
    points = f'<span class="behind">✕ {VOID}</span>' if score.void else say_points(score.points)
    full = say_bound(score.total.full.normalize(), POINTS)
    points += f'<small class="narrow">满分{full}</small>'
    lacking = f"△ {len(score.lacking)}项" if score.lacking else "0项"
    return (
        f'<tr><td>{score.place or MISSING}</td><td class="words">{link}</td><td class="words wide">{bar}</td>'
        f'<td class="strong">{points}</td><td>{full}</td><td>{lacking}</td><td>{say_points(score.difference)}</td></tr>'
    )


def offer_scores(scoring: Scoring, tables: Sequence[ScoreTable]) -> None:
    """Draw the download of all scores, taken together and line by line."""
    name = f"{scoring.scheme.name}得分.xlsx"
    offer_file("表格（Excel）", name, XLSX, partial(scores_xlsx, scoring.scores, scoring.as_of, scoring.files, tables))
