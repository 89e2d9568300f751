"""A network that lets no socket through: the chat goes on by requests, and by sockets again when it may."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.blocking_proxy import BlockingProxy, blocking_proxy
from tests.browser.conftest import OpenPage
from tests.browser.inbox import address, connected, inbox_of, thread, write
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import Widget, the_conversation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def network() -> Iterator[BlockingProxy]:
    with blocking_proxy() as proxy:
        yield proxy


def both_see(widget: Widget, inbox: Page, *, question: str, answer: str) -> None:
    """Let the visitor ask and the operator answer."""
    widget.say(question)
    thread(inbox).get_by_text(question).wait_for()
    write(inbox, answer)
    widget.sees(answer)


def test_a_visitor_and_an_operator_talk_by_requests_until_sockets_are_let_through(
    cast: Cast, network: BlockingProxy, visit: Visit, open_page: OpenPage
) -> None:
    through: dict[str, Any] = {"proxy": {"server": network.origin}}
    widget = visit(**through).open()
    widget.says_and_is_heard("Can you hear me in here?")
    conversation = the_conversation(cast)
    inbox = inbox_of(open_page, cast.alice, address(conversation.pk), **through)
    both_see(widget, inbox, question="It is a strict network", answer="I hear you well")
    assert network.refused >= 4  # two of each page
    assert network.tunnels == 0
    assert network.polls > 4

    network.blocks = False
    for page in (widget.frame, inbox.main_frame):
        page.evaluate("dispatchEvent(new Event('online'))")
    deadline = time.monotonic() + 30
    while network.tunnels < 4:  # of each page one to look, and one that stays
        assert time.monotonic() < deadline
        inbox.wait_for_timeout(100)
    connected(inbox)
    before = network.polls
    both_see(widget, inbox, question="And now?", answer="By socket")
    assert network.polls == before
