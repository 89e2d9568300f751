"""The two sockets: the contact's and the operators'. They parse, call and forward."""

from typing import Any

from django.urls import path

from conversations.consumers.contact import ContactConsumer
from conversations.consumers.operator import OperatorConsumer

__all__ = ["ContactConsumer", "OperatorConsumer", "websocket_urlpatterns"]

contact_application: Any = ContactConsumer.as_asgi()
operator_application: Any = OperatorConsumer.as_asgi()

websocket_urlpatterns = [
    path("ws/contact/", contact_application),
    path("ws/operator/", operator_application),
]
