"""The audit for reading: filtered by person, act and days, in plain words, and as a table to download."""

from collections.abc import Sequence
from datetime import date, datetime

from base.errors import UserError, suggest
from etl.model.receipt_state import ReceiptState
from store.audit import AuditEntry
from store.verbs import Verb, name_verb

HEADINGS = ("编号", "时间", "经办人", "操作", "对象", "说明", "校验码")
_DETAILS: dict[str, str] = {
    ReceiptState.ACCEPTED: "已收下 {} 份",
    ReceiptState.HELD: "待核实 {} 份",
    ReceiptState.RETURNED: "退回 {} 份",
    "build": "数据第 {} 版",
    "reason": "理由：{}",
    "columns": "认定：{}",
    "last": "到第 {} 号",
    "address": "来自 {}",
    "way": "用{}",
    "folder": "存到 {}",
    "source": "取自 {}",
    "files": "{} 个文件",
    "altered": "被改过，读不出：{}",
}


def choose(
    entries: Sequence[AuditEntry], who: str = "", verb: str = "", since: str = "", until: str = ""
) -> list[AuditEntry]:
    """Return the entries of a person, an act (by its word) and a range of days (2026-11-01), in order; "" means all.

    Raises UserError for an unknown act and for an invalid day.
    """
    first, last = _day(since), _day(until)
    if verb and verb not in _words():
        raise UserError(f"没有“{verb}”这种操作{suggest(verb, _words(), 0.4) or '。'}")
    return [
        entry
        for entry in entries
        if (not who or entry.who == who)
        and (not verb or name_verb(entry.verb) == verb)
        and (first is None or shown_at(entry).date() >= first)
        and (last is None or shown_at(entry).date() <= last)
    ]


def shown_at(entry: AuditEntry) -> datetime:
    """Return the time of an entry by the machine's clock then, in the machine's time zone."""
    return datetime.fromisoformat(entry.clock or entry.at).astimezone()


def say_when(entry: AuditEntry) -> str:
    """Return the time of an entry in words, with a remark if the clock had been set back."""
    text = f"{shown_at(entry):%Y-%m-%d %H:%M:%S}"
    return f"{text}（时钟被拨回过）" if entry.clock else text


def say_details(entry: AuditEntry) -> str:
    """Return the details of an entry, in words."""
    return "，".join(_DETAILS.get(name, f"{name} {{}}").format(value) for name, value in entry.details.items())


def table_rows(entries: Sequence[AuditEntry]) -> list[tuple[str, ...]]:
    """Return entries as rows of texts, under HEADINGS."""
    return [
        (
            str(entry.number),
            say_when(entry),
            entry.who,
            name_verb(entry.verb),
            entry.about,
            say_details(entry),
            entry.sha,
        )
        for entry in entries
    ]


def _words() -> list[str]:
    return [verb.words for verb in Verb]


def _day(day: str) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        raise UserError(f"看不懂日期“{day}”。请写成 2026-11-01 这样。") from None
