"""The API's routes of this app, below /api/v1/."""

from django.urls import URLPattern, path

from conversations.api import article_categories, article_texts, articles, changes, views
from conversations.api.attachments import AttachmentList
from conversations.api.blocks import BlockDetail, BlockList, ContactBlock
from conversations.api.contacts import ContactConversations, ContactDetail, ContactList, ContactTags
from conversations.api.conversations import ConversationCounts, ConversationDetail, ConversationList
from conversations.api.inboxes import InboxDetail, InboxList
from conversations.api.macros import MacroDetail, MacroList, RunMacroView
from conversations.api.notifications import NotificationList, ReadNotification, ReadNotificationsView
from conversations.api.offers import AcceptView, DeclineView, OfferList
from conversations.api.reading import RatingList, SearchView
from conversations.api.thread import EventList, MessageList
from conversations.api.transfers import InviteView, TransferView
from conversations.api.vocabulary import CannedReplyDetail, CannedReplyList, TagDetail, TagList

ONE = "conversations/<uuid:conversation_id>"

urlpatterns: list[URLPattern] = [
    path("conversations", ConversationList.as_view(), name="api_conversations"),
    path("conversations/counts", ConversationCounts.as_view(), name="api_conversation_counts"),
    path(ONE, ConversationDetail.as_view(), name="api_conversation"),
    path(f"{ONE}/messages", MessageList.as_view(), name="api_messages"),
    path(f"{ONE}/events", EventList.as_view(), name="api_events"),
    path(f"{ONE}/assign", changes.AssignView.as_view(), name="api_assign"),
    path(f"{ONE}/transfer", TransferView.as_view(), name="api_transfer"),
    path(f"{ONE}/invite", InviteView.as_view(), name="api_invite"),
    path(f"{ONE}/resolve", changes.ResolveView.as_view(), name="api_resolve"),
    path(f"{ONE}/reopen", changes.ReopenView.as_view(), name="api_reopen"),
    path(f"{ONE}/snooze", changes.SnoozeView.as_view(), name="api_snooze"),
    path(f"{ONE}/pending", changes.PendingView.as_view(), name="api_pending"),
    path(f"{ONE}/priority", changes.PriorityView.as_view(), name="api_priority"),
    path(f"{ONE}/tags", changes.TagsView.as_view(), name="api_conversation_tags"),
    path(f"{ONE}/spam", changes.SpamView.as_view(), name="api_spam"),
    path(f"{ONE}/read", changes.ReadView.as_view(), name="api_read"),
    path(f"{ONE}/unread", changes.UnreadView.as_view(), name="api_unread"),
    path(f"{ONE}/macro", RunMacroView.as_view(), name="api_run_macro"),
    path("macros", MacroList.as_view(), name="api_macros"),
    path("macros/<uuid:macro_id>", MacroDetail.as_view(), name="api_macro"),
    path("contacts", ContactList.as_view(), name="api_contacts"),
    path("contacts/<uuid:contact_id>", ContactDetail.as_view(), name="api_contact"),
    path("contacts/<uuid:contact_id>/tags", ContactTags.as_view(), name="api_contact_tags"),
    path(
        "contacts/<uuid:contact_id>/conversations",
        ContactConversations.as_view(),
        name="api_contact_conversations",
    ),
    path("contacts/<uuid:contact_id>/block", ContactBlock.as_view(), name="api_block_contact"),
    path("blocks", BlockList.as_view(), name="api_blocks"),
    path("blocks/<uuid:block_id>", BlockDetail.as_view(), name="api_block"),
    path("offers", OfferList.as_view(), name="api_offers"),
    path("offers/<uuid:offer_id>/accept", AcceptView.as_view(), name="api_accept_offer"),
    path("offers/<uuid:offer_id>/decline", DeclineView.as_view(), name="api_decline_offer"),
    path("notifications", NotificationList.as_view(), name="api_notifications"),
    path("notifications/read", ReadNotificationsView.as_view(), name="api_read_notifications"),
    path(
        "notifications/<uuid:notification_id>/read",
        ReadNotification.as_view(),
        name="api_read_notification",
    ),
    path("inboxes", InboxList.as_view(), name="api_inboxes"),
    path("inboxes/<uuid:inbox_id>", InboxDetail.as_view(), name="api_inbox"),
    path("views", views.ViewList.as_view(), name="api_views"),
    path("views/counts", views.ViewCounts.as_view(), name="api_view_counts"),
    path("views/count", views.ViewCount.as_view(), name="api_view_count"),
    path("views/order", views.ViewOrder.as_view(), name="api_view_order"),
    path("views/<uuid:view_id>", views.ViewDetail.as_view(), name="api_view"),
    path("tags", TagList.as_view(), name="api_tags"),
    path("tags/<uuid:tag_id>", TagDetail.as_view(), name="api_tag"),
    path("canned-replies", CannedReplyList.as_view(), name="api_canned_replies"),
    path("canned-replies/<uuid:reply_id>", CannedReplyDetail.as_view(), name="api_canned_reply"),
    path("articles", articles.ArticleList.as_view(), name="api_articles"),
    path("articles/<uuid:article_id>", articles.ArticleDetail.as_view(), name="api_article"),
    path("articles/<uuid:article_id>/restore", articles.RestoreArticle.as_view(), name="api_restore_article"),
    path(
        "articles/<uuid:article_id>/texts/<str:language>",
        article_texts.ArticleTextDetail.as_view(),
        name="api_article_text",
    ),
    path(
        "articles/<uuid:article_id>/texts/<str:language>/publish",
        article_texts.PublishArticleText.as_view(),
        name="api_publish_article_text",
    ),
    path(
        "article-categories", article_categories.ArticleCategoryList.as_view(), name="api_article_categories"
    ),
    path(
        "article-categories/<uuid:category_id>",
        article_categories.ArticleCategoryDetail.as_view(),
        name="api_article_category",
    ),
    path("article-images", article_texts.ArticleImageList.as_view(), name="api_article_images"),
    path("ratings", RatingList.as_view(), name="api_ratings"),
    path("attachments", AttachmentList.as_view(), name="api_attachments"),
    path("search", SearchView.as_view(), name="api_search"),
]
