"""Own totals: somebody decides, once and with a reason, whether an organisation's total or those below it count."""

from contextlib import closing
from pathlib import Path

from base.errors import UserError, suggest
from base.periods import Span
from etl.journal.kept_totals import KEEP_WORDS, Keep, KeptTotal, append_kept_total
from etl.load.settling import settle_totals
from etl.pipeline.session import Session, open_session
from etl.privacy.typed_words import keep_words
from stats.totals.own_choices import OwnChoice, own_choices
from stats.warehouse import open_warehouse


def keep_total(store: Path, unit: str, item: str, span: Span, keep: Keep, reason: str, who: str) -> int | None:
    """Decide which number counts, "" to take a decision back, and return the number of the build in which it does.

    `unit` and `item` are codes, or the item's name. Raises UserError when there are not both an own total and numbers
    below it, when the same was decided before, and when the reason or the name is missing.
    """
    reason = keep_words(reason, "选定的理由")
    if not who.strip():
        raise UserError("请写明由谁选定。")
    with open_session(store, who) as session:
        session.begin()
        choice = _choice(session, unit, item, span)
        if choice.keep == keep:
            raise UserError(f"{choice.about}{f'已经选定{KEEP_WORDS[keep]}' if keep else '还没有选定'}，不用再改。")
        kept = KeptTotal(unit=choice.unit, item=choice.item, period=choice.last, keep=keep, reason=reason, who=who)
        append_kept_total(store, kept, choice.about)
        return settle_totals(store, session.catalogue)


def _choice(session: Session, unit: str, item: str, span: Span) -> OwnChoice:
    with closing(open_warehouse(session.store)) as warehouse:
        choices = own_choices(warehouse)
    named = {(choice.unit, name): choice for choice in choices for name in (choice.item, choice.item_name)
             if choice.span == span}  # fmt: skip
    if (unit, item) not in named:
        known = [f"{choice.unit} {choice.item} {choice.span.months}" for choice in choices]
        raise UserError(
            f"{unit}在{span.months}的“{item}”没有总数和下级数据并存{suggest(f'{unit} {item}', known) or '。'}"
        )
    return named[unit, item]
