"""The base of every endpoint: who asks, how much they may, and how they are refused."""

from typing import Any, ClassVar, Final, NoReturn, cast

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from rest_framework.authentication import CSRFCheck
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.api.parsing import MAX_BODY, StrictJSONParser
from tenants.api.problems import domain_error
from tenants.api.throttles import Allowance, Exhausted, take_one
from tenants.errors import BadRequest, DomainError, PermissionDenied, TooLarge, Unauthenticated, problem
from tenants.permissions import Actor, ActorKind

SAFE: Final = ("GET", "HEAD")


class AlwaysJSON(BaseContentNegotiation):
    """We answer JSON, whatever a client says it likes; Content-Type chooses how a body is read."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser | None:
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class ChapterSchema(AutoSchema):
    """Files an operation under its view's chapter."""

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "chapter", "")]


class TenantAPIView(APIView):
    """An endpoint inside the scope of the tenant whose session or key asks.

    Methods are made with ``tenants.api.operation.operation``. The transaction is the request's: whatever
    is refused, at whatever point, leaves nothing behind.
    """

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes: Any = (StrictJSONParser,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = AlwaysJSON
    metadata_class = None
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    schema = ChapterSchema()
    # Most bytes of a body.
    max_body: ClassVar[int] = MAX_BODY
    # Chapter of the documentation.
    chapter: ClassVar[str] = ""
    allowance: Allowance | None = None

    @property
    def actor(self) -> Actor:
        """Who asks. Raises Unauthenticated."""
        actor = getattr(self.request, "actor", None)
        if actor is None:
            raise Unauthenticated()
        return cast("Actor", actor)

    def perform_authentication(self, request: Request) -> None:
        """TenantMiddleware did."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.allowance = take_one(self.actor)
        if request.method not in SAFE and self.actor.kind is not ActorKind.API_KEY:
            _check_origin(request._request)  # noqa: SLF001  the check is of Django's request
        _check_length(request, most=self.max_body)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Exhausted):
            self.allowance = exc.allowance
        error = exc.refusal if isinstance(exc, Exhausted) else domain_error(exc)
        if error is None:
            raise exc
        if getattr(self.request, "actor", None) is not None and connection.in_atomic_block:
            transaction.set_rollback(True)
        response = Response(
            problem(error),
            status=error.status,
            headers=_refusal_headers(error),
            content_type="application/problem+json",
        )
        response.exception = True
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if self.allowance is not None:
            for name, value in self.allowance.headers().items():
                response[name] = value
        return super().finalize_response(request, response, *args, **kwargs)


def _refusal_headers(error: DomainError) -> dict[str, str]:
    headers = {}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if error.retry_after is not None:
        headers["Retry-After"] = str(max(1, round(error.retry_after)))
    return headers


def _check_origin(request: HttpRequest) -> None:
    """A session's cookie comes with requests that other sites make; the token does not."""

    def unused(request: HttpRequest) -> NoReturn:
        raise AssertionError

    check = CSRFCheck(unused)
    check.process_request(request)
    if check.process_view(request, unused, (), {}):
        raise PermissionDenied(_("This page is out of date. Load it again, and repeat what you did."))


def _check_length(request: Request, *, most: int) -> None:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal():
        raise BadRequest(_("The body cannot be read."))
    if int(length) > most:
        raise TooLarge()
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower() and length == "0":
        raise BadRequest(_("Send the length of the body, in Content-Length."))
