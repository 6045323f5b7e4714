from django.apps import AppConfig

from pendopo.base.files import owners


class RedactionConfig(AppConfig):
    """Penghitaman: parts of a file that the public may not read, taken out so that nobody can have them back."""

    name = "pendopo.base.redaction"
    label = "redaction"
    verbose_name = "Penghitaman"

    def ready(self) -> None:
        # models can be read only now
        from pendopo.base.redaction import models, tasks, verbs  # noqa: F401, PLC0415

        verbs.register()
        owners.register("redaction", models.linked)
