"""Whether somebody is away because all their pages are closed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('operators', '0005_team_hours'),
    ]

    operations = [
        migrations.AddField(
            model_name='operator',
            name='is_away_by_itself',
            field=models.BooleanField(default=False),
        ),
    ]
