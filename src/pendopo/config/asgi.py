"""The web process: `pendopo web`, or any ASGI server on `pendopo.config.asgi:application`."""

import gc
import os
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
os.environ.setdefault("DATABASE_POOL", "10")


class OneThread(ASGIHandler):
    """Django's handler, except that a request goes through all middleware and its view in one thread.

    Django itself changes between the event loop and a thread before and after every middleware: two dozen
    changes a page, each of which waits for the interpreter's lock (docs/decisions/0021). An async view
    still runs on the event loop, and its stream is still sent from there.
    """

    def __init__(self) -> None:
        super().__init__()
        self._chain = BaseHandler()
        self._chain.load_middleware(is_async=False)

    async def get_response_async(self, request: Any) -> Any:
        return await sync_to_async(self._chain.get_response, thread_sensitive=True)(request)


django.setup(set_prefix=False)
application = OneThread()
# What is loaded by now stays for ever: the collector need not look at it again and again while people wait.
gc.collect()
gc.freeze()
gc.set_threshold(5000, 20, 20)
