from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin


class FormStatus(MiddlewareMixin):
    """A refused form answers 422, a stopped one 429. allauth answers 200 to both."""

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        if request.method == "POST" and match and match.func.__module__.startswith("allauth."):
            context = getattr(response, "context_data", None) or {}
            for form in {id(f): f for f in context.values() if isinstance(f, forms.BaseForm)}.values():
                if form.is_bound and form.errors:
                    stopped = any(
                        e.code == "rate_limited" for es in form.errors.as_data().values() for e in es
                    )
                    response.status_code = 429 if stopped else 422
        return response
