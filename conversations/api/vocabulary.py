"""What a business keeps at hand: tags and canned replies."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from rest_framework.request import Request

from conversations.actions.manage_canned_replies import (
    change_canned_reply,
    create_canned_reply,
    remove_canned_reply,
)
from conversations.actions.manage_tags import change_tag, create_tag, remove_tag
from conversations.api.bodies import (
    CannedReplyQuery,
    ChangeCannedReply,
    ChangeTag,
    CreateCannedReply,
    CreateTag,
)
from conversations.api.present import canned_reply_shape
from conversations.api.shapes import CannedReplyPageShape, CannedReplyShape, TagPageShape
from conversations.models import CannedReply, Tag
from conversations.present import tag_shape
from conversations.shapes import TagShape
from tenants.api.fields import PageQuery
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import NotFound
from tenants.permissions import Permission


class TagList(TenantAPIView):
    chapter = "Tags"

    @operation(
        "list_tags",
        "List the tags",
        permission=Permission.READ_CONVERSATIONS,
        query=PageQuery,
        gives=TagPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """By name."""
        return listing(Tag.objects.all(), order=("name", "pk"), query=query, shape=tag_shape)

    @operation(
        "create_tag",
        "Create a tag",
        permission=Permission.WRITE_TAGS,
        body=CreateTag,
        gives=TagShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        return tag_shape(create_tag(actor=self.actor, **body))


class TagDetail(TenantAPIView):
    chapter = "Tags"

    @operation(
        "change_tag",
        "Rename or recolour a tag",
        permission=Permission.WRITE_TAGS,
        body=ChangeTag,
        gives=TagShape,
        refuses=(404, 409),
    )
    def patch(self, request: Request, tag_id: UUID, body: dict[str, Any]) -> Any:
        return tag_shape(change_tag(actor=self.actor, tag_id=tag_id, **body))

    @operation("remove_tag", "Remove a tag", permission=Permission.WRITE_TAGS, refuses=(404,))
    def delete(self, request: Request, tag_id: UUID) -> Any:
        """From the list, from every conversation and every contact."""
        remove_tag(actor=self.actor, tag_id=tag_id)


class CannedReplyList(TenantAPIView):
    chapter = "Canned replies"

    @operation(
        "list_canned_replies",
        "List or find canned replies",
        permission=Permission.READ_CONVERSATIONS,
        query=CannedReplyQuery,
        gives=CannedReplyPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """By shortcut."""
        rows = CannedReply.objects.all()
        if words := query.get("q"):
            beginning = words.removeprefix("/").lower()
            rows = rows.filter(Q(shortcut__startswith=beginning) | Q(title__icontains=words))
        return listing(rows, order=("shortcut", "pk"), query=query, shape=canned_reply_shape)

    @operation(
        "create_canned_reply",
        "Create a canned reply",
        permission=Permission.WRITE_CANNED_REPLIES,
        body=CreateCannedReply,
        gives=CannedReplyShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        return canned_reply_shape(create_canned_reply(actor=self.actor, **body))


class CannedReplyDetail(TenantAPIView):
    chapter = "Canned replies"

    @operation(
        "get_canned_reply",
        "Get a canned reply",
        permission=Permission.READ_CONVERSATIONS,
        gives=CannedReplyShape,
        refuses=(404,),
    )
    def get(self, request: Request, reply_id: UUID) -> Any:
        reply = CannedReply.objects.filter(pk=reply_id).first()
        if reply is None:
            raise NotFound()
        return canned_reply_shape(reply)

    @operation(
        "change_canned_reply",
        "Change a canned reply",
        permission=Permission.WRITE_CANNED_REPLIES,
        body=ChangeCannedReply,
        gives=CannedReplyShape,
        refuses=(404, 409),
    )
    def patch(self, request: Request, reply_id: UUID, body: dict[str, Any]) -> Any:
        return canned_reply_shape(change_canned_reply(actor=self.actor, reply_id=reply_id, **body))

    @operation(
        "remove_canned_reply",
        "Remove a canned reply",
        permission=Permission.WRITE_CANNED_REPLIES,
        refuses=(404,),
    )
    def delete(self, request: Request, reply_id: UUID) -> Any:
        remove_canned_reply(actor=self.actor, reply_id=reply_id)
