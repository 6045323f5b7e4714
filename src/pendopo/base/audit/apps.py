from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "pendopo.base.audit"
    label = "audit"
    verbose_name = "Jejak audit"
