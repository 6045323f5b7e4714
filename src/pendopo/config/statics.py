"""Static files: the browser libraries that come with Python packages, and serving them under ASGI."""

import importlib.util
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

# Name below `lib/` → package and file inside it. leaflet.js names its map, so hashing wants the map too;
# browsers fetch it only with their developer tools open.
LIBRARIES: dict[str, tuple[str, str]] = {
    "htmx.min.js": ("django_htmx", "django_htmx/htmx-2.min.js"),
    "htmx-sse.min.js": ("django_htmx", "django_htmx/ext/hx-sse-2.min.js"),
    **{
        name: ("leaflet", name)
        for name in (
            "leaflet/leaflet.js",
            "leaflet/leaflet.js.map",
            "leaflet/leaflet.css",
            "leaflet/images/layers.png",
            "leaflet/images/layers-2x.png",
            "leaflet/images/marker-icon.png",
            "leaflet/images/marker-icon-2x.png",
            "leaflet/images/marker-shadow.png",
        )
    },
}


class LibraryStorage(FileSystemStorage):
    """Reads each name of LIBRARIES where its package keeps it."""

    prefix = "lib"

    def path(self, name: str) -> str:
        package, file = LIBRARIES[name]
        spec = importlib.util.find_spec(package)  # found without importing the package
        assert spec and spec.origin  # it is in the lock file
        return str(Path(spec.origin).parent / "static" / file)


class LibraryFinder(BaseFinder):
    """Browser libraries from Python packages as `lib/<name>`: the listed files and nothing else."""

    storage = LibraryStorage()

    def __init__(self, *_args: Any, **_options: Any) -> None:
        """Takes no settings."""

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        name = path.removeprefix("lib/")
        if name == path or name not in LIBRARIES:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, LibraryStorage]]:
        for name in LIBRARIES:
            yield name, self.storage


class RoomFinder(AppDirectoriesFinder):
    """The static files of our rooms and of Django's admin; django_htmx's come by LibraryFinder, one by one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.storages.pop("django_htmx", None)
        self.apps = [name for name in self.apps if name != "django_htmx"]


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
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
        find = self.find_file if self.autorefresh else self.files.get
        static_file = find(request.path_info)
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
