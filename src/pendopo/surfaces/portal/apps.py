from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pendopo.surfaces.portal"
    label = "portal"
    verbose_name = "Portal"
