"""What the requests of this app may carry."""

from typing import Any, Final

from rest_framework import serializers

from conversations.actions.change_conversation import MAX_SUBJECT
from conversations.actions.label import MAX_TAGS
from conversations.actions.manage_blocks import MAX_NOTE
from conversations.actions.manage_macros import MAX_SNOOZE_HOURS
from conversations.drafts import MAX_ATTACHMENTS, MAX_MENTIONS, MAX_TEXT
from conversations.models import Conversation, Macro
from tenants.api.fields import Body, Flag, Id, Moment, PageQuery, Query, QueryFlag, QueryNumber, Text, Whole

LANGUAGES: Final = ("en", "ar", "fa", "lt")
# Positions are 64-bit; a client that sends more has a fault.
MAX_POSITION: Final = 2**53


class BlockNetwork(Body):
    network = Text(
        max_length=50, help_text="In CIDR notation, or one address; at the widest /16, or /32 of IPv6."
    )
    until = Moment(required=False, allow_null=True, help_text="Null, or not sent: until it is lifted.")
    note = Text(required=False, allow_blank=True, max_length=MAX_NOTE, help_text="Why, for colleagues.")


class BlockContact(Body):
    until = Moment(required=False, allow_null=True, help_text="Null, or not sent: until it is lifted.")
    with_addresses = Flag(
        required=False, help_text="Also whoever comes from the addresses they had in the last 30 days."
    )
    note = Text(required=False, allow_blank=True, max_length=MAX_NOTE, help_text="Why, for colleagues.")


class FirstMessage(Body):
    text = Text(max_length=MAX_TEXT)
    kind = serializers.ChoiceField(choices=["reply", "note"], default="reply")


class StartConversation(Body):
    inbox_id = Id()
    contact_id = Id()
    client_id = Id(required=False, help_text="Made by you; the same one again returns the same conversation.")
    language = serializers.ChoiceField(choices=LANGUAGES, default="en")
    subject = Text(required=False, allow_blank=True, max_length=MAX_SUBJECT, default="")
    message = FirstMessage(required=False, help_text="What is said first.")


def _tags(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=Text(max_length=50), max_length=MAX_TAGS, **options)


class ChangeConversation(Body):
    subject = Text(required=False, allow_blank=True, max_length=MAX_SUBJECT)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False)
    priority = serializers.ChoiceField(choices=Conversation.Priority.choices, required=False)
    operator_id = Id(required=False, allow_null=True)
    team_id = Id(required=False, allow_null=True)
    tags = _tags(required=False)
    is_spam = Flag(required=False)


class Assign(Body):
    operator_id = Id(allow_null=True, help_text="null hands it back to the queue.")
    team_id = Id(allow_null=True, default=None)


class Transfer(Body):
    operator_id = Id(required=False, allow_null=True)
    team_id = Id(required=False, allow_null=True, help_text="One of the two.")
    note = Text(
        required=False,
        allow_blank=True,
        default="",
        max_length=MAX_TEXT,
        help_text="Private; the first that whoever takes it sees.",
    )


class AskToHelp(Body):
    operator_id = Id()
    note = Text(required=False, allow_blank=True, default="", max_length=MAX_TEXT, help_text="Private.")


class Snooze(Body):
    until = Moment(allow_null=True, help_text="Within the next year; null: until the contact writes.")


class SetPriority(Body):
    priority = serializers.ChoiceField(choices=Conversation.Priority.choices)


class SetTags(Body):
    tags = _tags(help_text="Names. What is not there yet is made.")


class MarkSpam(Body):
    is_spam = Flag()


class MarkRead(Body):
    position = Whole(min_value=0, max_value=MAX_POSITION)


class MessageQuery(Query):
    before = QueryNumber(
        required=False,
        min_value=0,
        max_value=MAX_POSITION,
        help_text="A position; without it, the last ones.",
    )
    limit = QueryNumber(default=50, min_value=1, max_value=100)


class SendMessage(Body):
    text = Text(required=False, allow_blank=True, default="", max_length=MAX_TEXT, trim_whitespace=False)
    kind = serializers.ChoiceField(choices=["reply", "note"], default="reply")
    client_id = Id(required=False, help_text="Made by you; the same one again is the same message.")
    attachment_ids = serializers.ListField(child=Id(), required=False, max_length=MAX_ATTACHMENTS)
    mentions = serializers.ListField(
        child=Id(),
        required=False,
        max_length=MAX_MENTIONS,
        help_text="Operators and teams that a note mentions, by their ids. They are notified.",
    )


class NotificationQuery(PageQuery):
    is_unread = QueryFlag(required=False, help_text="`true`: only what was not read.")


