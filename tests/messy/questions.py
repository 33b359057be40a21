"""What is asked about: for each question a file that raises it and one that just does not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.lib.county import town_one, union_row
from tests.messy.returns import (
    Q2,
    Maker,
    aid,
    archives,
    book,
    cadres,
    contest,
    contract,
    democracy,
    employer,
    employers,
    fees,
    roster,
    union,
    with_notes,
    worker_rows,
)


@dataclass(frozen=True)
class Question:
    """What is in the store before, a file that raises the question, one that just does not, and what is said."""

    rule: str
    sent: Maker
    near: Maker
    says: str
    before: Sequence[Maker] = field(default=())
    also: tuple[str, ...] = ()  # other rules that the same slip breaks


FOUR_TOWNS = [
    (f"{name}", kind, 20, 1, 1) for name in ("甲镇", "乙乡", "丙镇", "丁镇") for kind in ("困难职工", "特困职工")
]
WAGES = {"wages": 12_000}
QUESTIONS: dict[str, Question] = {
    "a date before the quarter": Question(
        "early_date", book(aid({"date": "2007-12-31"})), book(aid({"date": "2008-01-01"})), "日期是2007-12-31"
    ),
    "more households than persons": Question(
        "relation",
        book(aid({"households": 31, "persons": 30})),
        book(aid({"households": 30, "persons": 30})),
        "户数填的是31，人数填的是30",
    ),
    "fees due that are not two per cent of wages": Question(
        "relation",
        book(fees({"wages": 100_000, "due": 1_950})),
        book(fees({"wages": 100_000, "due": 1_970})),
        "应缴经费填的是1950",
    ),
    "a sheet of another kind beside a form": Question(
        "unknown_form", with_notes(roster(*town_one())), book(roster(*town_one())), "表“说明”（1行1列）"
    ),
    "a file named for another quarter": Question(
        "file_period",
        book(roster(*town_one()), name="甲镇2008年四季度.xlsx"),
        book(roster(*town_one()), name="甲镇2008年4月报.xlsx"),
        "文件名写的是2008年四季度，表里写的是2008年一季度",
    ),
    "a jump beside last quarter": Question(
        "jump",
        book(roster(union_row("甲一厂工会", 50, 401), period=Q2)),
        book(roster(union_row("甲一厂工会", 50, 399), period=Q2)),
        "“甲一厂工会”职工人数·合计上季度100人，这次401人",
        [book(roster(union_row("甲一厂工会", 50, 100)))],
    ),
    "a fall beside last quarter": Question(
        "jump",
        book(roster(union_row("甲一厂工会", 50, 299), period=Q2)),
        book(roster(union_row("甲一厂工会", 50, 300), period=Q2)),
        "上季度900人，这次299人",
        [book(roster(union_row("甲一厂工会", 50, 900)))],
    ),
    "a jump beside the quarter after, which came first": Question(
        "jump",
        book(roster(union_row("甲一厂工会", 50, 401))),
        book(roster(union_row("甲一厂工会", 50, 399))),
        "下季度100人，这次401人",
        [book(roster(union_row("甲一厂工会", 50, 100), period=Q2))],
    ),
    "ten thousand times last quarter": Question(
        "unit_slip",
        book(fees({"wages": 120_000_000, "before": 240}, period=Q2)),
        book(fees({"wages": 1_900_000, "before": 240}, period=Q2)),
        "上季度1.2万元，这次1.2亿元",
        [book(fees(WAGES))],
    ),
    "a thousand times last quarter": Question(
        "unit_slip",
        book(fees({"wages": 13_000_000, "before": 240}, period=Q2)),
        book(fees({"wages": 2_000_000, "before": 240}, period=Q2)),
        "上季度1.2万元，这次1300万元",
        [book(fees(WAGES))],
    ),
    "a hundredth of last quarter": Question(
        "unit_slip",
        book(roster(union_row("甲一厂工会", 5, 9), period=Q2)),
        book(roster(union_row("甲一厂工会", 5, 301), period=Q2)),
        "上季度900人，这次9人",
        [book(roster(union_row("甲一厂工会", 5, 900)))],
    ),
    "a whole column in another unit": Question(
        "unit_slip",
        book(roster(*worker_rows(40_000), period=Q2)),
        book(roster(*worker_rows(120), period=Q2)),
        "这样的共3行，这次合计120000人",
        [book(roster(*worker_rows(40)))],
    ),
    "a ledger in another unit of money": Question(
        "unit_slip",
        book(aid(*({"date": "2008-05-01", "amount": 2} for _ in range(5)), period=Q2)),
        book(aid(*({"date": "2008-05-01", "amount": 200} for _ in range(5)), period=Q2)),
        "金额居中的数上季度2万元，这次2元",
        [book(aid(*({"amount": 2} for _ in range(5)), money="万元、吨"))],
    ),
    "last quarter's file again": Question(
        "same_as_last",
        book(archives(*FOUR_TOWNS, period=Q2)),
        book(archives(*FOUR_TOWNS[:-1], ("丁镇", "特困职工", 20, 2, 1), period=Q2)),
        "8行的数与上季度（2008年一季度）完全一样",
        [book(archives(*FOUR_TOWNS))],
    ),
    "files that do not open where they were closed": Question(
        "continuity",
        book(archives(("甲镇", "困难职工", 22, 0, 0), period=Q2)),
        book(archives(("甲镇", "困难职工", 21, 5, 2), period=Q2)),
        "“甲镇·困难职工”期初是22人，上季度期末是21人",
        [book(archives(("甲镇", "困难职工", 20, 2, 1)))],
    ),
    "files that do not lead to the quarter after": Question(
        "continuity",
        book(archives(("甲镇", "困难职工", 20, 3, 1))),
        book(archives(("甲镇", "困难职工", 20, 2, 1))),
        "期末是22人，已收下的下季度期初是21人",
        [book(archives(("甲镇", "困难职工", 21, 5, 2), period=Q2))],
    ),
    "a year's sum that does not go on": Question(
        "continuity",
        book(fees({"wages": 12_000, "due_year": 500}, period=Q2)),
        book(fees({"wages": 12_000, "due_year": 480}, period=Q2)),
        "本年累计·应缴是500元",
        [book(fees(WAGES))],
    ),
    "a year's sum that does not start anew": Question(
        "continuity",
        book(fees({"wages": 12_000, "paid_year": 900})),
        book(fees({"wages": 12_000, "paid_year": 240})),
        "本年累计·实缴是900元",
    ),
    "more delegates than workers, in one file": Question(
        "across",
        book(roster(*town_one()), democracy(delegates=101)),
        book(roster(*town_one()), democracy(delegates=100)),
        "职代会·职工代表人数是101人，“基层工会组织情况表”2008年一季度的职工人数·合计是100人",
    ),
    "more delegates than workers, in two files": Question(
        "across",
        book(democracy(delegates=101)),
        book(democracy(delegates=100)),
        "职工代表人数是101人",
        [book(roster(*town_one()))],
    ),
    "fewer workers than delegates, the other way round": Question(
        "across",
        book(roster(*town_one())),
        book(roster(union_row("甲一厂工会", 50, 101))),
        "职工人数·合计是100人，已收下的“民主管理情况表”2008年一季度的职代会·职工代表人数是101人",
        [book(democracy(delegates=101))],
    ),
    "a women's organisation in one form only": Question(
        "across",
        book(roster(*town_one()), democracy(women_org="是")),
        book(roster(*town_one()), democracy(women_org="否")),
        "女职工组织是“是”，“基层工会组织情况表”2008年一季度的女职工组织是“否”",
    ),
    "wages no one could live on": Question(
        "across",
        book(roster(*town_one()), fees({"wages": 49_950})),
        book(roster(*town_one()), fees({"wages": 50_000})),
        "职工工资总额是4.995万元",
    ),
    "wages in 元 reported as 万元": Question(
        "across",
        book(roster(*town_one()), fees({"wages": 50_000}, money="万元")),
        book(roster(*town_one()), fees({"wages": 500}, money="万元")),
        "职工工资总额是5亿元",
        also=("out_of_line",),
    ),
    "fewer cadres in an area than in its unions": Question(
        "across",
        book(cadres(1)),
        book(cadres(2)),
        "工会干部·专职是1人，“基层工会组织情况表”2008年一季度的各工会合计工会干部·专职是2人",
        [book(roster(*worker_rows(9, cadres_full=1)[:2]))],
    ),
    "more cadres in the unions than in their area": Question(
        "across",
        book(roster(*worker_rows(9, cadres_full=1)[:2])),
        book(roster(union_row("甲一厂工会", 5, 9, cadres_full=1))),
        "“甲镇”各工会工会干部·专职合计是2人，已收下的“工会干部与指导员表”2008年一季度的工会干部·专职是1人",
        [book(cadres(1))],
    ),
    "more contestants than workers": Question(
        "across", book(contest(101)), book(contest(100)), "参赛职工数是101人，“企业名录”", [book(employer(100))]
    ),
    "an enterprise that is large in one form only": Question(
        "across", book(contest(9, "否")), book(contest(9)), "规模以上是“否”，“企业名录”", [book(employer(100))]
    ),
    "a contract that covers more than its enterprise": Question(
        "across", book(contract(151)), book(contract(150)), "覆盖·职工数是151人，“企业名录”", [book(employers(100))]
    ),
    "a union closed behind its own reports": Question(
        "register_reaches_back",
        book(union(status="撤销")),
        book(union("2008年三季度", status="撤销", effective="2008-07-01")),
        "从2008年二季度起撤销或合并，已收下的报表里它填到了2008年二季度",
        [book(roster(*town_one(), period=Q2))],
    ),
    "a union moved behind its own reports": Question(
        "register_reaches_back",
        book(union(parent="T02")),
        book(union(parent="T01")),
        "由甲镇划归乙乡",
        [book(roster(*town_one(), period=Q2))],
    ),
}  # fmt: skip
