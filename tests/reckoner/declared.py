"""What the catalogue declares, read from its YAML and CSV files as they stand."""

import csv
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

CATALOGUE = Path(__file__).resolve().parents[2] / "data" / "catalogue"
PACK = "packs/report-2011"
Entry = dict[str, Any]


def plain(text: object) -> str:
    """Return a text as it is compared: no blanks, full-width letters as half-width ones."""
    return _plain(str(text))


@cache
def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def listed(value: object) -> list[Any]:
    """Return a value that may stand alone as a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


class Declared:
    """The forms, items, indicators and code lists, as dictionaries by code."""

    def __init__(self, folder: Path = CATALOGUE, own: Mapping[str, str] | None = None) -> None:
        """`own` are the files that a county declares beside those of the pack: what they say, by their paths."""
        self._folder = folder
        self._own = {Path(name): yaml.safe_load(text) for name, text in (own or {}).items()}

    @cached_property
    def forms(self) -> dict[str, Entry]:
        """The forms."""
        found = [
            yaml.safe_load(path.read_text(encoding="utf-8"))
            for path in sorted((self._folder / PACK / "forms").glob("*"))
        ]
        own = [{"code": path.stem} | form for path, form in self._own.items() if path.parent.name == "forms"]
        return {form["code"]: form for form in [*found, *own]}

    @cached_property
    def items(self) -> dict[str, Entry]:
        """The items."""
        items: dict[str, Entry] = yaml.safe_load((self._folder / PACK / "items.yml").read_text(encoding="utf-8"))
        return items | self._own.get(Path("items.yml"), {})

    @cached_property
    def indicators(self) -> dict[str, Entry]:
        """The indicators."""
        files = sorted((self._folder / PACK / "indicators").glob("*.yml"))
        own = {path.stem: entry for path, entry in self._own.items() if path.parent.name == "indicators"}
        return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files} | own

    @cached_property
    def codes(self) -> dict[str, list[dict[str, str]]]:
        """The code lists: code, name, aliases and groups of each entry."""
        found = {}
        for path in (self._folder / "codes").glob("*.csv"):
            with path.open(encoding="utf-8") as file:
                found[path.stem] = list(csv.DictReader(file))
        return found

    def code_of(self, codes: str, word: str) -> str | None:
        """Return the code that a word stands for in a list."""
        for entry in self.codes[codes]:
            if plain(word) in map(plain, [entry["code"], entry["name"], *entry["aliases"].split("|")]):
                return entry["code"]
        return None

    def expand(self, codes: str, words: object) -> set[str]:
        """Return the codes that codes and groups of codes stand for."""
        wanted = set(listed(words))
        return {e["code"] for e in self.codes[codes] if e["code"] in wanted or wanted & set(e["groups"].split("|"))}

    def totals(self, form: str) -> dict[str, str]:
        """Return the items of which a form holds own totals, by column."""
        return {c["code"]: c["total_of"] for c in self.forms[form]["columns"] if "total_of" in c}

    def column(self, form: str, code: str) -> Entry:
        """Return a column of a form."""
        return next(column for column in self.forms[form]["columns"] if column["code"] == code)
