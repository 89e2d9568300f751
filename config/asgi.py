"""The ASGI application: HTTP to Django, WebSockets to the consumers, and so do polls where these are blocked."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django_application = get_asgi_application()

# Below this line, because consumers import models.
from conversations.consumers import websocket_urlpatterns  # noqa: E402
from tenants.draining import drain  # noqa: E402
from tenants.polling import Polling  # noqa: E402

sockets = URLRouter(websocket_urlpatterns)
polling = Polling(
    sockets, paths={f"/{route.pattern}" for route in websocket_urlpatterns}, otherwise=django_application
)
routes = ProtocolTypeRouter({"http": polling, "websocket": sockets})
application = drain.around(routes)
