"""The people who answer: who asks, everybody, and what may be changed about them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from operators.actions.change_role import change_role
from operators.actions.deactivate_operator import deactivate_operator
from operators.actions.reactivate_operator import reactivate_operator
from operators.actions.set_availability import set_availability
from operators.actions.set_workload import set_workload
from operators.api.bodies import ChangeOperator, OperatorQuery, SetAvailability
from operators.api.present import operator_shape
from operators.api.shapes import MeShape, OperatorPageShape, OperatorShape
from operators.models import Availability, Operator
from tenants.api.fields import Nothing
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.present import settings_shape
from tenants.api.view import TenantAPIView
from tenants.errors import NotFound
from tenants.models import Tenant
from tenants.permissions import Actor, ActorKind, Permission, Role
from tenants.scoping import current_tenant_id


def _operators() -> QuerySet[Operator]:
    return Operator.objects.select_related("user").prefetch_related("memberships")


def _shape(operator_id: UUID) -> OperatorShape:
    operator = _operators().filter(pk=operator_id).first()
    if operator is None:
        raise NotFound()
    return operator_shape(operator)


class Me(TenantAPIView):
    chapter = "Who asks"

    @operation("get_me", "Get who asks", gives=MeShape)
    def get(self, request: Request) -> Any:
        """The operator of the session or the key of the header, with what it may do."""
        return _me(self.actor)

    @operation(
        "set_own_availability",
        "Set one's own availability",
        body=SetAvailability,
        gives=MeShape,
        refuses=(404,),
    )
    def patch(self, request: Request, body: dict[str, Any]) -> Any:
        """For operators; a key has no availability."""
        if self.actor.kind is not ActorKind.OPERATOR or self.actor.id is None:
            raise NotFound()
        set_availability(
            actor=self.actor, operator_id=self.actor.id, availability=Availability(body["availability"])
        )
        return _me(self.actor)


def _me(actor: Actor) -> dict[str, Any]:
    return {
        "kind": str(actor.kind),
        "id": str(actor.id),
        "name": actor.name,
        "permissions": sorted(actor.permissions),
        "tenant": settings_shape(Tenant.objects.get(pk=current_tenant_id())),
        "operator": _shape(actor.id) if actor.kind is ActorKind.OPERATOR and actor.id else None,
    }


class OperatorList(TenantAPIView):
    chapter = "Operators"

    @operation(
        "list_operators",
        "List the operators",
        permission=Permission.READ_OPERATORS,
        query=OperatorQuery,
        gives=OperatorPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Those who came first, first. New ones come by invitation."""
        rows = _operators()
        if "is_active" in query:
            rows = rows.filter(is_active=query["is_active"])
        return listing(rows, order=("created_at", "pk"), query=query, shape=operator_shape)


class OperatorDetail(TenantAPIView):
    chapter = "Operators"

    @operation(
        "get_operator",
        "Get an operator",
        permission=Permission.READ_OPERATORS,
        gives=OperatorShape,
        refuses=(404,),
    )
    def get(self, request: Request, operator_id: UUID) -> Any:
        return _shape(operator_id)

    @operation(
        "change_operator",
        "Change an operator's role, limit or languages",
        permission=Permission.WRITE_OPERATORS,
        body=ChangeOperator,
        gives=OperatorShape,
        refuses=(404, 409),
    )
    def patch(self, request: Request, operator_id: UUID, body: dict[str, Any]) -> Any:
        """Neither from nor to a role above one's own; an owner must be left."""
        if "role" in body:
            change_role(actor=self.actor, operator_id=operator_id, role=Role(body["role"]))
        if "max_conversations" in body or "languages" in body:
            now = _shape(operator_id)
            set_workload(
                actor=self.actor,
                operator_id=operator_id,
                max_conversations=body.get("max_conversations", now["max_conversations"]),
                languages=body.get("languages", now["languages"]),
            )
        return _shape(operator_id)


class AvailabilityView(TenantAPIView):
    chapter = "Operators"

    @operation(
        "set_availability",
        "Set an operator's availability",
        body=SetAvailability,
        gives=OperatorShape,
        refuses=(404,),
    )
    def post(self, request: Request, operator_id: UUID, body: dict[str, Any]) -> Any:
        """One's own, or anybody's with `operators:write`."""
        set_availability(
            actor=self.actor, operator_id=operator_id, availability=Availability(body["availability"])
        )
        return _shape(operator_id)


class DeactivateView(TenantAPIView):
    chapter = "Operators"

    @operation(
        "deactivate_operator",
        "Deactivate an operator",
        permission=Permission.WRITE_OPERATORS,
        body=Nothing,
        gives=OperatorShape,
        refuses=(404,),
    )
    def post(self, request: Request, operator_id: UUID, body: dict[str, Any]) -> Any:
        """Access ends at once; open conversations go back to the queue. An owner must be left."""
        deactivate_operator(actor=self.actor, operator_id=operator_id)
        return _shape(operator_id)


class ReactivateView(TenantAPIView):
    chapter = "Operators"

    @operation(
        "reactivate_operator",
        "Let an operator in again",
        permission=Permission.WRITE_OPERATORS,
        body=Nothing,
        gives=OperatorShape,
        refuses=(404,),
    )
    def post(self, request: Request, operator_id: UUID, body: dict[str, Any]) -> Any:
        reactivate_operator(actor=self.actor, operator_id=operator_id)
        return _shape(operator_id)
