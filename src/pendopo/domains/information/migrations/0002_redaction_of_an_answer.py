"""Redactions are named by UUID. No row can hold a number: the form that would have written one never let it through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("information", "0001_initial")]

    operations = [
        migrations.RemoveField("answerfile", "redaction"),
        migrations.AddField(
            "answerfile", "redaction", models.UUIDField(blank=True, null=True, verbose_name="penghitaman")
        ),
    ]
