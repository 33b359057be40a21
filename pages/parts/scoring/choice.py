"""The scheme and the organisation shown on the page 考核; both are in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from base.periods import Span, say_quarter
from etl.journal.frozen_scores import Frozen, frozen_scores
from etl.journal.objections import Objection
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import accept_code, words_of_span
from pages.view.person import acts
from stats.catalogue.schemes import Basis, Scheme
from stats.organisations import Organisation
from stats.scoring import Score, cells_of
from stats.scoring.overview_tables import ScoreTable, overview_tables
from stats.scoring.score_words import say_document, say_example
from store.builds import current_build, store_path

_SCHEME, _UNIT = "scheme", "scored"
_INDICATOR = "figure"


@dataclass(kw_only=True, frozen=True)
class Scoring:
    """A scheme with its scores by rank, the frozen scores and the objections.

    `files` are the files, by sha256, whose cells the signed-in person may see.
    """

    build: str
    county: Organisation
    data: Span
    scheme: Scheme
    scores: Sequence[Score]
    frozen: Sequence[Frozen]
    objections: Sequence[Objection]
    files: frozenset[str]

    @property
    def as_of(self) -> str:
        """Return the line that says where the data end, and whether the year was unfinished then."""
        end = self.scheme.year * 4 + 3
        early = f"，{self.scheme.year}年还没有报完" if self.data.last < end else ""
        return f"数据截至{say_quarter(min(self.data.last, end))}{early}"

    @property
    def tables(self) -> list[ScoreTable]:
        """Return the tables of the scores taken together; none for a scheme without grades."""
        return overview_tables(self.scheme, self.scores, cached.units_by_code(self.build))

    @property
    def about(self) -> list[str]:
        """Return the subject of the page, as parts of HTML."""
        words = say_example(self.scheme)
        example = [f'<span class="example">{words}</span>'] if words else []
        texts = [f"<b>{escape(self.scheme.name)}</b>", f"<b>{self.scheme.year}年</b>", say_document(self.scheme)]
        return [*texts, self.as_of, *example]


def choose_scoring() -> Scoring | str:
    """Draw the choice of a scheme and return its scores; show a sentence on what is missing if that fails."""
    store, schemes = store_path(), catalogue_now().schemes
    if current_build(store) is None:
        return "还没有数据。请管理员先到“建库”建单位名册，再到“上报”收各单位的报表。"
    build = cached.current()
    county = next(
        (organisation for organisation in cached.organisations(build) if organisation.level == "county"), None
    )
    if county is None:
        return "单位名册里还没有县总工会。请先上报单位名册。"
    if not schemes:
        return "指标目录里还没有考核办法。请管理员先写好考核办法。"
    names = {scheme.code: scheme.name for scheme in sorted(schemes.values(), key=_order)}
    accept_code(_SCHEME, names, "考核办法")
    with st.container(horizontal=True, key="filters"):
        code = st.selectbox(
            "考核办法", list(names), format_func=names.__getitem__, key=_SCHEME, bind="query-params", width=420
        )
    scores = cached.scores(build, code)
    if not scores:
        if schemes[code].entrants == "entered":
            return f"还没有收到按“{names[code]}”评的考核评分表。有评分表的单位才参加这项评分。"
        return f"“{names[code]}”要考核的单位，单位名册里一家也没有。"
    files = frozenset(cell.submission for cell in acts().cells(cells_of(scores)))
    return Scoring(
        build=build,
        county=county,
        data=cached.data_span(build),
        scheme=schemes[code],
        scores=scores,
        frozen=frozen_scores(store, code),
        objections=acts().objections(code),
        files=files,
    )


def _order(scheme: Scheme) -> tuple[bool, int]:
    """Return the place in the list: schemes for everyone first, the latest year first."""
    return scheme.entrants == "entered", -scheme.year


def choose_unit(scoring: Scoring) -> Score:
    """Draw the choice of an organisation and return its score; initially the leading one."""
    names = {score.unit: score.unit_name for score in scoring.scores}
    accept_code(_UNIT, names, "被考核的单位")
    code = st.selectbox(
        "被考核单位", list(names), format_func=names.__getitem__, key=_UNIT, bind="query-params", width=320
    )
    return next(score for score in scoring.scores if score.unit == code)


def unit_address(scoring: Scoring, score: Score) -> str:
    """Return the address of this page with an organisation's lines."""
    return f"scoring?{urlencode({_SCHEME: scoring.scheme.name, _UNIT: score.unit_name})}"


def trace_address(scoring: Scoring, unit: str, basis: Basis) -> str:
    """Return the address of the cells behind a rule's indicator, as far as there are data."""
    first, last = (scoring.scheme.year * 4 + quarter - 1 for quarter in basis.quarters)
    span = Span(max(first, scoring.data.first), max(min(last, scoring.data.last), scoring.data.first))
    indicator = catalogue_now().indicators[basis.indicator or ""]
    words = {"unit": cached.unit_names(scoring.build)[unit], **words_of_span(span, scoring.build)}
    return f"trace?{urlencode(words | {_INDICATOR: indicator.name})}"
