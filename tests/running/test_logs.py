"""The log: JSON lines, no secrets, nobody's name; an error's number on the screen is found in it."""

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.logs import clean, extra
from tests.contracts.source import ROOT

SECRET = "correct-horse-battery-staple"
# A process of its own, because the log is set up for a whole process.
PROGRAM = """
import logging, sys
from pathlib import Path
from serving.logs import start_log
from base.settings import Settings
start_log(Path(sys.argv[1]), Settings(metrics_token=sys.argv[2], log_level="DEBUG"))
log = logging.getLogger("mingshu.test")
log.info("token is %s", sys.argv[2])
log.info("%s", "GET /overview?unit=甲厂工会&span=2010Q4")
try:
    {"a": 1}["李梅 330326197001011234"]
except KeyError as error:
    log.error("错误 %s", "123456", exc_info=error, extra={"number": "123456"})
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], str]:
    folder = tmp_path_factory.mktemp("logs")
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), SECRET], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in (folder / "mingshu.log").read_text("utf-8").splitlines()], ran.stderr


def test_every_line_says_when_what_and_who_said_it(written) -> None:
    lines, _ = written
    assert len(lines) == 3
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"]) for line in lines)


def test_no_secret_no_name_and_no_parameters_are_written_anywhere(written) -> None:
    lines, console = written
    said = json.dumps(lines, ensure_ascii=False) + console
    for word in (SECRET, "甲厂", "李梅", "330326197001011234", "span="):
        assert word not in said
    assert lines[1]["message"] == "GET /overview?…"


def test_an_error_keeps_its_number_and_where_it_happened(written) -> None:
    lines, console = written
    assert lines[2]["number"] == "123456"
    assert "KeyError" in lines[2]["trace"]
    assert "123456" in console


@given(st.from_regex(r"[1-9]\d{16}[\dX]", fullmatch=True) | st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_numbers_of_persons_are_taken_out(number: str) -> None:
    assert number not in clean(f"could not read '{number}'")
    assert number not in clean(f"证件号{number}的人")


@given(st.text(min_size=1, max_size=20))
def test_a_secret_is_taken_out_wherever_it_stands(around: str) -> None:
    assert SECRET not in clean(f"{around}{SECRET}{around}", [SECRET])


def test_a_line_has_no_fields_but_the_known() -> None:
    assert extra(place="/page") == {"place": "/page"}
    with pytest.raises(KeyError, match="user"):
        extra(user="李梅")


def test_a_folder_that_cannot_be_written_is_told_and_the_console_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "file" / "logs"), SECRET],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "日志目录不能写" in ran.stderr
    assert "错误 123456" in ran.stderr


def test_what_is_logged_without_a_log_set_up_is_not_lost(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "mingshu"):
        logging.getLogger("mingshu").error("错误 %s", "654321", extra=extra(number="654321"))
    assert "654321" in caplog.text
