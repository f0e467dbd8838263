"""The groups that a migration makes: what each may do, on a new database and on one that an older version made."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection

from genai_site.groups import EDITORS, HELD, IMPORTERS, PUBLISHERS, group_of

pytestmark = pytest.mark.django_db


def held(name: str) -> set[str]:
    rows = Permission.objects.filter(group__name=name).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.mark.parametrize("name", HELD)
def test_the_migration_gave_each_group_all_that_it_is_to_hold(name: str) -> None:
    assert held(name) == HELD[name]


def test_editing_is_not_publishing_and_importing_is_not_editing() -> None:
    importer, editor, publisher = (HELD[name] for name in (IMPORTERS, EDITORS, PUBLISHERS))
    assert {"imports.add_sourcefile", "articles.add_article", "theses.add_document"} <= importer
    assert not {right for right in importer if ".change_" in right or ".delete_" in right or ".publish_" in right}
    assert {"theses.change_section", "theses.delete_section", "articles.change_article"} <= editor
    assert "imports.add_sourcefile" not in editor
    assert not {right for right in editor if ".publish_" in right}
    assert publisher > editor
    assert {"articles.publish_article", "theses.publish_document"} <= publisher
    for rights in (importer, editor, publisher):
        assert "imports.delete_sourcefile" not in rights
        assert not {right for right in rights if right.split(".")[0] in {"auth", "sessions", "admin"}}


def test_the_migration_on_an_older_site_leaves_its_group_of_editors_alone() -> None:
    Group.objects.filter(name__in=HELD).delete()
    old = Group.objects.create(name="Éditeurs")
    old.permissions.add(Permission.objects.get(codename="publish_article"))
    member = User.objects.create_user("alix", is_staff=True)
    member.groups.add(old)
    migration = importlib.import_module("genai_site.migrations.0003_groups")
    migration.make_groups(apps, SimpleNamespace(connection=connection))
    assert apps.get_app_config("theses").models_module, "no permission would be written any more"
    assert {name: held(name) for name in HELD} == HELD
    assert member.get_all_permissions() == {"articles.publish_article"}


def test_a_group_that_an_administrator_changed_stays_so() -> None:
    group_of("editor").permissions.clear()
    assert not group_of("editor").permissions.exists()
