"""What can happen to the people who answer."""

from uuid import UUID

from tenants.events import Audience, Event, event


@event("operator.joined", Audience.OPERATORS, Audience.WEBHOOKS)
class OperatorJoined(Event):
    """Somebody accepted an invitation, signed the business up, or was let in again."""

    operator_id: UUID
    name: str
    role: str


@event("operator.role_changed", Audience.OPERATORS, Audience.WEBHOOKS)
class OperatorRoleChanged(Event):
    """Open sockets of the operator take the new role's permissions at once."""

    operator_id: UUID
    role: str


@event("operator.availability_changed", Audience.OPERATORS)
class OperatorAvailabilityChanged(Event):
    operator_id: UUID
    availability: str


@event("operator.deactivated", Audience.OPERATORS, Audience.WEBHOOKS)
class OperatorDeactivated(Event):
    """The operator's sockets are closed and their open conversations go back to the queue."""

    operator_id: UUID
