"""The county's funds, all example data: mutual insurance, budgets, arrears of fees, audits and what they find."""

from etl.sample.county.county_state import COUNTY, County
from etl.sample.form_rows.rosters import Rosters
from etl.sample.funds.audits import audit_rows, found_problems, recovery_rows
from etl.sample.funds.budgets import arrear_rows, budget_rows
from etl.sample.funds.filing import Filed, file_again_when_done, file_by_day, no_rows, number_rows
from etl.sample.funds.insurance import insurance_rows

FUND_FORMS = ("R31", "R32", "R32E", "R33", "R33E")


def fund_rows(county: County, rosters: Rosters) -> Filed:
    """Return the rows of every form about funds by quarter; a problem or debt is filed again when it is settled."""
    filed = no_rows(FUND_FORMS)
    file_by_day(filed, "R31", insurance_rows(county, rosters))
    number_rows(filed, "R31", "互")
    for place in (COUNTY, *county.areas):
        for quarter, rows in budget_rows(place).items():
            filed["R32", quarter] += rows
    file_again_when_done(filed, "R32E", "settled", arrear_rows(county))
    audits = audit_rows(county, rosters)
    problems = found_problems(audits)
    file_by_day(filed, "R33", [*audits, *recovery_rows(county, rosters, problems)])
    number_rows(filed, "R33", "审")
    file_again_when_done(filed, "R33E", "mended", problems)
    return filed
