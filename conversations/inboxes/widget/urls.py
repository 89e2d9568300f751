"""The routes of the widget. Its socket is /ws/contact/."""

from django.urls import URLPattern, URLResolver, path

from conversations.inboxes.widget import article_views, screen_views, views, visitor_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("widget.js", views.loader, name="widget_loader"),
    path("widget/upload", visitor_views.upload, name="widget_upload"),
    path("widget/more/<str:version>.js", views.more, name="widget_more"),
    path(
        "widget/conversations/<uuid:conversation_id>/messages", visitor_views.messages, name="widget_messages"
    ),
    path(
        "widget/conversations/<uuid:conversation_id>/transcript", visitor_views.copy, name="widget_transcript"
    ),
    path("widget/<str:key>/session", views.session, name="widget_session"),
    path("widget/<str:key>/<str:language>/articles", article_views.articles, name="widget_articles"),
    path(
        "widget/<str:key>/<str:language>/articles/<uuid:article_id>",
        article_views.article,
        name="widget_article",
    ),
    path(
        "widget/<str:key>/<str:language>/articles/<uuid:article_id>/vote",
        article_views.vote,
        name="widget_article_vote",
    ),
    path(
        "widget/<str:key>/<str:language>/screens/articles/<uuid:article_id>",
        screen_views.article_screen,
        name="widget_article_screen",
    ),
    path("widget/<str:key>/<str:language>/screens/<str:name>", screen_views.screen, name="widget_screen"),
    path("widget/<str:key>/<str:language>/", views.panel, name="widget_panel"),
]