class ReadNotifications(Body):
    conversation_id = Id(required=False, help_text="Without it, all of them.")


class EventQuery(Query):
    after = QueryNumber(default=0, min_value=0, max_value=MAX_POSITION)


class ContactQuery(PageQuery):
    q = Text(required=False, max_length=200, help_text="Words of the name, e-mail, phone or external id.")
    email = Text(required=False, max_length=254)
    external_id = Text(required=False, max_length=200)


class ContactFields(Body):
    name = Text(required=False, allow_blank=True, max_length=100)
    email = Text(required=False, allow_blank=True, max_length=254)
    phone = Text(required=False, allow_blank=True, max_length=40)
    language = Text(required=False, allow_blank=True, max_length=8)
    time_zone = Text(required=False, allow_blank=True, max_length=64)
    country = Text(required=False, allow_blank=True, max_length=2)
    external_id = Text(required=False, allow_blank=True, max_length=200)
    attributes = serializers.DictField(required=False, help_text="Your own; up to 10,000 characters.")


class CreateInbox(Body):
    name = Text(max_length=100)
    language = serializers.ChoiceField(choices=LANGUAGES, default="en")
    team_id = Id(required=False, allow_null=True)
    allowed_domains = serializers.ListField(child=Text(max_length=253), required=False, max_length=100)
    settings = serializers.DictField(required=False)


class ChangeInbox(Body):
    name = Text(required=False, max_length=100)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False)
    team_id = Id(required=False, allow_null=True)
    is_enabled = Flag(required=False)
    allowed_domains = serializers.ListField(child=Text(max_length=253), required=False, max_length=100)
    settings = serializers.DictField(required=False, help_text="The ones to change; the others stay.")


class CreateTag(Body):
    name = Text(max_length=50)
    colour = Text(default="#64748b", max_length=7, help_text="Like #0f766e.")


class ChangeTag(Body):
    name = Text(required=False, max_length=50)
    colour = Text(required=False, max_length=7)


class CannedReplyQuery(PageQuery):
    q = Text(required=False, max_length=100, help_text="The beginning of a shortcut, or words of the title.")


class CreateCannedReply(Body):
    shortcut = Text(max_length=41, help_text="What is typed after the slash.")
    title = Text(max_length=100)
    text = Text(max_length=MAX_TEXT)
    team_id = Id(required=False, allow_null=True, default=None)


class ChangeCannedReply(Body):
    shortcut = Text(required=False, max_length=41)
    title = Text(required=False, max_length=100)
    text = Text(required=False, max_length=MAX_TEXT)
    team_id = Id(required=False, allow_null=True)


class MacroFields(Body):
    """What is not sent, or empty, is left as it is."""

    team_id = Id(required=False, allow_null=True, help_text="Who sees it; null: everybody.")
    note = Text(required=False, allow_blank=True, max_length=MAX_TEXT)
    tags = serializers.ListField(
        child=Text(max_length=50), max_length=MAX_TAGS, required=False, help_text="Added to those it has."
    )
    priority = serializers.ChoiceField(
        choices=Conversation.Priority.choices, required=False, allow_blank=True
    )
    assigns = serializers.ChoiceField(
        choices=Macro.Assigns.choices,
        required=False,
        allow_blank=True,
        help_text="`me` is whoever runs it; `operator` and `team` are those of the next two.",
    )
    to_operator_id = Id(required=False, allow_null=True)
    to_team_id = Id(required=False, allow_null=True)
    reply = Text(
        required=False,
        allow_blank=True,
        max_length=MAX_TEXT,
        help_text="May name `{{contact.first_name}}` and others.",
    )
    status = serializers.ChoiceField(choices=Conversation.Status.choices, required=False, allow_blank=True)
    snooze_hours = Whole(required=False, min_value=1, max_value=MAX_SNOOZE_HOURS)


class CreateMacro(MacroFields):
    name = Text(max_length=100)


class ChangeMacro(MacroFields):
    name = Text(required=False, max_length=100)


class RunMacro(Body):
    macro_id = Id()
    client_id = Id(required=False, help_text="Made by you; the same one again says nothing twice.")
    reply = Text(
        required=False, allow_blank=True, max_length=MAX_TEXT, help_text="Said instead of the macro's own."
    )
    note = Text(
        required=False, allow_blank=True, max_length=MAX_TEXT, help_text="Said instead of the macro's own."
    )


class RatingQuery(PageQuery):
    conversation = Id(required=False)
    score = QueryNumber(required=False, min_value=1, max_value=5)


class SearchQuery(Query):
    q = Text(max_length=200)
    limit = QueryNumber(default=30, min_value=1, max_value=50)
