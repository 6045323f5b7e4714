"""Static files: the browser libraries that come with Python packages, and serving them under ASGI."""

import importlib.util
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

# (package, folder in it, files taken). leaflet.js names its map, so hashing wants the map too; browsers
# fetch it only with their developer tools open.
LIBRARIES: list[tuple[str, str, list[str]]] = [
    ("leaflet", "static", ["leaflet/leaflet.js", "leaflet/leaflet.js.map", "leaflet/leaflet.css"]),
    ("leaflet", "static", ["leaflet/images/layers.png", "leaflet/images/layers-2x.png"]),
    ("leaflet", "static", ["leaflet/images/marker-icon.png", "leaflet/images/marker-icon-2x.png"]),
    ("leaflet", "static", ["leaflet/images/marker-shadow.png"]),
    ("django_htmx", "static", ["django_htmx/htmx-2.min.js", "django_htmx/ext/hx-sse-2.min.js"]),
]


class LibraryFinder(BaseFinder):
    """Serves the listed files as `lib/<path>`; nothing of them is copied into git, nothing else is served."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.files = {f"lib/{name}": root / name for root, name in _listed()}
        self.storages: dict[Path, FileSystemStorage] = {}

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        found = self.files.get(path)
        if found is None:
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for root, name in _listed():
            storage = self.storages.setdefault(root, FileSystemStorage(location=root))
            storage.prefix = "lib"  # type: ignore[attr-defined]
            yield name, storage


def _listed() -> Iterator[tuple[Path, str]]:
    for package, folder, names in LIBRARIES:
        spec = importlib.util.find_spec(package)
        assert spec and spec.origin  # it is in the lock file
        for name in names:
            yield Path(spec.origin).parent / folder, name


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise that fits both kinds of server.

    Its own response streams from a synchronous iterator, which ASGI must first collect (and Django warns).
    Our files are small, so they are read at once: one plain response, right under WSGI, ASGI and in tests.
    """

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        super().__init__(get_response)
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if iscoroutinefunction(self):
            return self.answer(request)
        response: HttpResponseBase = super().__call__(request)
        return response

    async def answer(self, request: HttpRequest) -> HttpResponseBase:
        static_file = self.files.get(request.path_info)
        if static_file is not None:
            return self.serve(static_file, request)
        response: HttpResponseBase = await self.get_response(request)
        return response

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        answer = static_file.get_response(request.method, request.META)
        body = b""
        if answer.file is not None:
            with answer.file:
                body = answer.file.read()
        response = HttpResponse(body, status=int(answer.status))
        del response["content-type"]
        for name, value in answer.headers:
            response[name] = value
        return response
