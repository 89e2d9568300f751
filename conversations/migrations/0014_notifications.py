"""Notes say whom they mention, and operators are notified."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import tenants.clock
import tenants.ids
import tenants.scoping
from tenants.rls import ProtectTenantTable

SQL = Path(__file__).resolve().parent.parent / "sql"
# The one without mentions stays beside it: processes of the release before go on calling it while a deploy runs.
DROP = (
    "DROP FUNCTION append_message(uuid, uuid, uuid[], uuid, text, text, uuid, text, text, text, text, text, uuid[],"
    " jsonb, timestamptz)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0013_saved_views'),
        ('operators', '0005_team_hours'),
        ('tenants', '0005_mails_given_up'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='mentions',
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('mention', 'Mention')], max_length=12)),
                ('by_kind', models.CharField(max_length=10)),
                ('by_id', models.UUIDField(null=True)),
                ('by_name', models.CharField(blank=True, max_length=100)),
                ('created_at', models.DateTimeField(default=tenants.clock.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('conversation', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.conversation')),
                ('message', tenants.scoping.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.message')),
                ('operator', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='operators.operator')),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'operator', '-created_at', '-id'], name='notifications_of_operator'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['tenant', 'operator', 'conversation'], name='notifications_unread'), models.Index(fields=['tenant', 'conversation'], name='notifications_conversation')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        ProtectTenantTable(
            "Notification",
            references={
                "operator": "operators.Operator",
                "conversation": "conversations.Conversation",
                "message": "conversations.Message",
            },
        ),
        migrations.RunSQL((SQL / "append_message_4.sql").read_text(), DROP),
    ]
