"""Boards: what they name is checked, a slip is answered with the nearest word, and every field of work has a page."""

import shutil
from pathlib import Path

import pytest
import yaml

from base.errors import UserError
from stats.catalogue import FOLDER, Catalogue, load_catalogue
from tests.lib.catalogue import PACK, read_folder

# A slip in a panel of each kind, and what is to be said.
SLIPS = [
    ({"kind": "cours"}, "是不是“course”？"),
    ({"kind": "course", "indicatorz": []}, "是不是“indicators”？"),
    ({"kind": "course", "indicators": ["{indicator}x"]}, "是不是“{indicator}”？"),
    ({"kind": "areas", "indicator": "{indicator}x"}, "是不是“{indicator}”？"),
    ({"kind": "split", "item": "{item}x", "by": "a"}, "是不是“{item}”？"),
    ({"kind": "split", "item": "{item}", "by": "{column}x"}, "是不是“{column}”？"),
    ({"kind": "records", "form": "{form}x", "name": "甲", "columns": ["a"], "sort": "a"}, "没有报表“{form}x”"),
    ({"kind": "records", "form": "{form}", "name": "甲", "columns": ["{column}"], "sort": "{column}x"}, "没有名为"),
]


@pytest.fixture
def words(catalogue: Catalogue) -> dict[str, str]:
    """Names that are right, for slips to be made from."""
    item = next(found for found in catalogue.items.values() if found.take is None)
    form = catalogue.forms[item.form]
    column = next(found.code for found in form.columns if found.type == "code")
    return {"indicator": next(iter(catalogue.indicators)), "item": item.code, "form": form.code, "column": column}


@pytest.mark.parametrize(("panel", "said"), SLIPS)
def test_a_slip_is_answered(panel: dict[str, object], said: str, words: dict[str, str], tmp_path: Path) -> None:
    filled = yaml.safe_load(yaml.safe_dump(panel, allow_unicode=True).format_map(_Braces(words)))
    with pytest.raises(UserError) as caught:
        read_folder(with_board(tmp_path, filled))
    assert said.format_map(words) in str(caught.value)


def test_a_column_that_holds_no_codes_parts_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    item = next(found for found in catalogue.items.values() if found.take)
    with pytest.raises(UserError, match="不合用"):
        read_folder(with_board(tmp_path, {"kind": "split", "item": item.code, "by": item.take}))


def test_rates_share_one_scale(catalogue: Catalogue, tmp_path: Path) -> None:
    by_unit = {found.unit: found.code for found in catalogue.indicators.values()}
    with pytest.raises(UserError, match="同一个计量单位"):
        read_folder(with_board(tmp_path, {"kind": "rates", "indicators": list(by_unit.values())[:2]}))


def test_every_field_of_work_has_a_page(catalogue: Catalogue, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "catalogue")
    shutil.rmtree(tmp_path / "catalogue" / PACK / "boards")
    shutil.rmtree(tmp_path / "catalogue" / PACK / "outlines")  # they name panels of the boards
    bare = read_folder(tmp_path / "catalogue")
    used = {found.domain for found in catalogue.indicators.values()}
    assert {board.domain for board in bare.boards.values()} == used
    assert all(board.panels for board in bare.boards.values())


def with_board(folder: Path, panel: dict[str, object]) -> Path:
    """Return a copy of the catalogue with one more board of one panel."""
    made = folder / "catalogue"
    shutil.copytree(FOLDER, made)
    domain = next(iter(load_catalogue().domains))
    board = {"name": "试", "domain": domain, "panels": [{"code": "p"} | panel]}
    (made / PACK / "boards" / "trial.yml").write_text(yaml.safe_dump(board, allow_unicode=True), encoding="utf-8")
    return made


class _Braces(dict[str, str]):
    """Leaves a word in braces that is none of ours as it stands."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
