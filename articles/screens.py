"""The screens of the desk of an article."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from publishing.screens import Screen

SCREENS = (
    Screen("articles_article_change", _("Texte et notice"), "articles.view_article", ("articles_article_history",)),
    Screen("articles_article_check", _("Contrôle"), "articles.view_article"),
    Screen("articles_article_compare", _("Comparer"), "articles.view_article"),
    Screen("articles_article_previews", _("Liens d’aperçu"), "articles.publish_article"),
    Screen("articles_article_versions", _("Versions"), "articles.change_article", ("articles_article_act",)),
)
