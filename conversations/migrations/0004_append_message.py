"""A message is looked for only when it is there already.

Looking first cost a statement for every message, which the planner could answer by reading the whole conversation.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_greeting")]

    operations = [
        migrations.RunSQL(
            (SQL / "append_message_2.sql").read_text(),
            (SQL / "append_message_1.sql").read_text().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        ),
    ]
