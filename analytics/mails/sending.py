"""Sending a report to one operator, and planning the next."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from analytics.mails.letter import compose, is_empty
from analytics.mails.schedule import Frequency, Place, next_due, reported_period
from analytics.mails.unsubscribe import stop_url
from analytics.parameters import Parameters
from analytics.queries import overview
from analytics.wording import Wording
from operators.models import Operator
from tenants.clock import now
from tenants.mail import queue_mail
from tenants.models.tenant import Tenant
from tenants.models.timer import Timer
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tenants.scoping import current_tenant_id
from tenants.timers import set_timer

READERS: Final = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.READ_REPORTS in allowed]


def plan_reports() -> int:
    """Set the timers that are missing in the tenant of the scope. Returns how many were set.

    Whoever reads reports and wants them by mail has one timer for each kind; a timer already set
    stays where it is.
    """
    wanted = {
        (frequency.timer, operator.pk): (frequency, operator)
        for operator in _readers()
        for frequency in Frequency
        if operator.wants(frequency.value)
    }
    known = Timer.objects.filter(tenant_id=current_tenant_id(), kind__in=[one.timer for one in Frequency])
    missing = wanted.keys() - set(known.values_list("kind", "subject_id"))
    for key in missing:
        frequency, operator = wanted[key]
        _plan(frequency, operator)
    return len(missing)


def send_report(*, frequency: Frequency, operator_id: UUID) -> None:
    """Queue the report for an operator and plan the next; nothing for one who does not want it any more.

    A period in which nothing happened, after one in which nothing happened, is no news: no mail.
    """
    operator = _readers().filter(pk=operator_id).first()
    if operator is None or not operator.wants(frequency.value):
        return
    _plan(frequency, operator)
    tenant = operator.tenant
    place = _place(operator)
    language = operator.user.language or tenant.language
    period = reported_period(frequency=frequency, place=place, at=now())
    parameters = Parameters(period=period, zone=_zone(place, tenant))
    report = overview(period=period)
    if is_empty(report):
        return
    with translation.override(language):
        wording = Wording.of(tenant, language=language, time_zone=place.time_zone)
        letter = compose(report=report, parameters=parameters, wording=wording)
    queue_mail(
        to=operator.user.email,
        template="report",
        language=language,
        kind=frequency.timer,
        subject_id=operator.pk,
        context={
            "tenant_name": tenant.name,
            "letter": letter,
            "is_daily": frequency is Frequency.DAILY,
            "link": f"{settings.PARLEY_ORIGIN}{reverse('reports')}?{parameters.query()}",
            "unsubscribe_url": stop_url(operator=operator, frequency=frequency),
        },
    )


def _readers() -> QuerySet[Operator]:
    return Operator.objects.filter(is_active=True, user__is_active=True, role__in=READERS).select_related(
        "user", "tenant"
    )


def _place(operator: Operator) -> Place:
    return Place(
        time_zone=operator.user.time_zone or operator.tenant.time_zone, week_start=operator.tenant.week_start
    )


def _zone(place: Place, tenant: Tenant) -> str:
    return place.time_zone if place.time_zone != tenant.time_zone else ""


def _plan(frequency: Frequency, operator: Operator) -> None:
    set_timer(
        kind=frequency.timer,
        subject_id=operator.pk,
        due_at=next_due(frequency=frequency, place=_place(operator), after=now()),
    )
