from django.apps import AppConfig

from pendopo.base.registries import history
from pendopo.config import checks  # noqa: F401 - registers them
from pendopo.kernel import events


class ConfigConfig(AppConfig):
    """The top floor: the one place that knows every room. Comes last in INSTALLED_APPS."""

    name = "pendopo.config"
    label = "config"

    def ready(self) -> None:
        # Reactions name actions of many rooms; their models must be loaded first, so the table is read here.
        from pendopo.base.audit import actions, verbs  # noqa: PLC0415
        from pendopo.config import wiring  # noqa: PLC0415

        events.wire(wiring.REACTIONS)
        history.use(actions.record, verbs.register)
