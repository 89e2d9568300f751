"""``Idempotency-Key``: a repeated POST gets the first answer and does nothing again.

The record is written in the transaction of what it stands for. While the first request runs, its
uncommitted row makes a second one wait, at most WAIT; refused requests leave no record and may be
mended and sent again with the same key.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.clock import now
from tenants.errors import BadRequest, Conflict
from tenants.models import IdempotencyRecord
from tenants.permissions import Actor
from tenants.scoping import current_tenant_id

KEPT: Final = timedelta(hours=24)
WAIT: Final = "5s"
_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
# Rows that are too old are cleared away a few at a time, by whoever adds one.
CLEARED_AT_ONCE: Final = 50
LOCK_NOT_AVAILABLE: Final = "55P03"


def once(*, actor: Actor, request: Request, is_secret: bool, act: Callable[[], Response]) -> Response:
    """Return what ``act`` answers, or what it answered to the same key before.

    ``is_secret``: the answer must not be kept; a repetition is told that it was carried out.

    Raises BadRequest for a key of other characters, Conflict for a key used with another request or by
    one that still runs.
    """
    key = request.headers["Idempotency-Key"]
    if not _KEY.fullmatch(key):
        raise BadRequest(
            errors={"Idempotency-Key": [_("Up to 255 letters, digits and signs, without spaces.")]}
        )
    wanted = IdempotencyRecord(
        tenant_id=current_tenant_id(),
        principal=actor.reference,
        key_hash=hashlib.sha256(key.encode()).hexdigest(),
        fingerprint=_fingerprint(request),
        created_at=now(),
    )
    _clear_old()
    if not _claim(wanted):
        return _earlier(wanted)
    response = act()
    IdempotencyRecord.objects.filter(pk=wanted.pk).update(
        status=response.status_code, answer=None if is_secret else response.data
    )
    return response


def _claim(wanted: IdempotencyRecord) -> bool:
    """Insert the record; False when there is one. Waits for whoever is inserting the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
        try:
            with transaction.atomic():
                cursor.execute(
                    "INSERT INTO tenants_idempotencyrecord"
                    " (id, tenant_id, principal, key_hash, fingerprint, created_at)"
                    " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                    [
                        wanted.pk,
                        wanted.tenant_id,
                        wanted.principal,
                        wanted.key_hash,
                        wanted.fingerprint,
                        wanted.created_at,
                    ],
                )
                is_ours = bool(cursor.rowcount == 1)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE:
                raise Conflict(_("A request with this key is still running.")) from error
            raise
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    return is_ours


def _earlier(wanted: IdempotencyRecord) -> Response:
    found = IdempotencyRecord.objects.get(principal=wanted.principal, key_hash=wanted.key_hash)
    if found.fingerprint != wanted.fingerprint:
        raise Conflict(_("This Idempotency-Key was used for another request."))
    if found.answer is None and found.status != 204:
        raise Conflict(_("This was carried out already, and its secret is shown only once."))
    return Response(found.answer, status=found.status, headers={"Idempotency-Replayed": "true"})


def _clear_old() -> None:
    old = IdempotencyRecord.objects.select_for_update(skip_locked=True).filter(created_at__lt=now() - KEPT)
    if found := list(old.values_list("pk", flat=True)[:CLEARED_AT_ONCE]):
        IdempotencyRecord.objects.filter(pk__in=found).delete()


def _fingerprint(request: Request) -> str:
    data = request.data
    content = {name: _content(value) for name, value in data.items()} if isinstance(data, Mapping) else data
    query = sorted(request.query_params.lists())
    document = json.dumps([request.method, request.path, query, content], sort_keys=True)
    return hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()


def _content(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return [value.name, digest.hexdigest()]
