import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
        ("reports", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CannedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="nama jawaban")),
                ("body", models.TextField(verbose_name="isi")),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
                        default="id",
                        max_length=2,
                        verbose_name="bahasa",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[("ANSWER", "Jawaban"), ("QUESTION", "Pertanyaan"), ("CLOSING", "Penutupan")],
                        max_length=8,
                        verbose_name="dipakai untuk",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RECEIVED", "Diterima"),
                            ("VERIFIED", "Diverifikasi"),
                            ("ASSIGNED", "Didisposisikan"),
                            ("IN_PROGRESS", "Ditindaklanjuti"),
                            ("AWAITING_INFO", "Menunggu kelengkapan informasi"),
                            ("ANSWERED", "Ditanggapi, menunggu konfirmasi pelapor"),
                            ("CLOSED_BY_CITIZEN", "Selesai, ditutup pelapor"),
                            ("CLOSED_BY_OFFICER", "Selesai, ditutup petugas"),
                            ("CLOSED_BY_SYSTEM", "Selesai, ditutup sistem"),
                            ("ARCHIVED", "Diarsipkan"),
                            ("REOPENED", "Dibuka lagi"),
                            ("FORWARDED", "Diteruskan ke luar kewenangan"),
                        ],
                        max_length=20,
                        verbose_name="keadaan laporan",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="urutan")),
                ("active", models.BooleanField(default=True, verbose_name="dipakai")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="versi")),
                ("seed", models.CharField(blank=True, default="", max_length=40)),
                ("changed_at", models.DateTimeField(blank=True, null=True, verbose_name="diubah pada")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.category",
                        verbose_name="kategori",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="kantor",
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban siap pakai",
                "verbose_name_plural": "jawaban siap pakai",
                "ordering": ["order", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CannedAnswerVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="versi")),
                ("title", models.CharField(max_length=80, verbose_name="nama jawaban")),
                ("body", models.TextField(verbose_name="isi")),
                ("active", models.BooleanField(default=True, verbose_name="dipakai")),
                ("at", models.DateTimeField(verbose_name="pada")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="reports.cannedanswer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "versi jawaban siap pakai",
                "verbose_name_plural": "versi jawaban siap pakai",
                "ordering": ["-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="cannedanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "",
                            "RECEIVED",
                            "VERIFIED",
                            "ASSIGNED",
                            "IN_PROGRESS",
                            "AWAITING_INFO",
                            "ANSWERED",
                            "CLOSED_BY_CITIZEN",
                            "CLOSED_BY_OFFICER",
                            "CLOSED_BY_SYSTEM",
                            "ARCHIVED",
                            "REOPENED",
                            "FORWARDED",
                        ],
                    )
                ),
                name="reports_canned_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="cannedanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seed", ""), _negated=True),
                fields=("seed",),
                name="reports_canned_seed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="cannedanswerversion",
            constraint=models.UniqueConstraint(
                fields=("answer", "number"), name="reports_canned_version_once"
            ),
        ),
    ]
