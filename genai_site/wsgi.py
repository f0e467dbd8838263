"""The WSGI application that a production server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genai_site.settings")

application = get_wsgi_application()
