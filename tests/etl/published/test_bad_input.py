"""What can't be right in what a county declares is said with its place, by page and command, and nothing changes."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from base.errors import UserError
from base.periods import parse_span
from etl.__main__ import main as etl_main
from etl.intake import load_paths, match
from etl.publishing.publish_catalogue import publish_catalogue
from etl.publishing.try_catalogue import try_catalogue
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared, check_declared, declared_in, to_zip
from stats.catalogue_in_force import catalogue_in_force, catalogue_under
from stats.editing.known_entries import known_entries
from stats.editing.placed_faults import placed_faults
from stats.readings import read
from stats.warehouse import open_warehouse
from store.catalogue_versions import newest, versions
from tests.etl.published.declared import FORM, ITEMS, OWN, RATE, RATE_CODE, VISITS, write_visits
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, begin_store

QUARTER = parse_span("2008Q1")
CODED = re.compile(r"\.yml|\.csv|X0\d|home_")  # files and codes, which the page has no words for
RATE_FILE = f"indicators/{RATE_CODE}.yml"
SOLVED = "solved, name: 其中解决问题人次, type: integer, measure: person_time"
PERSONS = FORM.replace(SOLVED, "solved, name: 解决人数, type: integer, measure: person")
SOLVED_PERSONS = ITEMS.replace("走访解决问题人次, measure: person_time", "解决人数, measure: person")
PLAIN = RATE.replace("denominator: home_visited\n", "")
TWICE = FORM.replace("code: solved", "code: visited")
BOUND = ITEMS.replace("take: visited}", "take: visited, least: {area: 100}}")
REGISTER = (
    FORM.replace("quarter", "standing")
    .replace("key: [area]", "key: [area]\ndate: since\nuntil: next\nlabel: area")
    .replace("layouts: [roster]", "layouts: [ledger]")
    + "  - {code: since, name: 起始日期, type: date, required: true}\n"
)
CIRCLE = {
    "forms/X01.yml": REGISTER + "refers: {form: X02, by: area, named: area}\n",
    "forms/X02.yml": REGISTER.replace("走访职工情况表", "走访名册") + "refers: {form: X01, by: area, named: area}\n",
}
BAD = {
    "a share of unlike things": (
        {"forms/X01.yml": PERSONS, "items.yml": SOLVED_PERSONS},
        f"{RATE_CODE}.yml：分子按人计，分母按人次计，不是一类东西",
    ),
    "a count in the wrong measure": (
        {RATE_FILE: PLAIN.replace("unit: percent", "unit: person")},
        "数据项按人次计，指标却写的是人",
    ),
    "a percentage of nothing": ({RATE_FILE: PLAIN}, "要有分母"),
    "a circle of registers": (CIRCLE, "绕着圈互相对应：X0"),
    "an indicator that is its own other base": ({RATE_FILE: RATE + f"settings: [{RATE_CODE}]\n"}, "绕成了圈"),
    "a code that is taken in the same file": ({"items.yml": ITEMS + ITEMS}, "“home_visited”写了两次"),
    "a code of a list that is taken": (
        {"codes/yes_no.csv": "code,name,aliases,groups\nhalf,一半,,\nhalf,半个,,\n"}, "代码“half”写了两次",
    ),
    "the name of another form": ({"forms/X01.yml": FORM.replace("走访职工情况表", "单位名册")}, "和别的表重复"),
    "two columns of one code": ({"forms/X01.yml": TWICE}, "栏的代码“visited”重复"),
    "a column that items need": (
        {"forms/X01.yml": "\n".join(line for line in FORM.splitlines() if "code: solved" not in line)},
        "items.yml home_solved：X01 没有名为“solved”的栏",
    ),
    "an indicator that papers and schemes need": ({"off.yml": "indicators: [union_members]"}, "union_members"),
    "a bound on words": (
        {"items.yml": BOUND}, "不是数字栏，不能说多少才算",
    ),
    "columns of no code list": ({"codes/yes_no.csv": "code,words\na,b\n"}, "每一行要正好有这几栏"),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which nothing is published: every test here is refused."""
    return begin_store(tmp_path_factory.mktemp("bad") / "store")


@pytest.mark.parametrize("fault", BAD)
def test_it_is_told_with_its_place(fault: str, store: Path) -> None:
    files, said = BAD[fault]
    with pytest.raises(UserError) as error:
        check_declared(store, Declared(USUAL_PACKS, OWN | files))
    assert said in str(error.value), error.value
    assert versions(store) == []
    entries = known_entries(Declared(USUAL_PACKS, OWN | files)) if "读不了" not in str(error.value) else None
    for placed in placed_faults(str(error.value).splitlines()[1:], entries) if entries else ():
        assert not CODED.search(placed.words), placed.words
        assert placed.entry is None or placed.entry.name in placed.words


def test_what_boards_papers_and_schemes_need_is_told_with_each(store: Path) -> None:
    without = Declared(USUAL_PACKS, {"off.yml": "indicators: [union_members]"})
    with pytest.raises(UserError) as error:
        check_declared(store, without)
    placed = placed_faults(str(error.value).splitlines()[1:], known_entries(without))
    assert {fault.entry.kind for fault in placed if fault.entry} == {"boards", "outlines", "schemes"}
    assert any(fault.words.startswith("看板“建会与覆盖”图“") for fault in placed)
    assert all("工会会员人数" in fault.words for fault in placed)


