"""Writing an article in a real browser: two languages, a live preview, publishing, undoing its removal."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from conversations.models import ArticleText
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.browser.inbox import DESK, PHONE, session_of
from tests.cast import Cast
from tests.conversations.articles import an_article
from tests.operators.scenes import within


def desk(open_page: OpenPage, cast: Cast, path: str, *, language: str = "en") -> Page:
    return open_page(path, viewport=DESK, storage_state=session_of(cast.bob, language=language))


def told(cast: Cast) -> list[tuple[str, str, bool]]:
    with within(cast.acme):
        return list(ArticleText.objects.order_by("language").values_list("language", "title", "is_published"))


def test_an_article_is_written_seen_beside_the_text_and_published(cast: Cast, open_page: OpenPage) -> None:
    page = desk(open_page, cast, "/settings/articles/")
    page.get_by_role("link", name="Write an article").click()
    page.get_by_role("tab", name="English").click()
    panel = page.get_by_role("tabpanel", name="English")
    panel.get_by_label("Title").fill("Where is my parcel?")
    panel.get_by_label("Text").fill("In **two** days.\n\n- by van\n- <script>alert(1)</script>")
    preview = panel.locator(".article__body")
    expect(preview.get_by_role("heading", name="Where is my parcel?")).to_be_visible()
    expect(preview.locator("strong")).to_have_text("two")
    expect(preview.get_by_role("listitem").last).to_have_text("<script>alert(1)</script>")
    panel.get_by_label("Published").check()

    page.get_by_role("tab", name="فارسی").click()
    persian = page.get_by_role("tabpanel", name="فارسی")
    persian.get_by_label("Title").fill("بستهٔ من کجاست؟")
    assert persian.get_by_label("Text").evaluate("field => getComputedStyle(field).direction") == "rtl"
    persian.get_by_label("Text").fill("دو روز")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("tab", name="فارسی")).to_have_attribute("aria-selected", "true")
    assert told(cast) == [("en", "Where is my parcel?", True), ("fa", "بستهٔ من کجاست؟", False)]
    assert violations(page) == []


def test_tabs_marks_and_keys_work_without_a_mouse(cast: Cast, open_page: OpenPage) -> None:
    page = desk(open_page, cast, "/settings/articles/new/?language=en")
    page.get_by_role("tab", name="English").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Lietuvių")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="English")).to_be_visible()
    field = page.get_by_role("tabpanel", name="English").get_by_label("Text")
    field.fill("bold")
    field.select_text()
    page.keyboard.press("Control+b")
    expect(field).to_have_value("**bold**")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("bold")
    page.get_by_role("button", name="List", exact=True).click()
    expect(field).to_have_value("- bold")


def test_what_was_not_saved_is_not_lost_by_leaving(cast: Cast, open_page: OpenPage) -> None:
    page = desk(open_page, cast, "/settings/articles/new/?language=en")
    page.get_by_role("tabpanel", name="English").get_by_label("Title").fill("Half")
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_role("tabpanel", name="English").get_by_label("Title")).to_have_value("Half")
    page.remove_listener("dialog", stay)
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_refusal_opens_its_language_and_keeps_every_word(cast: Cast, open_page: OpenPage) -> None:
    page = desk(open_page, cast, "/settings/articles/new/?language=en")
    page.get_by_role("tabpanel", name="English").get_by_label("Title").fill("Delivery")
    page.get_by_role("tab", name="Lietuvių").click()
    page.get_by_role("tabpanel", name="Lietuvių").get_by_label("Text").fill("Per dvi dienas.")
    page.get_by_role("tab", name="English").click()
    page.get_by_role("button", name="Save").click()
    lithuanian = page.get_by_role("tabpanel", name="Lietuvių")
    expect(lithuanian.get_by_text("Every article needs a title.")).to_be_visible()
    expect(lithuanian.get_by_label("Text")).to_have_value("Per dvi dienas.")
    assert told(cast) == []


def test_a_picture_is_put_where_one_writes_and_shown(cast: Cast, open_page: OpenPage) -> None:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "PNG")
    page = desk(open_page, cast, "/settings/articles/new/?language=en")
    panel = page.get_by_role("tabpanel", name="English")
    picture = {"name": "cup.png", "mimeType": "image/png", "buffer": out.getvalue()}
    panel.locator("[data-article-picture]").set_input_files(picture)  # type: ignore[arg-type]
    image = panel.locator(".article__body img")
    expect(image).to_have_attribute("alt", "cup")
    assert image.evaluate("img => img.decode().then(() => img.naturalWidth)") == 80
    words = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"words"}
    panel.locator("[data-article-picture]").set_input_files(words)  # type: ignore[arg-type]
    expect(panel.get_by_role("alert")).to_have_text("Files of this kind are not accepted.")
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_removed_article_comes_back_by_undo(cast: Cast, open_page: OpenPage) -> None:
    article = an_article(cast.acme)
    page = desk(open_page, cast, f"/settings/articles/{article.pk}/")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("status").get_by_text("“Delivery” was removed.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The article is back.")).to_be_visible()
    assert told(cast) == [("en", "Delivery", True)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_off_on_a_phone(cast: Cast, open_page: OpenPage, language: str) -> None:
    article = an_article(cast.acme, "A title that is rather long for a narrow screen " * 2, "word " * 200)
    page = open_page(
        "/settings/articles/", viewport=PHONE, storage_state=session_of(cast.bob, language=language)
    )
    for path in (
        "/settings/articles/",
        f"/settings/articles/{article.pk}/",
        "/settings/articles/categories/",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) == 0, path
        assert violations(page) == []
