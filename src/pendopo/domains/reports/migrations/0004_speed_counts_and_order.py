"""Indexes in the order of the lists, and counts of public reports that a trigger keeps (docs/decisions/0016)."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Row by row and not by statement: the values before and after stand side by side, and a request changes one report.
TRIGGERS = """
INSERT INTO reports_tallychange (n, cell, category, state, received_at, office, verified, answered, reopened)
SELECT 1, r.cell, r.category_id, r.status, r.received_at, r.office_id, r.verified_in_time, r.answered_in_time, r.reopened_count > 0
FROM reports_report r WHERE NOT r.secret AND NOT r.hidden;

CREATE FUNCTION reports_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND NOT OLD.secret AND NOT OLD.hidden THEN
        INSERT INTO reports_tallychange (n, cell, category, state, received_at, office, verified, answered, reopened)
        VALUES (-1, OLD.cell, OLD.category_id, OLD.status, OLD.received_at, OLD.office_id, OLD.verified_in_time, OLD.answered_in_time, OLD.reopened_count > 0);
    END IF;
    IF TG_OP <> 'DELETE' AND NOT NEW.secret AND NOT NEW.hidden THEN
        INSERT INTO reports_tallychange (n, cell, category, state, received_at, office, verified, answered, reopened)
        VALUES (1, NEW.cell, NEW.category_id, NEW.status, NEW.received_at, NEW.office_id, NEW.verified_in_time, NEW.answered_in_time, NEW.reopened_count > 0);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER reports_tally_written AFTER INSERT OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_tally();
CREATE TRIGGER reports_tally_changed AFTER UPDATE ON reports_report FOR EACH ROW
    WHEN (
        (OLD.secret, OLD.hidden, OLD.cell, OLD.category_id, OLD.status, OLD.received_at, OLD.office_id, OLD.verified_in_time, OLD.answered_in_time, OLD.reopened_count)
        IS DISTINCT FROM
        (NEW.secret, NEW.hidden, NEW.cell, NEW.category_id, NEW.status, NEW.received_at, NEW.office_id, NEW.verified_in_time, NEW.answered_in_time, NEW.reopened_count)
    )
    EXECUTE FUNCTION reports_tally();
