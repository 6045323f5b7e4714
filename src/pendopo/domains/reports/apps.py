from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "pendopo.domains.reports"
    label = "reports"
    verbose_name = "Laporan warga"
