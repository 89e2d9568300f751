"""Keys that prove who visitors are, and how often they did, per inbox."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import conversations.models.identity
import tenants.clock
import tenants.ids
import tenants.scoping
from tenants.rls import ProtectTenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0007_offers'),
        ('tenants', '0005_mails_given_up'),
    ]

    operations = [
        migrations.CreateModel(
            name='IdentityCount',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('signed', models.PositiveIntegerField(default=0)),
                ('unsigned', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('last_refusal', models.CharField(blank=True, max_length=20)),
                ('inbox', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.inbox')),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('tenant', 'inbox', 'day'), name='one_identity_count_a_day')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='IdentityKey',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key_id', models.CharField(default=conversations.models.identity.new_key_id, editable=False, max_length=32)),
                ('algorithm', models.CharField(choices=[('HS256', 'HS256'), ('RS256', 'RS256'), ('EdDSA', 'EdDSA')], max_length=5)),
                ('sealed_secret', models.TextField(blank=True)),
                ('public_key', models.TextField(blank=True)),
                ('created_by', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField(default=tenants.clock.now)),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('inbox', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identity_keys', to='conversations.inbox')),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'inbox', '-created_at'], name='identity_keys_of_inbox')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'key_id'), name='one_identity_key_per_key_id')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        ProtectTenantTable("IdentityKey", references={"inbox": "conversations.Inbox"}),
        ProtectTenantTable("IdentityCount", references={"inbox": "conversations.Inbox"}),
    ]
