"""Accounts, sources and a place to keep them: nothing of a test is left on the disk."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.storage import storages
from PIL import Image

from imports.models import SourceFile

ARTICLE = """---
title: "Le fil et la trame"
description: "Deux mots sur un métier."
pubDate: "Septembre 2025"
author: "Jeanne Serre, Tisserande"
tags: ["métier", "laine"]
featured: true
heroImage: "/images/metier.png"
---

# Le fil et la trame

On tend le fil, puis on passe la trame.[^1]

## Le geste

Il se répète mille fois.

[^1]: Dans cet ordre seulement.
"""

REPORT = """---
title: "Rapport sur les ateliers"
subtitle: "Ce que nous avons vu"
type: rapport
date: 2024-03-07
author: ["Jeanne Serre, Tisserande", "Paul Dubreuil"]
description: "Trois ateliers visités."
keywords: ["atelier", "visite"]
licence: CC BY 4.0
lang: fr
---

# 1. Introduction

Nous avons visité trois ateliers.

# 2. Les lieux

## 2.1. Le premier

Il donne sur la rivière.

## 2.2. Le second

Il donne sur la cour.

# 3. Conclusion

Il faudra revenir.
"""


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sources, media and staged uploads of one test, in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    kept = {name: dict(options) for name, options in settings.STORAGES.items()}
    for name in ("sources", "staging"):
        kept[name]["OPTIONS"] = {"location": tmp_path / name, "base_url": None}
    settings.STORAGES = kept
    # The field took its storage when its model was made.
    monkeypatch.setattr(SourceFile._meta.get_field("file"), "storage", storages["sources"])
    return tmp_path


@pytest.fixture
def stored(folders: Path) -> Callable[[], list[str]]:
    """A function that names every file that the site keeps, sources and pictures."""

    def names() -> list[str]:
        return sorted(
            str(path.relative_to(folders))
            for top in ("sources", "media")
            for path in (folders / top).rglob("*")
            if path.is_file()
        )

    return names


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may do everything with what is imported."""
    user = User.objects.create_user("editrice", password="un-mot-de-passe-long", is_staff=True)
    apps = ["articles", "theses", "publishing", "imports", "taggit"]
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=apps))
    return user


@pytest.fixture
def granted(db: None) -> Callable[..., User]:
    """A function that makes a member of staff with these permissions alone."""

    def make(*permissions: str, name: str = "limite") -> User:
        user = User.objects.create_user(name, password="un-mot-de-passe-long", is_staff=True)
        for permission in permissions:
            label, codename = permission.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
        return user

    return make


def png(width: int = 4, height: int = 3, form: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, form)
    return file.getvalue()
