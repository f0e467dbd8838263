"""Times for tests."""

from datetime import datetime, timedelta

from django.utils import timezone


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)
