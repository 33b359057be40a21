"""The secret that a second factor is set up with: derived for one form of one session, and drawn as a QR code here.

Nothing is stored until a code of it was written; the form holds a seed alone, from which nobody else gets the secret.
"""

import base64
import hashlib
import hmac
import secrets

import segno

from access.accounts.people import Account
from access.accounts.second_factor import address_for

_KEY = secrets.token_bytes(32)  # valid for this process, like the forms
_BYTES = 20  # of a secret, as RFC 4226 recommends


def seed_for() -> str:
    """Return a new seed for a form."""
    return secrets.token_hex(16)


def secret_of(session: str, seed: str) -> str:
    """Return the secret of a form of a session, in base 32."""
    digest = hmac.new(_KEY, f"{session} {seed}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:_BYTES]).decode()


def picture_of(account: Account, secret: str) -> str:
    """Return the QR code of a secret as the address of a picture that holds it."""
    return segno.make(address_for(account, secret), error="m").svg_data_uri(
        scale=5, border=3, dark="#000", light="#fff"
    )
