from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="request",
            name="withdrawn_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="withdrawn on"),
        ),
    ]
