"""Tenancy: the scope every tenant's row is read and written in, and the models that insist on it.

A scope is a context variable and a database transaction at once. The variable feeds the default
manager, the transaction carries ``parley.tenant_id`` for row-level security. Only three modules
open one: ``tenants.http``, ``tenants.websocket`` and ``tenants.task`` (and commands, tests).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, NewType, Self, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from tenants.ids import uuid7

TenantId = NewType("TenantId", UUID)
M = TypeVar("M", bound=models.Model)

_current: ContextVar[TenantId | None] = ContextVar("parley_tenant", default=None)


class NoTenantScopeError(RuntimeError):
    """Tenant data was asked for without saying whose."""


class ForeignScopeError(RuntimeError):
    """A scope of one tenant was opened inside the scope of another."""


def current_tenant_id() -> TenantId:
    """Return the tenant of the open scope. Raises NoTenantScopeError when there is none."""
    tenant_id = _current.get()
    if tenant_id is None:
        raise NoTenantScopeError("tenant data is read and written inside tenant_scope(...) only")
    return tenant_id


def _set_local(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


@contextmanager
def _bound(name: str, value: str) -> Iterator[None]:
    """One transaction with a local setting. Inside an outer transaction it is taken back at the end."""
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        _set_local(name, value)
        yield
        if is_nested and not connection.needs_rollback:
            _set_local(name, "")


@contextmanager
def tenant_scope(tenant_id: TenantId | UUID | str) -> Iterator[TenantId]:
    """Open one transaction as one tenant. Inside the same tenant's scope nothing happens; another raises."""
    wanted = TenantId(tenant_id if isinstance(tenant_id, UUID) else UUID(tenant_id))
    outer = _current.get()
    if outer is not None:
        if outer != wanted:
            raise ForeignScopeError(f"a scope of {wanted} inside the scope of {outer}")
        yield wanted
        return
    with _bound("parley.tenant_id", str(wanted)):
        token = _current.set(wanted)
        try:
            yield wanted
        finally:
            _current.reset(token)


@contextmanager
def lookup(value: str | UUID) -> Iterator[None]:
    """Let rows be found by a lookup column before their tenant is known (a key, a token hash).

    Row-level security shows exactly the rows whose lookup column equals ``value``, read-only.
    Query them through ``across_tenants`` and open the scope of the tenant they name.
    """
    with _bound("parley.lookup", str(value)):
        yield


class TenantManager(models.Manager[M]):
    """Filters by the tenant of the scope; raises outside one."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(tenant_id=current_tenant_id())


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A key to a row of the same tenant.

    The database constraint is the composite (tenant_id, x_id), added by ProtectTenantTable, so
    that neither raw SQL nor a bulk write can point across tenants.
    """

    def __init__(self, to: Any, on_delete: Any = models.CASCADE, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs


class TenantModel(models.Model):
    """A row that belongs to one tenant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+", db_index=False)

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    across_tenants: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "across_tenants"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.tenant_id is None:  # a new row takes the tenant of the scope
            self.tenant_id = current_tenant_id()  # type: ignore[unreachable]
        super().save(*args, **kwargs)
