"""The jobs beat asks for exist, are bounded, and do what their names say."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from config.celery import app, schedule
from tenants.clock import now
from tenants.mail import queue_mail
from tenants.mail.delivery import LEASE
from tenants.mail.upkeep import mails_in_trouble, send_again
from tenants.models import IdempotencyRecord, OutgoingMail, Timer
from tenants.scoping import TenantId, tenant_scope
from tenants.tasks import clean_up_tenant, run_due_timers, send_mail
from tenants.timers import HANDLERS, MAX_ATTEMPTS, set_timer_once, timer
from tests.cast import Cast


def test_every_job_of_the_schedule_is_a_task() -> None:
    app.loader.import_default_modules()
    unknown = {entry["task"] for entry in schedule().values()} - set(app.tasks)

    assert unknown == set()


def test_a_mails_lease_is_longer_than_its_sender_may_live() -> None:
    assert timedelta(seconds=send_mail.time_limit or 0) < LEASE


@pytest.mark.django_db
def test_a_timer_that_is_set_once_keeps_its_first_moment(cast: Cast) -> None:
    first = now()
    with tenant_scope(TenantId(cast.acme.pk)):
        set_timer_once(kind="tea", subject_id=cast.alice.pk, due_at=first)
        set_timer_once(kind="tea", subject_id=cast.alice.pk, due_at=first + timedelta(hours=1))

    assert Timer.objects.get(kind="tea").due_at == first


@pytest.mark.django_db
def test_a_timer_that_was_given_up_begins_anew(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        set_timer_once(kind="tea", subject_id=cast.alice.pk, due_at=now())
        Timer.objects.filter(kind="tea").update(attempts=MAX_ATTEMPTS)
        set_timer_once(kind="tea", subject_id=cast.alice.pk, due_at=now())

    assert Timer.objects.get(kind="tea").attempts == 0


@pytest.mark.django_db
def test_a_due_timer_runs_once(cast: Cast) -> None:
    ran: list[UUID] = []
    timer("tea")(ran.append)
    try:
        with tenant_scope(TenantId(cast.acme.pk)):
            set_timer_once(kind="tea", subject_id=cast.alice.pk, due_at=now())
        run_due_timers()
        run_due_timers()
    finally:
        del HANDLERS["tea"]

    assert ran == [cast.alice.pk]


def a_mail(cast: Cast, **fields: object) -> OutgoingMail:
    with tenant_scope(TenantId(cast.acme.pk)):
        mail = queue_mail(to="carol@example.com", template="invitation", language="en")
        OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
        mail.refresh_from_db()
    return mail


@pytest.mark.django_db
def test_the_text_of_a_mail_goes_a_month_after_it_was_sent(cast: Cast) -> None:
    old = a_mail(cast, state="sent", sent_at=now() - timedelta(days=31))
    new = a_mail(cast, state="sent", sent_at=now() - timedelta(days=29))
    waiting = a_mail(cast)
    clean_up_tenant(str(cast.acme.pk))

    with tenant_scope(TenantId(cast.acme.pk)):
        kept = set(OutgoingMail.objects.exclude(html="").values_list("pk", flat=True))
    assert kept == {new.pk, waiting.pk}
    assert old.message_id


@pytest.mark.django_db
def test_mails_in_trouble_are_listed_and_can_be_sent_again(cast: Cast) -> None:
    failed = a_mail(cast, state="failed", last_error="554 spam", attempts=3)
    unknown = a_mail(cast, state="unknown", doubts=2)
    retried = a_mail(cast, attempts=1)
    a_mail(cast)
    a_mail(cast, state="sent")
    Timer.objects.all().delete()

    with tenant_scope(TenantId(cast.acme.pk)):
        assert {mail.pk for mail in mails_in_trouble()} == {failed.pk, unknown.pk, retried.pk}
        send_again(failed)
        assert OutgoingMail.objects.get(pk=failed.pk).state == "queued"
    assert list(Timer.objects.values_list("subject_id", flat=True)) == [failed.pk]


@pytest.mark.django_db
def test_answers_kept_for_repetitions_go_after_two_days(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        for hours in (47, 49):
            IdempotencyRecord.objects.create(
                principal="api_key:x",
                key_hash=str(hours),
                fingerprint="",
                created_at=now() - timedelta(hours=hours),
            )
    clean_up_tenant(str(cast.acme.pk))

    with tenant_scope(TenantId(cast.acme.pk)):
        assert list(IdempotencyRecord.objects.values_list("key_hash", flat=True)) == ["47"]


@pytest.mark.django_db
def test_expired_sessions_go(cast: Cast) -> None:
    store = SessionStore()
    store["x"] = 1
    store.save()
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    SessionStore.clear_expired()

    assert Session.objects.count() == 0
