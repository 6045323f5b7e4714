from django.contrib.admin.apps import AdminConfig


class PendopoAdminConfig(AdminConfig):
    """Django's administration with our site (see admin_site.py) as the default one."""

    default_site = "pendopo.base.accounts.admin_site.Site"
