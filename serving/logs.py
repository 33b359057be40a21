"""The log: one JSON object per line, one file per day. It records events, never persons.

Whatever might identify somebody is removed before any handler sees it, in messages and in tracebacks: long numbers,
numbers of persons in any writing, quoted Chinese text (contents of cells), query parameters; and every secret of the
settings. So the console, and from there the system's journal, is just as clean.
"""

import contextlib
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path
from typing import Any

import orjson

from base.settings import Settings
from etl.privacy.numbers import hide

LOG = "mingshu"
NAME = "mingshu.log"
_FIELDS = (
    "number",
    "method",
    "place",
    "status",
    "seconds",
    "bytes",
    "build",
    "account",
)  # additional fields that a line may have
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_WITHIN = r"""[^"'“”「」\n]"""
_QUOTED = re.compile(rf"""(["'“「])(?={_WITHIN}*?[\u4e00-\u9fff]){_WITHIN}*+(["'”」])""")
_PARAMETERS = re.compile(r"\?[^\s\"']+")
_OTHERS = ("streamlit", "uvicorn", "websockets", "starlette", "py.warnings")
_SILENT = "uvicorn.access"  # it logs whole addresses as soon as it has a handler
_CONSOLE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_text:
            line["trace"] = record.exc_text
        return orjson.dumps(line, default=str).decode()


def start_log(folder: Path, settings: Settings) -> None:
    """Send everything logged in this process to the console and to a file in this folder, cleaned.

    When the folder can't be written to, the console says so and is used alone.
    """
    logging.setLogRecordFactory(partial(_clean_record, secrets=settings.secrets()))
    logging.captureWarnings(True)
    console = logging.StreamHandler(sys.stderr)
    console.setFormatter(logging.Formatter(_CONSOLE))
    console.setLevel(logging.WARNING)
    logging.getLogger().addHandler(console)
    logging.getLogger(LOG).setLevel(settings.log_level)
    try:
        file = _file(folder, settings.log_days)
    except OSError as error:
        logging.getLogger(LOG).error("日志目录不能写，日志只在控制台：%s", error.strerror)
        return
    logging.getLogger().addHandler(file)
    for logger in _apart():
        logger.addHandler(file)


def _file(folder: Path, days: int) -> logging.Handler:
    folder.mkdir(parents=True, exist_ok=True)
    file = TimedRotatingFileHandler(folder / NAME, when="midnight", backupCount=days, encoding="utf-8", delay=False)
    file.setFormatter(JsonLines())
    file.addFilter(_worth_keeping)
    return file


def _worth_keeping(record: logging.LogRecord) -> bool:
    """Return whether a record is ours or a warning: libraries' other records name addresses and connections."""
    return record.name.split(".")[0] == LOG or record.levelno >= logging.WARNING


def _apart() -> Iterable[logging.Logger]:
    """Yield the loggers of the server and its libraries that do not propagate their records."""
    for name in set(logging.root.manager.loggerDict) - {_SILENT}:
        logger = logging.getLogger(name)
        if name.split(".")[0] in _OTHERS and not logger.propagate:
            yield logger


def clean(text: str, secrets: Iterable[str] = ()) -> str:
    """Return a text without anything that might identify somebody, and without secrets."""
    for secret in secrets:
        text = text.replace(secret, "…")
    return _QUOTED.sub(r"\1…\2", _LONG_NUMBER.sub("…", hide(_PARAMETERS.sub("?…", text))))


def _clean_record(*arguments: Any, secrets: tuple[str, ...] = (), **named: Any) -> logging.LogRecord:
    record = logging.LogRecord(*arguments, **named)
    with contextlib.suppress(TypeError, ValueError):  # the handler reports arguments that don't fit
        record.msg, record.args = clean(record.getMessage(), secrets), ()
    if record.exc_info and record.exc_info[1]:
        record.exc_text = clean("".join(traceback.format_exception(record.exc_info[1])).rstrip(), secrets)
    return record


def extra(**fields: Any) -> Mapping[str, Any]:
    """Return the additional fields of a record. Raises KeyError for a field that is not allowed."""
    strange = fields.keys() - set(_FIELDS)
    if strange:
        raise KeyError(f"the log has no field {sorted(strange)}")
    return fields
