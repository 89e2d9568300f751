"""The routes of the conversations app."""

from django.urls import URLPattern, URLResolver, include, path

from conversations.pages import demo_shop, files, hosted, inbox, survey, unsubscribe, widget_manual

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<uuid:attachment_id>", files.file, name="file"),
    path("files/articles/<uuid:image_id>", files.article_image, name="article_image"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/counts/", inbox.inbox_counts, name="inbox_counts"),
    path("inbox/<uuid:conversation_id>/", inbox.inbox, name="inbox_conversation"),
    path("", include("conversations.inboxes.widget.urls")),
    path("c/<str:key>", hosted.hosted, name="hosted_chat"),
    path("demo/", demo_shop.demo_shop, name="demo_shop_start"),
    path("demo/<str:language>/", demo_shop.demo_shop, name="demo_shop"),
    path("docs/javascript/", widget_manual.widget_manual, name="widget_manual"),
    path("widget.d.ts", widget_manual.widget_types, name="widget_types"),
    path("rate/<str:token>/", survey.survey, name="survey"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
