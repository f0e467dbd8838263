"""Who may do what: the groups of the site and what each may do. A migration makes them; administrators may change them.

A group « Éditeurs », which versions before these groups made, is left as it is with its members.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission

IMPORTERS = "Importation"
EDITORS = "Rédaction"
PUBLISHERS = "Publication"
ROLES = {"importer": IMPORTERS, "editor": EDITORS, "publisher": PUBLISHERS}
"""The group of each role that `create_editor --role` knows."""

WORKS = ("articles.article", "theses.document")
PARTS = (
    *("articles.articlecontribution", "theses.documentcontribution", "theses.abstract", "theses.section"),
    *("theses.figure", "theses.waitingpicture", "theses.bibliographyentry", "theses.linkcheck"),
)
EDITIONS = ("articles.articleedition", "theses.documentedition")
NAMES = ("publishing.author", "taggit.tag")
MESSAGES = ("genai_site.contactmessage", "genai_site.passagereport")


def _to(verbs: str, *models: str) -> set[str]:
    """`_to("add change", "theses.section")` is {"theses.add_section", "theses.change_section"}."""
    return {f"{app}.{verb}_{name}" for app, name in (model.split(".") for model in models) for verb in verbs.split()}


_SEES = _to("view", *WORKS, *PARTS, *EDITIONS, *NAMES, "imports.sourcefile")
_IMPORTS = _SEES | _to("add", *WORKS, "imports.sourcefile")
_EDITS = (
    _SEES
    | _to("add change", *WORKS, *NAMES)
    | _to("add change delete", *PARTS)
    | _to("view change", *MESSAGES)
    | _to("view", "genai_site.oldaddress")
)
# A work can be deleted as long as it was never published, and old addresses are public at once.
_PUBLISHES = (
    _EDITS
    | _to("publish delete", *WORKS)
    | _to("delete", *NAMES, *MESSAGES)
    | _to("add change delete", "genai_site.oldaddress")
)
HELD = {IMPORTERS: _IMPORTS, EDITORS: _EDITS, PUBLISHERS: _PUBLISHES}
"""The permissions of each group. Who imports new versions of a work, too, is in the first group and in the second."""


def group_of(role: str) -> Group:
    """The group of a role; made again where an administrator deleted it, and else left as it is."""
    name = ROLES[role]
    group = Group.objects.filter(name=name).first()
    return group or fill_groups(Group, Permission, [name])[0]


def fill_groups(groups: Any, permissions: Any, names: Iterable[str] = tuple(HELD)) -> list[Any]:
    """The groups of these names with their permissions, as far as those are in the database; others that they have
    stay. The models are given, since a migration has its own.
    """
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in permissions.objects.values_list("pk", "content_type__app_label", "codename")
    }
    filled = []
    for name in names:
        group, _created = groups.objects.get_or_create(name=name)
        group.permissions.add(*(known[each] for each in sorted(HELD[name]) if each in known))
        filled.append(group)
    return filled
