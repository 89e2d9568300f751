"""A visitor's browser: somebody else's page that carries the widget, and the widget as one uses it."""

import re
import time
from typing import Any

import redis
from django.conf import settings
from playwright.sync_api import FilePayload, Frame, Locator, Page, expect

from conversations.models import Conversation, Inbox
from operators.models import Operator
from tenants.scoping import TenantId, tenant_scope
from tests.browser.wire import Wire
from tests.cast import Cast

# Where the launcher stands in a left-to-right page: its centre, from the end and from the bottom.
LAUNCHER = 48
PHONE = {"width": 375, "height": 667}
PATIENCE = 30_000


def snippet(inbox: Inbox) -> str:
    return f'<script async src="{settings.PARLEY_WIDGET_ORIGIN}/widget.js?inbox={inbox.key}"></script>'


def shop_page(inbox: Inbox, *, head: str = "", body: str = "", attributes: str = 'lang="en"') -> str:
    """Return a shop's page with the one line pasted into it."""
    return (
        f'<!doctype html><html {attributes}><head><meta name="viewport" content="width=device-width">'
        f'<title>Shop</title><link rel="icon" href="data:,">{head}</head>'
        f"<body><h1>Shop</h1>{body}<p>{'Tea and cups. ' * 200}</p>{snippet(inbox)}</body></html>"
    )


def be_online(operator: Operator) -> None:
    """Let an operator have the inbox open, as the operators' socket would say."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.zadd(f"board:{operator.tenant_id.hex}:operator", {operator.pk.hex: time.time() + 600})


def the_conversation(cast: Cast) -> Conversation:
    """Return acme's only conversation as it is now."""
    with tenant_scope(TenantId(cast.acme.pk)):
        return Conversation.objects.select_related("contact").get()


class Widget:
    """The widget of a page. Its button is in a closed shadow root, so it is found by where it stands."""

    def __init__(self, page: Page, *, at_start: bool = False) -> None:
        self.page = page
        self.at_start = at_start

    def click_launcher(self) -> None:
        size = self.page.viewport_size
        assert size is not None
        across = LAUNCHER if self.at_start else size["width"] - LAUNCHER
        self.page.mouse.click(across, size["height"] - LAUNCHER)

    def open(self) -> "Widget":
        """Click the launcher and wait until the panel can be used, connection included."""
        self.page.wait_for_function("typeof window.Parley?.open === 'function'")
        self.click_launcher()
        self.is_ready()
        return self

    def is_ready(self) -> None:
        self.frame.locator("header .status", has_text=re.compile(r"\S")).wait_for()

    @property
    def frame(self) -> Frame:
        """The panel: in a frame, or the page itself when it is the hosted one."""
        if "/c/" in self.page.url:
            return self.page.main_frame
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            for frame in self.page.frames:
                if "/widget/" in frame.url:
                    return frame
            self.page.wait_for_timeout(20)
        raise AssertionError("the panel's frame never came")

    @property
    def is_prepared(self) -> bool:
        return any("/widget/" in frame.url for frame in self.page.frames)

    @property
    def composer(self) -> Locator:
        return self.frame.locator("footer textarea")

    @property
    def bubbles(self) -> Locator:
        return self.frame.locator("main .bubble")

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def sees(self, text: str, *, own: bool = False) -> Locator:
        """Wait for exactly one bubble with a text and return it."""
        found = self.frame.locator(".bubble.own" if own else ".bubble:not(.own)").filter(has_text=text)
        expect(found).to_have_count(1)
        return found

    def says_and_is_heard(self, text: str) -> None:
        """Send a message and wait until the server has it and told so."""
        self.say(text)
        expect(self.frame.locator(".turn.own").filter(has_text=text).locator(".foot time")).to_be_visible()

    def attach(self, *names: str, kind: str = "text/plain", content: bytes = b"hello") -> None:
        """Choose files with the button."""
        files: list[FilePayload] = [{"name": name, "mimeType": kind, "buffer": content} for name in names]
        self.frame.locator("input[type=file]").set_input_files(files)

    def choose(self, item: str) -> None:
        """Open the menu and choose."""
        self.frame.locator(".menu summary").click()
        self.frame.locator(".menu").get_by_role("button", name=item).click()

    def launcher(self) -> dict[str, Any]:
        """Return the launcher's name and whether it says it is expanded, as assistive technology finds them."""
        session = self.page.context.new_cdp_session(self.page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        buttons = [
            node for node in nodes if node.get("role", {}).get("value") == "button" and not node["ignored"]
        ]
        session.detach()
        found = buttons[-1]
        states = {state["name"]: state["value"].get("value") for state in found["properties"]}
        return {"name": found["name"]["value"], "expanded": states.get("expanded")}


class Cut(Wire):
    """The wire of a visitor's panel."""

    def __init__(self, widget: Widget) -> None:
        super().__init__(widget.page.context, "/ws/contact/")
        self.widget = widget
        widget.page.reload()

    def mend(self, *pages: Page | Frame) -> None:
        super().mend(self.widget.frame, *pages)
