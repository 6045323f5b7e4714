import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("case_id", models.BigIntegerField()),
                ("expires_at", models.DateTimeField(verbose_name="sampai")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kehadiran",
                "verbose_name_plural": "kehadiran",
                "indexes": [
                    models.Index(fields=["kind", "case_id"], name="desk_presence_case"),
                    models.Index(fields=["expires_at"], name="desk_presence_expires"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="jenis perkara")),
                ("queue", models.CharField(max_length=40, verbose_name="antrean")),
                ("query", models.CharField(blank=True, default="", max_length=1000, verbose_name="saringan")),
                ("name", models.CharField(max_length=60, verbose_name="nama")),
                (
                    "audience",
                    models.CharField(
                        choices=[("MINE", "Hanya saya"), ("OFFICE", "Kantor saya"), ("ALL", "Semua petugas")],
                        default="MINE",
                        max_length=6,
                        verbose_name="untuk",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                ("changed_at", models.DateTimeField(verbose_name="diubah pada")),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saringan tersimpan",
                "verbose_name_plural": "saringan tersimpan",
                "ordering": ["order", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("audience", "OFFICE")), fields=["office"], name="desk_view_office"
                    ),
                    models.Index(
                        condition=models.Q(("audience", "ALL")), fields=["audience"], name="desk_view_all"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("owner"),
                        models.F("kind"),
                        django.db.models.functions.text.Lower("name"),
                        name="desk_view_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "OFFICE"), ("office__isnull", False)),
                            models.Q(
                                models.Q(("audience", "OFFICE"), _negated=True), ("office__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="desk_view_office_only_for_offices",
                    ),
                ],
            },
        ),
        # Rows live for seconds: nothing of them belongs in the write-ahead log, on a replica or in a backup.
        migrations.RunSQL("ALTER TABLE desk_presence SET UNLOGGED", "ALTER TABLE desk_presence SET LOGGED"),
    ]
