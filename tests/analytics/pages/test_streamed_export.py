"""The conversations behind a number, as a file of any length: whole, in order, one tenant's, and noted."""

import asyncio
import csv
import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import AsyncClient

from analytics.pages.exports import BATCH
from operators.models import Operator
from tenants.models import AuditEntry, Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.analytics.conftest import NOW
from tests.analytics.deeds import Story
from tests.cast import Cast, begin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

PATH = "/reports/export/conversations.csv?period=today&measure="
MANY = 20_001

# As many measurements as years would bring, of conversations that were erased since.
PLANT = """
    INSERT INTO analytics_measurement
        (id, tenant_id, conversation_id, metric, slot, at, value, inbox_id, in_hours, is_counted)
    SELECT gen_random_uuid(), %s, gen_random_uuid(), 'new', 0, %s - n / 7 * interval '1 second', 1, %s, true, true
    FROM generate_series(1, %s) AS n
"""


@dataclass(frozen=True)
class Download:
    parts: list[str]
    headers: dict[str, str]

    @property
    def rows(self) -> list[dict[str, str]]:
        text = "".join(self.parts).removeprefix("\ufeff")
        return list(csv.DictReader(io.StringIO(text, newline="")))


def download(operator: Operator, measure: str) -> Download:
    """Fetch the file as the server streams it."""

    async def fetch() -> Download:
        client = AsyncClient()
        await client.aforce_login(operator.user)
        response: Any = await client.get(PATH + measure)
        parts = [part.decode() async for part in response.streaming_content]
        return Download(parts=parts, headers=dict(response.headers))

    return asyncio.run(fetch())


def plant(tenant: Tenant, inbox_id: UUID, count: int) -> None:
    with tenant_scope(TenantId(tenant.pk)), connection.cursor() as cursor:
        cursor.execute(PLANT, [tenant.pk, NOW, inbox_id, count])


def test_every_row_is_in_the_file_once_however_many_there_are(cast: Cast, acme: Tenant) -> None:
    plant(acme, cast.acme_widget.pk, MANY)
    plant(cast.globex, cast.acme_widget.pk, 50)
    file = download(cast.bob, "new")
    rows = file.rows

    assert len(rows) == len({row["conversation_id"] for row in rows}) == MANY
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    assert len(file.parts) == 1 + -(-MANY // BATCH)  # the head, then a batch at a time
    with tenant_scope(TenantId(acme.pk)):
        [entry] = AuditEntry.objects.filter(action="report.exported")
    assert (entry.target, entry.changes["rows"]) == ("report:conversations", [None, MANY])
    assert entry.actor == cast.bob.actor.reference


def test_a_file_that_ends_with_a_batch_has_no_row_twice(cast: Cast, acme: Tenant) -> None:
    plant(acme, cast.acme_widget.pk, BATCH)

    assert len({row["conversation_id"] for row in download(cast.bob, "new").rows}) == BATCH


@pytest.mark.parametrize(("measure", "stories"), [("new", (2, 1, 0)), ("open", (2, 1)), ("rated", (1, 0))])
def test_the_file_lists_what_the_page_lists(
    cast: Cast, acme: Tenant, morning: list[Story], measure: str, stories: tuple[int, ...]
) -> None:
    file = download(cast.bob, measure)

    assert [row["conversation_id"] for row in file.rows] == [str(morning[number].id) for number in stories]
    assert {row["contact"] for row in file.rows} == {"Vera"}
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="parley-conversations-2026-11-02-2026-11-02.csv"' in file.headers["Content-Disposition"]


def test_a_message_that_could_run_in_a_spreadsheet_is_held_back(cast: Cast, acme: Tenant) -> None:
    conversation = begin(cast.vera, "=HYPERLINK(1)")
    with tenant_scope(TenantId(acme.pk)), connection.cursor() as cursor:
        cursor.execute(PLANT, [acme.pk, NOW, cast.acme_widget.pk, 1])
        cursor.execute("UPDATE analytics_measurement SET conversation_id = %s", [conversation.pk])

    assert [row["text"] for row in download(cast.bob, "new").rows] == ["'=HYPERLINK(1)"]
