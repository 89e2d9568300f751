"""Keys for signed identities: two at a time, a secret told once, nothing of it in the database."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import connection
from django.test import override_settings

from conversations.actions.manage_identity_keys import create_identity_key, revoke_identity_key
from conversations.models import IdentityKey
from tenants.errors import BadRequest, NotFound, PermissionDenied
from tenants.sealing import SealBrokenError, seal, unseal
from tests.cast import Cast
from tests.identities import make_key
from tests.operators.scenes import audited, nothing_changes, within

ED25519 = Ed25519PrivateKey.generate()


def pem(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_a_secret_is_told_once_and_the_database_does_not_give_it_away(cast: Cast) -> None:
    made = make_key(cast.bob, cast.acme_widget)
    assert len(made.secret) == 43
    with within(cast.acme), connection.cursor() as cursor:
        assert IdentityKey.objects.get().material() == made.secret
        cursor.execute("SELECT row_to_json(k)::text FROM conversations_identitykey k")
        [(row,)] = cursor.fetchall()
    assert made.secret not in row
    assert audited(cast.acme) == [("Bob", "identity_key.created")]


def test_two_keys_are_active_and_no_third(cast: Cast) -> None:
    first, _second = make_key(cast.bob, cast.acme_widget), make_key(cast.bob, cast.acme_widget)
    with pytest.raises(BadRequest):
        make_key(cast.bob, cast.acme_widget)
    with within(cast.acme):
        assert IdentityKey.objects.count() == 2
        revoke_identity_key(actor=cast.bob.actor, inbox_id=cast.acme_widget.pk, key_id=first.key.pk)
    make_key(cast.bob, cast.acme_widget)
    with within(cast.acme):
        revoked = IdentityKey.objects.get(pk=first.key.pk)
    assert revoked.revoked_at is not None
    assert revoked.sealed_secret == ""
    assert [action for _who, action in audited(cast.acme)].count("identity_key.revoked") == 1


def test_a_public_key_is_kept_in_one_spelling(cast: Cast) -> None:
    pasted = pem(ED25519).replace("\n", "\r\n") + "\n"
    made = make_key(cast.bob, cast.acme_widget, algorithm="EdDSA", public_key=pasted)
    assert (made.secret, made.key.public_key, made.key.sealed_secret) == ("", pem(ED25519), "")


@pytest.mark.parametrize(
    ("algorithm", "text"),
    [
        ("EdDSA", ""),
        ("EdDSA", "-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----"),
        ("RS256", pem(ED25519)),
        (
            "EdDSA",
            ED25519.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        ),
        (
            "RS256",
            generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - that is the point
            .public_key()
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            .decode(),
        ),
    ],
    ids=["empty", "nonsense", "other kind", "private", "short"],
)
def test_a_key_that_cannot_be_used_is_refused(cast: Cast, algorithm: str, text: str) -> None:
    with nothing_changes(cast.acme), pytest.raises(BadRequest) as refused:
        make_key(cast.bob, cast.acme_widget, algorithm=algorithm, public_key=text)
    assert list(refused.value.errors) == ["public_key"]


def test_operators_and_other_tenants_make_and_revoke_none(cast: Cast) -> None:
    made = make_key(cast.bob, cast.acme_widget)
    with nothing_changes(cast.acme), pytest.raises(PermissionDenied):
        make_key(cast.alice, cast.acme_widget)
    with within(cast.globex):
        cast.mallory.role = "admin"
        cast.mallory.save()
        with pytest.raises(NotFound):
            create_identity_key(actor=cast.mallory.actor, inbox_id=cast.acme_widget.pk, algorithm="HS256")
        with pytest.raises(NotFound):
            revoke_identity_key(actor=cast.mallory.actor, inbox_id=cast.acme_widget.pk, key_id=made.key.pk)


def test_what_is_sealed_opens_in_its_place_only_and_outlives_a_new_secret_key() -> None:
    with override_settings(SECRET_KEY="first", SECRET_KEY_FALLBACKS=[]):
        sealed = seal("tea", purpose="test", place="acme:1")
    with override_settings(SECRET_KEY="second", SECRET_KEY_FALLBACKS=["first"]):
        assert unseal(sealed, purpose="test", place="acme:1") == "tea"
        for purpose, place in (("test", "acme:2"), ("other", "acme:1")):
            with pytest.raises(SealBrokenError):
                unseal(sealed, purpose=purpose, place=place)
    with override_settings(SECRET_KEY="second", SECRET_KEY_FALLBACKS=[]), pytest.raises(SealBrokenError):
        unseal(sealed, purpose="test", place="acme:1")
