"""The mail catcher takes mail over SMTP and shows it at /mail/, where a mail's HTML can do nothing."""

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config.local.places import ROOT
from config.local.ports import free_port, wait_for_port


@pytest.fixture
def catcher_port() -> Iterator[int]:
    """A running catcher that writes where /mail/ of this worker reads."""
    port = free_port()
    folder = Path(settings.PARLEY_MAIL_CATCHER_DIR)
    command = [sys.executable, "-m", "config.local.mail_catcher", str(port), str(folder)]
    with subprocess.Popen(command, cwd=ROOT) as catcher:
        wait_for_port(port)
        yield port
        catcher.terminate()
    for file in folder.glob("*"):
        file.unlink()


def a_mail(*, html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Demo shop <hello@demo.example>"
    mail["To"] = "Vera <vera@visitor.example>"
    mail["Subject"] = "پاسخ به سؤال شما"
    mail.set_content("سلام ورا\nhttps://chat.example.com/c/abc\n")
    if html is not None:
        mail.add_alternative(html, subtype="html")
    return mail


def send(port: int, mail: EmailMessage) -> None:
    with smtplib.SMTP("localhost", port) as server:
        server.send_message(mail)


def only_mail(client: Client) -> str:
    """Return the address of the one mail in the list."""
    links = [part.partition('"')[0] for part in client.get("/mail/").text.split('href="')[1:]]
    (link,) = [link for link in links if link.startswith("/mail/")]
    return link


@pytest.mark.django_db
def test_a_sent_mail_is_listed_with_its_subject_and_recipient(catcher_port: int, client: Client) -> None:
    send(catcher_port, a_mail())
    page = client.get("/mail/")
    assert page.status_code == 200
    assert "پاسخ به سؤال شما" in page.text
    assert "vera@visitor.example" in page.text


@pytest.mark.django_db
def test_a_mail_shows_its_text_with_links_and_its_headers(catcher_port: int, client: Client) -> None:
    send(catcher_port, a_mail())
    page = client.get(only_mail(client)).text
    assert "سلام ورا" in page
    assert 'href="https://chat.example.com/c/abc"' in page
    assert "X-Caught-For: vera@visitor.example" in page


@pytest.mark.django_db
def test_the_html_of_a_mail_is_shown_without_script_origin_or_network(
    catcher_port: int, client: Client
) -> None:
    send(catcher_port, a_mail(html="<p>Hello</p><script>alert(1)</script>"))
    link = only_mail(client)
    assert f'src="{link}html"' in client.get(link).text
    shown = client.get(f"{link}html")
    assert "<p>Hello</p>" in shown.text
    policy = shown["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
    assert "script-src" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["00000000000000000000", "..", "secret_key", "1"])
def test_nothing_but_caught_mail_can_be_read(client: Client, name: str) -> None:
    assert client.get(f"/mail/{name}/source").status_code == 404


@pytest.mark.django_db
def test_an_empty_catcher_says_so(client: Client) -> None:
    assert "Nothing yet." in client.get("/mail/").text
