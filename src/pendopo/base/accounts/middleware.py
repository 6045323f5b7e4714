from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin


class AllauthManners(MiddlewareMixin):
    """allauth's pages behave like ours: a refused form answers 422, a stopped one 429 (allauth: 200), and
    `site` stays the government (allauth puts the host name there).
    """

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        context = getattr(response, "context_data", None)
        if context is None or match is None or not _is_allauth(match.func):
            return response
        context.pop("site", None)
        if request.method == "POST":
            for form in [value for value in context.values() if isinstance(value, forms.BaseForm)]:
                if form.is_bound and form.errors:
                    response.status_code = 429 if _stopped(form) else 422
        return response


def _is_allauth(view: object) -> bool:
    view_class = getattr(view, "view_class", None)
    classes = view_class.__mro__ if view_class else [view]
    return any(str(getattr(part, "__module__", "")).startswith("allauth.") for part in classes)


def _stopped(form: forms.BaseForm) -> bool:
    errors = [error for of_field in form.errors.as_data().values() for error in of_field]
    return any(error.code == "rate_limited" for error in errors)
