from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pendopo.base.accounts"
    label = "accounts"
    verbose_name = "Akun"