def test_a_column_that_a_learned_layout_fills_stays(visited: Path, tmp_path: Path) -> None:
    """A file whose header somebody said to be the column could not be taken in any more."""
    path = write_visits(tmp_path / "二季度.xlsx", ("甲镇", 20, 10), ("乙乡", 30, 15), period="2008年二季度")
    book = load_workbook(path)
    book.worksheets[0]["C3"] = "办成的事"
    book.save(path)
    (asked,) = load_paths([path], visited).outcomes
    assert asked.what != "accepted" and asked.seq
    assert match(visited, asked.seq, {"办成的事": "其中解决问题人次"}, "李四").count("accepted") == 1
    form = "\n".join(line for line in FORM.splitlines() if "code: solved" not in line)
    fewer = Declared(USUAL_PACKS, {"forms/X01.yml": form, "items.yml": ITEMS.splitlines()[0]})
    with pytest.raises(UserError, match=r"二季度\.xlsx.*“办成的事”认定是报表 X01 的“其中解决问题人次”"):
        publish_catalogue(visited, fewer, "李四", "不要这一栏", meaning="改")
    with pytest.raises(UserError, match="办成的事"):
        try_catalogue(visited, fewer)
    assert newest(visited) == 1


@pytest.fixture
def visited(tmp_path: Path) -> Path:
    """A store with the form of visits and a file of it."""
    store = begin_store(tmp_path / "store")
    publish_catalogue(store, VISITS, "李四", "加一张走访表")
    load_paths([write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30), ("乙乡", 60, 20))], store)
    return store


def test_a_changed_meaning_is_asked_about_with_a_reason(
    visited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Declared(USUAL_PACKS, OWN | {"items.yml": ITEMS.replace("take: solved", "take: visited")})
    assert any(
        "home_solved" in one and "“其中解决问题人次”改为“走访职工人次”" in one
        for one in try_catalogue(visited, other).meanings
    )
    with pytest.raises(UserError, match="换了含义"):
        publish_catalogue(visited, other, "李四", "改")
    zipped = tmp_path / "目录.zip"
    zipped.write_bytes(to_zip(other))
    command = ["catalogue", "import", str(zipped), "--store", str(visited), "--who", "李四", "--why", "改"]
    assert etl_main(command) != 0 and "换了含义" in capsys.readouterr().err
    assert newest(visited) == 1
    assert etl_main([*command, "--meaning", "原来写错了栏"]) == 0
    assert any("（理由：原来写错了栏）" in change for change in versions(visited)[-1].changes)


def test_a_code_that_is_used_again_is_held_against_what_it_last_meant(visited: Path) -> None:
    without = Declared(USUAL_PACKS, {path: text for path, text in OWN.items() if path != RATE_FILE})
    publish_catalogue(visited, without, "李四", "不看了")
    again = Declared(USUAL_PACKS, OWN | {RATE_FILE: RATE.replace("numerator: home_solved", "numerator: home_visited")})
    with pytest.raises(UserError, match="由“走访解决问题人次”改为“走访职工人次”"):
        publish_catalogue(visited, again, "李四", "又要看")
    assert publish_catalogue(visited, VISITS, "李四", "又要看").number == 3, "what it meant is what it means"


def test_an_indicator_that_a_target_names_stays(visited: Path, tmp_path: Path) -> None:
    rows = [{"indicator": "走访解决率", "unit": REPORTER, "year": 2008, "comparator": "≥", "value": 0.6, "measure": "%",
             "document": "《方案》", "owner": "保障部", "due": "2008-12-31", "date": "2008-03-01"}]  # fmt: skip
    (target,) = [form for form in catalogue_in_force(visited).forms.values() if form.role == "targets"]
    book = write_book(tmp_path / "目标.xlsx", Form(target.code, REPORTER, "2008年一季度", rows))
    assert load_paths([book], visited).count("accepted") == 1
    without = Declared(USUAL_PACKS, {path: text for path, text in OWN.items() if path != RATE_FILE})
    with pytest.raises(UserError, match=r"目标\.xlsx"):
        publish_catalogue(visited, without, "李四", "不看了")
    assert newest(visited) == 1


def test_rows_count_only_within_the_bounds_of_an_item(visited: Path) -> None:
    bounds = "least: {visited: 50}, most: {solved: 20}"
    many = f"home_many: {{name: 走访多的乡镇数, measure: town, time: last, form: X01, {bounds}}}\n"
    counted = PLAIN.replace("走访解决率", "走访多的乡镇").replace("percent", "town").replace("home_solved", "home_many")
    files = {"items.yml": ITEMS + many, "indicators/home_many.yml": counted}
    publish_catalogue(visited, Declared(USUAL_PACKS, OWN | files), "李四", "数一数走访多的")
    with closing(open_warehouse(visited)) as warehouse:
        (reading,) = read(warehouse, catalogue_under(warehouse), "COUNTY", QUARTER, ("home_many",))
    assert reading.value == 1, "乙乡 with 60 visits, 20 of them solved, and not 甲镇 with 40"
    assert declared_in(visited).files.keys() >= files.keys()
