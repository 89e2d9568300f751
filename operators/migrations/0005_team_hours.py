from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operators", "0004_routing")]

    operations = [
        migrations.AddField(
            model_name="team",
            name="business_hours",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
