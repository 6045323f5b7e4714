from typing import Any

from django.contrib.auth.backends import BaseBackend

from pendopo.base.organizations.roles import roles_of


class AdministratorRights(BaseBackend):
    """Administrators of the government hold every right in Django's administration; the right ends with
    the role. Nobody signs in by this backend.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return bool(user_obj.is_active) and roles_of(user_obj).administers

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self.has_perm(user_obj, app_label)
