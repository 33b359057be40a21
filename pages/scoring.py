"""考核: the ranking by a scheme, scores taken together and one by one, what was frozen and has changed, objections."""

from html import escape

import streamlit as st

from pages.parts.scoring.choice import Scoring, choose_scoring, choose_unit
from pages.parts.scoring.frozen import draw_frozen
from pages.parts.scoring.objection_forms import draw_objections
from pages.parts.scoring.score_ranking import draw_ranking, offer_scores
from pages.parts.scoring.score_sheet import draw_cell, draw_groups, draw_lines
from pages.parts.scoring.score_tables import draw_tables
from pages.shared.background import watch
from pages.shared.heading import draw_about, draw_finding, draw_part
from pages.view.notices import show_empty
from stats.scoring.score_overview import say_overview, survey
from stats.scoring.score_words import say_basis, say_known, say_leaders, say_score


def show() -> None:
    watch()
    scoring = choose_scoring()
    if isinstance(scoring, str):
        draw_finding("还不能考核")
        return show_empty(scoring)
    draw_about(scoring.county.name, scoring.about)
    grades, *compared = say_overview(survey(scoring.scheme, scoring.scores))
    draw_finding(grades if scoring.scheme.grades else say_leaders(scoring.scores), say_known(scoring.scores))
    draw_part("名次", "点名称看这个单位逐项的得分；分数相同的名次并列，空心的还缺分、不排名")
    draw_ranking(scoring)
    tables = scoring.tables
    offer_scores(scoring, tables)
    draw_tables(tables, compared)
    draw_unit(scoring)
    draw_part("冻结和更正", "把某一天结束时的得分固定下来，以后的更正另外列出")
    draw_frozen(scoring)
    draw_part("申诉", "单位对某一项有不同意见的，记在这里；申诉和答复都不能删改")
    draw_objections(scoring)


def draw_unit(scoring: Scoring) -> None:
    draw_part("逐项得分", "规则、依据的数、各次评分和原表的格")
    score = choose_unit(scoring)
    with st.container(border=True, key="score"):
        st.html(f'<h3 class="says">{escape(say_score(score))}</h3><p class="under">{escape(say_basis(score))}</p>')
        draw_groups(score)
    draw_lines(scoring, score)
    draw_cell(scoring, score)


show()
