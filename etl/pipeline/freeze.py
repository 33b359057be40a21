"""Freezing: store the scores of a scheme as they were known at the end of a day.

The build of that moment is the kept one made of exactly the receipts that were in the figures then. If it was pruned,
it is rebuilt from the journal with the same result. A killed freeze leaves nothing, or a build that the next try finds.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from base import china_days
from base.errors import UserError
from etl.journal import ACCEPTED, VERDICTS, Entry
from etl.journal.frozen_scores import Frozen, append_frozen
from etl.load.contents import submissions_in
from etl.pipeline.refusals import original
from etl.pipeline.session import Session, open_session
from stats.catalogue_in_force import catalogue_in_force
from stats.scoring.score_record import record_scores
from stats.warehouse import open_warehouse
from store.builds import builds_of


def freeze(store: Path, scheme_code: str, cutoff: date, who: str) -> Frozen:
    """Freeze the scores of a scheme as known at the end of a day (today: as known now), and return the record.

    Raises UserError when the scheme is unknown, the name is missing, the day is in the future, nothing had been
    accepted by then, or the figures of that day can't be restored.
    """
    scheme = catalogue_in_force(store).scheme(scheme_code)
    if not who.strip():
        raise UserError("请写明由谁冻结。")
    if cutoff > china_days.today():
        raise UserError(f"截止日期{_say(cutoff)}还没有到。请写今天或以前的日期。")
    with open_session(store, who) as session:
        session.reconcile()
        build = _build_as_of(session, cutoff)
        scores = record_scores(store, build, scheme.code)
        about = f"“{scheme.name}”截至{_say(cutoff)}的得分"
        return append_frozen(
            store, scheme.code, cutoff, build, scores, who.strip(), about, catalogue=session.catalogue.version
        )


def _build_as_of(session: Session, cutoff: date) -> int:
    """Return the number of a build of the figures as of the end of a day."""
    # of today only what is known now
    moment = min(datetime.combine(cutoff + timedelta(days=1), time(), china_days.CHINA), datetime.now(UTC))
    entries = [entry for entry in session.journal.entries() if _was_in(entry, moment)]
    if not entries:
        raise UserError(f"到{_say(cutoff)}为止还没有收下任何报表，没有分可以冻结。请写第一次收下报表以后的日期。")
    kept = _kept(session.store, {entry.seq for entry in entries}, moment)
    if kept is None:
        _demand_originals(session.store, entries, cutoff)
        kept = session.keep_as_of(entries, moment)
    return kept


def _was_in(entry: Entry, moment: datetime) -> bool:
    """Return whether a receipt was in the figures at a moment."""
    verdicts = [step for step in entry.steps if step.what in VERDICTS and datetime.fromisoformat(step.at) <= moment]
    return bool(verdicts) and verdicts[-1].what == ACCEPTED


def _kept(store: Path, wanted: set[int], moment: datetime) -> int | None:
    """Return the build made of exactly these receipts: the last one before the moment, else any; or None."""
    kept: list[tuple[bool, datetime, int]] = []
    for path in builds_of(store / "warehouse"):
        try:
            if submissions_in(path) == wanted:
                built = _built_at(store, int(path.stem))
                kept.append((built <= moment, built, int(path.stem)))
        except UserError:
            continue  # of another version, or damaged
    return max(kept)[-1] if kept else None


def _built_at(store: Path, number: int) -> datetime:
    warehouse = open_warehouse(store, number)
    try:
        return datetime.fromisoformat(warehouse.built_at)
    finally:
        warehouse.close()


def _demand_originals(store: Path, entries: Sequence[Entry], cutoff: date) -> None:
    """Raise UserError with the file's name when an original that was in the figures then is no longer kept."""
    for entry in entries:
        try:
            original(store, entry)
        except UserError as error:
            raise UserError(
                f"不能按{_say(cutoff)}冻结：那时的数据已不再保存，也不能重建，因为{error}请改用后来的日期。"
            ) from None


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
