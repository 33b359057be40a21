"""Table verdicts: the numbers of a draft's tables against the readings, by the same rules as those of its sentences."""

from dataclasses import replace

from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.in_tables.table_numbers import NumberInTable
from stats.claims.from_data.judged_readings import judge_by_readings
from stats.claims.from_data.target_verdicts import judge_by_targets
from stats.claims.from_data.told_readings import ToldReadings

_OF_OTHERS = "合计只含表里的各行，或者表题另有限定，或者说的是打算，没有核对。"


def judge_in_table(number: NumberInTable, readings: ToldReadings, planned: bool = False) -> DataVerdict:
    """Return the verdict on a number of a table, by the targets where its table tells what is `planned`.

    What it agrees with in one of the measures that it may be in, agrees. It differs only if its labels name all of it.
    """
    if not number.possible:
        return DataVerdict(reason=number.why, phrase=number.phrase)
    judge = judge_by_targets if planned else judge_by_readings
    possible = [judge(each, readings) for each in number.possible]
    verdict = next((each for each in possible if each.agrees), possible[0])
    if verdict.agrees is False and (planned or not number.sure):
        verdict = DataVerdict(candidates=verdict.candidates, reason=_OF_OTHERS)
    certain = verdict.certain and (verdict.agrees is True or len(possible) == 1)
    return replace(verdict, phrase=number.phrase, certain=certain)
