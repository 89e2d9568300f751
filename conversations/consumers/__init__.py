"""The two sockets: the contact's and the operators'. They parse, call and forward."""

from django.urls import path

from conversations.consumers.contact import ContactConsumer
from conversations.consumers.operator import OperatorConsumer

__all__ = ["ContactConsumer", "OperatorConsumer", "websocket_urlpatterns"]

websocket_urlpatterns = [
    path("ws/contact/", ContactConsumer.as_asgi()),
    path("ws/operator/", OperatorConsumer.as_asgi()),
]
