"""The suite's own promises: its database, its folder, its network."""

import socket

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from pytest_socket import SocketConnectBlockedError

from genai_site.tests.settings import FOLDER, POSTGRESQL


def test_data_is_apart() -> None:
    assert FOLDER in settings.DATA_DIR.parents


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_network_is_off() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.django_db
def test_database_is_the_one_asked_for() -> None:
    assert connection.vendor == ("postgresql" if POSTGRESQL else "sqlite")
    User.objects.create_user("camille")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_sqlite_keeps_a_journal_ahead() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
