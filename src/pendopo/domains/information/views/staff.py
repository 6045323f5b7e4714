"""What every staff page of the lists has in common: who may come in, and how an action's no is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.errors import NotAllowed

_DAY = 24 * 3600


def staff_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For people of some office; to everybody else, and for what they may not see, there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not roles_of(request.user).is_staff:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except (NotAllowed, ObjectDoesNotExist):
            raise Http404 from None

    return never_cache(login_required(guarded))


def once(key: str, make: Callable[[], int]) -> int:
    """What `make` returned for a filled-in form, however often its button is pressed; 0 while the first is at work."""
    name = f"information.once:{key}"
    if not cache.add(name, 0, _DAY):
        return int(cache.get(name, 0))
    try:
        made = make()
    except BaseException:
        cache.delete(name)
        raise
    cache.set(name, made, _DAY)
    return made
