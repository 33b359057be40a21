"""python -m etl template: write the blank workbook of a form, or those of all reporters in one zip."""

import argparse
from pathlib import Path

from base.errors import UserError
from base.month_spans import QUARTER, parse_period
from base.periods import parse_quarter
from etl.collection.templates import find_form, make_template, make_templates
from etl.commands.options import DONE, Commands, add_store
from stats.catalogue_in_force import catalogue_in_force
from store.builds import current_build, store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("template", help="写出一张报表的空白模板，或一次写出所有单位的")
    parser.add_argument("form", metavar="报表代码", nargs="?", help="报表的代码，即目录里报表的文件名")
    parser.add_argument("--unit", metavar="单位代码", help="填报单位，例如 T01 或 T01001；还没有数据时不用写")
    parser.add_argument("--name", metavar="名称", default="", help="还没有数据时：县总工会的全称，不写就由填表的人写")
    parser.add_argument("--all", action="store_true", help="为所有填报单位写，装进一个压缩包，一个单位一个文件夹")
    parser.add_argument(
        "--form", metavar="报表代码", dest="forms", nargs="+", default=[], help="与 --all 同用：只写这些报表"
    )
    parser.add_argument("--single", action="store_true", help="与 --all 同用：另给每个基层工会写一份单独的表")
    parser.add_argument(
        "--period", metavar="报告期", required=True, help="例如 2011Q3；月报、半年报、年报写 2011M07、2011H2、2011"
    )
    parser.add_argument(
        "-o", "--out", metavar="文件", type=Path, required=True, help="写到哪个 xlsx 文件；用 --all 时是 zip 文件"
    )
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    if options.all:
        forms = [*options.forms, *([options.form] if options.form else [])]
        number = make_templates(store, parse_quarter(options.period), options.out, forms, options.single)
        print(f"已写出 {number} 份模板，都在 {options.out}")
        return DONE
    first = current_build(store) is None
    if not options.form or not (options.unit or first):
        raise UserError("请写明报表代码和 --unit 单位代码；要一次写出所有单位的模板，请用 --all。")
    form = find_form(catalogue_in_force(store), options.form)
    period = parse_quarter(options.period) if form.months == QUARTER else parse_period(options.period, form.months)
    unit = options.name if first else options.unit
    print(f"已写出模板 {make_template(store, form.code, unit, period, options.out)}")
    return DONE
