"""Which person at the OpenID provider owns an account: the first to sign in with it, until it is reset.

A provider's names may be given to somebody else one day; its subjects (`sub`) never are. Only a hash is kept.
"""

import hashlib
from pathlib import Path

from sqlalchemy import select, update

from access.accounts.people import Account
from store import schema as tables
from store.audit import NewAuditEntry, add
from store.engine import writing
from store.verbs import Verb


def is_or_becomes(store: Path, account: Account, issuer: str, subject: str) -> bool:
    """Return whether an account is that of a provider's subject; an account that belongs to none yet is bound to it."""
    identity, own = _hash(issuer, subject), tables.account.c.id == account.id
    wanted = select(tables.account.c.subject).where(own)
    if account.subject:
        return account.subject == identity
    with writing(store) as connection:
        if kept := connection.execute(wanted).scalar_one():
            return bool(kept == identity)
        connection.execute(update(tables.account).where(own).values(subject=identity))
        add(connection, [NewAuditEntry("", Verb.CHANGED_ACCOUNT, f"“{account.name}”绑定统一身份认证里的人")])
    return True


def _hash(issuer: str, subject: str) -> str:
    return hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()
