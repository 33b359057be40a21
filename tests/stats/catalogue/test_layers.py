"""Reading a catalogue's files: whatever a reader does with what it was given, the next one gets what the file says."""

from pathlib import Path
from typing import Any

from stats.catalogue.layers import CORE, Layer, read_entries, read_settings

DECLARED = "C1:\n  name: 一个领域\n  parts: [甲, 乙]\n"


def domains(folder: Path) -> dict[str, Any]:
    entries = read_entries((Layer(CORE, folder),), "domains", [])
    return {code: dict(entry.content) for code, entry in entries.items()}


def test_what_a_reader_changes_is_not_read_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "domains.yml").write_text(DECLARED, encoding="utf-8")
    (first := domains(tmp_path))["C1"]["parts"].append("丙")
    first["C2"] = {}
    assert domains(tmp_path) == {"C1": {"code": "C1", "name": "一个领域", "parts": ["甲", "乙"]}}


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "history.yml"
    read = []
    for text in ("a: 1\n", "a: 2\n", "a: 1\n"):
        path.write_text(text, encoding="utf-8")
        read.append(read_settings((Layer(CORE, tmp_path),), path.name))
    assert read == [{"a": 1}, {"a": 2}, {"a": 1}]
