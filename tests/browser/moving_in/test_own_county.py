"""A county moves in from an empty store with its own six files, by the pages alone; its figures equal its truth."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import OpenAddress
from tests.browser.moving_in.mover import Mover
from tests.etl.own_layouts.own_truth import figures_equal_truth, names_no_person, targets_equal_truth
from tests.etl.own_layouts.test_own_tables import OWN_COUNTY, values
from tests.lib.dashboard.drawn import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # by commands it moves in with every test run

NAME = "清江县总工会"
FLOW, STOCK = "这一期里发生的数", "期末的数"
MOST, MOST_LATER = 60, 10  # presses until the county is in, and for the files of the next quarter
YEARS = {
    "“基层工会”": "清江县基层工会花名册·家数",
    "“职工”": "清江县基层工会花名册·职工数·总数",
    "“会员”": "清江县基层工会花名册·会员数·总数",
    "“经费收缴”": "清江县2026年上半年经费收缴·实缴",
}


def own_file(word: str) -> Path:
    return next(OWN_COUNTY.glob(f"*{word}*.xls*"))


def found(mover: Mover) -> None:
    mover.fill("县总工会的全称", NAME)
    mover.drop(own_file("花名册"))
    mover.choose(mover.select("“新就业形态”"), "联合")
    mover.press("收下，建名册")
    expect(mover.page.get_by_role("heading", name="本县的报表")).to_be_visible(timeout=PATIENCE)


def declare(mover: Mover, button: str = "立下这张报表") -> None:
    mover.press(button)
    expect(mover.page.get_by_text("以后同样的表在“上报”里直接收")).to_be_visible(timeout=PATIENCE)


def make_forms(mover: Mover) -> None:
    mover.drop(own_file("花名册"), number=1)
    mover.pick(STOCK)
    mover.choose(mover.select("也数有几行"), "家")
    declare(mover)
    mover.drop(own_file("经费"), number=1)
    mover.pick(FLOW)
    declare(mover)
    mover.drop(own_file("帮扶"), number=1)
    mover.pick(FLOW)
    mover.pick("帮扶项目")
    declare(mover)
    mover.drop(own_file("合同"), number=1)
    mover.pick(STOCK)
    mover.choose(mover.select("也数有几行"), "份")
    mover.pick("合同类别")
    declare(mover)
    mover.drop(own_file("历年"), number=1)
    for heading, item in YEARS.items():
        mover.choose(mover.select(heading), item)
    declare(mover)


TARGETS = {
    "“新建工会”": "清江县基层工会花名册·家数的目标",
    "“发展会员·总数”": "清江县基层工会花名册·会员数·总数的目标",
    "“发展会员·其中:新就业形态”": "清江县基层工会花名册·会员数·其中新就业形态的目标",
    "“工资集体合同”": "清江县集体合同台账·份数·工资的目标",
    "“帮扶资金”": "清江县帮扶台账2026年1-6月·金额的目标",
    "“经费收缴率”": "工会经费收缴率的目标",
}


def set_targets(mover: Mover) -> None:
    mover.drop(own_file("目标"), number=1)
    mover.pick("当作已有的一张报表收")
    mover.choose(mover.select("当作哪张报表"), "《年度目标任务分解表》")
    for heading, indicator in TARGETS.items():
        mover.choose(mover.select(heading), indicator)
    mover.fill_in("责任部门", "办公室")
    mover.date("填报日期", "2026", "01", "15")
    declare(mover, "记下这个表式")


def send_in(mover: Mover, paths: Sequence[Path], before: int = 0) -> None:
    """Take files in on the page, on which some were taken in `before`."""
    mover.drop_all(paths)
    mover.press(f"收下 {len(paths)} 份")
    taken = mover.page.get_by_test_id("stAlert").filter(has_text=f"已收下 {before + len(paths)} 份")
    expect(taken).to_be_visible(timeout=PATIENCE)


def next_quarter(folder: Path) -> list[Path]:
    """Return the roster of the next quarter and the list of contracts then, with a union more and a contract more."""
    roster = load_workbook(own_file("花名册"))
    roster.worksheets[0]["A2"] = "截至2026年9月30日"
    contracts = load_workbook(own_file("合同"))
    rows = [[cell.value for cell in row] for row in contracts.worksheets[0].iter_rows()]
    last = max(at for at, row in enumerate(rows, start=1) if isinstance(row[0], int))
    contracts.worksheets[0].insert_rows(last + 1)
    added = [rows[last - 1][0] + 1, rows[last - 1][1], "综合", "单独", "2026.7.1—2029.6.30", 20]
    for at, value in enumerate(added, start=1):
        contracts.worksheets[0].cell(last + 1, at, value)
    roster.save(folder / "三季度花名册.xlsx")
    contracts.save(folder / "三季度集体合同台账.xlsx")
    return [folder / "三季度花名册.xlsx", folder / "三季度集体合同台账.xlsx"]


def in_force(folder: Path, kind: str, day: str) -> int:
    """Return how many contracts of a kind are in force on a day, by the next quarter's list."""
    rows = load_workbook(folder / "三季度集体合同台账.xlsx").worksheets[0].iter_rows(values_only=True)
    spans = [str(row[4]).split("—") for row in rows if row[2] == kind]
    as_days = [["".join(f".{int(part):02d}" for part in end.split("."))[1:] for end in span] for span in spans]
    return sum(begin <= day <= end for begin, end in as_days)


@pytest.mark.skipif(not OWN_COUNTY.is_dir(), reason="the files of a made-up county lie beside the repository")
def test_a_whole_county_moves_in_through_the_pages(
    started: str, visit: OpenAddress, empty: Path, tmp_path: Path
) -> None:
    begun, page = time.monotonic(), visit(f"{started}/move-in")
    mover = Mover(page)
    found(mover)
    make_forms(mover)
    set_targets(mover)
    mover.follow("去上报 ›")
    send_in(mover, [own_file(word) for word in ("花名册", "经费", "帮扶", "合同", "历年", "目标")])
    steps, minutes = mover.steps, (time.monotonic() - begun) / 60
    print(f"{steps} presses, {minutes:.1f} minutes of waiting")
    assert steps < MOST
    figures_equal_truth(empty)
    targets_equal_truth(empty)
    names_no_person(empty)
    send_in(mover, next_quarter(tmp_path), before=6)
    assert mover.steps - steps < MOST_LATER
    assert values(empty, "2026Q3", "l01_rows", "l04_rows_c3_c1") == [71, in_force(tmp_path, "综合", "2026.09.30")]
