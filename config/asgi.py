"""The ASGI application: HTTP to Django, WebSockets to the consumers."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django_application = get_asgi_application()

# Below this line, because consumers import models.
from conversations.consumers import websocket_urlpatterns  # noqa: E402
from tenants.draining import drain  # noqa: E402

routes = ProtocolTypeRouter({"http": django_application, "websocket": URLRouter(websocket_urlpatterns)})
application = drain.around(routes)
