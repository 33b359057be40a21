"""The published versions of a store's own catalogue: append-only rows of the journal, and their files laid out again.

A row holds the whole of what the county declared, so that the journal and every backup of it can restore each version.
Version 0 is the program's catalogue alone. The loader needs files: `lay_out` writes those of a version once, beside the
builds, where they can be written again from the journal at any time.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from base.errors import UserError
from store import audit
from store.engine import ask, writing
from store.publish import flush
from store.schema import catalogue_version
from store.verbs import Verb

FOLDER = "catalogue"
_ABOUT = "version.json"
_BEGUN = "part-"


@dataclass(kw_only=True, frozen=True)
class CatalogueVersion:
    """A published version: its number, when, by whom and why, the packs in use, and the county's own files by path.

    `changes` say in plain words what is different from the version before.
    """

    number: int
    at: str
    who: str
    why: str
    packs: tuple[str, ...]
    files: Mapping[str, str]
    changes: tuple[str, ...]


def versions(store: Path) -> list[CatalogueVersion]:
    """Return the published versions of a store, oldest first; none where only the program's catalogue was ever used."""
    rows = ask(store, select(catalogue_version).order_by(catalogue_version.c.number))
    return [_version_of(dict(row)) for row in rows]


def newest(store: Path) -> int:
    """Return the number of the version published last, 0 where there is none."""
    rows = ask(store, select(func.max(catalogue_version.c.number).label("number")))
    return int(rows[0]["number"] or 0) if rows else 0


def append_version(
    store: Path,
    after: int,
    packs: Sequence[str],
    files: Mapping[str, str],
    *,
    changes: Sequence[str],
    who: str,
    why: str,
) -> int:
    """Record a version that follows version `after`, in the audit too, and return its number.

    Raises UserError, and records nothing, when somebody published another one meanwhile.
    """
    row: dict[str, Any] = {"number": after + 1, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    row |= {"who": who.strip(), "why": why, "packs": _written(packs), "changes": _written(changes)}
    row["files"] = _written(dict(sorted(files.items())))
    with writing(store) as connection:
        last = connection.execute(select(func.max(catalogue_version.c.number))).scalar() or 0
        if last != after:
            raise UserError(f"目录已由别人发布到第{last}版，您是在第{after}版上改的。请看过第{last}版，再改一次。")
        connection.execute(insert(catalogue_version).values(**row))
        about = f"目录第{after + 1}版：{why}"
        audit.add(connection, [audit.NewAuditEntry(who, Verb.PUBLISHED, about, {"changes": len(changes)})])
    return after + 1


def lay_out(store: Path, number: int) -> tuple[Path, tuple[str, ...]]:
    """Return the folder with a version's own files, and its packs. Raises UserError when there is no such version."""
    folder = store / FOLDER / f"{number:06d}"
    if not (folder / _ABOUT).is_file():
        _write_out(store, folder, number)
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    return folder, tuple(about["packs"])


def _write_out(store: Path, folder: Path, number: int) -> None:
    rows = ask(store, select(catalogue_version).where(catalogue_version.c.number == number))
    if not rows:
        raise UserError(f"没有第{number}版目录。")
    version = _version_of(dict(rows[0]))
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=_BEGUN, dir=folder.parent))
    try:
        for name, text in (
            dict(version.files) | {_ABOUT: _written({"packs": version.packs, "why": version.why})}
        ).items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_text(text, encoding="utf-8")
            flush(part / name)
        os.replace(part, folder)
    except OSError:
        if not (folder / _ABOUT).is_file():  # else another process was faster
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _version_of(row: dict[str, Any]) -> CatalogueVersion:
    parsed = {name: json.loads(row[name]) for name in ("packs", "files", "changes")}
    return CatalogueVersion(**row | parsed | {name: tuple(parsed[name]) for name in ("packs", "changes")})


def _written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
