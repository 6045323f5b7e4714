from django.apps import AppConfig, apps
from django.contrib.admin import site

from pendopo.base.registries import history
from pendopo.config import checks  # noqa: F401 - registers them
from pendopo.kernel import events

# Tables of libraries that nobody should look into or edit by hand: jobs name cases by id (a secret one's too),
# authenticators are other people's second factors, groups give rights that nothing here asks.
NOT_FOR_ADMINISTRATION = (
    "procrastinate.ProcrastinateJob",
    "mfa.Authenticator",
    "account.EmailAddress",
    "auth.Group",
)


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
        for label in NOT_FOR_ADMINISTRATION:
            model = apps.get_model(label)
            if site.is_registered(model):
                site.unregister(model)
