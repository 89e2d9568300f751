"""Row-level security on the kernel's tables; the log and the audit trail only grow."""

from django.db import migrations

from tenants.rls import ProtectTenantTable

# The application's role may be named otherwise; it is whoever is not the owner.
APPEND_ONLY = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'parley_app') THEN
        REVOKE UPDATE, DELETE ON tenants_eventrecord, tenants_auditentry FROM parley_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [
        ProtectTenantTable("EventRecord"),
        ProtectTenantTable("ReaderCursor"),
        ProtectTenantTable("AuditEntry"),
        ProtectTenantTable("ApiKey", lookup="prefix"),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
    ]
