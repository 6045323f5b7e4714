"""The two choices a visitor makes about the look: language and theme. Links do it, cookies remember it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

THEME_COOKIE = "tema"
THEMES = ("light", "dark")
_YEAR = 365 * 24 * 3600


class Preferences(MiddlewareMixin):
    """Stands where Django's LocaleMiddleware would.

    That one follows the browser's Accept-Language, and many Indonesian phones are set to English: their
    owners would get English pages. Here the language is Indonesian until somebody chooses another.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.method in ("GET", "HEAD") and ("hl" in request.GET or "tema" in request.GET):
            return self._choose(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        theme = request.COOKIES.get(THEME_COOKIE, "")
        request.theme = theme if theme in THEMES else ""  # type: ignore[attr-defined]
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
            response.headers.setdefault(
                "Content-Language", translation.get_language() or settings.LANGUAGE_CODE
            )
        return response

    def _choose(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice and go to the same page without it, so that copied links stay clean."""
        query = request.GET.copy()
        language, theme = query.pop("hl", [""])[-1], query.pop("tema", [""])[-1]
        address = "/" + request.path.lstrip("/")  # "//evil.example" would be another site
        response = HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)
        secure = request.is_secure()
        if language in dict(settings.LANGUAGES):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR, samesite="Lax", secure=secure
            )
        if theme in THEMES:
            response.set_cookie(THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", secure=secure)
        elif theme == "auto":
            response.delete_cookie(THEME_COOKIE, samesite="Lax")
        response.headers["Cache-Control"] = "no-store"
        return response
