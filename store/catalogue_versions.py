"""The published versions of a store's own catalogue: append-only rows of the journal, and their files laid out again.

A row holds the whole of what the county declared, so that the journal and every backup of it can restore each version.
Version 0 is the program's catalogue alone. The loader needs files: `lay_out` writes those of a version once, beside the
builds, where they can be written again from the journal at any time.
"""

import hashlib
import json
import os
import re
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
# What a county may declare: a path of any other form in an import would be written elsewhere.
_A_FILE = re.compile(
    r"(?:(?:forms|indicators|boards|outlines|schemes|layouts)/[A-Za-z0-9_]{1,64}\.yml|codes/[a-z0-9_]{1,64}\.csv"
    r"|(?:measures|kinds|domains|items|history|reporting|off)\.yml|aliases\.csv)"
)
_BEGUN = "part-"
_MARK = 12  # characters of a hash


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


def append_version(store: Path, after: int, version: CatalogueVersion) -> None:
    """Record a version that follows version `after`, in the audit too.

    Raises UserError, and records nothing, when somebody published another one meanwhile.
    """
    row = {name: getattr(version, name) for name in ("number", "at", "who", "why")}
    row |= {name: _written(getattr(version, name)) for name in ("packs", "files", "changes")}
    with writing(store) as connection:
        last = connection.execute(select(func.max(catalogue_version.c.number))).scalar() or 0
        if last != after:
            raise UserError(f"目录已由别人发布到第{last}版，您是在第{after}版上改的。请看过第{last}版，再改一次。")
        connection.execute(insert(catalogue_version).values(**row))
        about = f"目录第{version.number}版：{version.why}"
        audit.add(connection, [audit.NewAuditEntry(version.who, Verb.PUBLISHED, about)])


def new_version(
    after: int, packs: Sequence[str], files: Mapping[str, str], *, changes: Sequence[str], who: str, why: str
) -> CatalogueVersion:
    """Return a version that is not recorded yet. Raises UserError for a file that no catalogue has."""
    strange = [name for name in files if not _A_FILE.fullmatch(name)]
    if strange:
        raise UserError(f"目录里不能有“{strange[0]}”这个文件。")
    return CatalogueVersion(
        number=after + 1,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        who=who.strip(),
        why=why.strip(),
        packs=tuple(packs),
        files=dict(sorted(files.items())),
        changes=tuple(changes),
    )


def version_of(store: Path, number: int) -> CatalogueVersion:
    """Return one version. Raises UserError when it was never published."""
    rows = ask(store, select(catalogue_version).where(catalogue_version.c.number == number))
    if not rows:
        raise UserError(f"没有第{number}版目录。")
    return _version_of(dict(rows[0]))


def lay_out(store: Path, version: CatalogueVersion) -> Path:
    """Return the folder with a version's own files, written there unless they are there as they were published.

    Its name holds a hash of them: a version that was tried and not published leaves nothing that could be taken for it.
    """
    content = _written({"packs": version.packs, "files": dict(version.files)})
    mark = hashlib.sha256(content.encode()).hexdigest()[:_MARK]
    folder = store / FOLDER / f"{version.number:06d}-{mark}"
    if _files_in(folder) != dict(version.files):  # what somebody changed there is not what was published
        shutil.rmtree(folder, ignore_errors=True)
        _write_out(folder, version.files)
    return folder


def _files_in(folder: Path) -> dict[str, str] | None:
    """Return the files of a folder by path, None where there is no such folder or one can't be read."""
    if not folder.is_dir():
        return None
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    try:
        return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    except (OSError, UnicodeDecodeError):
        return None


def _write_out(folder: Path, files: Mapping[str, str]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=_BEGUN, dir=folder.parent))
    try:
        for name, text in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_text(text, encoding="utf-8")
            flush(part / name)
        os.replace(part, folder)
    except OSError:
        if not folder.is_dir():  # else another process was faster
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _version_of(row: dict[str, Any]) -> CatalogueVersion:
    parsed = {name: json.loads(row[name]) for name in ("packs", "files", "changes")}
    return CatalogueVersion(**row | parsed | {name: tuple(parsed[name]) for name in ("packs", "changes")})


def _written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
