"""python -m etl status: who had to report what for a quarter, and what was received."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from base.errors import UserError, suggest
from base.month_spans import MONTH, parse_period, quarter_at_end
from base.periods import parse_quarter
from base.settings import settings
from etl.collection.remind import remind
from etl.collection.status import MissingReturn, Status, status
from etl.commands.options import DONE, Commands, add_store
from etl.model.receipt_state import MissingState
from stats.catalogue_in_force import catalogue_in_force
from store.builds import store_path

JSON_KEYS = ("period", "due", "hindsight", "expected", "received", "on_time", "held", "returned", "lines", "missing")
_STATES = {MissingState.MISSING: "未报", MissingState.RETURNED: "已退回待改正", MissingState.HELD: "待核实"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "某一季度的报送进度：应报、已收下、按时、待核实、退回，和还缺谁"
    parser = commands.add_parser("status", help=text, description=text)
    parser.add_argument("--period", metavar="报告期", required=True, help="例如 2011Q3；只看月报的一个月写 2011M07")
    parser.add_argument("--area", metavar="单位代码", help="只看一个乡镇、园区或系统，例如 T01")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="输出 JSON")
    output.add_argument("--remind", action="store_true", help="输出可以直接发出的催报文字")
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    """Print the status; with --json one object under JSON_KEYS.

    `lines` has one object per area and form with the fields of etl.collection.status.Line, `missing` one per missing
    return with the fields of MissingReturn; counts are numbers of returns. `on_time` is null, and `hindsight` true, for
    a quarter that was entered retrospectively (补录); `size` is null for an organisation that never reported.
    """
    store = store_path(options.store)
    progress = _status(store, options.period)
    if options.area:
        progress = _of_area(progress, options.area)
    if options.json:
        print(json.dumps(_as_object(progress), ensure_ascii=False, indent=2))
    else:
        terms = catalogue_in_force(store).reporting
        print(remind(progress, terms, contact=settings().contact) if options.remind else "\n".join(_lines(progress)))
    return DONE


def _status(store: Path, period: str) -> Status:
    """Return the status of a quarter or, of the forms that are sent each month, of a month (2011M07)."""
    if "M" in period:
        month = parse_period(period, MONTH)
        return status(store, quarter_at_end(month, MONTH), month=month)
    return status(store, parse_quarter(period))


def _of_area(status: Status, area: str) -> Status:
    areas = {line.area: line.area_name for line in status.lines}
    if area not in areas:
        raise UserError(f"{status.period_name}没有代码为“{area}”的乡镇、园区或系统{suggest(area, areas) or '。'}")
    return status.of_area(area)


def _as_object(status: Status) -> dict[str, Any]:
    totals = (status.expected, status.received, status.on_time, status.held, status.returned)
    parts = ([asdict(line) for line in status.lines], [asdict(filing) for filing in status.missing])
    values = (status.period_code, status.due.isoformat(), status.hindsight, *totals, *parts)
    return dict(zip(JSON_KEYS, values, strict=True))


def _lines(status: Status) -> list[str]:
    texts = [f"{status.period_name}（{status.due.isoformat()} 到期）：{_say_counts(status)}"]
    texts += [f"{line.area_name}《{line.form_name}》：{_say_counts(line)}" for line in status.lines]
    return texts + [_say_missing(filing) for filing in status.missing]


def _say_counts(part: Any) -> str:
    on_time = "历史补录，不考核是否按时" if part.on_time is None else f"按时 {part.on_time}"
    return f"应报 {part.expected}，已收下 {part.received}，{on_time}，待核实 {part.held}，退回 {part.returned}"


def _say_missing(missing: MissingReturn) -> str:
    size = f"，上次报 {missing.size:,.10g} {missing.size_measure}" if missing.size is not None else ""
    number = f"（{missing.seq} 号）" if missing.seq else ""
    return f"缺：{missing.area_name}　{missing.unit_name}《{missing.form_name}》{_STATES[missing.state]}{number}{size}"
