"""Returns: the files that the county's areas, larger enterprises and offices send, quarter by quarter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from base.periods import format_quarter, say_quarter
from etl.sample.corrections import first_version, without_roster
from etl.sample.county.calendar import FIRST, LAST, QUARTERS, YEAR_END, first_day, last_day
from etl.sample.county.county_state import COUNTY_NAME, Area, County, Union
from etl.sample.county.founding import found_county
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.county.terms import committee_terms, term_rows
from etl.sample.draw_sheets import DrawnSheet, Filled, draw
from etl.sample.form_rows.aid import Archives, instructor_rows
from etl.sample.form_rows.contacts import research_topics, topic_rows
from etl.sample.form_rows.contracts import contract_rows
from etl.sample.form_rows.example_scores import score_rows
from etl.sample.form_rows.first_responses import event_rows, first_events
from etl.sample.form_rows.ledgers import ledger_rows
from etl.sample.form_rows.offers import bargaining_rounds, offer_rows
from etl.sample.form_rows.organisation_registers import employer_rows, register_rows
from etl.sample.form_rows.rosters import UNION_FORMS, Rosters
from etl.sample.form_rows.standards import Assessments
from etl.sample.form_rows.yearly_targets import document_rows, target_rows
from etl.sample.funds import FUND_FORMS, fund_rows
from etl.sample.sheet_looks import PLAIN, SheetLook, for_text_file, look_of
from stats.catalogue import Catalogue

REGISTERS = "00名册"
LATE_DAY = date(2011, 8, 19)
CORRECTED_AFTER = timedelta(days=41)  # from the quarter's end to the day of a corrected roster
OFFICES = {
    "经济技术部": ("R02", "R08"),
    "法律部": ("R03", "R17", "R05", "R25", "R15"),
    "保障部": ("R06", "R07", "R10", "R12", "R37", "R38"),
    "组织宣传部": ("R09", "R14", "R16", "R34", "R35", "R36", "R39", *FUND_FORMS),
}
# Ledgers without any figure of the report.
ALL_EXAMPLE = ("R17", "R25", "R34", "R35", "R36", "R37", "R38", "R39", *FUND_FORMS)
DOCUMENTS = "R39"  # sent only when a document comes into force or ceases to be
MONTH_SHEETS = ("R31",)  # ledgers with a sheet for each month


@dataclass(frozen=True)
class SampleFile:
    """A file to send: its path below the sample's folder, its sheets and their look. `legacy` means a shipped .xls."""

    path: str
    sheets: tuple[Filled, ...]
    look: SheetLook
    legacy: str = ""


