"""The page where an inbox's signed identities are set up: keys, counts, what is refused, samples that work."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.test import Client

from conversations.actions.count_identity import count_identity
from conversations.identity_tokens import read_identity
from conversations.models import IdentityKey, Inbox
from conversations.pages.settings.identity import REASONS
from conversations.pages.settings.identity_samples import samples
from tenants.clock import now
from tests.cast import Cast
from tests.identities import PlainKey, make_key
from tests.operators.scenes import audited, logged_in, nothing_changes, within


def page_of(cast: Cast) -> str:
    return f"/settings/inboxes/{cast.acme_widget.pk}/identity/"


def test_a_secret_is_on_the_page_once(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    page = client.post(f"{page_of(cast)}keys/", {"algorithm": "HS256"})
    with within(cast.acme):
        secret = IdentityKey.objects.get().material()
        key_id = IdentityKey.objects.get().key_id
    assert secret in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    again = client.get(page_of(cast)).content.decode()
    assert secret not in again
    # The samples name the key.
    assert again.count(key_id) >= 5
    assert audited(cast.acme) == [("Bob", "identity_key.created")]


def test_a_key_that_is_none_is_refused_at_its_field(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        page = client.post(f"{page_of(cast)}keys/", {"algorithm": "RS256", "public_key": "tea"})
    assert (page.status_code, list(page.context["key_form"].errors)) == (422, ["public_key"])


def test_a_third_key_is_not_on_offer_and_not_made(cast: Cast, client: Client) -> None:
    make_key(cast.bob, cast.acme_widget)
    make_key(cast.bob, cast.acme_widget)
    logged_in(client, cast.bob)
    assert client.get(page_of(cast)).context["may_make"] is False
    with nothing_changes(cast.acme):
        assert client.post(f"{page_of(cast)}keys/", {"algorithm": "HS256"}).status_code == 422


def test_a_key_is_revoked(cast: Cast, client: Client) -> None:
    made = make_key(cast.bob, cast.acme_widget)
    logged_in(client, cast.bob)
    assert client.post(f"{page_of(cast)}keys/{made.key.pk}/revoke/")["Location"] == page_of(cast)
    page = client.get(page_of(cast))
    assert (page.context["keys"], [key.key_id for key in page.context["revoked"]]) == ([], [made.key.key_id])
    assert client.post(f"{page_of(cast)}keys/{made.key.pk}/revoke/").status_code == 404


@pytest.mark.parametrize("mode", ["off", "warn", "on"])
def test_what_is_done_without_a_signature_is_chosen(cast: Cast, client: Client, mode: str) -> None:
    logged_in(client, cast.bob)
    assert client.post(page_of(cast), {"identity": mode}).status_code == 302
    with within(cast.acme):
        assert Inbox.objects.get(pk=cast.acme_widget.pk).settings == {"identity": mode}
    assert audited(cast.acme) == [("Bob", "inbox.changed")]
    assert client.post(page_of(cast), {"identity": "perhaps"}).status_code == 422


def test_the_counts_of_seven_days_are_shown(cast: Cast, client: Client) -> None:
    with within(cast.acme):
        for _number in range(3):
            count_identity(inbox_id=cast.acme_widget.pk, outcome="unsigned")
        count_identity(inbox_id=cast.acme_widget.pk, outcome="refused", reason="signature")
        count_identity(inbox_id=cast.acme_widget.pk, outcome="signed")
    logged_in(client, cast.bob)
    page = client.get(page_of(cast))
    week = page.context["week"]
    assert (week.signed, week.unsigned, week.refused, week.last_refusal) == (1, 3, 1, "signature")
    assert str(REASONS["signature"]) in page.content.decode()


def test_another_tenants_identity_page_does_not_exist(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    address = f"/settings/inboxes/{cast.globex_widget.pk}/identity/"
    with nothing_changes(cast.globex):
        assert client.get(address).status_code == 404
        assert client.post(address, {"identity": "on"}).status_code == 404
        assert client.post(f"{address}keys/", {"algorithm": "HS256"}).status_code == 404


def test_an_operator_sees_and_makes_no_keys(cast: Cast, client: Client) -> None:
    logged_in(client, cast.alice)
    with nothing_changes(cast.acme):
        assert client.get(page_of(cast)).status_code == 403
        assert client.post(f"{page_of(cast)}keys/", {"algorithm": "HS256"}).status_code == 403


RUNS = {
    "Python": lambda code: [
        sys.executable,
        "-c",
        f"{code}\nprint(parley_token(7, 'Ūla', 'ula@shop.example'))",
    ],
    "Node.js": lambda code: [
        shutil.which("node") or "node",
        "--input-type=module",
        "-e",
        f"{code}\nconsole.log(parleyToken(7, 'Ūla', 'ula@shop.example'));",
    ],
}


@pytest.mark.parametrize("language", list(RUNS))
def test_the_samples_make_tokens_that_are_accepted(language: str) -> None:
    code = dict(samples(key_id="id_sample"))[language]
    secret = "the secret of the sample, long enough"
    ran = subprocess.run(
        RUNS[language](code),
        env={**os.environ, "PARLEY_SECRET": secret},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    key = PlainKey(key_id="id_sample", algorithm="HS256", text=secret)
    identity = read_identity(ran.stdout.strip(), keys=[key], audience="inbox", moment=now())
    assert (identity.external_id, dict(identity.fields)) == (
        "7",
        {"name": "Ūla", "email": "ula@shop.example"},
    )


def test_every_sample_names_the_key_and_no_secret() -> None:
    for _language, code in samples(key_id="id_sample"):
        assert json.dumps("id_sample") in code or "'id_sample'" in code
        assert "PARLEY_SECRET" in code
