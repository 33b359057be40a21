"""Conditions under which a session must stop, each with a sentence that names the files and what to do."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from base.errors import UserError
from etl.backup.snapshot import Snapshot, agree
from etl.journal import Entry
from etl.journal.outcomes import ACCEPTED, Outcome
from etl.load.contents import submissions_in
from stats.catalogue_in_force import faults_of_newest
from store.builds import REBUILD, current_build
from store.immutable_files import hash_of

_NAMED = 3
_STANDS = "没有重建，原来的数据照旧。"
_ALTERED = "与收到时不一样了"


def original(store: Path, entry: Entry) -> Path:
    """Return the kept original of a receipt, or the copy without persons.

    Raises UserError when it was deleted or altered.
    """
    path = store / entry.file
    if path.is_file() and hash_of(path) == entry.kept_sha:
        return path
    if path.is_file():
        raise UserError(
            f"“{entry.name}”的原件{_ALTERED}（{entry.file}）。请用备份里的同名文件换回来，或请填报单位重报。"
        )
    if entry.forgotten:
        when = entry.forgotten.at[:10]
        raise UserError(f"“{entry.name}”的原件已由{entry.forgotten.who}于 {when} 删除（{entry.forgotten.reason}）。")
    raise UserError(f"“{entry.name}”的原件不在收件箱里了。请向填报单位再要一份。")


def fault_of(store: Path, entry: Entry) -> str:
    """Return what is wrong with the kept original of a receipt, in a few words; "" when it is as it was received."""
    path = store / entry.file
    try:
        return "" if hash_of(path) == entry.kept_sha else _ALTERED
    except FileNotFoundError:
        return "不见了"
    except OSError:
        return "读不了"


def demand_usable_catalogue(store: Path) -> None:
    """Raise UserError with the faults while this program refuses the catalogue that was published last."""
    if faults := faults_of_newest(store):
        raise UserError(f"最新一版目录与现在的程序不合，改正并重新发布以前，不能上报。{faults}")


def demand_originals(store: Path, entries: Iterable[Entry]) -> None:
    """Raise UserError with the files' names unless the original of each receipt is in the inbox, unaltered."""
    faults = [(entry, fault) for entry in entries if (fault := fault_of(store, entry))]
    if not faults:
        return
    named = [f"第 {entry.seq} 号“{entry.name}”的原件{fault}（{entry.file}）" for entry, fault in faults]
    raise UserError(
        f"{_list(named)}。少了它们，数字就会变，所以{_STANDS}"
        f"请把原件放回收件箱（备份目录的 inbox 里有同名文件），再做一次；"
        f"确实找不回来的，先撤回再重建。{_way_out(entry.seq for entry, _ in faults)}"
    )


def demand_all_again(outcomes: Sequence[Outcome], standing: Collection[int]) -> None:
    """Raise UserError with files and reasons when something that was in the figures was not accepted again."""
    lost = [outcome for outcome in outcomes if outcome.seq in standing and outcome.what != ACCEPTED]
    if not lost:
        return
    named = [
        f"第 {outcome.seq} 号“{outcome.name}”" + (f"（{outcome.findings[0].problem}）" if outcome.findings else "")
        for outcome in lost
    ]
    raise UserError(
        f"{_list(named)}原来已收下，这次却收不进来。少了它们，数字就会变，所以{_STANDS}请先弄清原因；"
        f"确实不该再算的，撤回它们再重建。{_way_out(outcome.seq for outcome in lost)}"
    )


def demand_known(store: Path, entries: Sequence[Entry]) -> None:
    """Raise UserError when the current build holds receipts that the journal does not know."""
    try:
        current = current_build(store)
        inside = submissions_in(current) if current else set()
    except UserError:
        return  # an unreadable build is rebuilt anyway
    unknown = inside - {entry.seq for entry in entries}
    if unknown:
        raise UserError(
            f"现在的数据里有 {len(unknown)} 份上报是日志里没有的（例如第 {min(unknown)} 号）："
            "日志丢过，或换成了别的、旧的。什么也没有做。请把原来的日志放回，或从备份恢复。"
        )


def demand_agreement(store: Path, entries: Sequence[Entry]) -> None:
    """Raise UserError unless the current build holds exactly the receipts that the journal calls accepted."""
    if not agree(Snapshot(entries, current_build(store))):
        raise UserError("现在的数据与日志记的已收下报表对不上，什么也没有做。请先重建数据。", REBUILD)


def refuse_repeated(repeated: list[tuple[str, str, str]]) -> None:
    """Raise UserError when withdrawing a file would leave a row reported in two others."""
    if repeated:
        key, first, other = repeated[0]
        raise UserError(
            f"不能撤回：撤回后较早的一份又算数，“{key.split('|')[0]}”就在“{first}”和“{other}”里各报了一遍。"
            "请先更正或撤回其中一份。"
        )


def refuse_orphaned(names: Sequence[str]) -> None:
    """Raise UserError when files would be left without the register they depend on."""
    if names:
        raise UserError(
            f"这份单位名册不能撤回：已收下的 {len(names)} 份报表（{_list([f'“{name}”' for name in names])}）"
            "要靠它认单位。请改报一份更正的单位名册，或先撤回那些报表。"
        )


def _list(named: Sequence[str]) -> str:
    more = f"等 {len(named)} 份" if len(named) > _NAMED else ""
    return "、".join(named[:_NAMED]) + more


def _way_out(numbers: Iterable[int | None]) -> str:
    return f"撤回的命令：{REBUILD} --without {' '.join(str(number) for number in numbers)} --reason 理由"
