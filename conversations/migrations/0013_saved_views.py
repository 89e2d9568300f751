import django.db.models.deletion
import django.db.models.manager
import tenants.clock
import tenants.ids
import tenants.scoping
from django.db import migrations, models

from tenants.rls import ProtectTenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0012_macros'),
        ('operators', '0005_team_hours'),
        ('tenants', '0005_mails_given_up'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=50)),
                ('icon', models.CharField(blank=True, max_length=16)),
                ('filter', models.JSONField()),
                ('sort', models.CharField(max_length=20)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=tenants.clock.now)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('operator', tenants.scoping.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='operators.operator')),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'operator', 'place', 'id'], name='views_of_operator')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        ProtectTenantTable("SavedView", references={"operator": "operators.Operator"}),
        # Computed by the database, for the rows that are there too: the table is written anew once.
        migrations.AddField(
            model_name='conversation',
            name='priority_rank',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(priority='urgent', then=4), models.When(priority='high', then=3), models.When(priority='medium', then=2), models.When(priority='low', then=1), default=0), output_field=models.SmallIntegerField()),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['tenant', 'status', 'created_at', 'id'], name='conversations_oldest'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('status', 'resolved'), _negated=True), fields=['tenant', '-priority_rank', '-last_activity_at', '-id'], name='conversations_by_priority'),
        ),
    ]
