"""A zip of returns is opened as a folder of files: each file is a return of its own, under the limits of any file."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.guard import packed_files as packed
from etl.guard.packed_files import unpack_bytes
from etl.intake import check_paths, load_paths
from pages.returns.dropped_file import unpack_dropped
from tests.lib.county import begin_store, town_one, town_two, write_roster

QUARTER = "2008年一季度"


def rosters(folder: Path) -> dict[str, bytes]:
    """Return the rosters of both towns by name."""
    paths = [write_roster(folder, "甲镇", QUARTER, town_one()), write_roster(folder, "乙乡", QUARTER, town_two())]
    return {path.name: path.read_bytes() for path in paths}


def pack(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def store_with_register(folder: Path) -> Path:
    store = folder / "store"
    begin_store(store)
    return store


def test_b06_every_file_in_it_is_taken_in_under_its_own_name(tmp_path: Path) -> None:
    store, zipped = store_with_register(tmp_path), tmp_path / "报表.zip"
    files = rosters(tmp_path)
    aside = {
        "__MACOSX/._甲镇.xlsx": b"x",
        "一季度/~$甲镇.xlsx": b"x",
        "Thumbs.db": b"x",
        ".DS_Store": b"x",
        "一季度/": b"",
    }
    zipped.write_bytes(pack({f"一季度/{name}": content for name, content in files.items()} | aside))
    assert sorted(one.submission.name for one in check_paths([zipped], store)) == sorted(files)
    summary = load_paths([zipped], store)
    assert [(one.name, one.what) for one in summary.outcomes] == [(name, "accepted") for name in files]
    assert load_paths([tmp_path / next(iter(files))], store).count("unchanged") == 1


def test_b06_a_page_takes_it_as_the_files_in_it(tmp_path: Path) -> None:
    files = rosters(tmp_path)
    assert {one.name: one.content for one in unpack_dropped("报表.zip", pack(files))} == files
    (workbook,) = unpack_dropped("甲镇.xlsx", next(iter(files.values())))
    assert workbook.name == "甲镇.xlsx", "a workbook is a zip as well"
    assert [one.name for one in unpack_dropped("坏.zip", pack(files)[:-40])] == ["坏.zip"]
    assert unpack_dropped("~$甲镇.xlsx", b"x") == []


@pytest.mark.parametrize("name", ["蒋家嘴镇报表.xlsx", "甲镇二季度.xls"])
def test_b06_names_in_gbk_are_decoded(name: str) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        member = zipfile.ZipInfo("n" * len(name.encode("gbk")))
        archive.writestr(member, b"1,2")
    content = held.getvalue().replace(b"n" * len(name.encode("gbk")), name.encode("gbk"))
    assert unpack_bytes(content) == [(name, b"1,2")]


def test_b06_files_of_one_name_in_two_folders_are_two_files(tmp_path: Path) -> None:
    first, second = rosters(tmp_path).values()
    zipped = tmp_path / "报表.zip"
    zipped.write_bytes(pack({"甲镇/报表.xlsx": first, "乙乡/报表.xlsx": second}))
    judged = check_paths([zipped], store_with_register(tmp_path))
    assert [one.submission.name for one in judged] == ["报表.xlsx"] * 2
    assert sorted(one.returns[0].reporter for one in judged) == ["T01", "T02"]


def locked(content: bytes) -> bytes:
    """Return an archive whose entries say that they are encrypted."""
    made = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(mark)
        while start >= 0:
            made[start + at] |= 1
            start = made.find(mark, start + 4)
    return bytes(made)


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


CLOSED: dict[str, tuple[Callable[[dict[str, bytes]], bytes], str]] = {
    "a password": (lambda files: locked(pack(files)), "加了密码"),
    "an archive in the archive": (lambda files: pack(files | {"又.zip": pack(files)}), "压缩包里还有压缩包“又.zip”"),
    "a bomb": (lambda files: pack(files | {"大.csv": b"0" * (9 << 20)}), "解开后过大"),
    "a way out": (lambda files: pack({f"../{name}": content for name, content in files.items()}), "结构异常"),
    "a way out, the other slash": (lambda files: pack({"..\\..\\甲.csv": b"1"}), "结构异常"),
    "a drive": (lambda files: pack({"C:\\甲.csv": b"1"}), "结构异常"),
    "nothing": (lambda files: pack({"空/": b""}), "空的压缩包"),
    "a broken entry": (lambda files: _flipped(pack(files), 300), "损坏"),
}


@pytest.mark.parametrize("case", CLOSED)
def test_b06_what_must_not_be_opened_is_refused_in_words(case: str, tmp_path: Path) -> None:
    make, says = CLOSED[case]
    zipped = tmp_path / "报表.zip"
    zipped.write_bytes(make(rosters(tmp_path)))
    (judged,) = check_paths([zipped], store_with_register(tmp_path))
    assert judged.verdict == "returned" and says in judged.findings[0].problem
    assert [parcel.name for parcel in unpack_dropped("报表.zip", zipped.read_bytes())] == ["报表.zip"]


def test_b06_a_link_is_no_file() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("链接.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("甲.csv", "1,2")
    assert unpack_bytes(held.getvalue()) == [("甲.csv", b"1,2")]


def test_b06_too_many_files_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_FILES", 2)
    assert len(unpack_bytes(pack({f"{number}.csv": b"1" for number in range(2)}))) == 2
    assert unpack_bytes(pack({f"{number}.csv": b"1" for number in range(3)})) == []
