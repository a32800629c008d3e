from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_submission")]

    operations = [
        migrations.AddField(
            model_name="request",
            name="as_sent",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
    ]
