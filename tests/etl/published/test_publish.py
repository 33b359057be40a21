"""What a county declares is published whole, tried on its data first, and taken back as a version of its own."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from base.errors import UserError
from base.periods import parse_span
from etl.intake import load_paths, withdraw
from etl.load import Build
from etl.publishing import publish_catalogue as publish_catalogue_module
from etl.publishing.publish_catalogue import publish_catalogue
from etl.publishing.try_catalogue import try_catalogue
from stats.__main__ import main as stats_main
from stats.catalogue import FOLDER, USUAL_PACKS, load_catalogue
from stats.catalogue.layers import layers_of
from stats.catalogue_declared import Declared, check_declared, declared_in, to_zip
from stats.catalogue_in_force import catalogue_in_force, catalogue_under, faults_of_newest
from stats.readings import Reading, read
from stats.readings.trace import trace
from stats.warehouse import open_warehouse
from store.audit import verify
from store.catalogue_versions import append_version, lay_out, new_version, newest, versions
from tests.etl.published.declared import FORM, ITEMS, OWN, RATE, VISITS, write_visits
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, begin_store, town_one, write_roster

QUARTER = parse_span("2008Q1")
RATE_CODE = "home_solved_rate"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A store with the small county's register."""
    return begin_store(tmp_path / "store")


def read_all(store: Path, codes: tuple[str, ...] = ()) -> list[Reading]:
    with closing(open_warehouse(store)) as warehouse:
        return read(warehouse, catalogue_under(warehouse), "COUNTY", QUARTER, codes)


def test_a_form_of_ones_own_gives_a_figure_with_its_cells(small: Path, tmp_path: Path) -> None:
    version = publish_catalogue(small, VISITS, "李四", "加一张走访表")
    assert version.number == 1 and [change[:2] for change in version.changes] == ["新增"] * 4
    summary = load_paths([write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30), ("乙乡", 60, 20))], small)
    assert summary.count("accepted") == 1
    with closing(open_warehouse(small)) as warehouse:
        catalogue = catalogue_under(warehouse)
        assert (warehouse.catalogue, catalogue.version) == (1, 1)
        assert catalogue.origins["indicators", RATE_CODE] == ("local",)
        (reading,) = read(warehouse, catalogue, "COUNTY", QUARTER, (RATE_CODE,))
        cells = trace(warehouse, catalogue, RATE_CODE, "COUNTY", QUARTER)
    assert (reading.numerator, reading.denominator, reading.value) == (50, 100, 0.5)
    assert {(cell.address, cell.value) for cell in cells} == {("B4", 40), ("B5", 60), ("C4", 30), ("C5", 20)}


def test_other_figures_stay_as_they_were(small: Path) -> None:
    before = read_all(small)
    publish_catalogue(small, VISITS, "李四", "加一张走访表")
    after = [reading for reading in read_all(small) if reading.indicator != RATE_CODE]
    assert [reading.as_row() for reading in after] == [reading.as_row() for reading in before]


@pytest.mark.parametrize("seed", [3])
def test_readings_of_untouched_indicators_never_change_with_a_publish(seed: int, small: Path, tmp_path: Path) -> None:
    """Whatever is published, some independent changes after others in a random order, and then taken back."""
    load_paths([write_roster(tmp_path, "甲镇", "2008年一季度", town_one())], small)
    before = [reading.as_row() for reading in read_all(small)]
    assert any(reading.value for reading in read_all(small))
    code = {"codes/yes_no.csv": "code,name,aliases,groups\npartly,部分,,\n"}
    changes = [OWN, {"aliases.csv": ALIAS}, code, {"reporting.yml": "due_days: 20\n"}]
    order = Random(seed).sample(changes, len(changes))
    for files in (order[0] | order[1], order[0] | order[1] | order[2] | order[3], order[3], {}):
        publish_catalogue(small, Declared(USUAL_PACKS, files), "李四", "加一样，去一样")
        assert [row.as_row() for row in read_all(small) if row.indicator != RATE_CODE] == before, sorted(files)


def test_a_version_is_not_taken_back_while_its_files_are_in_force(small: Path, tmp_path: Path) -> None:
    publish_catalogue(small, VISITS, "李四", "加一张走访表")
    seq = load_paths([write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30))], small).outcomes[0].seq
    with pytest.raises(UserError, match=r"走访\.xlsx"):
        publish_catalogue(small, declared_in(small, 0), "李四", "退回")
    assert newest(small) == 1 and read_all(small, (RATE_CODE,))[0].value == 0.75
    assert seq is not None
    withdraw(small, seq, "不用了", "李四")
    taken_back = publish_catalogue(small, declared_in(small, 0), "李四", "退回")
    assert taken_back.number == 2 and [change[:2] for change in taken_back.changes] == ["停用"] * 4
    assert RATE_CODE not in catalogue_in_force(small).indicators


