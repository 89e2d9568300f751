"""The routes of the conversations app."""

from django.urls import URLPattern, URLResolver, path

from conversations.pages import files, inbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<uuid:attachment_id>", files.file, name="file"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/counts/", inbox.inbox_counts, name="inbox_counts"),
    path("inbox/<uuid:conversation_id>/", inbox.inbox, name="inbox_conversation"),
]
