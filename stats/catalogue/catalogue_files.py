"""The catalogue's files: YAML and CSV read into closed models; each fault is one sentence with file and position."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from base.errors import UserError, suggest
from stats.catalogue.board_checks import known_keys
from stats.catalogue.boards import PANELS, Board
from stats.catalogue.code_lists import Code, CodeList
from stats.catalogue.outlines import Outline, outline_keys
from stats.catalogue.schemes import RULES, Scheme, scheme_keys

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's parser where it is installed
_KEYS: dict[type[BaseModel], Callable[[Sequence[str | int]], Iterable[str]]] = {
    Board: known_keys,
    Outline: outline_keys,
    Scheme: scheme_keys,
}
M = TypeVar("M", bound=BaseModel)


def read_mapping(path: Path, model: type[M], faults: list[str]) -> dict[str, M]:
    """Return the entries of a file by code, with what is wrong in them added to `faults`."""
    entries: dict[str, Any] = read_yaml(path)
    read = (
        (code, validate(f"{path.name} {code}", model, {"code": code} | entry, faults))
        for code, entry in entries.items()
    )
    return {code: entry for code, entry in read if entry is not None}


def read_yaml(path: Path) -> dict[str, Any]:
    """Return what a file holds. Raises UserError when it can't be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {}
    except (OSError, yaml.YAMLError) as error:
        raise UserError(f"指标目录里的 {path.name} 读不了：{error}") from None


def read_files(folder: Path, model: type[M], faults: list[str]) -> list[M]:
    """Return the models of all files in a folder, each under its name as code, faults added to `faults`."""
    read = []
    for path in sorted(folder.glob("*.yml")):
        read.append(validate(path.name, model, {"code": path.stem} | read_yaml(path), faults))
    return [entry for entry in read if entry is not None]


def validate(where: str, model: type[M], entry: dict[str, Any], faults: list[str]) -> M | None:
    """Return a model of an entry, or None with its faults added to `faults`."""
    try:
        return TypeAdapter(model).validate_python(entry)
    except ValidationError as error:
        faults += [f"{where}：{_explain(fault, model)}" for fault in error.errors()]
        return None


def _explain(fault: Any, model: type[BaseModel]) -> str:
    place = ".".join(str(step) for step in fault["loc"])
    if fault["type"] == "extra_forbidden":
        known = _KEYS[model](fault["loc"]) if model in _KEYS else model.model_fields
        return f"不认识“{place}”{suggest(str(fault['loc'][-1]), known)}"
    if fault["type"] == "union_tag_invalid":
        tag = fault["ctx"]["tag"]
        return f"“{place}”没有“{tag}”这一种{suggest(tag, RULES if model is Scheme else PANELS)}"
    if fault["type"] == "missing":
        return f"缺少“{place}”"
    return f"“{place}”的内容不对：{fault['input']!r}（{fault['msg']}）"


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_codes(path: Path) -> CodeList:
    """Return a code list."""
    return CodeList(
        tuple(Code(row["code"], row["name"], _split(row["aliases"]), _split(row["groups"])) for row in _read_rows(path))
    )


def read_aliases(path: Path) -> dict[str, str]:
    """Return the codes of organisations by their aliases."""
    return {row["alias"]: row["unit"] for row in _read_rows(path)}


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
