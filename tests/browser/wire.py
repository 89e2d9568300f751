"""The way of a page to the server, cut and mended: what was sent is lost, and nobody answers; pages still load."""

from playwright.sync_api import BrowserContext, Frame, Page, Route, WebSocketRoute


class Wire:
    """Sockets at ``path``, and the polls that stand in for them, of all pages of one browser."""

    def __init__(self, context: BrowserContext, path: str) -> None:
        self.is_cut = False
        self.sockets: list[WebSocketRoute] = []
        context.route_web_socket(f"**{path}", self._route)
        context.route(f"**/poll{path}", self._poll)

    def _route(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close(code=1012)
            return
        socket.connect_to_server()
        self.sockets.append(socket)

    def _poll(self, route: Route) -> None:
        if self.is_cut:
            route.abort()
        else:
            route.continue_()

    def now(self) -> None:
        """Cut it."""
        self.is_cut = True
        for socket in self.sockets:
            socket.close(code=1012)

    def mend(self, *pages: Page | Frame) -> None:
        """Let through again, and have the pages notice."""
        self.is_cut = False
        for page in pages:
            page.evaluate("dispatchEvent(new Event('online'))")