class Sample:
    """The sample county and every file it sends."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Build the county once."""
        self.catalogue = catalogue
        self.county: County = found_county()
        self.rosters = Rosters(self.county)
        self.ledgers = ledger_rows(self.county, catalogue) | fund_rows(self.county, self.rosters)
        self.archives = Archives(self.county)
        self.assessments = Assessments(self.county, self.rosters, catalogue)
        self.rounds = bargaining_rounds(self.county, self.rosters.contracts)
        self.events = first_events(self.county, catalogue.forms["R25"].deadline("response"))
        self.topics = research_topics()
        self.terms = committee_terms(self.county)
        self.changes = read_data("changes.yml")
        self.singles = self._choose_singles()
        self._missing = self._choose_missing()

    def books(self) -> Iterator[SampleFile]:
        """Yield every file, the registers first."""
        yield from self._registers()
        for quarter in QUARTERS:
            yield from self._offices(quarter)
            yield from self._areas(quarter)
            yield from self._singles(quarter)

    def draw(self, book: SampleFile) -> list[DrawnSheet]:
        """Return the sheets of a file as drawn."""
        return [draw(sheet, book.look, self.catalogue, self.county) for sheet in book.sheets]

    def _fill(self, form: str, reporter: str, quarter: int, rows: list[Row], example: bool = False) -> Filled:
        return Filled(form=self.catalogue.forms[form], reporter=reporter, quarter=quarter, rows=rows, example=example)

    def _registers(self) -> Iterator[SampleFile]:
        for quarter in QUARTERS:
            if rows := register_rows(self.county, quarter):
                name = "单位名册" if quarter == FIRST else f"单位名册变动（{say_quarter(quarter)}）"
                yield SampleFile(
                    f"{REGISTERS}/{name}.xlsx", (self._fill("R00", COUNTY_NAME, quarter, rows, True),), PLAIN
                )
        for code, rows in employer_rows(self.county, FIRST).items():
            name = self.county.areas[code].name
            sheet = self._fill("R00E", name, FIRST, rows, True)
            yield SampleFile(f"{REGISTERS}/{name}企业名录.xlsx", (sheet,), look_of(code))

    def _offices(self, quarter: int) -> Iterator[SampleFile]:
        for office, forms in OFFICES.items():
            sheets = tuple(sheet for form in forms for sheet in self._ledger_sheets(form, quarter))
            look = replace(look_of(office), signed=office, lead_column=False)
            yield SampleFile(f"{say_quarter(quarter)}/{office}{say_quarter(quarter)}台账.xlsx", sheets, look)
        if rows := target_rows(quarter):
            targets = self._fill("R13", COUNTY_NAME, quarter, rows, True)
            yield SampleFile(f"{say_quarter(quarter)}/年度目标任务分解表.xlsx", (targets,), PLAIN)
        if rows := score_rows(self.catalogue, quarter):
            scores = self._fill("R18", COUNTY_NAME, quarter, rows, True)
            yield SampleFile(f"{say_quarter(quarter)}/考核评分表.xlsx", (scores,), PLAIN)
        if standards := self.assessments.filed(quarter):
            yield self._standards(quarter, standards)

    def _ledger_sheets(self, form: str, quarter: int) -> Iterator[Filled]:
        """Yield the sheet of an office's ledger, or one for each month."""
        rows = self._ledger(form, quarter)
        if form == DOCUMENTS and not rows:
            return
        filled = self._fill(form, COUNTY_NAME, quarter, rows, form in ALL_EXAMPLE)
        if form not in MONTH_SHEETS:
            yield filled
            return
        for month in range(first_day(quarter).month, last_day(quarter).month + 1):
            own = [row for row in rows if row["date"].month == month]
            yield replace(filled, rows=own, sheet=f"{filled.form.name}{month}月")

    def _standards(self, quarter: int, rows: dict[str, list[Row]]) -> SampleFile:
        """Return the file with the assessments of a quarter, in ticks."""
        sheets = tuple(self._fill(form, COUNTY_NAME, quarter, form_rows, True) for form, form_rows in rows.items())
        look = replace(PLAIN, ticks=("√", "×"), lead_row=True, blanks=2, signed="组织宣传部")
        return SampleFile(f"{say_quarter(quarter)}/工会规范化建设考评.xlsx", sheets, look)

    def _ledger(self, form: str, quarter: int) -> list[Row]:
        if form == "R03":
            return contract_rows(self.county, self.rosters.contracts, quarter)
        if form == "R17":
            return offer_rows(self.rounds, quarter)
        if form == "R06":
            return self.archives.rows(quarter)
        if form == "R12":
            return instructor_rows(self.county, self.rosters, quarter)
        if form == "R35":
            return topic_rows(self.topics, quarter)
        if form == DOCUMENTS:
            return document_rows(quarter)
        if form == "R36":
            return term_rows(self.terms, quarter)
        if form == "R25":
            return event_rows(self.events, quarter)
        return self.ledgers[form, quarter]

    def _areas(self, quarter: int) -> Iterator[SampleFile]:
        changed = employer_rows(self.county, quarter) if quarter > FIRST else {}
        for area in self.county.areas.values():
            if area.code not in self._missing[quarter]:
                yield from self._area(area, quarter, changed.get(area.code, []))

    def _area(self, area: Area, quarter: int, employers: list[Row]) -> Iterator[SampleFile]:
        unions = [
            union
            for union in self.county.unions_of(area.code, quarter)
            if union not in self.singles and union.code not in self._missing[quarter]
        ]
        rows = {form: self.rosters.rows(form, unions, quarter) for form in UNION_FORMS} | {"R00E": employers}
        left_out = without_roster(self.county, quarter, {union.code for union in self.singles})
        rows["R01"] = right = [row for row in rows["R01"] if row["union"] not in left_out]
        rows["R01"] = first_version(area, quarter, right) or right
        sheets = tuple(self._fill(form, area.name, quarter, form_rows) for form, form_rows in rows.items() if form_rows)
        yield from self._send(area, quarter, sheets)
        if rows["R01"] is not right:
            yield self._correct(area, quarter, right)

    def _correct(self, area: Area, quarter: int, rows: list[Row]) -> SampleFile:
        """Return the file with an area's corrected roster."""
        sheet = self._fill("R01", area.name, quarter, rows)
        path = f"{say_quarter(quarter)}/{area.name}{say_quarter(quarter)}报表（更正）.xlsx"
        return SampleFile(path, (replace(sheet, day=last_day(quarter) + CORRECTED_AFTER),), look_of(area.code))

    def _send(self, area: Area, quarter: int, sheets: tuple[Filled, ...]) -> Iterator[SampleFile]:
        """Yield the files with an area's sheets: one workbook, sometimes one CSV file per sheet, or an .xls."""
        stem = f"{say_quarter(quarter)}/{area.name}{say_quarter(quarter)}"
        look, mark = look_of(area.code), format_quarter(quarter)
        if area.code in self.changes["csv"]["areas"] and mark in self.changes["csv"]["quarters"]:
            for sheet in sheets:
                yield SampleFile(f"{stem}{sheet.form.name}.csv", (sheet,), for_text_file(look))
        elif [area.code, mark] in self.changes["xls"]:
            yield SampleFile(f"{stem}报表.xls", sheets, look, legacy=f"{area.code}_{mark}.xls")
        elif quarter == LAST and area.code in self.changes["late_in_2011Q2"]:
            yield SampleFile(f"{stem}报表（补报）.xlsx", tuple(replace(sheet, day=LATE_DAY) for sheet in sheets), look)
        else:
            yield SampleFile(f"{stem}报表.xlsx", sheets, look)

    def _singles(self, quarter: int) -> Iterator[SampleFile]:
        for union in self.singles:
            if union.code not in self._missing[quarter]:
                sheets = tuple(self._single(form, union, quarter) for form in UNION_FORMS)
                path = f"{say_quarter(quarter)}/{union.name}{say_quarter(quarter)}报表.xlsx"
                yield SampleFile(path, sheets, replace(look_of(union.code), lead_column=False))

    def _single(self, form: str, union: Union, quarter: int) -> Filled:
        return replace(self._fill(form, union.name, quarter, self.rosters.rows(form, [union], quarter)), single=True)

    def _choose_singles(self) -> list[Union]:
        """Return the unions that report for themselves: the named ones, and the largest that are open throughout."""
        wanted = self.changes["singles"]
        named = [self.county.find_union(name) for name in wanted["named"]]
        moved = self.changes["moved"]["union"]
        lasting = [
            union
            for union in self.county.open_unions(FIRST)
            if union.scale and union.ended_on is None and union not in named and union.name != moved
        ]
        lasting.sort(key=lambda union: -self.county.workers(union.code, YEAR_END))
        return named + lasting[: wanted["largest"]]

    def _choose_missing(self) -> dict[int, set[str]]:
        """Return, by quarter, the codes of areas and unions whose returns are missing."""
        missing: dict[int, set[str]] = {quarter: set() for quarter in QUARTERS}
        wanted = self.changes["missing_in_2011Q2"]
        areas = set(wanted["areas"])
        others = [
            union.code
            for union in self.county.open_unions(FIRST)
            if union.open_in(LAST) and union not in self.singles and union.home(LAST) not in areas
        ]
        singles = {union.code for union in self.singles[-wanted["singles"] :]}
        missing[LAST] = areas | singles | set(chance("missing").sample(others, wanted["unions"]))
        return missing
