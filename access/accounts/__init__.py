"""Local accounts: created and disabled by an administrator, each with a role. A change applies from the next action on.

Every change is made together with its audit entry under the name of whoever made it (`who`, "" for the program itself).
"""

import re
import time
import unicodedata
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from access.accounts.passwords import check_new, first_password, hash_password, matches
from access.accounts.people import Account
from access.accounts.roles import ROLE_NAMES, Role
from access.accounts.sessions_in_memory import forget
from base.errors import UserError
from store import schema as tables
from store.audit import NewAuditEntry, add
from store.engine import ask, reading, writing
from store.verbs import Verb

_COLUMNS = [column for column in tables.account.c if column.name != "password"]
_NAME = re.compile(r"[\w.@-]{2,40}")
_AT_ONCE = {"role", "area", "declares"}  # what a person may do is looked up at every act
_LONGEST = 20  # characters of a person's name


def accounts(store: Path) -> list[Account]:
    """Return all accounts, sorted by name."""
    return [account_of(row) for row in ask(store, select(*_COLUMNS).order_by(tables.account.c.name))]


def find_account(store: Path, name: str) -> Account | None:
    """Return the account of a name, None when there is none."""
    rows = ask(store, select(*_COLUMNS).where(tables.account.c.name == plain(name)))
    return account_of(rows[0]) if rows else None


def add_account(
    store: Path, name: str, shown: str, role: Role, area: str = "", sample: bool = False, who: str = ""
) -> str:
    """Create an account; return its first password, which is not stored and has to be changed at the first sign-in.

    A sample account has none: "". Raises UserError when a name is taken or invalid, or a clerk has no area.
    """
    name, shown = plain(name), " ".join(shown.split())
    _check_names(name, shown)
    _check_role(role, area)
    password = "" if sample else first_password()
    row = {
        "name": name, "shown": shown, "role": role.value, "area": area if role is Role.CLERK else "",
        "password": hash_password(password) if password else "", "must_change": not sample, "stopped": False,
        "sample": sample, "made_at": int(time.time()),
    }  # fmt: skip
    with writing(store) as connection:
        taken = (tables.account.c.name == name) | (tables.account.c.shown == shown)
        if connection.execute(select(tables.account.c.id).where(taken)).first():
            raise UserError(f"登录名“{name}”或姓名“{shown}”已经有了，请换一个，重名的可以加上单位。")
        connection.execute(insert(tables.account).values(row))
        add(connection, [_changed(who, f"新建“{name}”（{shown}），{ROLE_NAMES[role]}")])
    return password


def check_password(store: Path, name: str, password: str) -> Account | None:
    """Return the account for a name and a password, None when they are wrong; both cases take the same time."""
    rows = ask(store, select(tables.account).where(tables.account.c.name == plain(name)))
    row = rows[0] if rows else None
    right = matches(password, row["password"] if row else "")
    return account_of(row) if right and row and not row["stopped"] else None


def change_password(store: Path, account: Account, old: str, new: str, again: str, address: str = "") -> None:
    """Change the password of one's own account, from an address; all sessions of the account end.

    Raises UserError when the old password is wrong or the new one is not acceptable.
    """
    if check_password(store, account.name, old) is None:
        raise UserError("现在的密码不对，请重新写。")
    if new == old:
        raise UserError("新密码和现在的一样，请换一个。")
    check_new(new, again, account.name, account.shown)
    entry = NewAuditEntry(account.shown, Verb.CHANGED_PASSWORD, details={"address": address} if address else {})
    set_account(store, account.name, entry, password=hash_password(new), must_change=False)


def renew_password(store: Path, name: str, who: str = "") -> str:
    """Return a new first password for an account; its sessions end. Raises UserError when there is no such account."""
    password = first_password()
    changed = _changed(who, f"给“{plain(name)}”换发密码")
    set_account(store, name, changed, password=hash_password(password), must_change=True)
    return password


