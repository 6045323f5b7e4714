from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_street_phone")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["updated_at", "slug"], name="reports_changed"),
        ),
    ]
