"""Domain errors: one class per thing that can be refused, with one shape on every door.

HTTP renders them as RFC 9457 problem documents, sockets as ``error`` frames; both carry the
same ``code``. A client decides by the code, a person reads the detail.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something was refused. ``detail`` is safe to show to whoever asked."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    close_code: ClassVar[int] = 4400
    default_detail: ClassVar[Any] = _("The request could not be carried out.")

    def __init__(
        self,
        detail: Any = None,
        *,
        errors: dict[str, list[str]] | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.detail = self.default_detail if detail is None else detail
        self.errors = errors or {}
        self.retry_after = retry_after
        super().__init__(str(self.detail))


class BadRequest(DomainError):
    code = "bad_request"
    status = 400
    default_detail = _("The request is not valid.")


class Unauthenticated(DomainError):
    code = "unauthenticated"
    status = 401
    close_code = 4401
    default_detail = _("Log in, or send a valid key.")


class PermissionDenied(DomainError):
    code = "permission_denied"
    status = 403
    close_code = 4403
    default_detail = _("Your role does not allow this.")


class NotFound(DomainError):
    """Also the answer for what belongs to another tenant: existence is not told."""

    code = "not_found"
    status = 404
    close_code = 4404
    default_detail = _("There is nothing here.")


class MethodNotAllowed(DomainError):
    code = "method_not_allowed"
    status = 405
    default_detail = _("This address does not take this method.")


class Conflict(DomainError):
    code = "conflict"
    status = 409
    default_detail = _("This was done already, with other content.")


class Expired(DomainError):
    code = "expired"
    status = 410
    close_code = 4401
    default_detail = _("This link has expired.")


class TooLarge(DomainError):
    code = "too_large"
    status = 413
    default_detail = _("This is too large.")


class UnsupportedMediaType(DomainError):
    code = "unsupported_media_type"
    status = 415
    default_detail = _("Send JSON, with Content-Type: application/json.")


class UnsupportedFile(DomainError):
    code = "unsupported_file"
    status = 415
    default_detail = _("Files of this kind are not accepted.")


class TooManyRequests(DomainError):
    code = "too_many_requests"
    status = 429
    close_code = 4429
    default_detail = _("Too many requests. Please wait a moment.")


class Unavailable(DomainError):
    code = "unavailable"
    status = 503
    close_code = 1013
    default_detail = _("This is not available right now. Please try again.")


def problem(error: DomainError) -> dict[str, Any]:
    """Return the RFC 9457 problem document of an error: type, title, status, detail, code, errors."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": str(error.default_detail),
        "status": error.status,
        "detail": str(error.detail),
        "code": error.code,
    }
    if error.errors:
        document["errors"] = error.errors
    if error.retry_after is not None:
        document["retry_after"] = round(error.retry_after, 1)
    return document


def error_frame(error: DomainError, *, ref: str | None = None) -> dict[str, Any]:
    """Return the socket frame of an error, answering the command ``ref``."""
    frame: dict[str, Any] = {"type": "error", "ref": ref, "code": error.code, "detail": str(error.detail)}
    if error.errors:
        frame["errors"] = error.errors
    if error.retry_after is not None:
        frame["retry_after"] = round(error.retry_after, 1)
    return frame
