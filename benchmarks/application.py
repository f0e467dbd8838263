"""The site with one more address, `/hello/`: a view that does nothing, through the same middleware."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genai_site.settings")
settings.ROOT_URLCONF = "benchmarks.urls"
application = get_wsgi_application()
