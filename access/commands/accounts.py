"""python -m access add, stop, start, password, end, drop-code, list, first, ready: accounts, on the server itself."""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from access.accounts import (
    accounts,
    add_account,
    find_account,
    renew_password,
    start_account,
    stop_account,
    unbind_account,
)
from access.accounts.first_start import begin, lacking
from access.accounts.owning_area import area_names, read_units
from access.accounts.people import Account
from access.accounts.roles import ROLE_NAMES, Role
from access.accounts.second_factor import remove_second_factor
from access.accounts.sessions import Sessions
from access.commands.options import Commands
from base.errors import UserError
from base.settings import login_name, settings
from store.builds import store_path

_KEPT_NOWHERE = "（只显示这一次，哪里也不保存；第一次登录时要换成自己的）"


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    adding = _command(commands, "add", _add, "新建账号，打印第一个密码", named=True)
    adding.add_argument("--shown", required=True, metavar="姓名", help="记入收退记录的名字")
    adding.add_argument("--role", required=True, choices=list(ROLE_NAMES.values()))
    adding.add_argument("--area", default="", metavar="代码", help="填报员所属的乡镇、园区或系统，如 T01")
    _command(commands, "stop", _stop, "停用账号，正在登录的立即退出", named=True)
    _command(commands, "start", _start, "恢复停用的账号", named=True)
    _command(commands, "password", _password, "换发密码并打印，正在登录的立即退出", named=True)
    _command(commands, "drop-code", _drop_code, "取消账号的动态口令（手机丢了时），正在登录的立即退出", named=True)
    ending = _command(commands, "end", _end, "结束一个人的全部登录，或所有人的")
    who = ending.add_mutually_exclusive_group(required=True)
    who.add_argument("name", metavar="登录名", nargs="?", default="")
    who.add_argument("--all", action="store_true", help="所有人的登录，发现有人冒用时用")
    _command(commands, "unbind", _unbind, "解除账号与统一身份认证里那个人的绑定，正在登录的立即退出", named=True)
    _command(commands, "list", _list, "列出全部账号")
    _command(commands, "first", _first, "第一次启动：没有管理员就建一个，打印密码；示例县另建各角色的账号")
    _command(commands, "ready", _ready, "检查能不能给单位使用，缺什么就说什么")


def _command(
    commands: Commands,
    name: str,
    run: Callable[[Path, argparse.Namespace], int],
    text: str,
    named: bool = False,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--store", metavar="数据目录", help="不写则用 MINGSHU_STORE 或 data/store")
    if named:
        command.add_argument("name", metavar="登录名")
    command.set_defaults(run=partial(_on_store, run))
    return command


def _on_store(run: Callable[[Path, argparse.Namespace], int], options: argparse.Namespace) -> int:
    return run(store_path(options.store), options)


def _add(store: Path, options: argparse.Namespace) -> int:
    role = next(role for role, name in ROLE_NAMES.items() if name == options.role)
    areas = area_names(read_units(store))
    if role is Role.CLERK and options.area not in areas:
        offered = "、".join(f"{code}（{name}）" for code, name in areas.items()) or "还没有，请先报单位名册"
        raise UserError(f"没有代码是“{options.area}”的乡镇、园区或系统。可以写：{offered}。")
    password = add_account(store, options.name, options.shown, role, options.area, who=login_name())
    print(f"已建账号 {options.name}，第一个密码：{password}{_KEPT_NOWHERE}")
    return 0


def _stop(store: Path, options: argparse.Namespace) -> int:
    stop_account(store, options.name, login_name())
    print(f"已停用 {options.name}。")
    return 0


def _start(store: Path, options: argparse.Namespace) -> int:
    start_account(store, options.name, login_name())
    print(f"已恢复 {options.name}。")
    return 0


def _password(store: Path, options: argparse.Namespace) -> int:
    password = renew_password(store, options.name, login_name())
    print(f"{options.name} 的新密码：{password}{_KEPT_NOWHERE}")
    return 0


def _drop_code(store: Path, options: argparse.Namespace) -> int:
    remove_second_factor(store, options.name, login_name())
    print(f"已取消 {options.name} 的动态口令。要用动态口令的角色，下一次登录时重新设。")
    return 0


def _end(store: Path, options: argparse.Namespace) -> int:
    account = find_account(store, options.name) if options.name else None
    if options.name and account is None:
        raise UserError(f"没有登录名是“{options.name}”的账号。")
    ended = Sessions(store, settings()).end_all(login_name(), account)
    print(f"已结束{options.name or '所有人'}的登录 {ended} 处。")
    return 0


def _unbind(store: Path, options: argparse.Namespace) -> int:
    unbind_account(store, options.name, login_name())
    print(f"已解除 {options.name} 的绑定。下一次用这个名字从统一身份认证登录的人，就是账号的主人。")
    return 0


def _list(store: Path, _: argparse.Namespace) -> int:
    for account in accounts(store):
        print("  ".join(filter(None, (account.name, account.shown, account.role_name, account.area, _state(account)))))
    return 0


def _state(account: Account) -> str:
    texts = (
        "已停用" if account.stopped else "",
        "还没有换过密码" if account.must_change else "",
        "用动态口令" if account.second_factor else "",
    )
    return "，".join(filter(None, (*texts, "示例" if account.sample else "")))


def _first(store: Path, _: argparse.Namespace) -> int:
    made = begin(store, login_name())
    if made:
        print(f"管理员登录名：{made[0]}\n管理员密码：{made[1]}\n{_KEPT_NOWHERE}")
    return 0


def _ready(store: Path, _: argparse.Namespace) -> int:
    wanting = lacking(store)
    for reason in wanting:
        print(f"不能启动：{reason}", file=sys.stderr)
    return 1 if wanting else 0
