"""The functions that a socket's greeting and its heartbeat take: one round trip each."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def read(name: str) -> str:
    return (SQL / name).read_text()


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_protect"), ("operators", "0003_protect")]

    operations = [
        migrations.RunSQL(
            read("contact_conversation_1.sql"), "DROP FUNCTION contact_conversation(conversations_conversation)"
        ),
        migrations.RunSQL(read("find_visitor_1.sql"), "DROP FUNCTION find_visitor"),
        migrations.RunSQL(read("heads_1.sql"), "DROP FUNCTION heads"),
    ]
