"""A county in which every text contains Markdown and HTML: names, cells, files, sheets, accounts, reasons."""

from pathlib import Path
from urllib.parse import urlencode

from access.accounts import add_account
from access.accounts.roles import Role
from access.acts import Acts
from etl.intake import load_paths
from etl.journal import read_entries
from stats.catalogue import load_catalogue
from stats.catalogue.models import Column, Form
from tests.lib import books
from tests.lib.books import Row, write_book
from tests.lib.county import REPORTER, UNITS, town_one, town_two
from tests.lib.people import session_for

PERIOD = "2008年一季度"
SIGNS = (
    "![](/sign-out)[请点此](https://example.invalid)<img src='https://example.invalid/a'>www.example.invalid:red[红]"
)
FILE = "![图](x)<b>粗<img src=x>_$y$_www.example.invalid"  # as much as fits into a file name
SHEET = "<img src=x>www.example.invalid"  # as much as fits into a sheet name
TOWN, UNION = f"乙乡{SIGNS}", f"乙一厂工会{SIGNS}"
_NAMED = {"乙乡": TOWN, "乙一厂工会": UNION}


def marked_county(folder: Path) -> Path:
    """Return a store with everything in it, including returned and held files."""
    for number, (form, reporter, rows) in enumerate(_returns()):
        path = folder / f"{number}{FILE}.xlsx"
        load_paths([write_book(path, books.Form(form, reporter, PERIOD, rows), sheets=[SHEET])], folder / "store")
    _use(folder / "store")
    return folder / "store"


def _returns() -> list[tuple[str, str, list[Row]]]:
    found = [("R00", REPORTER, [_rename(row) | {"contact_post": SIGNS, "cluster": SIGNS} for row in UNITS])]
    found += [("R01", "甲镇", town_one()), ("R01", TOWN, [_rename(row) for row in town_two()])]
    others = (form for code, form in load_catalogue().forms.items() if code not in ("R00", "R01"))
    found += [(form.code, _reporter(form), [_fill(form)]) for form in others]
    return [*found, ("R01", f"谁家{SIGNS}", town_two())]


def _rename(row: Row) -> Row:
    return row | {name: _NAMED[row[name]] for name in ("unit_name", "union") if row.get(name) in _NAMED}


def _reporter(form: Form) -> str:
    return REPORTER if "county" in form.assigned.level else TOWN


def _fill(form: Form) -> Row:
    """Return a row in which every text contains markup, and every other value is a valid one."""
    unit = TOWN if "town" in form.assigned.level or form.code in ("R13", "R18") else UNION
    return {column.code: _value(column, unit) for column in form.columns}


def _value(column: Column, unit: str) -> object:
    catalogue = load_catalogue()
    given = {"unit": unit, "date": "2008-02-01", "indicator": catalogue.indicators["union_members"].name}
    if column.code in ("measure", "year"):
        return {"measure": "人", "year": 2008}[column.code]
    if column.type == "code":
        return catalogue.codes[column.codes or ""].entries[0].name
    return given.get(column.type, SIGNS if column.type == "text" else 1)


def _use(store: Path) -> None:
    """Let a person with such a name save a view and withdraw a file."""
    add_account(store, "marked", f"名{SIGNS}"[:20], Role.STAFF)
    doing = Acts(store, session_for(store))
    scheme = next(iter(load_catalogue().schemes.values()))
    asked = doing.object_to(scheme.code, "T02", next(iter(scheme.items)), f"申诉：{SIGNS}")
    doing.answer_objection(asked, True, f"答复：{SIGNS}")
    doing.save_view(FILE[:40], f"goals?{urlencode({'unit': SIGNS})}", True)
    last = next(entry for entry in reversed(read_entries(store)) if entry.what == "accepted")
    doing.withdraw(last.seq, SIGNS)
