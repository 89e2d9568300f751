"""The knowledge base: categories, articles with a text per language, pictures, votes, and their search."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.manager
import tenants.clock
import tenants.ids
import tenants.scoping
from django.db import migrations, models

from tenants.rls import ProtectTenantTable

SQL = Path(__file__).resolve().parent.parent / "sql"
# As in 0002: where the role cannot be had, search stays right, and is slower.
SEARCH_OWNER = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'parley_search') THEN
        GRANT SELECT ON conversations_article, conversations_articletext TO parley_search;
        ALTER FUNCTION search_articles(text[], int, text, boolean, int) OWNER TO parley_search;
    ELSE
        ALTER FUNCTION search_articles(text[], int, text, boolean, int) SECURITY INVOKER;
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0005_messages_search'),
        ('tenants', '0005_mails_given_up'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleCategory',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('names', models.JSONField(default=dict)),
                ('order', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=tenants.clock.now)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'verbose_name_plural': 'article categories',
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('pages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('author', models.CharField(blank=True, max_length=60)),
                ('author_name', models.CharField(blank=True, max_length=100)),
                ('view_count', models.PositiveIntegerField(default=0)),
                ('yes_count', models.PositiveIntegerField(default=0)),
                ('no_count', models.PositiveIntegerField(default=0)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=tenants.clock.now)),
                ('updated_at', models.DateTimeField(default=tenants.clock.now)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
                ('category', tenants.scoping.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='conversations.articlecategory')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ArticleImage',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.BigIntegerField()),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('storage_key', models.CharField(max_length=200)),
                ('created_by', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField(default=tenants.clock.now)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ArticleText',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=150)),
                ('slug', models.CharField(max_length=100)),
                ('body', models.TextField(blank=True)),
                ('excerpt', models.CharField(blank=True, max_length=160)),
                ('is_published', models.BooleanField(default=False)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('search_title', models.CharField(blank=True, editable=False, max_length=400)),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('updated_at', models.DateTimeField(default=tenants.clock.now)),
                ('article', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='conversations.article')),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ArticleVote',
            fields=[
                ('id', models.UUIDField(default=tenants.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=8)),
                ('is_helpful', models.BooleanField()),
                ('created_at', models.DateTimeField(default=tenants.clock.now)),
                ('article', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='conversations.article')),
                ('contact', tenants.scoping.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.contact')),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'across_tenants',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('across_tenants', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='articlecategory',
            index=models.Index(fields=['tenant', 'order'], name='article_categories_in_order'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['tenant', '-updated_at', '-id'], name='articles_of_tenant'),
        ),
        migrations.AddIndex(
            model_name='articleimage',
            index=models.Index(fields=['tenant', 'created_at'], name='article_images_of_tenant'),
        ),
        migrations.AddIndex(
            model_name='articletext',
            index=django.contrib.postgres.indexes.GinIndex(models.F('tenant_id'), django.contrib.postgres.indexes.OpClass(models.F('search_text'), name='gin_trgm_ops'), name='articles_search'),
        ),
        migrations.AddConstraint(
            model_name='articletext',
            constraint=models.UniqueConstraint(fields=('tenant', 'article', 'language'), name='one_text_per_language'),
        ),
        migrations.AddConstraint(
            model_name='articletext',
            constraint=models.UniqueConstraint(fields=('tenant', 'language', 'slug'), name='one_article_per_slug'),
        ),
        migrations.AddIndex(
            model_name='articlevote',
            index=models.Index(fields=['tenant', 'contact'], name='votes_of_contact'),
        ),
        migrations.AddConstraint(
            model_name='articlevote',
            constraint=models.UniqueConstraint(fields=('tenant', 'article', 'contact'), name='one_vote_per_contact'),
        ),
        ProtectTenantTable("ArticleCategory"),
        ProtectTenantTable("Article", references={"category": "conversations.ArticleCategory"}),
        ProtectTenantTable("ArticleText", references={"article": "conversations.Article"}),
        ProtectTenantTable(
            "ArticleVote", references={"article": "conversations.Article", "contact": "conversations.Contact"}
        ),
        ProtectTenantTable("ArticleImage"),
        migrations.RunSQL((SQL / "search_articles_1.sql").read_text(), "DROP FUNCTION search_articles"),
        migrations.RunSQL(SEARCH_OWNER, migrations.RunSQL.noop),
    ]
