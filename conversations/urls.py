"""The routes of the conversations app."""

from django.urls import URLPattern, URLResolver, path

from conversations.pages import files

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<uuid:attachment_id>", files.file, name="file"),
]
