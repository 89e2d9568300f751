"""The models of the conversations app."""

from conversations.models.article import (
    Article,
    ArticleCategory,
    ArticleImage,
    ArticleText,
    ArticleVote,
)
from conversations.models.block import Block
from conversations.models.contact import Contact, ContactTag, VisitorSession
from conversations.models.conversation import Conversation, ConversationTag
from conversations.models.identity import IdentityCount, IdentityKey
from conversations.models.inbound_receipt import InboundReceipt
from conversations.models.inbox import Inbox
from conversations.models.macro import Macro
from conversations.models.message import Attachment, Message
from conversations.models.notification import Notification
from conversations.models.offer import Offer
from conversations.models.rating import Rating
from conversations.models.saved_view import SavedView
from conversations.models.vocabulary import CannedReply, Tag

__all__ = [
    "Article",
    "ArticleCategory",
    "ArticleImage",
    "ArticleText",
    "ArticleVote",
    "Attachment",
    "Block",
    "CannedReply",
    "Contact",
    "ContactTag",
    "Conversation",
    "ConversationTag",
    "IdentityCount",
    "IdentityKey",
    "InboundReceipt",
    "Inbox",
    "Macro",
    "Message",
    "Notification",
    "Offer",
    "Rating",
    "SavedView",
    "Tag",
    "VisitorSession",
]
