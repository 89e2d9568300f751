"""Operators offer each other what they have."""

import django.db.models.deletion
from django.db import migrations, models

import tenants.scoping

KEY = (
    "ALTER TABLE conversations_offer ADD CONSTRAINT conversations_offer_{column}_tenant_fk"
    " FOREIGN KEY (tenant_id, {column}) REFERENCES {table} (tenant_id, id) DEFERRABLE INITIALLY DEFERRED"
)
DROP = "ALTER TABLE conversations_offer DROP CONSTRAINT conversations_offer_{column}_tenant_fk"


def key(column: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(KEY.format(column=column, table=table), DROP.format(column=column))


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0014_notifications'),
        ('operators', '0005_team_hours'),
    ]

    operations = [
        migrations.AlterField(
            model_name='offer',
            name='team',
            field=tenants.scoping.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='operators.team'),
        ),
        migrations.AddField(
            model_name='offer',
            name='sender',
            field=tenants.scoping.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='operators.operator'),
        ),
        migrations.AddField(
            model_name='offer',
            name='note',
            field=tenants.scoping.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.message'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('team__isnull', True), ('sender__isnull', True), _connector='OR'), name='an_offer_of_a_team_or_a_sender'),
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('mention', 'Mention'), ('invited', 'Invited'), ('transfer', 'Transfer'), ('returned', 'Returned'), ('taken_over', 'Taken Over')], max_length=12),
        ),
        key("sender_id", "operators_operator"),
        key("note_id", "conversations_message"),
    ]