def unbind_account(store: Path, name: str, who: str = "") -> None:
    """Let the next person the OpenID provider names so take over the account; its sessions end."""
    set_account(store, name, _changed(who, f"解除“{plain(name)}”与统一身份认证的绑定"), subject="")


def stop_account(store: Path, name: str, who: str = "") -> None:
    """Disable an account; its sessions end. Raises UserError for the last administrator."""
    set_account(store, name, _changed(who, f"停用“{plain(name)}”"), stopped=True)


def start_account(store: Path, name: str, who: str = "") -> None:
    """Enable a disabled account again."""
    set_account(store, name, _changed(who, f"恢复“{plain(name)}”"), stopped=False)


def set_role(store: Path, name: str, role: Role, area: str = "", who: str = "") -> None:
    """Give an account another role, and a clerk an area. Raises UserError for the last administrator."""
    _check_role(role, area)
    changed = _changed(who, f"“{plain(name)}”改为{ROLE_NAMES[role]}")
    set_account(store, name, changed, role=role.value, area=area if role is Role.CLERK else "")


def allow_catalogue(store: Path, name: str, allowed: bool, who: str = "") -> None:
    """Allow an account of staff to change the catalogue, or no more."""
    changed = _changed(who, f"“{plain(name)}”{'可以' if allowed else '不再可以'}改指标目录")
    set_account(store, name, changed, declares=allowed)


def has_administrator(store: Path) -> bool:
    """Return whether there is an account with a password that can manage accounts."""
    with reading(store) as connection:
        return connection is not None and _administrators(connection) > 0


def plain(name: str) -> str:
    """Return a sign-in name in its stored form: half-width, without outer blanks, case folded."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def account_of(row: RowMapping) -> Account:
    """Return the account in a database row."""
    return Account(**{column.name: row[column.name] for column in _COLUMNS})


def _changed(who: str, about: str) -> NewAuditEntry:
    return NewAuditEntry(who, Verb.CHANGED_ACCOUNT, about)


def set_account(store: Path, name: str, entry: NewAuditEntry, **values: Any) -> None:
    """Change columns of an account together with its audit entry. Raises UserError for the last administrator.

    Its sessions end, unless only what it may do changed, which applies from the next action on.
    """
    account = tables.account
    with writing(store) as connection:
        text = connection.execute(select(account.c.id).where(account.c.name == plain(name))).first()
        if not text:
            raise UserError(f"没有登录名是“{name}”的账号。")
        before = _administrators(connection)
        connection.execute(update(account).where(account.c.id == text.id).values(values))
        if before and not _administrators(connection):
            raise UserError("这是最后一个管理员，不能停用，也不能改成别的角色。请先另设一个管理员。")
        if not values.keys() & _AT_ONCE:
            connection.execute(delete(tables.session).where(tables.session.c.account == text.id))
        if values.get("second_factor") is False:
            for table in (tables.second_factor, tables.recovery_code):
                connection.execute(delete(table).where(table.c.account == text.id))
        if "password" in values:
            connection.execute(delete(tables.known_browser).where(tables.known_browser.c.account == text.id))
        add(connection, [entry])
    forget(store)


def _administrators(connection: Connection) -> int:
    account = tables.account
    good = (account.c.role == Role.ADMIN.value) & ~account.c.stopped & ~account.c.sample
    return connection.execute(select(func.count()).select_from(account).where(good)).scalar_one()


def _check_names(name: str, shown: str) -> None:
    if not _NAME.fullmatch(name):
        raise UserError(f"登录名“{name}”不能用：应是2到40个字母、数字或汉字，中间不留空。")
    if not shown or len(shown) > _LONGEST:
        raise UserError(f"请写姓名，不超过{_LONGEST}个字。")


def _check_role(role: Role, area: str) -> None:
    if role is Role.CLERK and not area:
        raise UserError("填报员要写明是哪个乡镇、园区或系统的。")
