"""An endpoint's method, told once: what it takes, gives and requires, for the machine and for the docs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.api.fields import Body, NoQuery, Query
from tenants.api.idempotency import once
from tenants.api.shape_schema import Shape, reference
from tenants.permissions import Permission, require

PROBLEM: Final = "application/problem+json"
# What any request may be refused for, and a request with a body besides.
ALWAYS: Final = (400, 401, 403, 429)
WITH_BODY: Final = (413, 415)


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """What a method takes, gives and requires. ``refuses``: the statuses beyond those every method has."""

    name: str
    summary: str
    permission: Permission | None
    body: type[Body] | None
    query: type[Query]
    gives: Shape | None
    status: int
    also: Mapping[int, str]
    refuses: tuple[int, ...]
    is_secret: bool
    files: Mapping[str, Any] = field(default_factory=dict)


def operation(
    name: str,
    summary: str,
    *,
    permission: Permission | None = None,
    body: type[Body] | None = None,
    query: type[Query] = NoQuery,
    gives: Shape | None = None,
    status: int = 200,
    also: Mapping[int, str] | None = None,
    refuses: tuple[int, ...] = (),
    is_secret: bool = False,
    files: Mapping[str, Any] | None = None,
    example: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Make a method of a TenantAPIView an endpoint.

    The method gets ``body`` and ``query`` as checked dictionaries where it declares them, and
    returns JSON values, or a Response for another status. ``gives`` is the shape of the answer (None:
    no content), ``also`` maps further statuses with the same shape to what they mean, ``files`` is the
    schema of a multipart form, ``is_secret`` keeps the answer out of the idempotency records.
    """
    told = Operation(
        name=name,
        summary=summary,
        permission=permission,
        body=body,
        query=query,
        gives=gives,
        status=204 if gives is None else status,
        also=also or {},
        refuses=refuses,
        is_secret=is_secret,
        files=files or {},
    )

    def decorate(method: Callable[..., Any]) -> Callable[..., Response]:
        schema = _schema(told, method.__name__, (method.__doc__ or "").strip(), example)
        return extend_schema(**schema)(_endpoint(told, method))

    return decorate


def _endpoint(told: Operation, method: Callable[..., Any]) -> Callable[..., Response]:
    @wraps(method)
    def endpoint(view: Any, request: Request, **path: Any) -> Response:
        if told.permission is not None:
            require(view.actor, told.permission)
        given = dict(path)
        asked = told.query.read(request.query_params)
        if told.query is not NoQuery:
            given["query"] = asked
        if told.body is not None:
            given["body"] = told.body.read(request.data)

        def act() -> Response:
            made = method(view, request, **given)
            return made if isinstance(made, Response) else Response(made, status=told.status)

        if method.__name__ == "post" and "Idempotency-Key" in request.headers:
            return once(actor=view.actor, request=request, is_secret=told.is_secret, act=act)
        return act()

    endpoint.operation = told  # type: ignore[attr-defined]
    return endpoint


def _schema(
    told: Operation, verb: str, description: str, example: Mapping[str, Any] | None
) -> dict[str, Any]:
    gives = reference(told.gives) if told.gives is not None else None
    responses: dict[Any, Any] = {
        told.status: OpenApiResponse(gives, description=HTTPStatus(told.status).phrase),
        **{status: OpenApiResponse(gives, description=why) for status, why in told.also.items()},
    }
    statuses = {*ALWAYS, *told.refuses, *(WITH_BODY if told.body or told.files else ())}
    if verb == "post":
        statuses.add(409)
    for status in sorted(statuses):
        responses[status, PROBLEM] = OpenApiResponse(
            {"$ref": "#/components/schemas/Problem"}, description=HTTPStatus(status).phrase
        )
    scope = f"Permission: `{told.permission}`." if told.permission else ""
    parameters: list[Any] = [] if told.query is NoQuery else [told.query]
    if verb == "post":
        parameters.append(_IDEMPOTENCY_KEY)
    if told.files:
        request: Any = {"multipart/form-data": told.files}
    else:
        request = told.body
    made = {
        "operation_id": told.name,
        "summary": told.summary,
        "description": "\n\n".join(part for part in (_paragraphs(description), scope) if part),
        "parameters": parameters,
        "request": request,
        "responses": responses,
    }
    if example is not None:
        made["extensions"] = {"x-example": dict(example)}
    return made


def _paragraphs(text: str) -> str:
    """Return a docstring without its indentation."""
    return "\n".join(line.strip() for line in text.splitlines())


_IDEMPOTENCY_KEY: Final = OpenApiParameter(
    name="Idempotency-Key",
    location=OpenApiParameter.HEADER,
    required=False,
    description="A text of your choice, new for each request you mean. Sent again within 24 hours, it gets the first "
    "answer, with `Idempotency-Replayed: true`, and nothing is done twice.",
    type={"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
)
