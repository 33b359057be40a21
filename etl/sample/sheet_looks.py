"""Sheet looks: the layout habits of each sender, the same in every quarter."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random
from typing import Literal

from etl.sample.county.calendar import say_day
from etl.sample.county.sources import chance

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(kw_only=True, frozen=True)
class SheetLook:
    """Habits of one sender. `total` is the position of the 合计 row, `blanks` the number of empty prepared rows."""

    lead_row: bool = False
    lead_column: bool = False
    flat: bool = False
    total: Literal["first", "last", "none"] = "last"
    blanks: int = 0
    money: str = "元"
    money_in_header: bool = False
    wide: float = 0.0
    thousands: bool = False
    ticks: tuple[str, str] = ("是", "否")
    dates: Literal["cell", "dash", "chinese"] = "cell"
    signed: str = "（签章）"


PLAIN = SheetLook()


def look_of(sender: str) -> SheetLook:
    """Return the habits of a sender."""
    rng = chance("look", sender)
    total: Literal["first", "last", "none"] = rng.choices(("last", "first", "none"), (6, 2, 2))[0]
    dates: Literal["cell", "dash", "chinese"] = rng.choices(("cell", "dash", "chinese"), (5, 2, 3))[0]
    return SheetLook(
        lead_row=rng.random() < 0.2,
        lead_column=rng.random() < 0.15,
        flat=rng.random() < 0.35,
        total=total,
        blanks=rng.choice((0, 0, 1, 2, 3)),
        money="万元" if rng.random() < 0.3 else "元",
        money_in_header=rng.random() < 0.4,
        wide=0.05 if rng.random() < 0.2 else 0.0,
        thousands=rng.random() < 0.18,
        ticks=rng.choices((("是", "否"), ("√", "×"), ("有", "无")), (7, 2, 1))[0],
        dates=dates,
    )


def for_text_file(look: SheetLook) -> SheetLook:
    """Return the look for a CSV file, which has no merged cells: one header row, no empty first column."""
    return replace(look, flat=True, lead_column=False)


def write_number(number: int | float, look: SheetLook, rng: Random) -> int | float | str:
    """Return a number as the sender writes it: sometimes in full-width digits, or as text with separators."""
    if look.wide and isinstance(number, int) and rng.random() < look.wide:
        return str(number).translate(WIDE)
    if look.thousands and isinstance(number, int) and number >= 1000 and rng.random() < 0.5:
        return f"{number:,}"
    return number


def write_date(day: date, look: SheetLook) -> date | str:
    """Return a date as the sender writes it."""
    if look.dates == "cell":
        return day
    return say_day(day) if look.dates == "chinese" else day.isoformat()


def write_moment(moment: datetime, look: SheetLook, rng: Random) -> datetime | str:
    """Return a day with the time of day as the sender writes it: now and then by hand, in another manner."""
    if rng.random() < 0.15:
        hour = moment.hour % 12 or 12
        return f"{say_day(moment)}{'下午' if moment.hour >= 12 else '上午'}{hour}时{moment.minute:02d}分"
    if look.dates == "cell":
        return moment
    return (
        f"{say_day(moment)}{moment.hour}时{moment.minute}分" if look.dates == "chinese" else f"{moment:%Y/%m/%d %H:%M}"
    )
