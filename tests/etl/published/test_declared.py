"""What a county declares goes out as a zip and comes in the same; independent changes may come in any order."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import UserError
from stats.catalogue import BUILT_IN, FOLDER, USUAL_PACKS, Catalogue, load_catalogue
from stats.catalogue.layers import LOCAL, Layer, layers_of
from stats.catalogue_changes import catalogue_changes
from stats.catalogue_declared import Declared, read_declared, to_zip
from store.catalogue_versions import new_version
from tests.etl.published.declared import OWN

ALIASES = {"aliases.csv": "unit,alias,who,when,why\nT01,甲镇总工会,王五,2026-11-30,文件上的写法\n"}
TERM = {"reporting.yml": "due_days: 20\n"}
CODE = {"codes/yes_no.csv": "code,name,aliases,groups\npartly,部分,,\n"}
CHANGES = (OWN, ALIASES, TERM, CODE)


def laid_out(folder: Path, files: dict[str, str]) -> Catalogue:
    """Return the program's catalogue with a county's own files in a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return load_catalogue(layers_of(FOLDER, USUAL_PACKS, folder))


@given(st.sets(st.sampled_from(range(len(CHANGES)))), st.permutations(USUAL_PACKS))
def test_export_and_import_are_the_identity(
    tmp_path_factory: pytest.TempPathFactory, chosen: set[int], packs: list[str]
) -> None:
    declared = Declared(tuple(packs), {name: text for number in chosen for name, text in CHANGES[number].items()})
    path = tmp_path_factory.mktemp("zip") / "目录.zip"
    path.write_bytes(to_zip(declared))
    assert read_declared(path) == declared
    assert to_zip(read_declared(path)) == path.read_bytes()


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_independent_changes_give_the_same_catalogue_in_any_order(order: tuple[int, ...], tmp_path: Path) -> None:
    all_at_once = laid_out(tmp_path / "whole", {name: text for files in CHANGES for name, text in files.items()})
    step: dict[str, str] = {}
    for number, change in enumerate(order):
        step |= CHANGES[change]
        made = laid_out(tmp_path / str(number), step)
    assert catalogue_changes(all_at_once, made) == []
    assert len(catalogue_changes(load_catalogue(), made)) == len(OWN) + 1 + 1 + 1 + 1  # two items stand in one file


def test_a_row_of_settings_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    made, usual = laid_out(tmp_path, TERM | CODE), load_catalogue()
    assert (made.reporting.due_days, made.reporting.size) == (20, usual.reporting.size)
    assert made.codes["yes_no"].names() == [*usual.codes["yes_no"].names(), "部分"]


def test_every_entry_knows_its_layers(tmp_path: Path) -> None:
    code = next(iter(load_catalogue().domains))
    made = laid_out(tmp_path, {"domains.yml": f"{code}: {{name: 换了名字的领域}}\n"})
    assert made.origins["domains", code] == ("core", LOCAL)
    assert {layers for (kind, _), layers in made.origins.items() if kind == "forms"} == {USUAL_PACKS}
    assert BUILT_IN[-1] == Layer(USUAL_PACKS[0], FOLDER / "packs" / USUAL_PACKS[0])


def test_an_unknown_pack_is_told() -> None:
    with pytest.raises(UserError, match=f"没有名为“report-2012”的目录包，是不是“{USUAL_PACKS[0]}”"):
        layers_of(FOLDER, ["report-2012"])


@pytest.mark.parametrize("name", ["../x.yml", "/etc/x.yml", "forms/../../x.yml", "forms/x.yaml", "x/forms/a.yml"])
def test_a_file_that_no_catalogue_has_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="目录里不能有"):
        new_version(0, USUAL_PACKS, {name: ""}, changes=(), who="", why="")


def test_what_is_no_export_is_told(tmp_path: Path) -> None:
    path = tmp_path / "目录.zip"
    path.write_bytes(b"PK")
    with pytest.raises(UserError, match="不是导出的目录"):
        read_declared(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("packs.json", '{"a": 1}')
    with pytest.raises(UserError, match=r"packs\.json"):
        read_declared(path)
