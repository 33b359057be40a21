"""What a person is told of a clash with another's return: that it clashes and whom to ask, and nothing of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from access.accounts.roles import Role
from access.acts import Acts
from base.errors import UserError
from etl.intake import HELD, RETURNED, Outcome, confirm, load_paths
from etl.journal import Journal, read_entries
from etl.journal.objections import object_to
from etl.model.finding import ANYBODY, Finding
from etl.replies.answer import answer_file, answer_receipt
from store.engine import writing
from tests.access.conftest import QUARTER
from tests.lib.books import Form, Row, write_book
from tests.lib.county import UNITS, town_one, town_two, union_row, write_changes, write_roster
from tests.lib.people import session_for
from tests.lib.scores import SCHEME, score_row, write_scores

SECRET, SECRET_NUMBER = "乙乡内部名录", 4321
NEXT = "2008年二季度"


def employer(area: str, workers: int, code: str = "E1", **other: object) -> Row:
    row = {"employer_code": code, "employer_name": "东方厂", "area": area, "category": "私营", "legal": "是"}
    more = {"scale": "否", "workers": workers, "unionised": "否", "effective": "2008-01-01"}
    return row | more | other


def write_employers(path: Path, reporter: str, *rows: Row, quarter: str = QUARTER) -> Path:
    return write_book(path, Form("R00E", reporter, quarter, list(rows)))


def moved_register(folder: Path) -> Path:
    gone = next(row for row in UNITS if row["unit_name"] == "乙一厂工会")
    return write_changes(folder, NEXT, gone | {"parent": "T01", "effective": "2008-04-01"})


def of_register(folder: Path) -> tuple[list[Path], Path]:
    """An enterprise that another township's list holds, of the same day."""
    theirs = write_employers(folder / f"{SECRET}.xlsx", "乙乡", employer("乙乡", SECRET_NUMBER))
    return [theirs], write_employers(folder / "own" / "名录.xlsx", "甲镇", employer("甲镇", 50))


def of_later_register(folder: Path) -> tuple[list[Path], Path]:
    """An enterprise that another township's list held a quarter before, of another day."""
    theirs = write_employers(folder / f"{SECRET}.xlsx", "乙乡", employer("乙乡", SECRET_NUMBER))
    mine = employer("甲镇", 50, effective="2008-04-02")
    return [theirs], write_employers(folder / "own" / "名录.xlsx", "甲镇", mine, quarter=NEXT)


def of_zeros(folder: Path) -> tuple[list[Path], Path]:
    """An enterprise whose number another township's list holds with zeros in front."""
    theirs = write_employers(folder / f"{SECRET}.xlsx", "乙乡", employer("乙乡", 60, code="000777"))
    return [theirs], write_employers(folder / "own" / "名录.xlsx", "甲镇", employer("甲镇", 50, code="777"))


def of_last_quarter(folder: Path) -> tuple[list[Path], Path]:
    """A union that moved here: what it had a quarter before stands in the other township's roster."""
    theirs = [union_row("乙一厂工会", SECRET_NUMBER, 5000), union_row("乙政府工会", 8, 8, category="机关")]
    own = [*town_one(), union_row("乙一厂工会", 12, 20)]
    files = [write_roster(folder, "乙乡", QUARTER, theirs, name=f"{SECRET}.xlsx"), moved_register(folder)]
    return files, write_roster(folder / "own", "甲镇", NEXT, own)


def of_scores(folder: Path) -> tuple[list[Path], Path]:
    """A line of a score sheet that the county filled in with other points on the same day."""
    theirs = write_scores(folder, score_row("困难职工档案", self=6.25, basis="督查记录"), name=f"{SECRET}.xlsx")
    own = write_scores(folder / "own", score_row("困难职工档案", self=3), reporter="甲镇")
    return [theirs], own


CLASHES: dict[str, Callable[[Path], tuple[list[Path], Path]]] = {
    "register": of_register,
    "later register": of_later_register,
    "zeros": of_zeros,
    "last quarter": of_last_quarter,
    "scores": of_scores,
}
SECRETS = (SECRET, f"{SECRET_NUMBER}", f"{SECRET_NUMBER:,}", "6.25", "督查记录", "000777")


