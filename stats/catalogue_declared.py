"""What a county declares itself: as it was published, and as a zip that another store can take in."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from base.errors import UserError
from base.zip_guard import DAMAGED, Refused, check_members
from stats.catalogue import USUAL_PACKS, Catalogue
from stats.catalogue_changes import EntryChange, catalogue_changes
from stats.catalogue_in_force import catalogue_from, catalogue_in_force
from store.catalogue_versions import new_version, newest, version_of

_PACKS = "packs.json"
_THEN = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can state: one content always makes the same bytes


@dataclass(frozen=True)
class Declared:
    """The packs a county uses, and its own files by path, in the layout of data/catalogue."""

    packs: tuple[str, ...]
    files: Mapping[str, str]


def declared_in(store: Path, number: int | None = None) -> Declared:
    """Return what a version declares, by default the newest. Raises UserError when it was never published."""
    number = newest(store) if number is None else number
    if number == 0:
        return Declared(USUAL_PACKS, {})
    version = version_of(store, number)
    return Declared(version.packs, version.files)


def check_declared(store: Path, wanted: Declared) -> list[EntryChange]:
    """Return what publishing would change in the catalogue in force. Raises UserError with every fault."""
    return catalogue_changes(catalogue_in_force(store), catalogue_declared(store, wanted))


def catalogue_declared(store: Path, wanted: Declared) -> Catalogue:
    """Return the catalogue that publishing would put in force. Raises UserError with every fault."""
    draft = new_version(newest(store), wanted.packs, wanted.files, changes=(), who="", why="")
    with TemporaryDirectory(prefix="mingshu-") as apart:  # checking leaves nothing in the store
        return catalogue_from(Path(apart), draft)


def to_zip(declared: Declared) -> bytes:
    """Return what a county declares as a zip; the same declarations always give the same bytes."""
    files = {_PACKS: json.dumps(list(declared.packs), ensure_ascii=False)} | dict(sorted(declared.files.items()))
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _THEN), text.encode(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def read_declared(path: Path) -> Declared:
    """Return what a zip or a folder declares. Raises UserError when it can't be read."""
    try:
        files = _from_folder(path) if path.is_dir() else _from_zip(path)
        packs = json.loads(files.pop(_PACKS, json.dumps(USUAL_PACKS)))
    except (*DAMAGED, Refused) as error:
        raise UserError(f"“{path.name}”不是导出的目录，读不了：{error}") from None
    if not isinstance(packs, list) or not all(isinstance(pack, str) for pack in packs):
        raise UserError(f"“{path.name}”里的 {_PACKS} 要写成目录包名称的列表。")
    return Declared(tuple(packs), files)


def _from_folder(folder: Path) -> dict[str, str]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _from_zip(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        check_members(archive.infolist())
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist() if not name.endswith("/")}
