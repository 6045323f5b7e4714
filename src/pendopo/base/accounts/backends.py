from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from pendopo.base.accounts import demo_mode


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """E-mail and password. Outside demo mode the demo city's people have no way in and no session."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user)) and demo_mode.may_sign_in(user)
