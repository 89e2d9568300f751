"""Every door speaks the visitor's language and writes in its direction."""

import json
import re

import pytest
from django.test import Client

from tests.cast import Cast

DIRECTIONS = {"en": "ltr", "ar": "rtl", "fa": "rtl", "lt": "ltr"}
LOG_IN = {"en": "Log in", "ar": "تسجيل الدخول", "fa": "ورود", "lt": "Prisijungti"}
NO_SUCH_PAGE = {"en": "This page does not exist", "ar": "هذه الصفحة غير موجودة", "fa": "این صفحه وجود ندارد"}
WRITE = {"en": "Write a message…", "ar": "اكتب رسالة…", "fa": "پیامی بنویسید…", "lt": "Rašykite žinutę…"}


def html_tag(page: str) -> tuple[str, str]:
    tag = re.search(r"<html[^>]*>", page)
    assert tag
    lang, direction = re.search(r'lang="([^"]*)"', tag[0]), re.search(r'dir="([^"]*)"', tag[0])
    assert lang
    assert direction
    return lang[1], direction[1]


@pytest.mark.parametrize("language", DIRECTIONS)
def test_a_page_takes_the_browsers_language(client: Client, cast: Cast, language: str) -> None:
    response = client.get("/accounts/login/", headers={"accept-language": language})
    page = response.content.decode()
    assert html_tag(page) == (language, DIRECTIONS[language])
    assert LOG_IN[language] in page
    assert response.headers["Content-Language"] == language


@pytest.mark.parametrize("language", DIRECTIONS)
def test_a_page_names_its_scripts_texts_of_the_same_language(
    client: Client, cast: Cast, language: str
) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": language}).content.decode()
    address = re.search(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)" data-strings>', page)
    assert address
    assert re.fullmatch(rf"/static/dist/assets/{language}-[\w-]{{8}}\.json", address[1])


@pytest.mark.parametrize("language", NO_SUCH_PAGE)
def test_an_error_page_speaks_too(client: Client, cast: Cast, language: str) -> None:
    page = client.get("/nowhere/", headers={"accept-language": language}).content.decode()
    assert html_tag(page) == (language, DIRECTIONS[language])
    assert NO_SUCH_PAGE[language] in page


def test_a_language_we_do_not_have_gets_english(client: Client, cast: Cast) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": "ja, fi;q=0.8"}).content.decode()
    assert html_tag(page) == ("en", "ltr")


@pytest.mark.parametrize("language", DIRECTIONS)
def test_the_widget_is_given_the_texts_of_its_page_and_no_others(
    client: Client, cast: Cast, language: str
) -> None:
    page = client.get(f"/widget/{cast.acme_widget.key}/{language}/").content.decode()
    assert html_tag(page) == (language, DIRECTIONS[language])
    config = re.search(r'<script[^>]*id="config"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert config
    strings = json.loads(config[1])["strings"]
    assert WRITE[language] in strings
    assert [other for other in WRITE.values() if other in strings] == [WRITE[language]]
