"""The page that explains the JavaScript API: every method it names exists and runs, and there are no others."""

import re

import pytest
from playwright.sync_api import expect

from conversations.inboxes.widget.bundle import bundle
from conversations.models import Inbox
from conversations.pages.widget_manual import HAPPENINGS, METHODS, widget_types
from tests.browser.conftest import OpenPage
from tests.browser.widget.conftest import Visit
from tests.browser.widget.visiting import Widget
from tests.cast import Cast
from tests.operators.scenes import within

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = sorted(method.name for method in METHODS)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_each_method_runs_as_its_example_shows(cast: Cast, visit: Visit, method: object) -> None:
    widget = visit().open()
    example = next(one.example for one in METHODS if one is method)
    widget.page.evaluate(f"() => {{ {example} }}")
    assert widget.page.evaluate("Object.keys(Parley).sort()") == NAMES


def test_the_widget_on_the_page_can_be_tried(cast: Cast, open_page: OpenPage) -> None:
    cast.acme.is_demo = True
    cast.acme.save()
    page = open_page("/docs/javascript/")
    widget = Widget(page)
    page.wait_for_function("typeof window.Parley?.open === 'function'")
    page.locator("[data-try=open]").click()
    widget.is_ready()
    expect(page.locator("[data-told]")).to_contain_text("open")
    page.locator("[data-try=close]").click()
    expect(page.locator("[data-told]")).to_contain_text("close")
    assert page.locator("article h3").all_inner_texts() == [method.name for method in METHODS]
    with within(cast.acme):
        assert Inbox.objects.count() == 1


def test_types_page_and_events_name_the_same(rf: object) -> None:
    text = widget_types(rf.get("/widget.d.ts")).content.decode()  # type: ignore[attr-defined]
    events = re.search(r"interface ParleyEvents \{(.*?)\n\}", text, re.DOTALL)
    methods = re.search(r"interface ParleyWidget \{(.*?)\n\}", text, re.DOTALL)
    assert events is not None
    assert methods is not None
    assert re.findall(r"^  (\w+):", events.group(1), re.MULTILINE) == [one.name for one in HAPPENINGS]
    assert sorted(re.findall(r"^  (\w+):", methods.group(1), re.MULTILINE)) == NAMES
    assert "tokenexpired" in bundle().panel
