"""The rules between forms and quarters are declared, and a slip in declaring one is told with the nearest word."""

import shutil
from pathlib import Path

import pytest

from base.errors import UserError
from stats.catalogue import FOLDER
from tests.lib.catalogue import PACK, read_folder

SLIPS = {
    "a column of its own form": (
        "R04",
        "left: delegates,",
        "left: delegats,",
        "没有名为“delegats”的栏，是不是“delegates”",
    ),
    "a column of the other form": (
        "R04",
        "right: workers_women",
        "right: worker_women",
        "R04.yml：R01 没有名为“worker_women”的栏，是不是“workers_women”",
    ),
    "the other form": ("R04", "form: R01, right: workers}", "form: R10X, right: workers}", "没有报表“R10X”"),
    "the column that names the other row": ("R15", "by: employer_code", "by: employer_cod", "“employer_cod”"),
    "a form whose rows one column does not tell apart": (
        "R04",
        "form: R01, right: workers}",
        "form: R06, right: closing}",
        "R06 的一行要由一栏认定",
    ),
    "a column of history": ("R06", "last: closing", "last: closng", "没有名为“closng”的栏，是不是“closing”"),
    "a column of history that holds words": ("R06", "column: opening", "column: type", "“type”不是数字栏"),
    "a role": ("R13", "role: targets", "role: target", "“role”的内容不对：'target'"),
    "a column that a role needs": (
        "R13",
        "code: comparator,",
        "code: compare,",
        "要有名为“comparator”的栏，是不是“compare”",
    ),
    "the type of a column that a role needs": (
        "R18",
        "code: checked, name: 复核分, type: score",
        "code: checked, name: 复核分, type: number",
        "R18.yml：role“scores”的栏“checked”的 type 要写 score",
    ),
    "the key of a role": ("R13", "unit, year, document]", "unit, year]", "key 要写 [indicator, unit, year, document]"),
    "two forms in one role": (
        "R13",
        "role: targets",
        "role: scores",
        "“scores”只能写在一张报表里，现在写在R13、R18里",
    ),
    "no register of organisations": ("R00", "role: units\n", "", "没有一张报表登记单位"),
    "a word of the rule": ("R06", "continues:", "continus:", "不认识“history.continus”"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_rule_is_told(slip: str, tmp_path: Path) -> None:
    form, right, wrong, told = SLIPS[slip]
    folder = shutil.copytree(FOLDER, tmp_path / "catalogue")
    path = folder / PACK / "forms" / f"{form}.yml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_folder(folder)
    assert told in str(error.value)


def test_a_threshold_for_an_unknown_measure_is_told(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "catalogue")
    path = folder / "history.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("person:", "persn:"), encoding="utf-8")
    with pytest.raises(UserError, match="没有计量单位“persn”，是不是“person”"):
        read_folder(folder)