def file_all(files: list[Path], store: Path) -> None:
    """Take files in one after another; what is asked about them is confirmed."""
    for file in files:
        (outcome,) = load_paths([file], store).outcomes
        if outcome.what == HELD and outcome.seq:
            confirm(store, outcome.seq, "已核实", "县总工会")
        assert outcome.what != RETURNED, told(outcome.findings)


def told(findings: object) -> str:
    assert isinstance(findings, list | tuple)
    return "\n".join(finding.sentence() for finding in findings)


@pytest.mark.parametrize("clash", CLASHES)
def test_s02_a_clerk_is_told_of_a_clash_and_whom_to_ask_and_nothing_of_the_others(
    clash: str, county_store: Path, tmp_path: Path
) -> None:
    theirs, own = CLASHES[clash](tmp_path)
    file_all(theirs, county_store)
    clerk, staff = (
        Acts(county_store, session_for(county_store, role, area))
        for role, area in ((Role.CLERK, "T01"), (Role.STAFF, ""))
    )
    [(seen, fits)] = clerk.judge([own])
    [(whole, _)] = staff.judge([own])
    assert fits and [word for word in SECRETS if word in told(whole.findings)], "there is something to leave out"
    assert [word for word in SECRETS if word in told(seen.findings)] == []
    assert [one.rule for one in seen.findings] == [one.rule for one in whole.findings]
    assert ("县总工会" if clash == "scores" else "乙乡") in told(seen.findings) and "核对" in told(seen.findings)
    summary = clerk.take_in([own])
    assert [word for word in SECRETS if word in told(summary.outcomes[0].findings)] == []
    entry = clerk.received(read_entries(county_store))[-1]
    assert entry.seq == summary.outcomes[0].seq and [word for word in SECRETS if word in told(entry.findings)] == []


@pytest.mark.parametrize("clash", CLASHES)
def test_s02_no_answer_that_goes_out_quotes_others(clash: str, county_store: Path, tmp_path: Path) -> None:
    theirs, own = CLASHES[clash](tmp_path)
    file_all(theirs, county_store)
    (outcome,) = load_paths([own], county_store).outcomes
    assert outcome.what != "accepted" and outcome.seq
    for answer in (answer_receipt(county_store, outcome.seq), answer_file(county_store, own)):
        book = load_workbook(answer.write(tmp_path / "答复.xlsx"))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        said = "\n".join(f"{cell.value}{cell.comment.text if cell.comment else ''}" for cell in cells)
        assert [word for word in SECRETS if word in said + answer.telephone_list()] == []


def test_s02_what_one_files_for_oneself_is_quoted_whole(county_store: Path, tmp_path: Path) -> None:
    clerk = Acts(county_store, session_for(county_store, Role.CLERK, "T01"))
    [(seen, fits)] = clerk.judge([write_roster(tmp_path, "甲镇", QUARTER, town_one()[:2])])
    assert fits and "甲中学工会" in told(seen.findings) and "上一份是“甲镇2008年一季度.xlsx”" in told(seen.findings)


def test_s02_a_file_of_several_townships_is_not_named(county_store: Path, tmp_path: Path) -> None:
    both = write_book(
        tmp_path / f"{SECRET}.xlsx", Form("R01", "甲镇", NEXT, town_one()), Form("R01", "乙乡", NEXT, town_two())
    )
    load_paths([both], county_store)
    clerk = Acts(county_store, session_for(county_store, Role.CLERK, "T01"))
    [(seen, fits)] = clerk.judge([write_roster(tmp_path / "own", "甲镇", NEXT, town_one()[:2])])
    assert fits and seen.findings and SECRET not in told(seen.findings)


def test_s02_an_older_finding_that_may_quote_anybody_is_told_in_short(county_store: Path, tmp_path: Path) -> None:
    theirs, own = of_register(tmp_path)
    load_paths(theirs, county_store)
    (outcome,) = load_paths([own], county_store).outcomes
    with writing(county_store) as connection:
        rows = connection.execute(text("select id, findings from outcome")).all()
        for number, kept in rows:
            older = [{name: value for name, value in one.items() if name != "quotes"} for one in json.loads(kept)]
            connection.execute(text("update outcome set findings = :kept where id = :id"),
                               {"kept": json.dumps(older), "id": number})  # fmt: skip
    whole = read_entries(county_store)[-1]
    assert {one.quotes for one in whole.findings if one.rule == "undecided"} == {ANYBODY}
    entry = Acts(county_store, session_for(county_store, Role.CLERK, "T01")).received([whole])[0]
    assert entry.seq == outcome.seq and SECRET not in told(entry.findings)


