"""What the page of an article asks for while one writes, and the categories beside it."""

import io

from django.test import Client
from PIL import Image

from conversations.models import Article, ArticleCategory, ArticleImage
from tests.cast import Cast
from tests.conversations.articles import an_article
from tests.operators.scenes import logged_in, nothing_changes, within


def test_the_preview_is_made_of_safe_nodes_and_keeps_nothing(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        answer = client.post(
            "/settings/articles/preview/", {"body": "<script>x</script> [y](javascript:alert(1))"}
        )
    assert answer.json() == {
        "nodes": [
            {
                "type": "paragraph",
                "children": [{"type": "text", "text": "<script>x</script> [y](javascript:alert(1))"}],
            }
        ]
    }


def test_a_picture_is_kept_or_refused_with_a_reason(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "PNG")
    out.seek(0)
    out.name = "cup.png"
    answer = client.post("/settings/articles/pictures/", {"file": out})
    with within(cast.acme):
        image = ArticleImage.objects.get()
    assert (answer.status_code, answer.json()) == (201, {"id": str(image.pk), "name": "cup"})
    words = io.BytesIO(b"words")
    words.name = "note.txt"
    refused = client.post("/settings/articles/pictures/", {"file": words})
    assert (refused.status_code, refused.json()) == (415, {"detail": "Files of this kind are not accepted."})
    assert client.post("/settings/articles/pictures/").status_code == 400


def test_a_category_is_made_renamed_and_removed(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    place = "/settings/articles/categories/"
    assert client.post(place, {"name_en": "Care", "name_fa": "نگهداری", "order": "1"}).status_code == 302
    with within(cast.acme):
        category = ArticleCategory.objects.get()
    assert client.post(place, {"order": "1"}).status_code == 422
    client.post(f"{place}{category.pk}/", {"name_en": "Care of clay", "order": "3"})
    with within(cast.acme):
        changed = ArticleCategory.objects.get()
    assert (changed.names, changed.order) == ({"en": "Care of clay"}, 3)
    an_article(cast.acme, category_id=category.pk)
    assert "1 article" in client.get(place).content.decode()
    client.post(f"{place}{category.pk}/delete/")
    with within(cast.acme):
        assert (ArticleCategory.objects.count(), Article.objects.count()) == (0, 1)
