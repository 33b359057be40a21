"""Remind: the reminder (催报) to an area about its missing returns, ready to paste."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from base import china_days
from etl.collection.status import MissingReturn, Status
from etl.model.receipt_state import MissingState
from stats.catalogue.form_rules import Reporting

_ASK = {
    MissingState.MISSING: "还没有报，请填好后报来",
    MissingState.RETURNED: "已退回，请按退回时标出的地方改正后重报",
    MissingState.HELD: "已收到，有数字要核实，请核对后回复，填错的请改正后重报",
}
_NOTHING = "本期确实没有内容的，也请报一份并写明“本期无”。"


def remind(
    status: Status, reporting: Reporting, area: str | None = None, today: date | None = None, contact: str = ""
) -> str:
    """Return the text for one area, or for every area with missing returns, separated by blank lines.

    It names the day by which they are asked for, each organisation with all forms it has not sent, what to do, and whom
    to ask. If nothing is missing it says so. `today` decides whether the due day has passed.
    """
    owed: dict[str, list[MissingReturn]] = defaultdict(list)
    for filing in status.missing:
        if area in (None, filing.area):
            owed[filing.area].append(filing)
    if not owed:
        return f"{status.period_name}的报表已经收齐，感谢支持。"
    ending = f"{_NOTHING}有困难请及时联系县总工会{f'（{contact}）' if contact else ''}。谢谢。"
    return "\n\n".join(
        f"{_letter(status, reporting, group, today or china_days.today())}\n{ending}" for group in owed.values()
    )


def _letter(status: Status, reporting: Reporting, owed: list[MissingReturn], today: date) -> str:
    numbered = [f"{number}. {point}" for number, point in enumerate(_points(owed), start=1)]
    return "\n".join([_opening(status, reporting, owed, today), *numbered])


def _opening(status: Status, reporting: Reporting, owed: list[MissingReturn], today: date) -> str:
    due = _say_day(status.due)
    by = max(status.due, reporting.reply_after(None, today))
    when = f"已于{due}到期，请于{_say_day(by)}前补齐" if today > status.due else f"请于{due}前报齐"
    units = len({missing.unit for missing in owed})
    return (
        f"{owed[0].area_name}：\n您好。{status.period_name}的报表{when}，目前{units}家还缺{len(owed)}张表，请协助办理："
    )


def _points(owed: list[MissingReturn]) -> Iterator[str]:
    """Yield one item per state and set of forms: the organisations that lack just these, and what to do."""
    for state, ask in _ASK.items():
        lacking: dict[str, list[MissingReturn]] = defaultdict(list)
        for missing in owed:
            if missing.state == state:
                lacking[missing.unit].append(missing)
        alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for filings in lacking.values():
            alike[tuple(filing.form_name for filing in filings)].append(filings[0].unit_name)
        yield from (f"{_say_who(names, forms)}，{ask}。" for forms, names in alike.items())


def _say_who(names: list[str], forms: Iterable[str]) -> str:
    titles = [f"《{name}》" for name in forms]
    each = "各" if len(names) > 1 else ""
    who = "、".join(names) + (f"{len(names)}家" if len(names) > 1 else "")
    return f"{who}：{each}缺{len(titles)}张表（{''.join(titles)}）"


def _say_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
