"""Passwords: hashed by argon2id, checked for length and guessability; first passwords are random."""

import secrets
import string
from base64 import b64encode
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from base.errors import UserError

SHORTEST, LONGEST = 10, 128  # characters
_GUESSABLE = 1  # of zxcvbn's scores 0..4: found within a million guesses
_COMMON_HERE = ("mingshu", "gonghui", "zonggonghui", "xianzonggonghui")
_LETTERS = "".join(set(string.ascii_lowercase + string.digits) - set("0o1li"))  # none easily confused
_GROUPS, _GROUP = 4, 4  # letters in groups, because a first password is read out or copied by hand
_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)  # each needs 64 MB while it runs


def _made_up() -> str:
    """Return a hash as _HASHER writes it, made of chance: to hash something would delay the start of every command."""
    salt, made = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (_HASHER.salt_len, _HASHER.hash_len)
    )
    return f"$argon2id$v=19$m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}${salt}${made}"


_NOBODY = _made_up()  # the hash to compare with when there is no account


def first_password() -> str:
    """Return a random password that can be read aloud: four groups of four letters and digits, 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def hash_password(password: str) -> str:
    """Return the hash of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, kept: str) -> bool:
    """Return whether a password matches a hash; without a hash the same work is done."""
    try:
        with _AT_ONCE:
            opens = _HASHER.verify(kept or _NOBODY, password[:LONGEST])
            return opens and bool(kept) and len(password) <= LONGEST
    except (VerificationError, InvalidHashError):
        return False


def check_new(password: str, again: str, *own: str) -> None:
    """Raise UserError when a new password is too short or too long, easily guessed, or not the same twice.

    `own` are the owner's names.
    """
    if password != again:
        raise UserError("两次写的新密码不一样，请重新写。")
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserError(f"新密码是{len(password)}个字，应是{SHORTEST}到{LONGEST}个字，请重新写。")
    guessed = zxcvbn(password[:64], user_inputs=[*own, *_COMMON_HERE])
    if guessed["score"] <= _GUESSABLE:
        raise UserError("新密码太容易猜到，不要用常见的词、连着的数字或自己的名字，请换一个。")
