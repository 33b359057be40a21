"""python -m etl found on a store that has a register: a later list held against it; --confirm says what is taken in."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from base.errors import UserError, suggest
from base.text import normalise
from etl.commands.options import DONE, SENT_BACK, report
from etl.intake import load_paths
from etl.register_changes.change_book import ListSource, begun_too_early, not_settled, write_change_book
from etl.register_changes.compared_list import ComparedList, RegisterChange
from etl.register_changes.register_now import RegisterNow, demand_unchanged
from etl.register_changes.say_changes import TITLES, UNCHANGED, describe_changes


def chosen_changes(compared: ComparedList, texts: Sequence[str]) -> list[RegisterChange]:
    """Return the differences that are confirmed: 新建 means all of a kind, 撤销=名称、名称 some of it.

    Raises UserError for a kind or a name that there is not.
    """
    kinds = {title: differs for differs, title in TITLES.items()}
    chosen: list[RegisterChange] = []
    for title, _, names in (text.partition("=") for text in texts):
        if title not in kinds:
            raise UserError(f"没有“{title}”这一类变动{suggest(title, kinds) or '。'}可以写的是{'、'.join(kinds)}。")
        of_kind = compared.of(kinds[title])
        chosen += list(_named(of_kind, title, names)) if names else of_kind
    return list({change.key: change for change in chosen}.values())


def _named(changes: Sequence[RegisterChange], title: str, names: str) -> Iterator[RegisterChange]:
    known = {normalise(word): change for change in changes for word in (change.name, change.code)}
    for name in filter(None, names.replace(",", "、").replace("，", "、").split("、")):
        if normalise(name) not in known:
            raise UserError(f"{title}里没有“{name}”{suggest(name, known) or '。'}")
        yield known[normalise(name)]


def take_changes(
    store: Path, compared: ComparedList, texts: Sequence[str], since: str, now: RegisterNow, source: ListSource
) -> int:
    """Print the differences and take in those confirmed. Raises UserError for what can't be confirmed so."""
    print("\n".join([*describe_changes(compared), UNCHANGED]))
    if not texts:
        print("没有写入任何数据。看过没有错，用 --confirm 写明确认哪几类，例如 --confirm 新建 撤销=某某工会。")
        return SENT_BACK if compared.questions else DONE
    if compared.questions:
        raise UserError(f"还有 {len(compared.questions)} 处要定，没有写入任何数据。请照上面写的定好。")
    chosen, day = chosen_changes(compared, texts), _day(since)
    if left := [*not_settled(chosen, compared.differences), *begun_too_early(chosen, now, day)]:
        raise UserError("".join(left))
    return _take(store, chosen, day, now, source) if chosen else DONE


def _take(store: Path, chosen: Sequence[RegisterChange], since: date, now: RegisterNow, source: ListSource) -> int:
    demand_unchanged(store, now)  # somebody else may have been quicker
    with TemporaryDirectory(prefix="mingshu-") as folder:
        path = write_change_book(Path(folder), chosen, now, since, source)
        return report(lambda show: load_paths([path], store, show, source.who))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError("请用 --since 写明变动从哪天起算，例如 --since 2026-07-01。") from None