FAULTS = {
    "an item of no form": ({"items.yml": ITEMS.replace("form: X01", "form: X09")}, "X09"),
    "a measure that is unknown": ({"forms/X01.yml": FORM.replace("person_time", "persontime")}, "persontime"),
    "a key nobody knows": ({"indicators/home_solved_rate.yml": RATE + "colour: red\n"}, "不认识“colour”"),
    "a name that is taken": ({"indicators/home_solved_rate.yml": RATE.replace("走访解决率", "工会会员人数")}, "重复"),
    "no YAML": ({"items.yml": "a: [1"}, "本级目录 items.yml 读不了"),
    "a list for entries": ({"items.yml": "- 1"}, "要写成"),
    "a path that leads out": ({"../forms/X02.yml": FORM}, "不能有“../forms/X02.yml”"),
    "a script": ({"forms/run.py": "import os"}, "不能有“forms/run.py”"),
    "what is off and was never on": ({"off.yml": "indicators: [union_membrs]"}, "是不是“union_members”"),
    "what others need": ({"off.yml": "items: [union_members]"}, "union_members"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_nothing_is_published(fault: str, small: Path) -> None:
    files, said = FAULTS[fault]
    with pytest.raises(UserError, match=said):
        publish_catalogue(small, Declared(USUAL_PACKS, OWN | files), "李四", "试")
    with pytest.raises(UserError, match=said):
        check_declared(small, Declared(USUAL_PACKS, OWN | files))
    assert versions(small) == [] and catalogue_in_force(small).version == 0


def test_all_faults_are_told_at_once(small: Path) -> None:
    wrong = {"items.yml": ITEMS.replace("X01", "X09"), "indicators/home_solved_rate.yml": RATE + "colour: red\n"}
    with pytest.raises(UserError) as error:
        check_declared(small, Declared(USUAL_PACKS, OWN | wrong))
    assert "colour" in str(error.value) and "X09" in str(error.value)


def test_of_two_who_publish_at_once_the_second_is_told(small: Path) -> None:
    other = Declared(USUAL_PACKS, {"indicators/home_solved_rate.yml": RATE} | OWN | {"aliases.csv": ALIAS})
    with ThreadPoolExecutor(2) as both:
        done = [both.submit(publish_catalogue, small, wanted, "李四", "改", 0) for wanted in (VISITS, other)]
    (refused,) = filter(None, (publishing.exception() for publishing in done))
    assert isinstance(refused, UserError) and "第1版" in str(refused)
    assert [version.number for version in versions(small)] == [1] and catalogue_in_force(small).version == 1


ALIAS = "unit,alias,who,when,why\nT01,甲镇总工会,王五,2026-11-30,文件上的写法\n"


def test_without_who_or_why_or_a_change_nothing_is_published(small: Path) -> None:
    for wanted, who, why in ((VISITS, "", "加"), (VISITS, "李四", " "), (declared_in(small), "李四", "加")):
        with pytest.raises(UserError):
            publish_catalogue(small, wanted, who, why)
    assert versions(small) == []


def test_a_kill_before_the_build_is_published_leaves_the_next_load_to_make_it(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(publish_catalogue_module, "append_version", _killed)
        with pytest.raises(KeyboardInterrupt):
            publish_catalogue(small, VISITS, "李四", "加一张走访表")
    assert newest(small) == 0 and RATE_CODE not in catalogue_in_force(small).indicators
    with monkeypatch.context() as patch:
        patch.setattr(Build, "publish", _killed)
        with pytest.raises(KeyboardInterrupt):
            publish_catalogue(small, VISITS, "李四", "加一张走访表")
    with closing(open_warehouse(small)) as warehouse:
        assert (newest(small), warehouse.catalogue) == (1, 0)
        assert RATE_CODE not in catalogue_under(warehouse).indicators, "a build is read as it was made"
    assert load_paths([write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30))], small).count("accepted") == 1
    assert read_all(small, (RATE_CODE,))[0].value == 0.75
    assert verify(small).broken is None


def _killed(*_: object) -> int:
    raise KeyboardInterrupt


@pytest.fixture
def clashing(small: Path, tmp_path: Path) -> Iterator[Path]:
    """A store whose second version an earlier program took, and this one refuses."""
    publish_catalogue(small, VISITS, "李四", "加一张走访表")
    bad = OWN | {"items.yml": ITEMS.replace("person_time", "person_hour")}
    append_version(small, 1, new_version(1, USUAL_PACKS, bad, changes=(), who="李四", why="旧程序里发布的"))
    yield small


def test_a_clash_with_a_later_program_leaves_the_last_good_version_in_force(clashing: Path, tmp_path: Path) -> None:
    assert catalogue_in_force(clashing).version == 1
    assert "person_hour" in faults_of_newest(clashing)
    assert read_all(clashing)
    with pytest.raises(UserError, match="person_hour"):
        load_paths([write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30))], clashing)
    publish_catalogue(clashing, VISITS, "李四", "改正")
    assert catalogue_in_force(clashing).version == 3 and faults_of_newest(clashing) == ""