"""
NO_TRIGGERS = """
DROP TRIGGER reports_tally_written ON reports_report;
DROP TRIGGER reports_tally_changed ON reports_report;
DROP FUNCTION reports_tally();
"""
# Many words of a report are rare: with the usual hundred PostgreSQL takes them for common and walks the whole list.
WORDS = "ALTER TABLE reports_report ALTER COLUMN search SET STATISTICS 500"
WORDS_AS_USUAL = "ALTER TABLE reports_report ALTER COLUMN search SET STATISTICS DEFAULT"


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_desk_snooze"),
        ("reports", "0002_routing_compared_and_unknown_words"),
        ("reports", "0002_desktools_canned_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="CellTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("resolution", models.PositiveSmallIntegerField()),
                ("cell", models.BigIntegerField()),
                ("category", models.CharField(max_length=40)),
                ("group", models.CharField(max_length=12)),
                ("n", models.IntegerField()),
            ],
            options={
                "verbose_name": "hitungan per sel",
                "verbose_name_plural": "hitungan per sel",
            },
        ),
        migrations.CreateModel(
            name="MonthTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("office", models.BigIntegerField()),
                ("received", models.IntegerField(default=0)),
                ("verified", models.IntegerField(default=0)),
                ("verified_in_time", models.IntegerField(default=0)),
                ("answered", models.IntegerField(default=0)),
                ("answered_in_time", models.IntegerField(default=0)),
                ("by_citizen", models.IntegerField(default=0)),
                ("by_officer", models.IntegerField(default=0)),
                ("by_system", models.IntegerField(default=0)),
                ("reopened", models.IntegerField(default=0)),
                ("archived", models.IntegerField(default=0)),
                ("forwarded", models.IntegerField(default=0)),
                ("merged", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "hitungan per bulan",
                "verbose_name_plural": "hitungan per bulan",
            },
        ),
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.SmallIntegerField()),
                ("cell", models.BigIntegerField(null=True)),
                ("category", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=20)),
                ("received_at", models.DateTimeField()),
                ("office", models.BigIntegerField()),
                ("verified", models.BooleanField(null=True)),
                ("answered", models.BooleanField(null=True)),
                ("reopened", models.BooleanField()),
            ],
            options={
                "verbose_name": "perubahan hitungan",
                "verbose_name_plural": "perubahan hitungan",
            },
        ),
        migrations.RemoveConstraint(
            model_name="cannedanswer",
            name="reports_canned_known_state",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_search",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_status",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_office",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_handler",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="reports_open_due",
        ),
        migrations.AlterField(
            model_name="cannedanswer",
            name="state",
            field=models.CharField(
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
                    ("MERGED", "Digabung dengan laporan lain"),
                ],
                max_length=20,
                verbose_name="keadaan laporan",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="category",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.category",
                verbose_name="kategori",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], gin_pending_list_limit=512, name="reports_search"
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "CLOSED_BY_CITIZEN",
                            "CLOSED_BY_OFFICER",
                            "CLOSED_BY_SYSTEM",
                            "ARCHIVED",
                            "FORWARDED",
                            "MERGED",
                        ),
                    )
                ),
                fields=["status", "-received_at"],
                name="reports_status",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["office", "-received_at", "-id"], name="reports_office_newest"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["office", "category", "-received_at", "-id"], name="reports_office_category"
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "RECEIVED",
                            "VERIFIED",
                            "ASSIGNED",
                            "IN_PROGRESS",
                            "REOPENED",
                            "AWAITING_INFO",
                            "ANSWERED",
                        ),
                    ),
                    ("handler__isnull", False),
                ),
                fields=["handler"],
                include=("secret", "office", "snoozed_until", "due_at"),
                name="reports_handler",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                models.F("urgency"),
                models.Func(
                    models.F("due_at"),
                    output_field=models.DateTimeField(),
                    template="COALESCE(%(expressions)s, 'infinity'::timestamptz)",
                ),
                models.F("id"),
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "RECEIVED",
                            "VERIFIED",
                            "ASSIGNED",
                            "IN_PROGRESS",
                            "REOPENED",
                            "AWAITING_INFO",
                            "ANSWERED",
                        ),
                    )
                ),
                include=(
                    "due_at",
                    "status",
                    "secret",
                    "office",
                    "category",
                    "region",
                    "channel",
                    "report_class",
                    "snoozed_until",
                ),
                name="reports_work",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "RECEIVED",
                            "VERIFIED",
                            "ASSIGNED",
                            "IN_PROGRESS",
                            "REOPENED",
                            "AWAITING_INFO",
                            "ANSWERED",
                        ),
                    )
                ),
                fields=["status"],
                include=("due_at", "urgency", "secret", "office", "snoozed_until"),
                name="reports_open",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "RECEIVED",
                            "VERIFIED",
                            "ASSIGNED",
                            "IN_PROGRESS",
                            "REOPENED",
                            "AWAITING_INFO",
                            "ANSWERED",
                        ),
                    )
                ),
                fields=["office", "status"],
                include=(
                    "due_at",
                    "urgency",
                    "secret",
                    "category",
                    "region",
                    "channel",
                    "report_class",
                    "snoozed_until",
                ),
                name="reports_office_open",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("hidden", False), ("secret", False)),
                fields=["due_at"],
                include=("received_at", "office", "due_step"),
                name="reports_late",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("closure_proposed", True)),
                fields=["office"],
                include=("secret",),
                name="reports_to_check",
            ),
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
                            "MERGED",
                        ],
                    )
                ),
                name="reports_canned_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="celltally",
            constraint=models.UniqueConstraint(
                fields=("resolution", "category", "cell", "group"), include=("n",), name="reports_cell_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthtally",
            constraint=models.UniqueConstraint(fields=("month", "office"), name="reports_month_once"),
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(WORDS, WORDS_AS_USUAL),
    ]
