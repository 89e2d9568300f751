"""Secrets that we must be able to read again, kept so that a copy of the database does not give them away.

Each is encrypted (Fernet: AES-128-CBC with HMAC-SHA256) under a key derived from SECRET_KEY for one purpose and one
place, so what is moved to another row, tenant or column does not open. Keys in SECRET_KEY_FALLBACKS still open.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBrokenError(ValueError):
    """What was to be opened was not sealed for this place, or under a key that is known no more."""


def seal(text: str, *, purpose: str, place: str) -> str:
    """Return ``text`` encrypted. ``place`` names the row it belongs to (tenant and id); it is not secret."""
    return _cipher(purpose, place).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str, place: str) -> str:
    """Return what ``seal`` was given for the same purpose and place. Raises SealBrokenError."""
    try:
        return _cipher(purpose, place).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBrokenError(purpose) from error


def _cipher(purpose: str, place: str) -> MultiFernet:
    info = f"parley.{purpose}:{place}".encode()
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(secret, info)) for secret in secrets])


def _key(secret: str, info: bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
