"""What an area owes, in sentences that speak to its clerk."""

from base.periods import say_day, say_quarter
from pages.returns.quarter_choice import Collecting


def say_duty(collection: Collecting) -> str:
    """Return the finding: how many returns are expected of the area, how many are lacking, and by when."""
    status = collection.status
    head = f"{collection.name}{say_quarter(status.period)}"
    if not status.expected:
        return f"{head}没有要报的表"
    if not status.missing:
        return f"{head}：应报 {status.expected:,} 份，已经报齐"
    return f"{head}：应报 {status.expected:,} 份，还差 {len(status.missing):,} 份，{say_day(status.due)}前报"


def say_owed(collection: Collecting) -> str:
    """Return which forms are still lacking, to the sender."""
    forms = dict.fromkeys(missing.form_name for missing in collection.status.missing)
    if not forms:
        return "您没有欠报的表，谢谢。"
    late = "这一季度是历史补录，不考核是否按时。" if collection.status.hindsight else ""
    return f"您还差{len(forms)}张表：{''.join(f'《{name}》' for name in forms)}。{late}"
