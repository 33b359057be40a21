"""The faults of a catalogue in the words of the page 目录: which entry each is about, by name, and what is wrong."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stats.catalogue.layers import CODES
from stats.editing.entry_faults import faults_of
from stats.editing.fields import MODELS, fields_of, name_model
from stats.editing.known_entries import REPORTING, Known, KnownEntry

# As stats/catalogue writes them: forms/X01.yml：…, items.yml home_visited：…, 本级目录 codes/yes_no.csv：…
_PLACE = re.compile(
    r"(?:本级目录 )?(?:(?P<folder>[a-z]+)/(?P<file>\w+)\.(?:yml|csv)|(?P<list>[a-z]+)\.yml(?: (?P<code>\w+))?)"
    r"(?P<more>[^：]*)：(?P<what>.*)",
    re.DOTALL | re.ASCII,
)
_WORD = re.compile(r"“?(?<![\w.])([A-Za-z]\w*)(?![\w.])”?", re.ASCII)
# a fault of one entry alone, which its dialog says better
_OF_MODEL = re.compile(r"(?:缺少|不认识)“|“[^”]*”(?:的内容不对|没有“)")
_NAMED = ("forms", "items", "indicators", "measures", "domains", "boards", "kinds", "schemes", "outlines", "layouts")


@dataclass(frozen=True)
class PlacedFault:
    """A fault in words, and the entry that it is about; None where it is about none, or one that is not there."""

    words: str
    entry: KnownEntry | None = None


def placed_faults(faults: Iterable[str], known: Known, before: Known | None = None) -> list[PlacedFault]:
    """Return faults in the words of the page, each once; what is gone is called as it was `before`."""
    by_words = {placed.words: placed for fault in faults for placed in _placed(fault, known, before or {})}
    return list(by_words.values())


def _placed(fault: str, known: Known, before: Known) -> Iterator[PlacedFault]:
    match = _PLACE.fullmatch(fault)
    if match is None:
        yield PlacedFault(_in_words(fault, None, known, before))
        return
    kind, code = match["folder"] or match["list"], match["file"] or match["code"] or match["list"]
    entry = known.get(kind, {}).get(code)
    if entry and _OF_MODEL.match(match["what"]) and (own := faults_of(kind, {"code": code} | dict(entry.content))):
        yield from (PlacedFault(f"{_name(kind, code, entry)}：{words}", entry) for words in own)
        return
    more, what = (_in_words(match[part], entry, known, before) for part in ("more", "what"))
    yield PlacedFault(f"{_name(kind, code, entry)}{more.strip()}：{what}", entry)


def _name(kind: str, code: str, entry: KnownEntry | None) -> str:
    """Return the list and the name of an entry: 报表“走访职工情况表”, 代码表“yes_no”."""
    if kind == "history":
        return "核对的规定"
    if kind == "off":
        return "停用的各项"
    called = "代码表" if kind == CODES else name_model(MODELS[kind]) if kind in MODELS else kind
    return called if kind == REPORTING else f"{called}“{entry.name if entry else code}”"


def _in_words(text: str, entry: KnownEntry | None, known: Known, before: Known) -> str:
    """Return a text with the names of columns, fields and entries in the place of their codes."""
    parts, keys = {**_parts(entry, before), **_parts(entry, known)}, _keys(entry)

    def name(match: re.Match[str]) -> str:
        code = match[1]
        if text[: match.start()].endswith("代码"):
            return match[0]
        if form := known["forms"].get(code):
            return f"《{form.name}》"
        named = parts.get(code) or keys.get(code) or _entry_name(code, known)
        return f"“{named}”" if named else match[0]

    return _WORD.sub(name, text)


def _entry_name(code: str, known: Known) -> str:
    """Return what the one entry of a code is called; "" for none, or several."""
    names = {entry.name for kind in _NAMED if (entry := known.get(kind, {}).get(code))}
    return names.pop() if len(names) == 1 else ""


def _parts(entry: KnownEntry | None, known: Known) -> Mapping[str, str]:
    """Return the panels of a board, or the columns of a form or of that which an item takes, by code."""
    if entry is None or not known:
        return {}
    code = entry.code if entry.kind == "forms" else str(entry.content.get("form"))
    form = known["forms"].get(code)
    parts = entry.content.get("panels") or (form.content.get("columns") if form else None) or ()
    named = [each for each in parts if isinstance(each, Mapping)]
    return {str(each.get("code")): str(each.get("name") or each.get("question") or "") for each in named}


def _keys(entry: KnownEntry | None) -> Mapping[str, str]:
    """Return what the fields of an entry are called, by key."""
    return {field.key: field.label for field in fields_of(MODELS[entry.kind])} if entry and entry.kind in MODELS else {}
