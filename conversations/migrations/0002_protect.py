"""Row-level security on the conversations' tables, the functions of the hot path and of search."""

from pathlib import Path

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from django.db import migrations, models

from tenants.rls import ProtectTenantTable

SQL = Path(__file__).resolve().parent.parent / "sql"
# Where the role cannot be had, the function keeps the caller's sight: search stays right, and is slower.
SEARCH_OWNER = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'parley_search') THEN
        GRANT SELECT ON conversations_message TO parley_search;
        ALTER FUNCTION search_messages(text[], int) OWNER TO parley_search;
    ELSE
        ALTER FUNCTION search_messages(text[], int) SECURITY INVOKER;
    END IF;
END $$
"""


def read(name: str) -> str:
    return (SQL / name).read_text()


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial"), ("operators", "0003_protect"), ("tenants", "0002_protect")]

    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        ProtectTenantTable("Inbox", references={"team": "operators.Team"}, lookup="key"),
        ProtectTenantTable("Contact"),
        ProtectTenantTable(
            "VisitorSession",
            references={"contact": "conversations.Contact", "inbox": "conversations.Inbox"},
            lookup="token_hash",
        ),
        ProtectTenantTable(
            "Conversation",
            references={
                "inbox": "conversations.Inbox",
                "contact": "conversations.Contact",
                "operator": "operators.Operator",
                "team": "operators.Team",
            },
        ),
        ProtectTenantTable("Message", references={"conversation": "conversations.Conversation"}),
        ProtectTenantTable(
            "Attachment",
            references={"conversation": "conversations.Conversation", "message": "conversations.Message"},
        ),
        ProtectTenantTable("Tag"),
        ProtectTenantTable(
            "ConversationTag",
            references={"conversation": "conversations.Conversation", "tag": "conversations.Tag"},
        ),
        ProtectTenantTable("CannedReply", references={"team": "operators.Team"}),
        ProtectTenantTable(
            "Rating", references={"conversation": "conversations.Conversation", "operator": "operators.Operator"}
        ),
        ProtectTenantTable("InboundReceipt", references={"inbox": "conversations.Inbox"}),
        migrations.AddIndex(
            model_name="message",
            index=GinIndex(
                models.F("tenant_id"),
                OpClass(models.F("search_text"), name="gin_trgm_ops"),
                name="messages_search",
                condition=~models.Q(search_text=""),
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=GinIndex(
                models.F("tenant_id"), OpClass(models.F("search_text"), name="gin_trgm_ops"), name="contacts_search"
            ),
        ),
        migrations.RunSQL(read("append_line_1.sql"), "DROP FUNCTION append_line"),
        migrations.RunSQL(read("append_message_1.sql"), "DROP FUNCTION append_message"),
        migrations.RunSQL(read("search_messages_1.sql"), "DROP FUNCTION search_messages"),
        migrations.RunSQL(SEARCH_OWNER, migrations.RunSQL.noop),
    ]
