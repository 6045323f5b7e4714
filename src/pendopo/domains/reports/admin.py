"""What is set for phones and for links of tasks, in Django's administration."""

from django.contrib import admin
from django.http import HttpRequest

from pendopo.domains.reports.models import PhonePolicy, TaskPolicy
from pendopo.domains.reports.policy import may_route_by_rule


@admin.register(PhonePolicy)
class PhonePolicyAdmin(admin.ModelAdmin):
    """One row: how long an officer's phone keeps tasks, how many queued reports one network may send."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_route_by_rule(request.user)

    def has_view_permission(self, request: HttpRequest, obj: PhonePolicy | None = None) -> bool:
        return may_route_by_rule(request.user)

    def has_change_permission(self, request: HttpRequest, obj: PhonePolicy | None = None) -> bool:
        return may_route_by_rule(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_route_by_rule(request.user) and not PhonePolicy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: PhonePolicy | None = None) -> bool:
        return False


@admin.register(TaskPolicy)
class TaskPolicyAdmin(PhonePolicyAdmin):
    """One row: how long a link opens a task, how often it may be used, and why."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_route_by_rule(request.user) and not TaskPolicy.objects.exists()
