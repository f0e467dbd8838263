"""The first account: made once, with a password shown once, and the group of the editors."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from genai_site.groups import EDITORS, editors

pytestmark = pytest.mark.django_db


def run(**options: str) -> str:
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
    assert [group.name for group in user.groups.all()] == [EDITORS]


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


def test_editors_may_do_the_work_and_no_more() -> None:
    user = User.objects.create_user("alix", is_staff=True)
    user.groups.add(editors())
    editors()
    assert Group.objects.filter(name=EDITORS).count() == 1
    for permission in (
        "articles.add_article",
        "articles.publish_article",
        "theses.change_section",
        "theses.publish_document",
        "publishing.add_author",
        "imports.add_sourcefile",
        "imports.view_sourcefile",
        "taggit.add_tag",
        "genai_site.change_oldaddress",
    ):
        assert user.has_perm(permission), permission
    for permission in ("imports.delete_sourcefile", "auth.add_user", "auth.change_group", "sessions.view_session"):
        assert not user.has_perm(permission), permission
