import django.db.models.deletion
import django.db.models.manager
import tenants.ids
import tenants.scoping
from django.db import migrations, models

from tenants.rls import ProtectTenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0015_transfers'),
        ('tenants', '0005_mails_given_up'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactTag',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contact', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tag_links', to='conversations.contact')),
                ('tag', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.tag')),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'tag', 'contact'], name='contacts_of_tag')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'contact', 'tag'), name='a_tag_once_per_contact')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        ProtectTenantTable(
            "ContactTag", references={"contact": "conversations.Contact", "tag": "conversations.Tag"}
        ),
    ]
