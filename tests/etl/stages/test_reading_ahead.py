"""Reading ahead: what was read to find the registers is not read again, unless there is no room to keep it."""

import shutil
from pathlib import Path

import pytest

from etl.guard import Refused
from etl.matching.sheet_parts import read_parts
from etl.model.nouns import Submission
from etl.pipeline import reading_ahead
from etl.pipeline.reading_ahead import ReadingAhead
from stats.catalogue import Catalogue
from store.immutable_files import hash_of

COUNT = 30  # more than are read before their turn


@pytest.fixture
def sent(county_files: Path, tmp_path: Path) -> list[Submission]:
    registers = sorted(county_files.glob("*/单位名册*.xlsx"))[:1]
    others = sorted(path for path in county_files.rglob("*.xlsx") if path.parent != registers[0].parent)
    chosen = [*others[: COUNT - 1], *registers]
    copies = [Path(shutil.copy(path, tmp_path / f"{seq}.xlsx")) for seq, path in enumerate(chosen)]
    return [Submission(sha=hash_of(path), name=path.name, path=path, seq=seq) for seq, path in enumerate(copies)]


def test_registers_are_found_and_no_file_is_read_twice(sent: list[Submission], catalogue: Catalogue) -> None:
    whole = [[part.name for part in read_parts(each.path, each.name)] for each in sent]
    ahead = ReadingAhead(catalogue)
    assert [each.seq for each in ahead.registers_among(sent)] == [sent[-1].seq]
    for each in sent:
        each.path.unlink()
    assert [[part.name for part in _parts(parts)] for _, parts in ahead.read(sent)] == whole


def test_what_finds_no_room_is_read_again(
    sent: list[Submission], catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "_ROOM", sum(each.path.stat().st_size for each in sent) // 4)
    ahead = ReadingAhead(catalogue)
    ahead.registers_among(sent)
    for each in sent:
        each.path.write_bytes(b"altered since")
    refused = [isinstance(parts, Refused) for _, parts in ahead.read(sent)]
    assert any(refused)
    assert not all(refused)


def test_a_file_altered_since_it_was_received_is_refused(sent: list[Submission], catalogue: Catalogue) -> None:
    sent[0].path.write_bytes(sent[1].path.read_bytes())
    ahead = ReadingAhead(catalogue)
    ahead.registers_among(sent)
    read = [parts for _, parts in ahead.read(sent)]
    assert isinstance(read[0], Refused)
    assert not any(isinstance(parts, Refused) for parts in read[1:])


def _parts(parts: object) -> list[object]:
    assert isinstance(parts, list)
    return parts
