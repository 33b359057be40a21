"""Documents with the targets they set: what is not registered or no longer in force, and where two disagree."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.formats import say_value
from pages.shared.fold import say_more
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.links import aim_address
from stats.attainment.attainment_words import NO_NUMBER
from stats.catalogue.models import FormRole
from stats.judging.documents import Document, DocumentTargets
from stats.judging.targets import Target


def draw_bases(view: View) -> None:
    """Draw each document with its targets, those that can't be relied on first, and the disagreements above them."""
    bases, differing = cached.target_documents(view.build, view.unit.code, view.span.quarters.last)
    differences = "".join(f"<li>{_say_difference(goals)}</li>" for goals in differing)
    shown = [basis for basis in bases if basis.targets]
    documents = "".join(f'<li class="later">{_row(basis)}</li>' for basis in shown)
    button = say_more(f"看{len(shown)}份文件定的目标") if shown else ""
    st.html(f'<div class="folded"><ul class="papers">{differences}{documents}</ul>{button}</div>')


def _row(basis: DocumentTargets) -> str:
    """Return a document as HTML: what the register says, and a link to each of its targets."""
    once = {(goal.indicator, goal.year, _say_value(goal)): goal for goal in basis.targets}
    targets = "、".join(_link(goal) for goal in once.values())
    return f"<b>{escape(say_document(basis.title, basis.document))}</b>{targets}"


def say_document(title: str, document: Document | None) -> str:
    """Return a document with its number, day and issuer, or what is wrong with it as the basis of a target."""
    if document is None:
        register = catalogue_now().form_of(FormRole.DOCUMENTS).name
        return f"△ {title}（没有登记：请在《{register}》里登记）"
    facts = "，".join(filter(None, (document.number, document.issuer, document.issued and f"{document.issued}发文")))
    if document.in_force:
        return f"{document.title}（{facts}）"
    instead = f"由{document.replaced_by}代替" if document.replaced_by else "请写明新的依据"
    return f"△ {document.title}（{facts}；不再有效，{instead}）"


def _link(goal: Target) -> str:
    indicator = catalogue_now().indicators[goal.indicator]
    words = f"{goal.year}年{indicator.name}（{_say_value(goal)}）"
    return f'<a href="{escape(aim_address(goal.indicator))}" target="_self">{escape(words)}</a>'


def _say_difference(goals: Sequence[Target]) -> str:
    indicator = catalogue_now().indicators[goals[0].indicator]
    stated = "，".join(f"{goal.document}{_say_value(goal)}" for goal in goals)
    text = f"△ {goals[0].year}年{indicator.name}两处定得不一样：{stated}；以发文在后的{goals[-1].document}为准"
    return f"<b>{escape(text)}</b>"


def _say_value(goal: Target) -> str:
    catalogue = catalogue_now()
    indicator = catalogue.indicators[goal.indicator]
    numbers = [number for number in (goal.value, goal.high) if number is not None]
    return "—".join(say_value(number, catalogue.unit_of(indicator), indicator.decimals) for number in numbers) or (
        NO_NUMBER
    )
