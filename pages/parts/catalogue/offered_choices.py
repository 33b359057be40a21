"""What a field of an entry is chosen from: entries of another kind, codes, or the columns of a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from pages.view.unit_names import unit_names
from stats.catalogue import INDICATORS
from stats.catalogue.layers import CODES
from stats.editing.fields import FieldOf
from stats.editing.known_entries import Known, code_lists

_FEW = 3  # words of a code list by which it is told from others


def choices_for(field: FieldOf, enclosing: Sequence[Mapping[str, Any]], known: Known) -> dict[str, str]:
    """Return what may be chosen for a field, by code, with its name; nothing for a field that is written freely.

    `enclosing` are the contents it lies in, the outmost first.
    """
    what, _, key = field.refers.partition("@")
    if what in ("columns", "own_columns"):
        return names_of_columns(columns_of(enclosing, known, key or ("form" if what == "columns" else "")))
    if what == "deadlines":
        listed = form_of(enclosing, known, "form").get("deadlines", ())
        return {str(deadline["code"]): str(deadline.get("done")) for deadline in listed if "code" in deadline}
    if what == CODES:
        return {name: _name_list(known, name) for name in code_lists(known)}
    if what.startswith(f"{CODES}/"):
        return codes_in(known, what.partition("/")[2])
    if what == "panels":
        return _panels(known)
    return unit_names() if what == "units" else _entries(known, what)


def codes_for(column: Mapping[str, Any], known: Known) -> dict[str, str]:
    """Return the codes and groups that a condition on a column may name."""
    if column.get("type") == "indicator":
        return _entries(known, "indicators")
    return codes_in(known, str(column.get("codes") or INDICATORS))


def columns_of(enclosing: Sequence[Mapping[str, Any]], known: Known, key: str) -> list[Mapping[str, Any]]:
    """Return the columns of the form that a content names under a key, or of the form that it lies in."""
    return [column for column in form_of(enclosing, known, key).get("columns", ()) if column.get("code")]


def form_of(enclosing: Sequence[Mapping[str, Any]], known: Known, key: str) -> Mapping[str, Any]:
    """Return the form named under a key by the inmost content that has one; without a key the outmost content."""
    if not key:
        return enclosing[0]
    named = next((str(content[key]) for content in reversed(enclosing) if content.get(key)), "")
    if key == "item":
        item = known["items"].get(named)
        named = str(item.content.get("form", "")) if item else ""
    form = known["forms"].get(named)
    return form.content if form else {}


def names_of_columns(columns: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the names of columns by code."""
    return {str(column["code"]): str(column.get("name") or column["code"]).replace("/", "·") for column in columns}


def codes_in(known: Known, name: str) -> dict[str, str]:
    """Return the names of the codes and groups of a list."""
    rows = [entry for entry in known.get(f"{CODES}/{name}", {}).values() if not entry.off]
    groups = dict.fromkeys(group for entry in rows for group in entry.content.get("groups", ()))
    return {entry.code: entry.name for entry in rows} | {group: f"组：{group}" for group in groups}


def _entries(known: Known, kind: str) -> dict[str, str]:
    return {code: entry.name for code, entry in known.get(kind, {}).items() if not entry.off}


def _name_list(known: Known, name: str) -> str:
    return "、".join(entry.name for entry in list(known[f"{CODES}/{name}"].values())[:_FEW])


def _panels(known: Known) -> dict[str, str]:
    return {
        f"{board.code}.{panel['code']}": f"{board.name}：{panel.get('question') or panel.get('name') or panel['code']}"
        for board in known["boards"].values()
        for panel in board.content.get("panels", ())
    }
