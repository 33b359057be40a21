"""The backup plan: destination, time, number to keep, and after how many days without a backup to warn."""

import os
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from base.errors import UserError
from etl.backup import KEEP

FOLDER, AT, KEPT, WARN = (
    "MINGSHU_BACKUP",
    "MINGSHU_BACKUP_AT",
    "MINGSHU_BACKUP_KEEP",
    "MINGSHU_BACKUP_WARN_DAYS",
)
_NOON, _DAYS = "12:30", "3"  # office machines are off at night


@dataclass(frozen=True)
class BackupPlan:
    """When to back up to which folder (None: not automatically), how many to keep, and when to warn, in days."""

    folder: Path | None
    at: time
    keep: int
    warn_days: int


def backup_plan() -> BackupPlan:
    """Return the plan from the environment. Raises UserError that names an invalid variable."""
    folder = os.environ.get(FOLDER, "").strip()
    try:
        at = time.fromisoformat(os.environ.get(AT) or _NOON)
    except ValueError:
        raise UserError(f"{AT} 写的“{os.environ[AT]}”不是时间。请写成 12:30 这样。") from None
    return BackupPlan(Path(folder) if folder else None, at, _whole(KEPT, str(KEEP)), _whole(WARN, _DAYS))


def folder_now(store: Path, plan: BackupPlan) -> Path:
    """Return where a backup that is asked for goes: the planned folder, else one beside the store."""
    return plan.folder or store.resolve().with_name(f"{store.resolve().name}-backups")


def _whole(name: str, usual: str) -> int:
    given = os.environ.get(name) or usual
    if not given.isdecimal() or int(given) < 1:
        raise UserError(f"{name} 写的“{given}”不是大于零的整数。请改正。")
    return int(given)
