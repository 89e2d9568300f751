"""What the system says by itself leaves the contact waiting and nothing read."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0009_search_messages")]

    operations = [
        migrations.RunSQL(
            (SQL / "append_message_3.sql").read_text(),
            (SQL / "append_message_2.sql").read_text(),
        ),
    ]
