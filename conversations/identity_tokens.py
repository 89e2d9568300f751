"""Signed identities: what a customer's own server says of a visitor, checked strictly. Pure.

A token is a JWT (RFC 7519) in compact form. Beside the rules of RFC 8725: the header names one of the inbox's own
keys, and the algorithm is that key's, whatever the header says; a token ends within a day, so a stolen one is soon
worthless; and it says who the visitor is in ``sub``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite
from typing import Any, Final, Literal, Protocol

import jwt
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from conversations.text import clean
from tenants.errors import DomainError, Expired, Unauthenticated

MAX_TOKEN: Final = 8_000
MAX_LIFE: Final = timedelta(hours=24)
LEEWAY: Final = timedelta(seconds=60)
MAX_ID: Final = 200
LENGTHS: Final = {"name": 100, "email": 254, "phone": 40}
MAX_ATTRIBUTES: Final = 50
MAX_ATTRIBUTE_NAME: Final = 60
MAX_ATTRIBUTE: Final = 500

Reason = Literal[
    "malformed", "key", "algorithm", "signature", "expired", "lifetime", "audience", "subject", "claims"
]
_MOMENT_LIMIT: Final = 253_402_300_799  # the last second that is a date
# Claims are checked below, by our own clock and rules.
_SIGNATURE_ONLY: Final[Any] = {
    "verify_signature": True,
    **{f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")},
}


class SigningKey(Protocol):
    """A key of an inbox; ``material()`` is the secret, or the public key as PEM."""

    @property
    def key_id(self) -> str: ...

    @property
    def algorithm(self) -> str: ...

    def material(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a valid token says. ``fields`` has those of name, email and phone that it names, none of them empty.

    ``attributes``: None takes an attribute away.
    """

    key_id: str
    external_id: str
    fields: Mapping[str, str]
    attributes: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)


def refusal(reason: Reason) -> DomainError:
    """Return the error for a token that is refused; ``errors.token`` says why, for whoever builds the site."""
    if reason == "expired":
        return Expired(_("This sign-in has expired."), errors={"token": [reason]})
    return Unauthenticated(_("This sign-in was not accepted."), errors={"token": [reason]})


def read_identity(token: Any, *, keys: Iterable[SigningKey], audience: str, moment: datetime) -> Identity:
    """Return what a token says of a visitor. ``keys`` are the inbox's active ones, ``audience`` its public key.

    Raises Expired for one that was good, Unauthenticated for any other that is not; see ``refusal``.
    """
    if not isinstance(token, str) or not 0 < len(token) <= MAX_TOKEN or not token.isascii():
        raise refusal("malformed")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError as error:
        raise refusal("malformed") from error
    if "crit" in header or str(header.get("typ", "JWT")).upper() != "JWT":
        raise refusal("malformed")
    key = next((one for one in keys if one.key_id == header.get("kid")), None)
    if key is None:
        raise refusal("key")
    if header.get("alg") != key.algorithm:
        raise refusal("algorithm")
    try:
        claims = jwt.decode(token, key.material(), algorithms=[key.algorithm], options=_SIGNATURE_ONLY)
    except jwt.InvalidSignatureError as error:
        raise refusal("signature") from error
    except jwt.PyJWTError as error:
        raise refusal("malformed") from error
    _check_times(claims, moment)
    if claims.get("aud", audience) not in (audience, [audience]):
        raise refusal("audience")
    return Identity(
        key_id=key.key_id,
        external_id=_external_id(claims.get("sub")),
        fields=_fields(claims),
        attributes=_attributes(claims.get("attributes")),
    )


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOMENT_LIMIT:
        raise refusal("claims")
    return float(value)


def _check_times(claims: Mapping[str, Any], moment: datetime) -> None:
    now, leeway, life = moment.timestamp(), LEEWAY.total_seconds(), MAX_LIFE.total_seconds()
    if "exp" not in claims:
        raise refusal("lifetime")
    expires = _seconds(claims["exp"])
    if expires + leeway <= now:
        raise refusal("expired")
    issued = _seconds(claims["iat"]) if "iat" in claims else now
    if issued > now + leeway or expires > issued + life or expires > now + life + leeway:
        raise refusal("lifetime")
    if "nbf" in claims and _seconds(claims["nbf"]) > now + leeway:
        raise refusal("lifetime")


def _external_id(value: Any) -> str:
    # As it is or not at all: two ids that differ must never become the same one.
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID or value != " ".join(clean(value).split()):
        raise refusal("subject")
    return value


def _fields(claims: Mapping[str, Any]) -> dict[str, str]:
    made: dict[str, str] = {}
    for name, limit in LENGTHS.items():
        value = claims.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            raise refusal("claims")
        text = " ".join(clean(value).split())
        if len(text) > limit:
            raise refusal("claims")
        if text:
            made[name] = text
    if "email" in made:
        try:
            validate_email(made["email"])
        except ValidationError as error:
            raise refusal("claims") from error
    return made


def _attributes(value: Any) -> dict[str, str | int | float | bool | None]:
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > MAX_ATTRIBUTES:
        raise refusal("claims")
    for name, one in value.items():
        if not 0 < len(name) <= MAX_ATTRIBUTE_NAME or not isinstance(one, str | int | float | bool | None):
            raise refusal("claims")
        # JSON knows no infinity and no NaN; Python's reader does, and databases do not.
        if isinstance(one, float) and not isfinite(one):
            raise refusal("claims")
        if len(str(one)) > MAX_ATTRIBUTE:
            raise refusal("claims")
    return {clean(name): clean(one) if isinstance(one, str) else one for name, one in value.items()}
