"""Lists as offices write them: numbers of persons are never codes, and areas may stand in the names alone."""

from pathlib import Path

from tests.etl.unit_lists.test_found import found, records, tree
from tests.etl.unit_lists.written_lists import COUNTY, write_cells

TITLE = ["清河县基层工会花名册"], ["截至2026年6月30日"]
IDENTITY = "330102198001011234"


def test_numbers_of_persons_are_never_taken_for_codes(tmp_path: Path) -> None:
    """With and without a heading that says what they are."""
    for at, heading in enumerate(("身份证号", "号码")):
        rows = [[1, "西乡中心学校工会", "西乡", IDENTITY], [2, "西乡卫生院工会", "西乡", "330102197902021239"]]
        path = write_cells(tmp_path / f"{at}.xlsx", [*TITLE, ["序号", "工会名称", "所属乡镇", heading], *rows])
        store = tmp_path / f"store{at}"
        assert found(store, path, "--yes") == 0
        assert not [row for row in records(store) if "credit_code" in row]
        kept = b"".join(each.read_bytes() for each in store.rglob("*") if each.is_file())
        assert IDENTITY.encode() not in kept


def test_areas_are_told_by_the_names_where_nothing_else_does(tmp_path: Path) -> None:
    names = ["南山镇机关工会", "清河县南山镇中心小学工会", "北河乡政府工会", "北河乡卫生院工会"]
    path = write_cells(tmp_path / "名册.xlsx", [*TITLE, ["序号", "工会名称"], *enumerate(names, 1)])
    assert found(tmp_path / "store", path, "--yes") == 0
    below = tree(tmp_path / "store")
    assert below[COUNTY] == {"南山镇", "北河乡"} and below["南山镇"] == {*names[:2]}


def test_one_name_that_begins_like_a_township_is_asked_about(tmp_path: Path) -> None:
    names = ["南山镇机关工会", "南山镇中心小学工会", "乡镇企业协会工会"]
    path = write_cells(tmp_path / "名册.xlsx", [*TITLE, ["序号", "工会名称"], *enumerate(names, 1)])
    assert found(tmp_path / "store", path, "--yes") == 2


def test_short_words_for_kinds_are_known(tmp_path: Path) -> None:
    words = {"私企": "私营", "国企": "国有", "外资企业": "外商", "机关单位": "机关", "个体工商户": "个体"}
    rows = [[at, f"西乡{at}厂工会", "西乡", word] for at, word in enumerate(words, 1)]
    path = write_cells(tmp_path / "名册.xlsx", [*TITLE, ["序号", "工会名称", "所属乡镇", "单位性质"], *rows])
    assert found(tmp_path / "store", path, "--yes") == 0
    assert [row["category"] for row in records(tmp_path / "store") if "category" in row] == [
        "170", "110", "300", "500", "600",
    ]  # fmt: skip
