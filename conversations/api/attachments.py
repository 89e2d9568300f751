"""Files, kept until the message they belong to is sent."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from conversations.actions.upload_attachment import upload_attachment
from conversations.drafts import uuid_of
from conversations.files import MAX_FILE
from conversations.present import attachment_shape
from conversations.shapes import AttachmentShape
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.errors import BadRequest
from tenants.permissions import Permission

FORM: Final = {
    "type": "object",
    "properties": {
        "conversation_id": {"type": "string", "format": "uuid"},
        "file": {"type": "string", "format": "binary"},
    },
    "required": ["conversation_id", "file"],
}


class AttachmentList(TenantAPIView):
    chapter = "Attachments"
    parser_classes = (MultiPartParser,)
    # The file, and the form around it.
    max_body = MAX_FILE + 64 * 1024

    @operation(
        "upload_attachment",
        "Upload a file",
        permission=Permission.WRITE_MESSAGES,
        files=FORM,
        gives=AttachmentShape,
        status=201,
        refuses=(404,),
    )
    def post(self, request: Request) -> Any:
        """Then name its id in `attachment_ids` of a message of the same conversation.

        Pictures (PNG, JPEG, WebP, GIF) up to 10 MB, other files up to 20 MB: PDF, ZIP, office documents, text, CSV,
        MP3, MP4, OGG. What it is, its content says; pictures are drawn anew, without what cameras write into them.
        """
        form: Any = request.data
        conversation_id = uuid_of(form.get("conversation_id"))
        file = form.get("file")
        errors = {}
        if conversation_id is None:
            errors["conversation_id"] = [_("This must be a UUID.")]
        if not isinstance(file, UploadedFile):
            errors["file"] = [_("Choose a file.")]
        if conversation_id is None or not isinstance(file, UploadedFile):
            raise BadRequest(errors=errors)
        attachment = upload_attachment(
            actor=self.actor,
            conversation_id=conversation_id,
            name=file.name or "",
            content=file.read(MAX_FILE + 1),
        )
        return attachment_shape(attachment)
