"""What an article says in each language, and its pictures."""

from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from conversations.actions import write_article
from conversations.actions.upload_article_image import upload_article_image
from conversations.api import article_bodies as bodies
from conversations.api import article_shapes as shapes
from conversations.api.articles import CHAPTER, WRITE
from conversations.files import MAX_IMAGE
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import BadRequest

IMAGE_FORM: Final = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}


class ArticleTextDetail(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "write_article_text",
        "Write an article in a language",
        permission=WRITE,
        body=bodies.WriteText,
        gives=shapes.ArticleTextShape,
        refuses=(404, 409),
    )
    def put(self, request: Request, article_id: UUID, language: str, body: dict[str, Any]) -> Any:
        """The first time it is a draft. What is published stays so, with the new text."""
        text = write_article.write_text(actor=self.actor, article_id=article_id, language=language, **body)
        return shapes.text_shape(text)

    @operation(
        "remove_article_text",
        "Remove a language of an article",
        permission=WRITE,
        refuses=(404,),
    )
    def delete(self, request: Request, article_id: UUID, language: str) -> Any:
        write_article.remove_text(actor=self.actor, article_id=article_id, language=language)


class PublishArticleText(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "publish_article_text",
        "Publish an article in a language",
        permission=WRITE,
        gives=shapes.ArticleTextShape,
        refuses=(404,),
    )
    def post(self, request: Request, article_id: UUID, language: str) -> Any:
        """From now on visitors find it."""
        return shapes.text_shape(
            write_article.publish_text(actor=self.actor, article_id=article_id, language=language)
        )

    @operation(
        "unpublish_article_text",
        "Take an article in a language back",
        permission=WRITE,
        gives=shapes.ArticleTextShape,
        refuses=(404,),
    )
    def delete(self, request: Request, article_id: UUID, language: str) -> Any:
        """It is a draft again; nothing is lost."""
        return shapes.text_shape(
            write_article.unpublish_text(actor=self.actor, article_id=article_id, language=language)
        )


class ArticleImageList(TenantAPIView):
    chapter = CHAPTER
    parser_classes = (MultiPartParser,)
    # The file, and the form around it.
    max_body = MAX_IMAGE + 64 * 1024

    @operation(
        "upload_article_image",
        "Upload a picture for articles",
        permission=WRITE,
        files=IMAGE_FORM,
        gives=shapes.ArticleImageShape,
        status=201,
    )
    def post(self, request: Request) -> Any:
        """PNG, JPEG, WebP or GIF up to 10 MB. Put the `markdown` of the answer into a body, with what it shows in
        the brackets."""
        form: Any = request.data
        file = form.get("file")
        if not isinstance(file, UploadedFile):
            raise BadRequest(errors={"file": [_("Choose a file.")]})
        image = upload_article_image(actor=self.actor, name=file.name or "", content=file.read(MAX_IMAGE + 1))
        return shapes.image_shape(image)
