"""What an editor is told before an article is published, and what forbids it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles.actions.publish import publish
from articles.checking import report
from articles.models import Article
from publishing.checks import Level

pytestmark = pytest.mark.django_db

B, W = Level.BLOCKING, Level.WARNING


@pytest.mark.parametrize(
    ("fields", "code", "level"),
    [
        ({"title": " "}, "title-missing", B),
        ({"body": " "}, "text-missing", B),
        ({"ai_level": ""}, "ai-unanswered", B),
        ({}, "date-missing", W),
        ({}, "author-missing", W),
        ({"hero_image": "articles/x.png"}, "cover-alternative-missing", W),
        ({"hero_image_name": "x.png"}, "cover-missing", W),
        ({"body": "[ici](#nulle-part)"}, "anchor-unknown", B),
        ({"body": "Un appel[^1]."}, "note-without-text", B),
        ({"body": "Un mot.\n\n[^1]: Sans appel."}, "note-without-call", W),
        ({"body": "[là](/theses/perdue/)"}, "link-nowhere", W),
    ],
)
def test_each_remark(fields: dict[str, Any], code: str, level: Level) -> None:
    values = {"title": "Un titre", "slug": "un-titre", "body": "Un texte.", "ai_level": "none", **fields}
    article = Article.objects.create(**values)
    assert (code, level) in {(remark.code, remark.level) for remark in report(article).remarks}
    publisher = User.objects.create_superuser("claire", password="-")
    if level == B:
        with pytest.raises(ValidationError):
            publish(article=article, user=publisher)
    else:
        assert publish(article=article, user=publisher).number == 1
