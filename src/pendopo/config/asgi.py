"""The web process: `pendopo web`, or any ASGI server on `pendopo.config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
os.environ.setdefault("DATABASE_POOL", "10")
application = get_asgi_application()
