"""Uploads: what they are is told by their content; what is kept is harmless."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.test import Client
from PIL import Image

from conversations.actions.send_message import send_message
from conversations.actions.upload_attachment import upload_attachment
from conversations.files import checked, shown_name
from conversations.models import Attachment
from conversations.present import attachment_shape
from conversations.queries import messages_before
from tenants.errors import NotFound, TooLarge, UnsupportedFile
from tenants.events import Audience
from tenants.models import EventRecord
from tenants.scoping import tenant_scope
from tests.cast import Cast, a_draft, begin


def picture(
    form: str = "PNG", size: tuple[int, int] = (8, 4), exif: dict[int, object] | None = None
) -> bytes:
    image, out = Image.new("RGB", size, "teal"), io.BytesIO()
    made = Image.Exif()
    for tag, value in (exif or {}).items():
        made[tag] = value
    image.save(out, format=form, exif=made)
    return out.getvalue()


def document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kept_name", "kind"),
    [
        ("a.png", picture("PNG"), "a.png", "image/png"),
        ("a.png", picture("JPEG"), "a.jpg", "image/jpeg"),
        ("photo", picture("WEBP"), "photo.webp", "image/webp"),
        ("bill.pdf", b"%PDF-1.7 ...", "bill.pdf", "application/pdf"),
        (
            "نامه.docx",
            document(),
            "نامه.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("note.txt", "ačiū".encode(), "note.txt", "text/plain"),
    ],
)
def test_what_is_let_in(name: str, content: bytes, kept_name: str, kind: str) -> None:
    file = checked(name=name, content=content)
    assert (file.name, file.content_type) == (kept_name, kind)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.png", b"<svg/>"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.pdf", b"<html>"),
        ("a.exe", b"MZ\x90\x00"),
        ("a.pdf.exe", b"MZ\x90\x00"),
        ("a.txt", b"\xff\xfe\x00"),
        ("a.pht", b"<?php"),
        ("empty.txt", b""),
        ("broken.png", picture("PNG")[:40]),
    ],
)
def test_what_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(UnsupportedFile):
        checked(name=name, content=content)


def test_a_photo_loses_where_and_with_what_it_was_taken() -> None:
    file = checked(name="a.jpg", content=picture("JPEG", exif={0x010F: "Camera of Vera"}))
    assert b"Camera of Vera" not in file.content
    assert dict(Image.open(io.BytesIO(file.content)).getexif()) == {}


def test_a_picture_bomb_is_refused_before_it_is_opened() -> None:
    with pytest.raises(TooLarge):
        checked(name="bomb.png", content=picture("PNG", size=(9000, 9000)))


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge):
        checked(name="a.txt", content=b"x" * (20 * 2**20 + 1))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("exe\u202egnp.exe", "exegnp.exe"),
        ("a\u200b.png ", "a.png"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_ever_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.django_db
class TestServing:
    def uploaded(self, cast: Cast, name: str, content: bytes) -> Attachment:
        conversation = begin(cast.vera, "Hello")
        with tenant_scope(cast.acme.pk):
            return upload_attachment(
                actor=cast.vera.actor, conversation_id=conversation.pk, name=name, content=content
            )

    def test_a_signed_link_shows_a_picture_in_a_sandbox(self, cast: Cast, client: Client) -> None:
        attachment = self.uploaded(cast, "a.png", picture())
        response = client.get(attachment_shape(attachment)["url"])

        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == 'inline; filename="a.png"'

    def test_a_document_is_downloaded(self, cast: Cast, client: Client) -> None:
        attachment = self.uploaded(cast, "bill.pdf", b"%PDF-1.7")
        response = client.get(attachment_shape(attachment)["url"])

        assert response["Content-Disposition"] == 'attachment; filename="bill.pdf"'

    @pytest.mark.parametrize("signature", ["", "x", "00.11.22", "a.b.c.d"])
    def test_without_its_signature_a_file_is_not_there(
        self, cast: Cast, client: Client, signature: str
    ) -> None:
        attachment = self.uploaded(cast, "a.png", picture())

        assert client.get(f"/files/{attachment.pk}", {"s": signature}).status_code == 404

    def test_a_signature_opens_no_other_file(self, cast: Cast, client: Client) -> None:
        one = self.uploaded(cast, "a.png", picture())
        two = self.uploaded(cast, "b.png", picture())
        signature = attachment_shape(one)["url"].partition("=")[2]

        assert client.get(f"/files/{two.pk}", {"s": signature}).status_code == 404

    def test_files_stand_in_the_same_order_when_sent_and_when_read_again(self, cast: Cast) -> None:
        conversation = begin(cast.vera, "Hello")
        with tenant_scope(cast.acme.pk):
            one, two = (
                upload_attachment(
                    actor=cast.vera.actor, conversation_id=conversation.pk, name=name, content=b"words"
                )
                for name in ("one.txt", "two.txt")
            )
            draft = replace(a_draft("See"), attachment_ids=[two.pk, one.pk])
            send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=draft)
            told = EventRecord.objects.order_by("pk").last()
            read, _ = messages_before(conversation_id=conversation.pk, audience=Audience.CONTACT)

        assert told is not None
        assert [file["name"] for file in told.payload["message"]["attachments"]] == ["one.txt", "two.txt"]
        assert [file["name"] for file in read[-1]["attachments"]] == ["one.txt", "two.txt"]

    def test_nobody_uploads_into_anothers_conversation(self, cast: Cast) -> None:
        conversation = begin(cast.vera, "Hello")
        with tenant_scope(cast.globex.pk), pytest.raises(NotFound):
            upload_attachment(
                actor=cast.mallory.actor, conversation_id=conversation.pk, name="a.png", content=picture()
            )
        with tenant_scope(cast.acme.pk):
            assert Attachment.objects.count() == 0
