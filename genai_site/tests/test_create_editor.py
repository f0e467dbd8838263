"""Accounts: the first one made once, others with a role; each with a password shown once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(**options: str | list[str]) -> str:
    out = StringIO()
    call_command("create_editor", stdout=out, **options)
    return out.getvalue()


def test_the_password_that_is_shown_opens_the_account() -> None:
    out = run()
    password = out.split()[-1]
    user = User.objects.get(username="redaction")
    assert len(password) >= 20
    assert user.check_password(password)
    assert user.is_staff
    assert user.is_superuser


def test_a_second_time_says_so_and_shows_no_password() -> None:
    run(username="alix", email="alix@example.org")
    password = User.objects.get().password
    out = run(username="autre")
    assert "alix" in out
    assert User.objects.get().password == password


@pytest.mark.parametrize("options", [{"username": "a b"}, {"username": ""}, {"email": "x"}])
def test_what_is_no_name_or_address(options: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        run(**options)
    assert not User.objects.exists()


def test_an_account_of_that_name_without_access_is_not_taken_over() -> None:
    User.objects.create_user("redaction")
    with pytest.raises(CommandError, match="redaction"):
        run()
    assert not User.objects.filter(is_staff=True).exists()


def test_a_role_makes_an_account_beside_the_first_with_the_rights_of_its_groups() -> None:
    run()
    password = run(username="alix", role=["importer", "editor"]).split()[-1]
    user = User.objects.get(username="alix")
    assert user.check_password(password)
    assert user.is_staff
    assert not user.is_superuser
    assert {group.name for group in user.groups.all()} == {"Importation", "Rédaction"}
    assert user.has_perms(["imports.add_sourcefile", "theses.change_section"])
    assert not user.has_perm("theses.publish_document")


def test_a_role_is_not_given_to_an_account_that_is_there() -> None:
    run()
    with pytest.raises(CommandError, match="existe déjà"):
        run(role=["publisher"])
    assert not User.objects.get().groups.exists()
