from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "pendopo.base.files"
    label = "files"
    verbose_name = "Berkas"
