"""Identifiers: time-ordered UUIDs for rows, random tokens for secrets."""

import os
import secrets
import time
import uuid
from typing import Final

# The variant is the two bits 10: what becomes of a random hexadecimal digit.
_VARIANT: Final = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


def uuid7() -> uuid.UUID:
    """Return a version 7 UUID (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits.

    Rows written together lie together in the index, and no sequence is shared between tenants.
    """
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= ((random >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random & ((1 << 62) - 1)
    return uuid.UUID(int=value)


def uuid7_array(count: int) -> str:
    """Return so many version 7 UUIDs as the text of a PostgreSQL array.

    For whoever only hands them on: a fraction of what as many objects cost.
    """
    milliseconds = f"{time.time_ns() // 1_000_000:012x}"
    random = os.urandom(10 * count).hex()
    made = ",".join(
        f"{milliseconds}7{random[at : at + 3]}{_VARIANT[random[at + 3]]}{random[at + 4 : at + 19]}"
        for at in range(0, 20 * count, 20)
    )
    return f"{{{made}}}"


def secret_token() -> str:
    """Return 256 random bits as URL-safe text (43 characters)."""
    return secrets.token_urlsafe(32)
