"""python -m etl read: the tables found in any spreadsheet, without a form. Nothing is stored.

With --json one document: {"file", "sheets": [{"sheet", "tables": [table]}], "hidden_sheets"}, or {"file", "refused":
reason}. A table: range; title, reporter, measure {text, where}; period {text, where, quarter, years}; header_rows;
columns [{column, path, measure, role}], role one of label, figure, total (a sum of other columns), rate, text; details
[{row, label, measure, cells [{address, raw, value}]}]; totals (a row with covers, agrees true/false/null and checks);
column_totals (column, covers, agrees, differs [{row, written, added}]); derived (rows such as 平均, never added);
subsets (其中 rows, with of and whole); sections; notes; footers; prepared_rows; captions; beside; remarks. `value` is a
number or null; a missing figure is null, never zero.
"""

import argparse
import json
from pathlib import Path

from base.errors import UserError
from etl.commands.options import DONE, SENT_BACK, Commands
from etl.guard import Refused
from etl.model.nouns import Sheet
from etl.read import read_all_sheets, reader
from etl.survey import survey
from etl.survey.describe import tell_table
from etl.survey.table_json import table_record

_KEYS = (
    "--json 输出一份 JSON：file 文件名，sheets 各工作表，hidden_sheets 隐藏的工作表，"
    "tables 各表。每表有 range 范围、title 标题、period 时间、"
    "reporter 填报单位、measure 计量单位、header_rows 表头行、columns 各栏、details 明细、"
    "totals 合计（agrees 为 true 相符、false 不符、null 无法核对）、"
    "column_totals 合计栏、derived 不相加的行、subsets 其中、sections 分组标题、notes 注、"
    "footers 落款、prepared_rows 预留空行、captions 表上方文字、beside 表旁内容、remarks 提示。"
    "读不了时为 refused 原因。返回码：0 读出，1 读不了，2 用法不对。"
)


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("read", help="看一个文件里有哪些表，不入库", epilog=_KEYS)
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--json", action="store_true", help="按 JSON 输出")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    path: Path = options.file
    if not path.is_file():
        raise UserError(f"没有“{path}”这个文件。")
    try:
        sheets = reader().start_with(read_all_sheets, path)()
    except Refused as refused:
        print(json.dumps({"file": path.name, "refused": str(refused)}, ensure_ascii=False) if options.json else refused)
        return SENT_BACK
    print(_as_json(path, sheets) if options.json else _as_text(path, sheets))
    return DONE


def _as_json(path: Path, sheets: list[Sheet]) -> str:
    described = [
        {"sheet": sheet.name, "tables": [table_record(table) for table in survey(sheet, path.name)]}
        for sheet in sheets
        if sheet.visible
    ]
    hidden = [sheet.name for sheet in sheets if not sheet.visible and sheet.cells]
    return json.dumps({"file": path.name, "sheets": described, "hidden_sheets": hidden}, ensure_ascii=False, indent=1)


def _as_text(path: Path, sheets: list[Sheet]) -> str:
    lines = [f"“{path.name}”"]
    for sheet in sheets:
        if not sheet.visible:
            lines += [f"工作表“{sheet.name}”：是隐藏的，没有读"] if sheet.cells else []
            continue
        tables = survey(sheet, path.name)
        lines.append(f"工作表“{sheet.name}”：" + (f"{len(tables)} 张表" if tables else "空表"))
        for number, table in enumerate(tables, start=1):
            lines += tell_table(table, number)
    return "\n".join(lines)
