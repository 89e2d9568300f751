"""A visitor waits, and is told so; operators see who said it, and that nobody has answered."""

from copy import deepcopy

import pytest
from playwright.sync_api import expect

from conversations.automatic_settings import DEFAULT, STANDARD
from tests.background import after, catch_up
from tests.browser.conftest import OpenPage
from tests.browser.inbox import address, inbox_of, rows, thread
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import the_conversation
from tests.cast import Cast
from tests.conversations.inboxes.widget.asking import change

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_visitor_who_waits_is_told_so_and_goes_on_waiting(
    cast: Cast, visit: Visit, open_page: OpenPage
) -> None:
    automatic = deepcopy(DEFAULT)
    automatic["waiting"]["is_on"] = True
    change(cast.acme_widget, settings={"automatic": automatic})
    widget = visit().open()
    widget.says_and_is_heard("Is anybody there?")
    conversation = the_conversation(cast)
    desk = inbox_of(open_page, cast.alice, "/inbox/?view=all")
    expect(rows(desk).first).to_contain_text("1 unread")
    catch_up(cast.acme)
    with after(seconds=31):
        widget.sees(str(STANDARD["waiting"]))
        # Said by nobody: it is neither an answer nor has anybody read what the visitor wrote.
        expect(widget.frame.locator(".foot .seen")).to_have_count(0)
        row = rows(desk).first
        expect(row).to_contain_text(str(STANDARD["waiting"])[:20])
        expect(row).to_contain_text("1 unread")
        expect(row).to_contain_text("Waiting for")
        desk.goto(address(conversation.pk))
        said = thread(desk).get_by_role("article").filter(has_text=str(STANDARD["waiting"]))
        expect(said).to_contain_text("Automatic · Website")
