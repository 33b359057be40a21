"""Remind: the reminder (催报) to an area about its missing returns, ready to paste."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from base.periods import say_quarter
from etl.collection.status import MissingReturn, Status
from etl.model.receipt_state import MissingState

_ASK = {
    MissingState.MISSING: "还没有报，请填好后报来",
    MissingState.RETURNED: "已退回，请按退回时标出的地方改正后重报",
    MissingState.HELD: "已收到，有数字要核实，请核对后回复，填错的请改正后重报",
}


def remind(status: Status, area: str | None = None, today: date | None = None) -> str:
    """Return the text for one area, or for every area with missing returns, separated by blank lines.

    It names the due day, each form with every organisation that has not sent it, and what to do. If nothing is missing
    it says so. `today` decides whether the due day has passed.
    """
    owed: dict[str, list[MissingReturn]] = defaultdict(list)
    for filing in status.missing:
        if area in (None, filing.area):
            owed[filing.area].append(filing)
    if not owed:
        return f"{say_quarter(status.period)}的报表已经收齐，感谢支持。"
    return "\n\n".join(_letter(status, group, today or date.today()) for group in owed.values())


def _letter(status: Status, owed: list[MissingReturn], today: date) -> str:
    forms: dict[str, list[MissingReturn]] = defaultdict(list)
    for missing in owed:
        forms[missing.form].append(missing)
    points = [point for group in forms.values() for point in _points(group)]
    numbered = [f"{number}. {point}" for number, point in enumerate(points, start=1)]
    return "\n".join([_opening(status, owed, len(forms), today), *numbered, _closing(status, today)])


def _opening(status: Status, owed: list[MissingReturn], forms: int, today: date) -> str:
    quarter, due = say_quarter(status.period), _say_day(status.due)
    when = f"已于{due}到期" if today > status.due else f"请于{due}前报齐"
    return f"{owed[0].area_name}：\n您好。{quarter}的报表{when}，目前还有{forms}张表没有报齐，请协助办理："


def _points(owed: list[MissingReturn]) -> Iterable[str]:
    """Yield one item per state of a form: which organisations, and what to do."""
    for state, ask in _ASK.items():
        units = [missing for missing in owed if missing.state == state]
        if units:
            own = len(units) == 1 and units[0].unit == units[0].area
            who = "" if own else f"{len(units)}家（{'、'.join(unit.unit_name for unit in units)}）"
            yield f"《{units[0].form_name}》{who}{ask}。"


def _closing(status: Status, today: date) -> str:
    if today > status.due:
        return "请尽快报来。本期确实没有内容的，也请报一份并写明“本期无”。有困难请及时联系县总工会。谢谢。"
    return "本期确实没有内容的，也请报一份并写明“本期无”。有困难请及时联系县总工会。谢谢。"


def _say_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
