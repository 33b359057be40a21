"""The second factor: codes by time (TOTP) from a secret that a telephone shares, and recovery codes for without one.

Each code counts once. The secret is kept as it is, since codes are worked out from it; recovery codes as hashes.
"""

import hmac
import time
import unicodedata
from pathlib import Path

import pyotp
from sqlalchemy import Connection, delete, func, insert, select, update

from access.accounts import plain, set_account
from access.accounts.passwords import first_password, hash_password, matches
from access.accounts.people import Account
from access.accounts.sessions_in_memory import forget
from base.errors import UserError
from store import schema as tables
from store.audit import NewAuditEntry, add
from store.engine import ask, writing
from store.verbs import Verb

BY_CODE, BY_RECOVERY = "动态口令", "恢复码"
DIGITS = 6
_STEP = 30  # seconds a code lasts
_NEIGHBOURS = (0, -1, 1)  # steps by which a telephone's clock may differ
_RECOVERY = 8  # codes


def address_for(account: Account, secret: str) -> str:
    """Return what a telephone reads from the picture: the secret, and what to call it."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name="明数")


def set_up(store: Path, account: Account, secret: str, code: str, address: str = "") -> list[str]:
    """Give an account a second factor and return its recovery codes; its sessions end.

    Raises UserError when the code is not one of the secret, or the account has a second factor already.
    """
    step = _step_of(secret, _plain_code(code))
    if step is None:
        raise UserError("动态口令不对。请看手机的时间准不准，等换了下一个数字再写。")
    codes, own = _new_codes(), tables.account.c.id == account.id
    with writing(store) as connection:
        if connection.execute(select(tables.account.c.second_factor).where(own)).scalar_one():
            raise UserError("这个账号已经设了动态口令。")
        connection.execute(update(tables.account).where(own).values(second_factor=True))
        connection.execute(insert(tables.second_factor).values(account=account.id, secret=secret, used=step))
        _replace_codes(connection, account, codes)
        connection.execute(delete(tables.session).where(tables.session.c.account == account.id))
        add(connection, [_changed(account.shown, f"“{account.name}”设了动态口令", address)])
    forget(store)
    return list(codes)


def check_code(store: Path, account: Account, given: str) -> str:
    """Return which second factor a code proves, in words, "" when it is wrong; a code is used up by this."""
    code = _plain_code(given)
    if len(code) == DIGITS and code.isdecimal():
        return BY_CODE if _use_code(store, account, code) else ""
    return BY_RECOVERY if _use_recovery(store, account, code) else ""


def renew_recovery(store: Path, account: Account, address: str = "") -> list[str]:
    """Return new recovery codes for an account; the ones before no longer count."""
    codes = _new_codes()
    with writing(store) as connection:
        _replace_codes(connection, account, codes)
        add(connection, [_changed(account.shown, f"“{account.name}”换了一套恢复码", address)])
    return list(codes)


def count_recovery(store: Path, account: Account) -> int:
    """Return how many recovery codes of an account are left."""
    own = tables.recovery_code.c.account == account.id
    return int(ask(store, select(func.count().label("left")).where(own))[0]["left"])


def remove_second_factor(store: Path, name: str, who: str = "", address: str = "") -> None:
    """Take an account's second factor away, as when a telephone is lost; its sessions end."""
    set_account(store, name, _changed(who, f"取消“{plain(name)}”的动态口令", address), second_factor=False)


def _step_of(secret: str, code: str) -> int | None:
    """Return the number of the half minute that a code belongs to, None when it belongs to none about now."""
    now, totp = int(time.time()), pyotp.TOTP(secret)
    steps = [near for near in _NEIGHBOURS if hmac.compare_digest(totp.at(now, counter_offset=near), code)]
    return now // _STEP + steps[0] if steps else None


def _use_code(store: Path, account: Account, code: str) -> bool:
    kept = tables.second_factor
    own = kept.c.account == account.id
    rows = ask(store, select(kept.c.secret).where(own))
    step = _step_of(rows[0]["secret"], code) if rows else None
    if step is None:
        return False
    with writing(store) as connection:
        # one statement: of two attempts with the same code only one succeeds
        used = connection.execute(update(kept).where(own, kept.c.used < step).values(used=step))
        return used.rowcount == 1


def _use_recovery(store: Path, account: Account, code: str) -> bool:
    kept = tables.recovery_code
    rows = ask(store, select(kept).where(kept.c.account == account.id))
    right = next((row["id"] for row in rows if matches(code, row["hash"])), None)
    if right is None:
        return False
    with writing(store) as connection:
        return connection.execute(delete(kept).where(kept.c.id == right)).rowcount == 1


def _new_codes() -> dict[str, str]:
    """Return new recovery codes with their hashes."""
    codes = [first_password() for _ in range(_RECOVERY)]
    return {code: hash_password(_plain_code(code)) for code in codes}


def _replace_codes(connection: Connection, account: Account, codes: dict[str, str]) -> None:
    kept = tables.recovery_code
    connection.execute(delete(kept).where(kept.c.account == account.id))
    connection.execute(insert(kept), [{"account": account.id, "hash": hashed} for hashed in codes.values()])


def _plain_code(given: str) -> str:
    """Return a code as it counts, however it was typed: half-width, in small letters, without blanks and hyphens."""
    signs = unicodedata.normalize("NFKC", given).casefold()
    return "".join(sign for sign in signs if sign.isascii() and sign.isalnum())[:64]


def _changed(who: str, about: str, address: str) -> NewAuditEntry:
    return NewAuditEntry(who, Verb.CHANGED_ACCOUNT, about, {"address": address} if address else {})
