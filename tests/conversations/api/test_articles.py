"""The knowledge base over the API."""

import io

import pytest
from PIL import Image

from tests.api import as_operator, with_key
from tests.cast import Cast
from tests.conversations.articles import an_article
from tests.operators.scenes import audited


def test_an_article_is_made_written_published_and_removed(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    category = bob.post("article-categories", {"names": {"en": "Delivery"}, "order": 2}).json()
    made = bob.post("articles", {"category_id": category["id"], "pages": ["/delivery*"]})
    assert made.status_code == 201, made.content
    article = made.json()
    assert (article["texts"], article["pages"]) == ([], ["/delivery*"])
    place = f"articles/{article['id']}"
    text = bob.put(f"{place}/texts/fa", {"title": "تحویل", "body": "دو روز"}).json()
    assert (text["slug"], text["is_published"]) == ("تحویل", False)
    assert bob.post(f"{place}/texts/fa/publish").json()["is_published"] is True
    [row] = as_operator(cast.alice).get("articles", language="fa", is_published="true").json()["results"]
    assert [(one["language"], one["title"], "body" in one) for one in row["texts"]] == [
        ("fa", "تحویل", False)
    ]
    assert bob.get(place).json()["texts"][0]["body"] == "دو روز"
    assert bob.ask("DELETE", f"{place}/texts/fa/publish").json()["is_published"] is False
    assert bob.patch(place, {"category_id": None, "order": 4}).json()["order"] == 4
    assert bob.delete(place).status_code == 204
    assert bob.get(place).status_code == 404
    assert bob.get("articles").json()["results"] == []
    assert bob.post(f"{place}/restore").json()["order"] == 4
    assert bob.delete(f"{place}/texts/fa").status_code == 204
    assert bob.delete(f"article-categories/{category['id']}").status_code == 204
    assert [action for _who, action in audited(cast.acme)] == [
        "article_category.created",
        "article.created",
        "article.text_changed",
        "article.published",
        "article.unpublished",
        "article.changed",
        "article.removed",
        "article.restored",
        "article.text_removed",
        "article_category.removed",
    ]


def test_articles_are_found_by_words_of_drafts_too(cast: Cast) -> None:
    an_article(cast.acme, "Gift cards", "For any amount.", is_published=False)
    an_article(cast.acme, "Delivery")
    alice = as_operator(cast.alice)

    def found(**query: str) -> list[str]:
        rows = alice.get("articles", **query).json()["results"]
        return [row["texts"][0]["title"] for row in rows]

    assert found(q="amount gift") == ["Gift cards"]
    assert found(is_published="false") == ["Gift cards"]
    assert found(is_published="true") == ["Delivery"]
    assert found(language="lt") == []
    assert found() == ["Delivery", "Gift cards"]


def test_mallory_sees_and_changes_nothing_of_it(cast: Cast) -> None:
    article = an_article(cast.acme)
    globex = with_key(cast.globex)
    place = f"articles/{article.pk}"
    assert globex.get("articles").json()["results"] == []
    assert globex.get("articles", q="delivery").json()["results"] == []
    for answer in (
        globex.get(place),
        globex.patch(place, {"order": 9}),
        globex.put(f"{place}/texts/en", {"title": "Hacked"}),
        globex.delete(f"{place}/texts/en"),
        globex.post(f"{place}/texts/en/publish"),
        globex.delete(place),
        globex.post(f"{place}/restore"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert as_operator(cast.bob).get(place).json()["texts"][0]["title"] == "Delivery"


@pytest.mark.parametrize(
    ("path", "body", "status", "fields"),
    [
        ("texts/en", {"title": ""}, 400, ["title"]),
        ("texts/en", {"title": "x", "body": 3}, 400, ["body"]),
        ("texts/de", {"title": "Versand"}, 404, []),
        ("texts/lt", {"title": "Pristatymas", "slug": "?!"}, 400, ["slug"]),
    ],
)
def test_a_text_that_is_not_right_is_refused_by_its_field(
    cast: Cast, path: str, body: dict[str, object], status: int, fields: list[str]
) -> None:
    article = an_article(cast.acme)
    answer = as_operator(cast.bob).put(f"articles/{article.pk}/{path}", body)
    assert (answer.status_code, list(answer.json().get("errors", {}))) == (status, fields)


def test_a_picture_is_kept_and_anything_else_is_not(cast: Cast) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "PNG")
    bob = as_operator(cast.bob)
    image = bob.upload("article-images", {}, name="cup.png", content=out.getvalue()).json()
    assert (image["width"], image["height"], image["markdown"]) == (8, 6, f"![](image:{image['id']})")
    assert bob.upload("article-images", {}, name="note.txt", content=b"note").status_code == 415
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert bob.upload("article-images", {}, name="x.svg", content=svg).status_code == 415
    assert as_operator(cast.alice).upload("article-images", {}).status_code == 403
