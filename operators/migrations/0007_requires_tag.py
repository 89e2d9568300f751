from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('operators', '0006_away_by_itself'),
    ]

    operations = [
        migrations.AddField(
            model_name='team',
            name='requires_tag',
            field=models.BooleanField(default=False),
        ),
    ]
