"""An article with its author, and people who may do more or less with it."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Permission, User

from articles.models import Article, ArticleContribution
from publishing.models import Author

BODY = "Le texte, avec une note[^1].\n\n## Une partie\n\nEt la suite.\n\n[^1]: La note."


@pytest.fixture
def article(db: None) -> Article:
    found = Article.objects.create(
        title="Lire lentement",
        slug="lire-lentement",
        description="Pourquoi.",
        body=BODY,
        date=datetime.date(2025, 9, 1),
        date_precision="month",
        ai_level="assisted",
    )
    author = Author.objects.create(name="Jeanne Dumas", slug="jeanne-dumas", occupation="Correctrice")
    ArticleContribution.objects.create(article=found, author=author)
    found.tags.add("lecture")
    return found


def staff(name: str, *permissions: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def writer(db: None) -> User:
    """May change articles, and not publish them."""
    return staff("redactrice", "view_article", "change_article", "add_article", "add_articlecontribution")


@pytest.fixture
def publisher(db: None) -> User:
    return staff(
        "editrice", "view_article", "change_article", "add_article", "delete_article", "publish_article", "view_author"
    )
