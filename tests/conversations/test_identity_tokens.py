"""What a signed identity must be like, and everything that is refused."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from conversations.identity_tokens import Identity, read_identity
from tenants.errors import DomainError, Expired, Unauthenticated
from tests.identities import PlainKey

MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOW = int(MOMENT.timestamp())
DAY = 86_400
SECRET = "a secret of the shop that is long enough"
OURS = PlainKey(key_id="id_ours", algorithm="HS256", text=SECRET)
RSA = generate_private_key(public_exponent=65537, key_size=2048)
ED25519 = Ed25519PrivateKey.generate()


def pem(key: Any) -> str:
    made: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return made.decode()


def signed(
    *, secret: Any = SECRET, algorithm: str = "HS256", header: dict[str, Any] | None = None, **claims: Any
) -> str:
    """Return a token of ``user-7`` for an hour; a claim of ``...`` is left out."""
    payload = {"sub": "user-7", "iat": NOW, "exp": NOW + 3600, **claims}
    kept = {name: value for name, value in payload.items() if value is not ...}
    return jwt.encode(kept, secret, algorithm=algorithm, headers={"kid": "id_ours", **(header or {})})


def by_hand(header: dict[str, Any], claims: dict[str, Any], signature: str = "") -> str:
    """Return a token that no library would make."""
    parts = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)
    )
    return ".".join((*parts, signature))


def read(token: Any, *keys: PlainKey) -> Identity:
    return read_identity(token, keys=keys or (OURS,), audience="inbox-key", moment=MOMENT)


def reason(token: Any, *keys: PlainKey) -> str:
    with pytest.raises(DomainError) as refused:
        read(token, *keys)
    kind = Expired if refused.value.errors["token"] == ["expired"] else Unauthenticated
    assert type(refused.value) is kind
    return refused.value.errors["token"][0]


def test_a_token_says_who_the_visitor_is() -> None:
    token = signed(
        name=" Vera  Verified ", email="vera@example.com", phone="+370 600", attributes={"plan": "gold"}
    )
    assert read(token) == Identity(
        key_id="id_ours",
        external_id="user-7",
        fields={"name": "Vera Verified", "email": "vera@example.com", "phone": "+370 600"},
        attributes={"plan": "gold"},
    )


@pytest.mark.parametrize(
    ("private", "algorithm"), [(RSA, "RS256"), (ED25519, "EdDSA")], ids=["RS256", "EdDSA"]
)
def test_public_keys_prove_it_too(private: Any, algorithm: str) -> None:
    key = PlainKey(key_id="id_ours", algorithm=algorithm, text=pem(private))
    assert read(signed(secret=private, algorithm=algorithm), key).external_id == "user-7"


def test_either_of_two_active_keys_will_do() -> None:
    new = PlainKey(key_id="id_new", algorithm="HS256", text="another secret of the shop, long enough")
    assert read(signed(), OURS, new).key_id == "id_ours"
    assert read(signed(secret=new.text, header={"kid": "id_new"}), OURS, new).key_id == "id_new"


def test_a_key_id_that_is_not_the_inboxs_is_refused() -> None:
    assert reason(signed(header={"kid": "id_theirs"})) == "key"
    assert reason(jwt.encode({"sub": "user-7", "exp": NOW + 60}, SECRET, algorithm="HS256")) == "key"
    assert reason(by_hand({"alg": "HS256", "kid": ["id_ours"]}, {})) == "malformed"


def test_a_token_signed_with_another_secret_is_refused() -> None:
    assert reason(signed(secret="the secret of another inbox, long enough")) == "signature"


def test_a_token_that_was_tampered_with_is_refused() -> None:
    header, _claims, signature = signed().split(".")
    other = signed(sub="the-boss").split(".")[1]
    assert reason(f"{header}.{other}.{signature}") == "signature"
    assert reason(signed()[:-3] + "abc") in {"signature", "malformed"}


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", ""])
def test_a_token_without_a_signature_is_refused(algorithm: str) -> None:
    claims = {"sub": "user-7", "exp": NOW + 3600}
    assert reason(by_hand({"alg": algorithm, "kid": "id_ours", "typ": "JWT"}, claims)) == "algorithm"


def test_a_public_key_is_never_taken_for_a_secret() -> None:
    key = PlainKey(key_id="id_ours", algorithm="RS256", text=pem(RSA))
    # What an attacker does who knows the public key: sign with its text as if it were a shared secret.
    body = by_hand({"alg": "HS256", "kid": "id_ours"}, {"sub": "user-7", "exp": NOW + 3600}).rstrip(".")
    signer = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    mac = base64.urlsafe_b64encode(signer.sign(body.encode(), pem(RSA).encode())).rstrip(b"=").decode()
    assert reason(f"{body}.{mac}", key) == "algorithm"


def test_another_algorithm_of_the_same_family_is_refused() -> None:
    assert reason(signed(algorithm="HS512", secret=SECRET * 2)) == "algorithm"
    assert reason(signed(secret=RSA, algorithm="RS256")) == "algorithm"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"exp": ...}, "lifetime"),
        ({"exp": NOW - 60}, "expired"),
        ({"iat": NOW - DAY - 60, "exp": NOW - 3600}, "expired"),
        ({"iat": ..., "exp": NOW + DAY + 61}, "lifetime"),
        ({"iat": NOW - 3600, "exp": NOW + DAY}, "lifetime"),
        ({"iat": NOW + 61}, "lifetime"),
        ({"nbf": NOW + 61}, "lifetime"),
        ({"exp": "soon"}, "claims"),
        ({"exp": True}, "claims"),
        ({"exp": 1e300}, "claims"),
        ({"iat": -1}, "claims"),
    ],
)
def test_a_token_ends_within_a_day(claims: dict[str, Any], why: str) -> None:
    assert reason(by_hand_signed(claims)) == why


def by_hand_signed(changes: dict[str, Any]) -> str:
    """Return a signed token with claims that a library refuses to write."""
    claims = {"sub": "user-7", "iat": NOW, "exp": NOW + 3600, **changes}
    kept = {name: value for name, value in claims.items() if value is not ...}
    body = by_hand({"alg": "HS256", "kid": "id_ours"}, kept).rstrip(".")
    signer = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    mac = base64.urlsafe_b64encode(signer.sign(body.encode(), SECRET.encode())).rstrip(b"=").decode()
    return f"{body}.{mac}"


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": NOW - 59},
        {"iat": NOW, "exp": NOW + DAY},
        {"iat": NOW + 60, "exp": NOW + DAY + 60},
        {"iat": ..., "exp": NOW + DAY},
        {"nbf": NOW + 60},
    ],
)
def test_clocks_may_differ_by_a_minute(claims: dict[str, Any]) -> None:
    assert read(signed(**{"iat": NOW - 3600, **claims})).external_id == "user-7"


@pytest.mark.parametrize(
    "sub", [..., "", " ", " user-7", "user\u00007", "user\n7", "x" * 201, 7, ["user-7"], None]
)
def test_a_token_names_one_visitor_exactly(sub: Any) -> None:
    assert reason(by_hand_signed({"sub": sub})) == "subject"


def test_an_id_may_have_two_hundred_characters() -> None:
    assert read(signed(sub="ž" * 200)).external_id == "ž" * 200


@pytest.mark.parametrize(
    "claims",
    [
        {"name": 7},
        {"name": "x" * 101},
        {"email": "no address"},
        {"phone": "1" * 41},
        {"attributes": "gold"},
        {"attributes": {"plan": ["gold"]}},
        {"attributes": {"": "gold"}},
        {"attributes": {"x" * 61: 1}},
        {"attributes": {"plan": "x" * 501}},
        {"attributes": {"ratio": float("nan")}},
        {"attributes": {str(number): number for number in range(51)}},
    ],
)
def test_what_else_it_says_is_bounded(claims: dict[str, Any]) -> None:
    assert reason(by_hand_signed(claims)) == "claims"


def test_a_token_for_another_audience_is_refused() -> None:
    assert reason(signed(aud="another-inbox")) == "audience"
    assert reason(signed(aud=["inbox-key", "another-inbox"])) == "audience"
    assert read(signed(aud="inbox-key")).external_id == "user-7"
    assert read(signed(aud=["inbox-key"])).external_id == "user-7"


@pytest.mark.parametrize(
    "token",
    [
        None, 7, "", "a.b", "a.b.c", "ž.b.c", "x" * 8001, {"token": "x"},
        by_hand({"alg": "HS256", "kid": "id_ours", "crit": ["exp"]}, {}, "x"),
        by_hand({"alg": "HS256", "kid": "id_ours", "typ": "at+jwt"}, {}, "x"),
    ],
)  # fmt: skip
def test_what_is_no_token_is_refused(token: Any) -> None:
    assert reason(token) == "malformed"
