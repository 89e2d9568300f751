"""From sign-up to the first report, as a business and its visitor live it: in English, and in Persian."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Frame, Page, expect
from pytest_django import Settings

from conversations.models import Contact, Conversation
from conversations.presence import is_here, who_is_here
from operators.models import Operator
from tenants.actions.manage_api_keys import create_api_key
from tenants.mail.delivery import send_due
from tenants.models import Tenant
from tenants.permissions import Permission
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, catch_up
from tests.browser.conftest import OpenPage
from tests.host_site import host_site
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "question": "Do you ship the celadon teapot to Vilnius?",
        "answer": "Yes, in two days. Shall I reserve one?",
        "later": "It is on its way.",
        "direction": "ltr",
    },
    "fa": {
        "question": "آیا قوری سلادون را به تهران می‌فرستید؟",
        "answer": "بله، دو روزه. یکی برایتان کنار بگذارم؟",
        "later": "بسته در راه است.",
        "direction": "rtl",
    },
}

SHOP = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Shop</title></head>
<body><h1>Shop</h1><p>Teapots.</p>{snippet}</body></html>"""


@pytest.fixture
def post(settings: Settings) -> Iterator[MailServer]:
    """A real SMTP server that Parley sends through."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", server.port
        yield server


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    from PIL import Image

    path = tmp_path / "teapot.png"
    Image.new("RGB", (80, 60), "teal").save(path)
    return path


def sign_up(page: Page, post: MailServer) -> Tenant:
    """A business signs up, and proves its address by the code it is sent."""
    page.goto("/signup/")
    answers = {
        "business": "Tea and Clay",
        "name": "Mira",
        "email": "mira@tea.example",
        "password1": "long teapot 9",
    }
    for name, value in answers.items():
        page.fill(f"input[name={name}]", value)
    page.press("input[name=password1]", "Enter")
    page.wait_for_selector("input[name=code]")
    code = re.search(r"\b\d{6}\b", post.accepted[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert code is not None
    page.fill("input[name=code]", code.group())
    page.press("input[name=code]", "Enter")
    page.wait_for_url("**/start/")
    return Tenant.objects.get(name="Tea and Clay")


def open_widget(page: Page, address: str) -> Frame:
    """Open the widget with the keyboard: its launcher is the first thing on the page that takes focus."""
    page.goto(address)
    page.wait_for_function("() => window.Parley")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    while not (frames := [frame for frame in page.frames if "/widget/" in frame.url]):
        page.wait_for_timeout(50)
    frame = frames[0]
    frame.wait_for_selector("textarea")
    return frame


def say(place: Page | Frame, text: str) -> None:
    place.fill("textarea", text)
    place.press("textarea", "Enter")
    expect(place.get_by_text(text).first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_from_sign_up_to_the_first_report(
    open_page: OpenPage, post: MailServer, photo: Path, site: str, language: str
) -> None:
    words = WORDS[language]
    desk = open_page("/", locale=language, viewport={"width": 1440, "height": 900})
    tenant = sign_up(desk, post)
    expect(desk.locator("html")).to_have_attribute("dir", words["direction"])
    snippet = re.search(
        r"<script async src=.*?</script>", desk.locator("pre, code").first.inner_text(), re.DOTALL
    )
    assert snippet is not None

    page = SHOP.format(snippet=snippet.group().replace("\n", ""), language=language)
    with host_site() as host:
        address = host.add("/", page)
        shop = open_page("/healthz", locale=language)
        talk(desk, shop, address=address, tenant_id=TenantId(tenant.pk), words=words, photo=photo)
    link = miss_an_answer(desk, post, tenant, words, site)
    later = open_page("/healthz", locale=language)
    later.goto(link)
    expect(later.get_by_text(words["later"]).first).to_be_visible()

    desk.goto("/reports/")
    expect(desk.locator("main")).to_contain_text("100" if language == "en" else "۱۰۰")
    read_it_over_the_api(site, tenant, words)


def talk(
    desk: Page, shop: Page, *, address: str, tenant_id: TenantId, words: dict[str, str], photo: Path
) -> None:
    """The visitor asks, the operator answers; a picture is sent, the conversation closed and rated."""
    desk.goto("/inbox/")
    expect(desk.get_by_role("listbox")).to_be_visible()
    while not who_is_here(tenant_id=tenant_id, kind="operator"):
        desk.wait_for_timeout(100)
    widget = open_widget(shop, address)
    say(widget, words["question"])

    desk.goto("/inbox/?view=unassigned")
    desk.get_by_role("option").first.click()
    expect(desk.get_by_text(words["question"]).last).to_be_visible()
    say(desk, words["answer"])
    expect(widget.get_by_text(words["answer"]).first).to_be_visible()

    widget.set_input_files("input[type=file]", str(photo))
    widget.locator("footer button.send").click()
    expect(desk.locator("img[src*='/files/']")).to_be_visible()

    desk.locator(".head__done").first.click()
    widget.locator(".faces button").last.click()
    expect(widget.locator(".faces button[aria-pressed=true]")).to_have_count(1)
    shop.close()


def miss_an_answer(desk: Page, post: MailServer, tenant: Tenant, words: dict[str, str], site: str) -> str:
    """The visitor left an address and the page; the answer goes on by mail. Returns the mail's link."""
    with tenant_scope(TenantId(tenant.pk)):
        contact, conversation = Contact.objects.get(), Conversation.objects.get()
        contact.email = "vera@visitor.example"
        contact.save()
    while is_here(tenant_id=TenantId(tenant.pk), kind="contact", owner=contact.pk):
        desk.wait_for_timeout(100)
    desk.goto(f"/inbox/{conversation.pk}/")
    expect(desk.get_by_text(words["question"]).last).to_be_visible()
    say(desk, words["later"])
    catch_up(tenant)
    with after(minutes=11):
        send_due()

    mail = post.accepted[-1]
    plain, rich = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert mail["To"] == "vera@visitor.example"
    assert words["later"] in plain
    assert f'dir="{words["direction"]}"' in rich
    link = re.search(rf"{re.escape(site)}/c/\S+", plain)
    assert link is not None
    return link.group()


def read_it_over_the_api(site: str, tenant: Tenant, words: dict[str, str]) -> None:
    """A developer reads with a key what the operator and the visitor wrote."""
    with tenant_scope(TenantId(tenant.pk)):
        conversation = Conversation.objects.get()
        key = create_api_key(
            actor=Operator.objects.get().actor,
            name="Script",
            permissions={Permission.READ_CONVERSATIONS, Permission.READ_REPORTS, Permission.READ_RATINGS},
        )
    with httpx2.Client(base_url=site, headers={"Authorization": f"Bearer {key.token}"}) as client:
        messages = client.get(f"/api/v1/conversations/{conversation.pk}/messages").json()["messages"]
        ratings = client.get("/api/v1/ratings").json()["results"]
        overview = client.get("/api/v1/reports/overview")
    texts = [message["text"] for message in messages if message["kind"] == "reply"]
    assert texts == [words["question"], words["answer"], "", words["later"]]
    assert [rating["score"] for rating in ratings] == [5]
    assert overview.status_code == 200
