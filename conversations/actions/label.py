"""Priority, tags and spam."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.events import (
    ConversationMarkedSpam,
    ConversationPrioritised,
    ConversationTagged,
)
from conversations.models import Conversation, ConversationTag, Tag
from conversations.present import author_of, tag_shape
from conversations.shapes import PriorityName
from conversations.text import clean, one_line
from conversations.thread import locked
from tenants.errors import BadRequest
from tenants.events import publish
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id

MAX_TAGS = 20


@transaction.atomic
def set_priority(*, actor: Actor, conversation_id: UUID, priority: str) -> Conversation:
    """Set the priority: none, low, medium, high or urgent. Raises PermissionDenied, NotFound, BadRequest."""
    require(actor, Permission.WRITE_CONVERSATIONS)
    if priority not in Conversation.Priority.values:
        raise BadRequest(
            errors={
                "priority": [
                    _("Choose one of: %(codes)s.") % {"codes": ", ".join(Conversation.Priority.values)}
                ]
            }
        )
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if conversation.priority != priority:
        conversation.priority = priority
        conversation.save(update_fields=["priority"])
        publish(
            ConversationPrioritised(
                conversation_id=conversation.pk,
                priority=cast("PriorityName", priority),
                by=author_of(actor),
            )
        )
    return conversation


@transaction.atomic
def set_tags(*, actor: Actor, conversation_id: UUID, names: Sequence[str]) -> list[Tag]:
    """Replace the tags of a conversation; unknown names become tags. Returns them sorted by name.

    Raises PermissionDenied, NotFound, BadRequest for an empty name or more than MAX_TAGS.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    wanted = tag_names(names=names)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    tenant_id = current_tenant_id()
    tags = tags_named(names=wanted)
    links = ConversationTag.objects.filter(conversation=conversation)
    before = {link.tag_id for link in links}
    if before == {tag.pk for tag in tags}:
        return tags
    if before - {tag.pk for tag in tags}:
        links.exclude(tag__in=tags).delete()
    ConversationTag.objects.bulk_create(
        ConversationTag(tenant_id=tenant_id, conversation=conversation, tag=tag)
        for tag in tags
        if tag.pk not in before
    )
    publish(
        ConversationTagged(
            conversation_id=conversation.pk, tags=[tag_shape(tag) for tag in tags], by=author_of(actor)
        )
    )
    return tags


def tag_names(*, names: Sequence[str]) -> list[str]:
    """Return the names of tags, tidy, each once, sorted. Raises BadRequest for an empty one or more than MAX_TAGS."""
    wanted = sorted({one_line(clean(name), length=50) for name in names})
    if "" in wanted or len(wanted) > MAX_TAGS:
        raise BadRequest(errors={"tags": [_("Up to 20 tags, each with a name.")]})
    return wanted


def tags_named(*, names: Sequence[str]) -> list[Tag]:
    """Return the tags of these names, sorted; those that are new are made."""
    named = Tag.objects.filter(name__in=names).order_by("name")
    if len(found := list(named)) == len(names):
        return found
    tenant_id = current_tenant_id()
    # Another may make the same at this moment: who comes second finds it.
    Tag.objects.bulk_create([Tag(tenant_id=tenant_id, name=name) for name in names], ignore_conflicts=True)
    return list(named.all())


@transaction.atomic
def mark_spam(*, actor: Actor, conversation_id: UUID, is_spam: bool) -> Conversation:
    """Put a conversation among the spam, or take it out again. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_CONVERSATIONS)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    if conversation.is_spam != is_spam:
        conversation.is_spam = is_spam
        conversation.save(update_fields=["is_spam"])
        publish(ConversationMarkedSpam(conversation_id=conversation.pk, is_spam=is_spam, by=author_of(actor)))
    return conversation
