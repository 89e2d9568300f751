"""What a visitor may fetch and send: their own, and nothing else."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from conversations.actions.send_message import send_message
from conversations.files import MAX_FILE
from conversations.models import Attachment, Conversation, Message
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, a_draft, begin, make_visitor, reply
from tests.conversations.inboxes.widget.asking import bearing


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "PNG")
    return out.getvalue()


def note(cast: Cast, conversation: Conversation, text: str) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        send_message(
            actor=cast.alice.actor, conversation_id=conversation.pk, draft=a_draft(text, kind="note")
        )


def attachments(cast: Cast) -> int:
    with tenant_scope(TenantId(cast.acme.pk)):
        return Attachment.objects.count()


def test_the_messages_come_oldest_first_without_notes(cast: Cast, client: Client) -> None:
    conversation = begin(cast.vera, "One", "Two")
    note(cast, conversation, "A difficult one")
    reply(cast.alice, conversation, "Three")
    response = client.get(
        f"/widget/conversations/{conversation.pk}/messages", headers=bearing(cast.vera.token)
    )
    found = response.json()
    replies = [message["text"] for message in found["messages"] if message["kind"] == "reply"]
    assert (replies, found["has_more"], response["Cache-Control"]) == (
        ["One", "Two", "Three"],
        False,
        "no-store",
    )
    assert "A difficult one" not in response.content.decode()


def test_earlier_messages_come_by_position(cast: Cast, client: Client) -> None:
    conversation = begin(cast.vera, "One", "Two", "Three")
    path = f"/widget/conversations/{conversation.pk}/messages"
    last = client.get(path, {"limit": 1}, headers=bearing(cast.vera.token)).json()
    before = client.get(
        path, {"limit": 1, "before": last["messages"][0]["position"]}, headers=bearing(cast.vera.token)
    ).json()
    assert [message["text"] for message in last["messages"] + before["messages"]] == ["Three", "Two"]
    assert (last["has_more"], before["has_more"]) == (True, True)


@pytest.mark.parametrize("query", [{"before": "x"}, {"before": "-1"}, {"limit": "9" * 40}, {"limit": "²"}])
def test_a_number_that_is_none_is_refused(cast: Cast, client: Client, query: dict[str, str]) -> None:
    conversation = begin(cast.vera, "One")
    response = client.get(
        f"/widget/conversations/{conversation.pk}/messages", query, headers=bearing(cast.vera.token)
    )
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_another_visitors_conversation_is_not_found_like_one_that_never_was(
    cast: Cast, client: Client
) -> None:
    conversation = begin(cast.vera, "Secret")
    strangers = [
        make_visitor(cast.acme_widget, name="Wanda"),
        make_visitor(cast.globex_widget, name="Walter"),
    ]
    for stranger in strangers:
        for path in ("messages", "transcript"):
            asked = [
                client.get(f"/widget/conversations/{pk}/{path}", headers=bearing(stranger.token))
                for pk in (conversation.pk, uuid4())
            ]
            assert [answer.status_code for answer in asked] == [404, 404]
            assert asked[0].content == asked[1].content


@pytest.mark.parametrize("headers", [{}, bearing("nonsense"), {"Authorization": "Basic abc"}])
def test_without_a_good_token_nothing_is_told(cast: Cast, client: Client, headers: dict[str, str]) -> None:
    conversation = begin(cast.vera, "Secret")
    for path in ("messages", "transcript"):
        response = client.get(f"/widget/conversations/{conversation.pk}/{path}", headers=headers)
        assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")


def test_the_copy_has_what_was_said_in_the_visitors_own_zone(cast: Cast, client: Client) -> None:
    conversation = begin(cast.vera, "Is it dishwasher safe?")
    note(cast, conversation, "Ask the potter")
    reply(cast.alice, conversation, "It is.")
    with tenant_scope(TenantId(cast.acme.pk)):
        Message.objects.update(created_at=datetime(2026, 11, 21, 22, 30, tzinfo=UTC))
    response = client.get(
        f"/widget/conversations/{conversation.pk}/transcript",
        {"zone": "Europe/Vilnius"},
        headers=bearing(cast.vera.token),
    )
    day = f"{conversation.created_at:%Y-%m-%d}"
    assert response["Content-Disposition"] == f'attachment; filename="website-{day}.txt"'
    text = response.content.decode("utf-8-sig")
    assert "[2026-11-22 00:30] \u2068You\u2069:\nIs it dishwasher safe?\n" in text
    assert "[2026-11-22 00:30] \u2068Alice\u2069:\nIt is.\n" in text
    assert "potter" not in text


def test_a_picture_is_kept_for_the_message_it_will_belong_to(cast: Cast, client: Client) -> None:
    conversation = begin(cast.vera, "Look")
    response = client.post(
        "/widget/upload",
        {"conversation_id": str(conversation.pk), "file": SimpleUploadedFile("../cup.png", picture())},
        headers=bearing(cast.vera.token),
    )
    made = response.json()
    assert response.status_code == 201
    assert (made["name"], made["content_type"], made["width"], made["height"]) == (
        "cup.png",
        "image/png",
        8,
        6,
    )
    assert client.get(made["url"]).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        (
            "drawing.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            (415, "unsupported_file"),
        ),
        ("page.html", b"<script>alert(1)</script>", (415, "unsupported_file")),
        ("program.pdf", b"MZ\x90\x00", (415, "unsupported_file")),
        ("empty.txt", b"", (415, "unsupported_file")),
        ("long.txt", b"a" * (MAX_FILE + 1), (413, "too_large")),
    ],
)
def test_what_may_not_be_sent_is_refused_and_not_kept(
    cast: Cast, client: Client, name: str, content: bytes, refusal: tuple[int, str]
) -> None:
    conversation = begin(cast.vera, "Look")
    response = client.post(
        "/widget/upload",
        {"conversation_id": str(conversation.pk), "file": SimpleUploadedFile(name, content)},
        headers=bearing(cast.vera.token),
    )
    assert (response.status_code, response.json()["code"]) == refusal
    assert attachments(cast) == 0


def test_a_file_cannot_be_put_into_somebody_elses_conversation(cast: Cast, client: Client) -> None:
    conversation = begin(cast.vera, "Mine")
    stranger = make_visitor(cast.acme_widget, name="Wanda")
    response = client.post(
        "/widget/upload",
        {"conversation_id": str(conversation.pk), "file": SimpleUploadedFile("cup.png", picture())},
        headers=bearing(stranger.token),
    )
    assert (response.status_code, attachments(cast)) == (404, 0)


@pytest.mark.parametrize(
    "fields", [{}, {"conversation_id": "x"}, {"file": SimpleUploadedFile("cup.png", picture())}]
)
def test_an_upload_that_lacks_something_says_so(
    cast: Cast, client: Client, fields: dict[str, object]
) -> None:
    response = client.post("/widget/upload", fields, headers=bearing(cast.vera.token))
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_uploads_are_slowed_down(cast: Cast, client: Client) -> None:
    codes = [
        client.post("/widget/upload", {}, headers=bearing(cast.vera.token)).status_code for _ in range(32)
    ]
    assert (codes[0], codes[-1]) == (400, 429)
