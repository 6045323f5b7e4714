"""Staff pages of the lists."""

from django.http import Http404, HttpRequest, HttpResponse


def index(request: HttpRequest) -> HttpResponse:
    raise Http404


def one(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
