"""Lists find what is rare by walking an index that holds what they filter by (docs/decisions/0016)."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
        ("regions", "0001_initial"),
        ("reports", "0005_subtasks_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="report",
            name="reports_newest",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_by_category",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_office_newest",
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["-received_at", "-id"],
                include=(
                    "status",
                    "secret",
                    "hidden",
                    "office",
                    "category",
                    "region",
                    "channel",
                    "report_class",
                ),
                name="reports_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["office", "-received_at", "-id"],
                include=("status", "secret", "category", "region", "channel", "report_class"),
                name="reports_office_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["category", "-received_at", "-id"],
                include=("status", "secret", "hidden", "office", "region", "channel", "report_class"),
                name="reports_by_category",
            ),
        ),
    ]
