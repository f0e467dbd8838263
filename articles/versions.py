"""The history of an article in the admin: who changed what and when, and the way back to any version."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.actions.put_back import put_back
from articles.models import Article
from articles.parts import PARTS, which
from publishing.version_screens import Versions

VERSIONS = Versions(
    model=Article,
    right="articles.change_article",
    parts=lambda article: [(model, which(model, article)) for model in PARTS],
    put_back=lambda article, user, moment: put_back(article=article, user=user, moment=moment),
    consequence=_(
        "Le texte, les personnes et la notice. L’adresse, les mots-clés et les éditions publiées restent. La version "
        "d’aujourd’hui reste dans cette liste : vous pourrez y revenir de même."
    ),
    done=_("Cette version est remise en place. Celle d’avant reste dans la liste."),
)