def test_s02_a_load_names_no_files_of_others(county_store: Path, tmp_path: Path) -> None:
    """What another's load was killed over is taken up again by whoever loads next."""
    kept = write_roster(county_store / "inbox", "乙乡", NEXT, town_two(), name="f0.xlsx")
    Journal(county_store).append_received([("f" * 64, f"{SECRET}.xlsx", kept.relative_to(county_store).as_posix())])
    shown: list[Outcome] = []
    clerk = Acts(county_store, session_for(county_store, Role.CLERK, "T01"))
    summary = clerk.take_in(
        [write_roster(tmp_path, "甲镇", NEXT, town_one())], lambda outcome, total: shown.append(outcome)
    )
    assert [one.name for one in summary.outcomes] == [f"甲镇{NEXT}.xlsx"]
    assert sorted(one.name for one in shown) == sorted(["别的报表", f"甲镇{NEXT}.xlsx"])
    assert not [one for one in shown if one.findings and one.name == "别的报表"]
    assert SECRET in [entry.name.removesuffix(".xlsx") for entry in read_entries(county_store)]


def test_s02_an_error_names_no_files_of_others(
    county_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, staff = (
        Acts(county_store, session_for(county_store, role, area))
        for role, area in ((Role.CLERK, "T01"), (Role.STAFF, ""))
    )
    other = read_entries(county_store)[2]
    (county_store / other.file).unlink()
    monkeypatch.setattr("etl.pipeline.session.catalogue_print", lambda _: "another")
    path = write_roster(tmp_path, "甲镇", NEXT, town_one())
    with pytest.raises(UserError) as error:
        clerk.take_in([path])
    assert other.name not in str(error.value) and "请告诉县总工会管理员" in str(error.value)
    with pytest.raises(UserError, match=other.name):
        staff.take_in([path])


def test_s02_objections_of_others_are_not_shown(county_store: Path) -> None:
    for unit in ("T01", "T02"):
        object_to(county_store, SCHEME, unit, "archives", f"{unit}的理由", "某人")
    seen = {
        area: [one.unit for one in Acts(county_store, session_for(county_store, role, area)).objections(SCHEME)]
        for role, area in ((Role.CLERK, "T01"), (Role.CLERK, "T02"), (Role.STAFF, ""))
    }
    assert seen == {"T01": ["T01"], "T02": ["T02"], "": ["T01", "T02"]}


def test_s02_two_files_of_one_load_name_others_to_nobody(county_store: Path, tmp_path: Path) -> None:
    both = write_book(
        tmp_path / f"{SECRET}.xlsx", Form("R01", "甲镇", NEXT, town_one(60)), Form("R01", "乙乡", NEXT, town_two())
    )
    own = write_roster(tmp_path, "甲镇", NEXT, town_one(61))
    for files in ([both, own], [own, both]):
        outcomes = {one.name: one for one in load_paths(files, county_store).outcomes}
        assert outcomes[own.name].what == HELD
        entry = next(one for one in read_entries(county_store) if one.seq == outcomes[own.name].seq)
        seen = Acts(county_store, session_for(county_store, Role.CLERK, "T01")).received([entry])
        assert SECRET in told(entry.findings) and SECRET not in told(seen[0].findings)


def test_s02_a_finding_in_short_keeps_its_place() -> None:
    whole = Finding(rule="undecided", severity="confirm", file="甲.xlsx", sheet="表", address="A4", problem="“丙”是5",
                    requirement="一种说法", todo="请核对", column="单位代码", quotes="T02")  # fmt: skip
    short = whole.in_short("乙乡")
    assert (short.address, short.column, short.severity) == ("A4", "单位代码", "confirm")
    assert short.sentence() == (
        "“甲.xlsx”表“表”A4（单位代码）：同一项有两种说法：这里填的和乙乡报来的表对不上；"
        "对方表里的内容只给对方和县总工会看。请先核对自己填的；没有填错的，请和乙乡核对，或请县总工会工作人员处理。"
    )
