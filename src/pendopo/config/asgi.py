"""The web process: `uvicorn pendopo.config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
application = get_asgi_application()
