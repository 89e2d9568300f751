"""Two-step log-in."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from operators.accounts.second_factor import SecondFactorAdapter
from tests.cast import Cast
from tests.operators.scenes import PASSWORD, confirmed


def code_of(secret: str) -> str:
    """Return the six digits an app would show now."""
    counter = int(time.time()) // 30
    assert counter in set(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counter)))


def log_in(client: Client) -> str:
    return str(
        client.post("/accounts/login/", {"login": "alice@acme.example", "password": PASSWORD})["Location"]
    )


@pytest.fixture
def turned_on(
    cast: Cast,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> str:
    """Alice has turned two-step log-in on; returns the secret."""
    confirmed(cast.alice.user)
    log_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'<code class="code">(\w+)</code>', page)
    assert found is not None
    secret = found.group(1)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def test_a_log_in_then_takes_a_code(turned_on: str) -> None:
    client = Client()
    assert log_in(client) == "/accounts/2fa/authenticate/"
    assert client.get("/settings/profile/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_logs_in_once(turned_on: str, client: Client) -> None:
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>([\w ]+)</code></li>", page)
    assert len(codes) == 10
    fresh = Client()
    log_in(fresh)
    assert fresh.post("/accounts/2fa/authenticate/", {"code": codes[0]})["Location"] == "/inbox/"
    again = Client()
    log_in(again)
    assert again.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 200


def test_turning_it_on_is_told_by_mail(turned_on: str) -> None:
    assert "Two-step log-in is on" in [message.subject for message in mail.outbox]


def test_the_secret_is_not_stored_readably(turned_on: str, cast: Cast) -> None:
    stored = Authenticator.objects.get(user=cast.alice.user, type=Authenticator.Type.TOTP).data["secret"]
    assert turned_on not in stored
    assert SecondFactorAdapter().decrypt(stored) == turned_on


def test_secrets_outlive_a_rotation_of_the_secret_key(settings: object) -> None:
    settings.SECRET_KEY = "the first key, which is fifty characters long or more"  # type: ignore[attr-defined]
    encrypted = SecondFactorAdapter().encrypt("seed")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "the second key, which is also fifty characters or more"  # type: ignore[attr-defined]
    assert SecondFactorAdapter().decrypt(encrypted) == "seed"


def test_changing_it_later_asks_who_one_is(cast: Cast, client: Client) -> None:
    confirmed(cast.alice.user)
    client.force_login(cast.alice.user)
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    page = client.get(answer["Location"]).content.decode()
    assert "Is it you?" in page
