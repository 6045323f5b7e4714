"""Tasks get a clock, a conversation, links for outsiders, and the states accepted and returned."""

import datetime as dt
import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

POLICY = "Kebijakan bawaan, dapat diubah koordinator"
LINKS = "Kebijakan bawaan: sama dengan batas penyelesaian laporan biasa; dapat diubah koordinator."


def seed(apps, schema_editor):
    """Installations from before get the rule that a new one is seeded with; elsewhere `pendopo seed` does it."""
    rules = apps.get_model("cases", "ClockRule").objects.filter(kind="reports")
    if rules.exists() and not rules.filter(step="task").exists():
        rules.create(
            kind="reports",
            step="task",
            case_class="",
            amount=5,
            unit="WORKING_DAYS",
            starts_on="tanggal tugas diminta",
            source=POLICY,
            confirmed=False,
            valid_from=dt.date(2018, 1, 1),
        )
        apps.get_model("reports", "TaskPolicy").objects.get_or_create(pk=1, defaults={"reason": LINKS})


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("files", "0001_initial"),
        ("organizations", "0001_initial"),
        ("reports", "0004_speed_counts_and_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportTaskClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=20, verbose_name="langkah")),
                ("amount", models.PositiveSmallIntegerField(verbose_name="jumlah")),
                (
                    "unit",
                    models.CharField(
                        choices=[("WORKING_DAYS", "hari kerja"), ("CALENDAR_DAYS", "hari kalender")],
                        max_length=13,
                        verbose_name="satuan",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="mulai")),
                ("started_on", models.DateField(verbose_name="hari ke-0")),
                ("pauses", models.JSONField(default=list, verbose_name="jeda")),
                ("paused", models.BooleanField(default=False)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="jatuh tempo")),
                ("alarm_on", models.DateField(blank=True, null=True, verbose_name="tanggal aman")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="berhenti")),
                ("in_time", models.BooleanField(null=True, verbose_name="tepat waktu")),
                (
                    "warned_percent",
                    models.PositiveSmallIntegerField(default=0, verbose_name="peringatan terakhir (%)"),
                ),
                ("next_look_on", models.DateField(blank=True, null=True)),
                ("chosen", models.BooleanField(default=False, verbose_name="tanggal dipilih petugas")),
            ],
            options={
                "verbose_name": "jam tugas",
            },
        ),
        migrations.CreateModel(
            name="TaskFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="pada")),
            ],
            options={
                "verbose_name": "foto tugas",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TaskLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                ("role", models.CharField(max_length=80, verbose_name="sebagai")),
                (
                    "phone",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="nomor telepon"),
                ),
                ("email", models.EmailField(blank=True, default="", max_length=254, verbose_name="surel")),
                ("made_at", models.DateTimeField(verbose_name="dibuat pada")),
                ("expires_at", models.DateTimeField(verbose_name="berlaku sampai")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="dicabut pada")),
                ("opened", models.PositiveIntegerField(default=0, verbose_name="kali dibuka")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="terakhir dibuka")),
            ],
            options={
                "verbose_name": "tautan tugas",
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="TaskNote",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("body", models.TextField(verbose_name="isi")),
                ("at", models.DateTimeField(verbose_name="pada")),
            ],
            options={
                "verbose_name": "percakapan tugas",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TaskPolicy",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "link_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="tautan berlaku (hari)",
                    ),
                ),
                (
                    "opens_per_hour",
                    models.PositiveIntegerField(default=120, verbose_name="dibuka per tautan dalam satu jam"),
                ),
                (
                    "sends_per_hour",
                    models.PositiveIntegerField(default=20, verbose_name="kabar per tautan dalam satu jam"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
            ],
            options={
                "verbose_name": "kebijakan tautan tugas",
                "verbose_name_plural": "kebijakan tautan tugas",
            },
        ),
        migrations.CreateModel(
            name="TaskUpdate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("STARTED", "mulai dikerjakan"),
                            ("DONE", "selesai dikerjakan"),
                            ("NOT_MINE", "bukan tugas saya"),
                        ],
                        max_length=8,
                        verbose_name="kabar",
                    ),
                ),
                ("words", models.TextField(blank=True, default="", verbose_name="keterangan")),
                ("at", models.DateTimeField(verbose_name="pada")),
                ("accepted", models.BooleanField(null=True, verbose_name="diterima")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="diputuskan pada")),
            ],
            options={
                "verbose_name": "kabar lewat tautan",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="reporttask",
            name="reporttask_known_status",
        ),
        migrations.AddField(
            model_name="reporttask",
            name="accepted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="diterima pada"),
        ),
        migrations.AddField(
            model_name="reporttask",
            name="end_reason",
            field=models.CharField(
                blank=True, default="", max_length=300, verbose_name="alasan dikembalikan atau dibatalkan"
            ),
        ),
        migrations.AlterField(
            model_name="reporttask",
            name="status",
            field=models.CharField(
                choices=[
                    ("OPEN", "belum diterima"),
                    ("ACCEPTED", "sedang dikerjakan"),
                    ("DONE", "selesai"),
                    ("RETURNED", "dikembalikan, bukan tugas kantor itu"),
                    ("CANCELLED", "dibatalkan"),
                ],
                default="OPEN",
                max_length=9,
                verbose_name="keadaan",
            ),
        ),
        migrations.AddIndex(
            model_name="reporttask",
            index=models.Index(
                condition=models.Q(("status__in", ("OPEN", "ACCEPTED"))),
                fields=["office", "due_on", "id"],
                name="reporttask_work",
            ),
        ),
        migrations.AddIndex(
            model_name="reporttask",
            index=models.Index(fields=["office", "-asked_at", "-id"], name="reporttask_newest"),
        ),
        migrations.AddConstraint(
            model_name="reporttask",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["OPEN", "ACCEPTED", "DONE", "RETURNED", "CANCELLED"])),
                name="reporttask_known_status",
            ),
        ),
        migrations.AddField(
            model_name="reporttaskclock",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.clockrule"
            ),
        ),
        migrations.AddField(
            model_name="reporttaskclock",
            name="task",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="clock", to="reports.reporttask"
            ),
        ),
        migrations.AddField(
            model_name="taskfile",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file"
            ),
        ),
        migrations.AddField(
            model_name="taskfile",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="reports.reporttask"
            ),
        ),
        migrations.AddField(
            model_name="tasklink",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="tasklink",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="reports.reporttask"
            ),
        ),
        migrations.AddField(
            model_name="tasknote",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="tasknote",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="tasknote",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="reports.reporttask"
            ),
        ),
        migrations.AddConstraint(
            model_name="taskpolicy",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="reports_one_task_policy"),
        ),
        migrations.AddConstraint(
            model_name="taskpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("link_days__range", (1, 90))), name="reports_sane_link_days"
            ),
        ),
        migrations.AddField(
            model_name="taskupdate",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="taskupdate",
            name="link",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="updates", to="reports.tasklink"
            ),
        ),
        migrations.AddField(
            model_name="taskfile",
            name="update",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="reports.taskupdate",
            ),
        ),
        migrations.AddIndex(
            model_name="reporttaskclock",
            index=models.Index(
                condition=models.Q(("stopped_at__isnull", True)),
                fields=["next_look_on"],
                name="reports_task_look",
            ),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop, elidable=True),
    ]
