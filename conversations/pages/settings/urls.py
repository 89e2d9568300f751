"""The addresses of sign-up, checklist, and the settings of inboxes, canned replies and tags."""

from typing import Any

from allauth.account.views import signup
from django.db import transaction
from django.urls import path

from conversations.pages import sign_up, start
from conversations.pages.settings import (
    article_categories,
    articles,
    automatic,
    blocks,
    canned_replies,
    identity,
    inboxes,
    macros,
    tags,
)
from operators.accounts.urls import here

urlpatterns: list[Any] = [
    # All or nothing: without the mail with the code nobody could use what was made.
    path("signup/", here(transaction.atomic(signup)), name="account_signup"),
    path("businesses/new/", sign_up.new_business, name="no_business"),
    path("start/", start.start, name="start"),
    path("start/status/", start.status, name="start_status"),
    path("settings/inboxes/", inboxes.list_inboxes, name="settings_inboxes"),
    path("settings/inboxes/new/", inboxes.new_inbox, name="new_inbox"),
    path("settings/inboxes/<uuid:inbox_id>/", inboxes.edit_inbox, name="settings_inbox"),
    path("settings/inboxes/<uuid:inbox_id>/automatic/", automatic.automatic, name="settings_automatic"),
    path("settings/inboxes/<uuid:inbox_id>/identity/", identity.identity, name="settings_identity"),
    path("settings/inboxes/<uuid:inbox_id>/identity/keys/", identity.make_key, name="new_identity_key"),
    path(
        "settings/inboxes/<uuid:inbox_id>/identity/keys/<uuid:key_id>/revoke/",
        identity.revoke_key,
        name="revoke_identity_key",
    ),
    path("settings/blocks/", blocks.blocks, name="settings_blocks"),
    path("settings/blocks/<uuid:block_id>/lift/", blocks.lift, name="lift_block"),
    path("settings/canned-replies/", canned_replies.list_canned_replies, name="settings_canned_replies"),
    path("settings/canned-replies/new/", canned_replies.edit_canned_reply, name="new_canned_reply"),
    path(
        "settings/canned-replies/<uuid:reply_id>/", canned_replies.edit_canned_reply, name="edit_canned_reply"
    ),
    path(
        "settings/canned-replies/<uuid:reply_id>/delete/",
        canned_replies.delete_canned_reply,
        name="delete_canned_reply",
    ),
    path("settings/macros/", macros.list_macros, name="settings_macros"),
    path("settings/macros/new/", macros.edit_macro, name="new_macro"),
    path("settings/macros/<uuid:macro_id>/", macros.edit_macro, name="edit_macro"),
    path("settings/macros/<uuid:macro_id>/delete/", macros.delete_macro, name="delete_macro"),
    path("settings/articles/", articles.list_articles, name="settings_articles"),
    path("settings/articles/new/", articles.edit_article, name="new_article"),
    path("settings/articles/preview/", articles.preview_article, name="preview_article"),
    path("settings/articles/pictures/", articles.add_picture, name="add_article_picture"),
    path("settings/articles/categories/", article_categories.article_categories, name="article_categories"),
    path(
        "settings/articles/categories/<uuid:category_id>/",
        article_categories.edit_article_category,
        name="edit_article_category",
    ),
    path(
        "settings/articles/categories/<uuid:category_id>/delete/",
        article_categories.delete_article_category,
        name="delete_article_category",
    ),
    path("settings/articles/<uuid:article_id>/", articles.edit_article, name="edit_article"),
    path("settings/articles/<uuid:article_id>/delete/", articles.delete_article, name="delete_article"),
    path("settings/articles/<uuid:article_id>/restore/", articles.undelete_article, name="restore_article"),
    path("settings/tags/", tags.tags, name="settings_tags"),
    path("settings/tags/<uuid:tag_id>/", tags.edit_tag, name="edit_tag"),
    path("settings/tags/<uuid:tag_id>/delete/", tags.delete_tag, name="delete_tag"),
]
