"""Files that were never sent, and sessions that ran out, go; everything else stays."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from conversations.actions.send_message import send_message
from conversations.actions.upload_attachment import upload_attachment
from conversations.drafts import Draft
from conversations.models import Attachment, Conversation, Notification, VisitorSession
from conversations.tasks import remove_leftovers_of_tenant
from tenants.clock import happening_at, now
from tenants.ids import uuid7
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin

# Files go after the commit.
pytestmark = pytest.mark.django_db(transaction=True)


def uploaded(cast: Cast, conversation: Conversation, *, hours_ago: int) -> Attachment:
    with tenant_scope(TenantId(conversation.tenant_id)), happening_at(now() - timedelta(hours=hours_ago)):
        return upload_attachment(
            actor=cast.vera.actor, conversation_id=conversation.pk, name="order.txt", content=b"Order 1"
        )


def test_files_that_belong_to_no_message_go_after_a_day(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    orphan = uploaded(cast, conversation, hours_ago=25)
    fresh = uploaded(cast, conversation, hours_ago=23)
    sent = uploaded(cast, conversation, hours_ago=25)
    with tenant_scope(TenantId(conversation.tenant_id)):
        draft = Draft(text="My order", client_id=uuid7(), attachment_ids=[sent.pk])
        send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=draft)

    remove_leftovers_of_tenant(str(cast.acme.pk))

    with tenant_scope(TenantId(conversation.tenant_id)):
        assert set(Attachment.objects.values_list("pk", flat=True)) == {fresh.pk, sent.pk}
    kept = [default_storage.exists(file.storage_key) for file in (orphan, fresh, sent)]
    assert kept == [False, True, True]


def test_sessions_that_ran_out_go(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        VisitorSession.objects.update(expires_at=now() - timedelta(seconds=1))

    remove_leftovers_of_tenant(str(cast.acme.pk))

    with tenant_scope(TenantId(cast.acme.pk)):
        assert VisitorSession.objects.count() == 0


def test_notifications_go_a_season_after_they_were_read(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        for days in (None, 89, 91):
            Notification.objects.create(
                operator=cast.alice,
                conversation=conversation,
                kind=Notification.Kind.MENTION,
                by_kind="system",
                created_at=now() - timedelta(days=100),
                read_at=now() - timedelta(days=days) if days else None,
            )

    remove_leftovers_of_tenant(str(cast.acme.pk))

    with tenant_scope(TenantId(cast.acme.pk)):
        assert Notification.objects.count() == 2