def test_a_form_of_the_program_is_changed_the_same_way(small: Path, tmp_path: Path) -> None:
    own = {"codes/unit_status.csv": "code,name,aliases,groups\nopen,在册,新建|迁入|正常|在册建会,\n"}
    publish_catalogue(small, Declared(USUAL_PACKS, own), "李四", "多一种写法")
    assert catalogue_in_force(small).codes["unit_status"].by_word["在册建会"]
    rows = [{"unit_code": "T03", "unit_name": "丙乡", "level": "乡镇", "parent": "COUNTY", "cluster": "东片",
             "status": "在册建会", "effective": "2008-04-01"}]  # fmt: skip
    book = write_book(tmp_path / "名册二.xlsx", Form("R00", REPORTER, "2008年二季度", rows))
    assert load_paths([book], small).count("returned") == 0


def test_the_commands_publish_export_import_and_take_back(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zipped, other = tmp_path / "目录.zip", begin_store(tmp_path / "other")
    zipped.write_bytes(to_zip(VISITS))
    named = ["--who", "李四", "--why", "加一张走访表"]
    assert stats_main(["catalogue", "publish", str(zipped), "--store", str(small), *named]) == 0
    assert stats_main(["catalogue", "export", "-o", str(tmp_path / "out.zip"), "--store", str(small)]) == 0
    assert (tmp_path / "out.zip").read_bytes() == zipped.read_bytes()
    assert stats_main(["catalogue", "import", str(tmp_path / "out.zip"), "--store", str(other), *named]) == 0
    assert stats_main(["catalogue", "take-back", "0", "--store", str(other), *named]) == 0
    capsys.readouterr()
    assert stats_main(["catalogue", "history", "--json", "--store", str(other)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["number"], row["who"], len(row["changes"])) for row in told] == [(2, "李四", 4), (1, "李四", 4)]
    assert stats_main(["catalogue", "diff", "1", "2", "--store", str(other)]) == 0
    assert capsys.readouterr().out.count("停用") == 4
    assert stats_main(["catalogue", "check", str(zipped), "--store", str(other)]) == 0
    assert capsys.readouterr().out.count("新增") == 4
    assert stats_main(["catalogue", "list", "--json", "--store", str(small)]) == 0
    listed = {row["code"]: row["layers"] for row in json.loads(capsys.readouterr().out)["entries"]}
    assert listed["X01"] == ["local"] and listed["union_members"] == list(USUAL_PACKS)


def test_a_trial_tells_which_figures_would_change_and_keeps_nothing(small: Path, tmp_path: Path) -> None:
    publish_catalogue(small, VISITS, "李四", "加一张走访表")
    load_paths([write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30), ("乙乡", 60, 20))], small)
    before = sorted(small.rglob("*"))
    other = Declared(USUAL_PACKS, OWN | {"indicators/home_solved_rate.yml": RATE.replace("decimals: 1", "decimals: 0")})
    trial = try_catalogue(small, other)
    assert [change.sentence for change in trial.changes] == [f"修改指标“走访解决率”（{RATE_CODE}）：保留几位小数"]
    assert [(figure.before, figure.after) for figure in trial.figures] == [("50.0%", "50%")]
    assert trial.papers == () and newest(small) == 1
    assert sorted(small.rglob("*")) == before
    with pytest.raises(UserError, match=r"走访\.xlsx"):
        try_catalogue(small, declared_in(small, 0))


def test_what_was_published_holds_and_not_what_somebody_put_into_its_folder(small: Path) -> None:
    version = publish_catalogue(small, VISITS, "李四", "加一张走访表")
    folder = lay_out(small, version)
    (folder / "items.yml").write_text("", encoding="utf-8")
    (folder / "off.yml").write_text("indicators: [union_members]\n", encoding="utf-8")
    assert lay_out(small, version) == folder
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.yml")} == set(OWN)
    assert (folder / "items.yml").read_text(encoding="utf-8") == ITEMS


def test_a_layer_that_is_gone_is_told_and_not_read_as_empty(tmp_path: Path) -> None:
    layers = layers_of(FOLDER, USUAL_PACKS, tmp_path / "gone")
    with pytest.raises(UserError, match="少了一层"):
        load_catalogue(layers, 1)
