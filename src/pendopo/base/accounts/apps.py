from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pendopo.base.accounts"
    label = "accounts"
    verbose_name = "Akun"

    def ready(self) -> None:
        # Models are needed, so these cannot be imported above.
        from allauth.mfa.signals import authenticator_added, authenticator_removed  # noqa: PLC0415

        from pendopo.base.accounts import personal, second_factor  # noqa: PLC0415

        authenticator_added.connect(second_factor.remember_set_up, dispatch_uid="accounts.mfa_added")
        authenticator_removed.connect(second_factor.forget_removed, dispatch_uid="accounts.mfa_removed")
        personal.register()
