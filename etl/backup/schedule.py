"""Scheduled backups: once a day within the server, and soon after its start when the last one is old.

The server schedules them itself, because on an office PC with Windows a timer of the operating system would have to be
set up separately, and because one setting is enough this way. Without a backup folder nothing is scheduled.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from base.errors import UserError
from etl.backup import back_up
from etl.backup.plan import BackupPlan
from store.audit import last_entry
from store.verbs import Verb

BY_ITSELF = "自动备份"
_LOG = logging.getLogger("mingshu")
_LATE = 12 * 3600  # seconds a backup may begin late, for example after the machine slept
_DAY = timedelta(days=1)
_SOON = timedelta(minutes=2)  # after the start, when the first readers have been served


@contextmanager
def scheduled_backups(store: Path, plan: BackupPlan) -> Iterator[BackgroundScheduler | None]:
    """Back up a store on schedule while the block runs; yields the scheduler, None without a backup folder."""
    if plan.folder is None:
        yield None
        return
    scheduler = BackgroundScheduler()
    daily = CronTrigger(hour=plan.at.hour, minute=plan.at.minute)
    scheduler.add_job(
        run_backup, daily, [store, plan], id="backup", coalesce=True, max_instances=1, misfire_grace_time=_LATE
    )
    if _is_late(store):
        scheduler.add_job(run_backup, "date", [store, plan], run_date=datetime.now(UTC) + _SOON)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=True)


def _is_late(store: Path) -> bool:
    try:
        age = backup_age(store)
    except UserError:  # unreadable store: the daily backup reports it
        return False
    return age is not None and age > _DAY


def run_backup(store: Path, plan: BackupPlan) -> None:
    """Back up once; failures are logged, and the age of the last backup shows them."""
    if plan.folder is None:
        return
    try:
        made = back_up(store, plan.folder, plan.keep, BY_ITSELF)
    except UserError as error:
        _LOG.error("自动备份没有做成：%s", error)
    except Exception:
        _LOG.exception("自动备份没有做成")
    else:
        _LOG.info("已备份到 %s，新复制 %d 个文件", made.folder, made.copied)


def backup_age(store: Path) -> timedelta | None:
    """Return the time since the last backup, by the audit: timedelta.max without one, None for an empty store."""
    if last_entry(store) is None:
        return None
    last = last_entry(store, Verb.BACKED_UP)
    if last is None:
        return timedelta.max
    return datetime.now(UTC) - datetime.fromisoformat(last.clock or last.at)
