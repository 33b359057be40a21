"""Templates for all reporters in one zip: who gets which, and what becomes of those that come back."""

import zipfile
from pathlib import Path

import pytest

from base.periods import parse_quarter
from etl.__main__ import main as etl
from etl.collection.templates import make_templates
from etl.intake import Outcome, load_paths
from stats.catalogue import load_catalogue
from tests.etl.forms.test_template import fill, take
from tests.lib.county import REPORTER, town_one, write_register, write_roster

PERIOD = parse_quarter("2008Q2")
ROSTER, SECOND = "2008年二季度_基层工会组织情况表", "2008年二季度_民主管理情况表"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that knows the small county and one township's first quarter."""
    folder = tmp_path_factory.mktemp("all")
    files = [write_register(folder), write_roster(folder, "甲镇", "2008年一季度", town_one(members=57))]
    assert load_paths(files, folder / "store").count("accepted") == 2
    return folder


@pytest.fixture(scope="module")
def unpacked(sent: Path) -> Path:
    """The templates of a quarter, taken out of their zip."""
    make_templates(sent / "store", PERIOD, sent / "全部.zip", single=True)
    with zipfile.ZipFile(sent / "全部.zip") as archive:
        archive.extractall(sent / "全部")
    return sent / "全部"


def ask(sent: Path, *more: str) -> int:
    return etl(["template", "--all", "--period", "2008Q2", *more, "--store", str(sent / "store")])


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.namelist())


def test_an_area_fills_in_for_its_unions(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "全部.zip"
    assert ask(sent, "--form", "R01", "民主管理情况表", "-o", str(out)) == 0
    assert "已写出 4 份模板" in capsys.readouterr().out
    assert names(out) == sorted(f"{area}/{form}_{area}.xlsx" for area in ("甲镇", "乙乡") for form in (ROSTER, SECOND))


def test_every_quarterly_form_has_its_reporters(unpacked: Path) -> None:
    forms = [form for form in load_catalogue().forms.values() if form.frequency == "quarter"]
    for form in forms:
        folders = {path.parent.name for path in unpacked.glob(f"*/*_{form.name}_*.xlsx")}
        assert folders == ({REPORTER} if "county" in form.assigned.level else {"甲镇", "乙乡"}), form.name
    assert not list(unpacked.rglob("*单位名册*")), "a register is no return of a quarter"


def test_a_union_gets_a_file_of_its_own_on_wish(unpacked: Path) -> None:
    alone = sorted(path.name for path in unpacked.glob("乙乡/各工会单独填报/*"))
    assert alone == sorted(
        f"2008年二季度_{form}_{union}工会.xlsx"
        for form, unions in {
            "基层工会组织情况表": ("乙一厂", "乙政府"),
            "民主管理情况表": ("乙一厂",),
            "工会经费收缴表": ("乙一厂", "乙政府"),
        }.items()
        for union in unions
    )


def test_a_template_of_the_zip_is_taken_in_once_it_is_filled(unpacked: Path, sent: Path) -> None:
    path = unpacked / "甲镇" / f"{ROSTER}_甲镇.xlsx"
    rows = [row | {"members": int(row["members"]) - 1} for row in town_one(members=58)]
    fill(path, [{code: value for code, value in row.items() if code != "union"} for row in rows])
    outcome = load_one(path, sent)
    assert (outcome.what, outcome.findings) == ("accepted", ())


def test_an_areas_own_form_is_taken_in_once_it_is_filled(unpacked: Path, sent: Path) -> None:
    path = next((unpacked / "乙乡").glob("*_工会干部与指导员表_乙乡.xlsx"))
    columns = load_catalogue().forms["R12"].columns
    fill(path, [{column.code: 3 for column in columns if column.numeric}])
    assert load_one(path, sent).what == "accepted"


def test_nothing_this_quarter_is_a_report(unpacked: Path, sent: Path) -> None:
    path = next((unpacked / REPORTER).glob("*_职工培训台账_*.xlsx"))
    fill(path, [{"number": "本期无"}])
    assert load_one(path, sent).what == "accepted"


def load_one(path: Path, sent: Path) -> Outcome:
    [outcome] = load_paths([path], sent / "store").outcomes
    return outcome


@pytest.mark.parametrize(("name", "rule"), [
    (f"乙乡/{ROSTER}_乙乡.xlsx", "blank_form"),
    (f"乙乡/各工会单独填报/{ROSTER}_乙一厂工会.xlsx", "blank_form"),
    ("乙乡/2008年二季度_困难职工档案汇总表_乙乡.xlsx", "blank_form"),
    (f"{REPORTER}/2008年二季度_帮扶救助发放台账_{REPORTER}.xlsx", "empty"),
])  # fmt: skip
def test_a_blank_one_is_sent_back_with_one_finding(name: str, rule: str, unpacked: Path, sent: Path) -> None:
    outcome = load_one(unpacked / name, sent)
    assert (outcome.what, [finding.rule for finding in outcome.findings]) == ("returned", [rule])
    assert "空" in outcome.findings[0].sentence()


def test_one_value_is_enough_to_be_no_blank_form(unpacked: Path, sent: Path, tmp_path: Path) -> None:
    path = tmp_path / "一格.xlsx"
    path.write_bytes((unpacked / f"乙乡/{ROSTER}_乙乡.xlsx").read_bytes())
    fill(path, [{"members": 0}])
    assert {finding.rule for finding in load_one(path, sent).findings} == {"blank"}


def test_last_quarters_values_come_with_it(unpacked: Path) -> None:
    path = unpacked / "甲镇" / "各工会单独填报" / f"{ROSTER}_甲一厂工会.xlsx"
    layout = take(path)[0]
    row, column = layout.places["members"]
    assert layout.sheet.cells[row, column + 1].raw == "57"


@pytest.mark.parametrize(("more", "said"), [
    (["-o", "全部.rar"], "请以 .zip 结尾"),
    (["-o", "没有/全部.zip"], "写不了"),
    (["--form", "R0", "-o", "全部.zip"], "没有代码为“R0”的报表"),
    (["--period", "2007Q1", "-o", "全部.zip"], "2007年一季度没有单位要报这些表"),
])  # fmt: skip
def test_what_cannot_be_made_is_said_so(
    more: list[str],
    said: str,
    sent: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(sent, *more) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_one_form_needs_its_unit(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["-o", str(tmp_path / "R01.xlsx"), "--store", str(sent / "store")]
    assert etl(["template", "R01", "--period", "2008Q2", *out]) == 2
    assert "--unit" in capsys.readouterr().err
