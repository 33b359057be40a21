"""A county in which every text contains Markdown and HTML: names, cells, files, sheets, accounts, reasons."""

from pathlib import Path
from urllib.parse import urlencode

from openpyxl import Workbook

from access.accounts import add_account, change_password, find_account
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from access.acts import Acts
from base import china_days
from base.settings import settings
from etl.intake import ACCEPTED, HELD, RETURNED, confirm, load_paths
from etl.journal import Entry, read_entries
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue import USUAL_PACKS, load_catalogue
from stats.catalogue.models import Column, Form
from stats.catalogue_declared import Declared
from tests.lib import books
from tests.lib.books import Row, write_book
from tests.lib.county import REPORTER, UNITS, town_one, town_two
from tests.lib.people import WORD, name_of, session_for
from tests.lib.scores import SCHEME

PERIOD = "2008年一季度"
SIGNS = (
    "![](/sign-out)[请点此](https://example.invalid)<img src='https://example.invalid/a'>www.example.invalid:red[红]"
)
FILE = "![图](x)<b>粗<img src=x>_$y$_www.example.invalid"  # as much as fits into a file name
SHEET = "<img src=x>www.example.invalid"  # as much as fits into a sheet name
PERSON = "名![](/x)[点](//a.cn)"  # as much as fits into a person's name
TOWNS = 3  # so many of the returns tell of the county and of the members of its towns
TOWN, UNION = f"乙乡{SIGNS}", f"乙一厂工会{SIGNS}"
_NAMED = {"乙乡": TOWN, "乙一厂工会": UNION}
# A form of the county's own, in which a township tells a total of what its unions report.
_TOTALS = """\
name: 会员总数表
question: 各乡镇有多少会员？
layouts: [roster, return]
frequency: quarter
assigned: {level: [town]}
speaks: [staff, clerk]
subject: [unit]
key: [unit]
columns:
  - {code: unit, name: 单位, type: unit, required: true}
  - {code: members, name: 会员总数, type: integer, measure: person, total_of: union_members}
"""


def marked_county(folder: Path) -> Path:
    """Return a store with everything in it, including returned and held files."""
    returned = [
        write_book(folder / f"{number:02}{FILE}.xlsx", books.Form(form, reporter, PERIOD, rows), sheets=[SHEET])
        for number, (form, reporter, rows) in enumerate(_returns())
    ]
    odd = [
        write_book(folder / f"怪{number}{FILE}.xlsx", *made, sheets=[f"{at}{SHEET}"[:31] for at in range(len(made))])
        for number, made in enumerate(([_odd_column()], _one_return_twice(), _nothing_but_signs(), _signs_around()))
    ]
    _load(folder / "store", *returned[:TOWNS])
    _tell_a_total(folder)
    _load(folder / "store", *returned[TOWNS:], *odd)
    _use(folder / "store")
    return folder / "store"


def _tell_a_total(folder: Path) -> None:
    """Let a township's own total lie over what its unions report."""
    store, path, book = folder / "store", folder / f"总数{FILE}.xlsx", Workbook()
    publish_catalogue(store, Declared(USUAL_PACKS, {"forms/X90.yml": _TOTALS}), PERSON, SIGNS)
    book.active.title = SHEET
    for row in (
        (f"{PERIOD}会员总数表",),
        (f"填报单位：{REPORTER}", f"报告期：{PERIOD}"),
        ("单位", "会员总数"),
        (TOWN, 999),
    ):
        book.active.append(row)
    book.save(path)
    _load(store, path)
    confirmed = confirm(store, _last(store, HELD).seq, SIGNS, PERSON)
    assert [outcome.what for outcome in confirmed.outcomes] == [ACCEPTED]


def _load(store: Path, *paths: Path) -> None:
    load_paths(paths, store, who=PERSON)


def _returns() -> list[tuple[str, str, list[Row]]]:
    found = [("R00", REPORTER, [_rename(row) | {"contact_post": SIGNS, "cluster": SIGNS} for row in UNITS])]
    found += [("R01", "甲镇", town_one()), ("R01", TOWN, [_rename(row) for row in town_two()])]
    others = (form for code, form in load_catalogue().forms.items() if code not in ("R00", "R01"))
    found += [(form.code, _reporter(form), [_fill(form)]) for form in others]
    return [*found, ("R01", f"谁家{SIGNS}", town_two())]


def _nothing_but_signs() -> list[books.Form]:
    """Return every form with signs in all its cells, where numbers, days and codes belong too."""
    forms = load_catalogue().forms.values()
    signs = {form.code: [dict.fromkeys((column.code for column in form.columns), SIGNS)] for form in forms}
    return [books.Form(form.code, _reporter(form), PERIOD, signs[form.code]) for form in forms]


def _signs_around() -> list[books.Form]:
    """Return a roster whose title, quarter, measure, total and signature are signs, each in a sheet of its own."""
    rows = [_rename(row) for row in town_two()]
    return [
        books.Form("R01", TOWN, PERIOD, rows, title=SIGNS),
        books.Form("R01", TOWN, SIGNS, rows),
        books.Form("R01", TOWN, PERIOD, rows, money=SIGNS),
        books.Form("R01", TOWN, PERIOD, rows, total={"members": SIGNS}),
        books.Form("R01", TOWN, PERIOD, rows, footer=f"填表人：{SIGNS}　审核人：{SIGNS}"),
    ]


def _odd_column() -> books.Form:
    """Return a roster in which the signs stand where the last column's name belongs."""
    columns, first = load_catalogue().forms["R01"].columns, books.first_row("R01")
    beside = chr(ord("A") + len(columns) - 1)
    values = {f"{beside}{first + row}": "否" for row in range(len(town_one()))}
    heading = {f"{beside}{books.header_row()}": SIGNS}
    return books.Form("R01", "甲镇", PERIOD, town_one(51), omit=[columns[-1].code], extra=heading | values)


def _one_return_twice() -> list[books.Form]:
    return [books.Form("R01", "甲镇", "2008年二季度", town_one(members)) for members in (52, 53)]


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
    """Let a person with such a name do what there is to do."""
    name = name_of(Role.ADMIN)
    first = add_account(store, name, PERSON, Role.ADMIN)
    account = find_account(store, name)
    assert account
    change_password(store, account, first, WORD, WORD)
    Sessions(store, settings()).refuse(SIGNS[:64], "127.0.0.1")
    doing = Acts(store, session_for(store))
    scheme = load_catalogue().scheme(SCHEME)
    asked = doing.object_to(scheme.code, "T02", next(iter(scheme.items)), f"申诉：{SIGNS}")
    doing.answer_objection(asked, True, f"答复：{SIGNS}")
    doing.freeze(scheme.code, china_days.today())
    doing.save_view(FILE[:40], f"goals?{urlencode({'unit': SIGNS})}", True)
    doing.forget(_last(store, RETURNED).seq, SIGNS)
    doing.withdraw(_last(store, ACCEPTED).seq, SIGNS)


def _last(store: Path, what: str) -> Entry:
    return next(entry for entry in reversed(read_entries(store)) if entry.what == what)
