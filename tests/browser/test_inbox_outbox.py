"""What an operator wrote and the server has not: over reloads, closed browsers, tabs and log-out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from config.local import chromium
from conversations.models import Conversation
from operators.models import Operator
from tests.browser.conftest import OpenPage
from tests.browser.inbox import (
    DESK,
    address,
    composer,
    connected,
    inbox_of,
    rows,
    session_of,
    thread,
    write,
)
from tests.browser.test_inbox_writing import said
from tests.browser.wire import Wire
from tests.cast import Cast, begin, make_visitor

pytestmark = pytest.mark.usefixtures("site")


def open_and_cuttable(
    open_page: OpenPage, operator: Operator, conversation: Conversation
) -> tuple[Page, Wire]:
    page = inbox_of(open_page, operator, address(conversation.pk))
    cut = Wire(page.context, "/ws/operator/")
    page.reload()
    expect(thread(connected(page)).get_by_text("Hello")).to_be_visible()
    return page, cut


def until_sent(page: Page, *texts: str) -> None:
    for text in texts:
        expect(thread(page).get_by_label("Message by Alice").filter(has_text=text)).to_have_count(1)
    expect(thread(page).get_by_label("Being sent")).to_have_count(0)


def test_what_was_written_without_a_connection_survives_a_reload_without_one(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    page, cut = open_and_cuttable(open_page, cast.alice, conversation)
    cut.now()
    write(page, "One")
    write(page, "Two")
    composer(page).fill("Three, unfin")
    page.reload()
    expect(thread(page).get_by_label("Being sent")).to_have_count(2)
    expect(composer(page)).to_have_value("Three, unfin")
    assert said(cast) == [("reply", "Hello")]
    cut.mend(page)
    until_sent(connected(page), "One", "Two")
    assert said(cast) == [("reply", "Hello"), ("reply", "One"), ("reply", "Two")]


@contextmanager
def profile(browser: Browser, folder: Path, site: str, operator: Operator) -> Iterator[Page]:
    """Open a browser that keeps its things in a folder, and is closed at the end of the block."""
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=chromium.find(playwrights_own=browser.browser_type.executable_path),
        args=chromium.FLAGS,
        base_url=site,
        viewport=DESK,
        locale="en-GB",
    )
    context.add_cookies(session_of(operator)["cookies"])
    yield context.new_page()
    context.close()


def test_a_closed_browser_keeps_what_waits_and_sends_it_when_the_inbox_is_next_opened(
    cast: Cast, browser: Browser, site: str, tmp_path: Path
) -> None:
    conversation = begin(cast.vera, "Hello")
    with profile(browser, tmp_path, site, cast.alice) as page:
        cut = Wire(page.context, "/ws/operator/")
        page.goto(address(conversation.pk))
        expect(thread(connected(page)).get_by_text("Hello")).to_be_visible()
        cut.now()
        write(page, "Left behind")
        composer(page).fill("and begun")
        composer(page).blur()
    assert said(cast) == [("reply", "Hello")]
    with profile(browser, tmp_path, site, cast.alice) as page:
        page.goto("/inbox/")
        expect(rows(connected(page)).first).to_contain_text("Left behind")
        page.goto(address(conversation.pk))
        expect(composer(page)).to_have_value("and begun")
    assert said(cast) == [("reply", "Hello"), ("reply", "Left behind")]


def test_two_tabs_send_everything_once_and_keep_both_their_drafts(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    begin(make_visitor(cast.acme_widget, name="Zoe"), "Hi")
    page, cut = open_and_cuttable(open_page, cast.alice, conversation)
    cut.now()
    write(page, "from the first")
    tab = page.context.new_page()
    tab.goto(address(conversation.pk))
    expect(thread(tab).get_by_label("Being sent")).to_have_count(1)
    write(tab, "from the second")
    composer(page).fill("a draft for Vera")
    rows(tab).filter(has_text="Zoe").click()
    composer(tab).fill("a draft for Zoe")
    expect(rows(page).filter(has_text="Zoe")).to_contain_text("Draft")
    cut.mend(page, tab)
    until_sent(connected(page), "from the first", "from the second")
    assert sorted(said(cast)) == [
        ("reply", "Hello"),
        ("reply", "Hi"),
        ("reply", "from the first"),
        ("reply", "from the second"),
    ]
    page.reload()
    expect(composer(page)).to_have_value("a draft for Vera")
    rows(page).filter(has_text="Zoe").click()
    expect(composer(page)).to_have_value("a draft for Zoe")


def test_the_fifty_first_message_stays_in_the_composer_with_a_word(cast: Cast, open_page: OpenPage) -> None:
    page, cut = open_and_cuttable(open_page, cast.alice, begin(cast.vera, "Hello"))
    cut.now()
    for number in range(50):
        write(page, f"{number}.")
    composer(page).fill("one too many")
    composer(page).press("Enter")
    expect(page.get_by_text("Too many messages are waiting to be sent.")).to_be_visible()
    expect(composer(page)).to_have_value("one too many")
    cut.mend(page)
    until_sent(connected(page), "49.")
    composer(page).press("Enter")
    until_sent(page, "one too many")
    wanted = ["Hello", *(f"{number}." for number in range(50)), "one too many"]
    assert [text for _kind, text in said(cast)] == wanted


def test_a_refused_message_says_so_and_can_be_tried_again_or_taken_back(
    cast: Cast, open_page: OpenPage
) -> None:
    page, cut = open_and_cuttable(open_page, cast.alice, begin(cast.vera, "Hello"))
    cut.now()
    write(page, "Refused")
    database = page.evaluate_handle(
        """async () => new Promise((resolve) => {
          indexedDB.databases().then(([{ name }]) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => resolve(asked.result);
          });
        })"""
    )
    # As an older version of the page might have kept it: nothing the server takes.
    database.evaluate(
        """async (database) => new Promise((resolve) => {
          const store = database.transaction('outbox', 'readwrite').objectStore('outbox');
          store.getAll().onsuccess = ({ target }) => {
            const [entry] = target.result;
            store.put({ ...entry, text: '' }).onsuccess = () => { database.close(); resolve(); };
          };
        })"""
    )
    page.reload()
    expect(thread(page).get_by_label("Being sent")).to_have_count(1)
    cut.mend(page)
    failed = thread(connected(page)).get_by_label("Not sent")
    expect(failed.get_by_role("button", name="Try again")).to_be_visible()
    page.reload()
    failed.get_by_role("button", name="Try again").click()
    expect(failed.get_by_role("button", name="Try again")).to_be_visible()
    failed.get_by_role("button", name="Edit").click()
    expect(failed).to_have_count(0)
    page.reload()
    expect(thread(connected(page)).get_by_text("Hello")).to_be_visible()
    expect(failed).to_have_count(0)
    assert said(cast) == [("reply", "Hello")]


KEPT = """async () => [
  Object.keys(localStorage).filter((key) => key.startsWith('parley:drafts:')).length,
  (await indexedDB.databases()).filter(({ name }) => name.startsWith('parley:outbox:')).length,
]"""


@pytest.mark.parametrize("way_out", ["/inbox/", "/settings/profile/"])
def test_logging_out_leaves_nothing_unsent_on_the_machine(
    cast: Cast, open_page: OpenPage, way_out: str
) -> None:
    page, cut = open_and_cuttable(open_page, cast.alice, begin(cast.vera, "Hello"))
    cut.now()
    write(page, "Unsent")
    composer(page).fill("a draft")
    composer(page).blur()
    expect(rows(page).first).to_contain_text("Draft")
    page.goto(way_out)
    assert page.evaluate(KEPT) == [1, 1]
    page.locator(".rail__summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(lambda url: way_out not in url)
    assert page.evaluate(KEPT) == [0, 0]


def test_a_colleague_at_the_same_machine_neither_sees_nor_sends_it(cast: Cast, open_page: OpenPage) -> None:
    conversation = begin(cast.vera, "Hello")
    page, cut = open_and_cuttable(open_page, cast.alice, conversation)
    cut.now()
    write(page, "Alice's words")
    composer(page).fill("and draft")
    composer(page).blur()
    page.context.clear_cookies()
    page.context.add_cookies(session_of(cast.bob)["cookies"])
    cut.mend()
    page.goto(address(conversation.pk))
    expect(thread(connected(page)).get_by_text("Hello")).to_be_visible()
    expect(composer(page)).to_have_value("")
    expect(thread(page).get_by_label("Being sent")).to_have_count(0)
    assert said(cast) == [("reply", "Hello")]
    page.context.add_cookies(session_of(cast.alice)["cookies"])
    page.goto(address(conversation.pk))
    until_sent(connected(page), "Alice's words")
    expect(composer(page)).to_have_value("and draft")
    assert said(cast)[-1] == ("reply", "Alice's words")


def test_a_browser_that_keeps_nothing_sends_all_the_same_and_warns_before_the_page_is_left(
    cast: Cast, open_page: OpenPage
) -> None:
    conversation = begin(cast.vera, "Hello")
    page = inbox_of(open_page, cast.alice, "/inbox/")
    refusing = "throw new DOMException('refused', 'SecurityError')"
    page.context.add_init_script(
        f"for (const name of ['indexedDB', 'localStorage'])"
        f" Object.defineProperty(window, name, {{ get() {{ {refusing} }} }})"
    )
    cut = Wire(page.context, "/ws/operator/")
    page.goto(address(conversation.pk))
    expect(thread(connected(page)).get_by_text("Hello")).to_be_visible()
    cut.now()
    write(page, "Written in a private window")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    cut.mend(page)
    until_sent(connected(page), "Written in a private window")
    assert said(cast)[-1] == ("reply", "Written in a private window")
