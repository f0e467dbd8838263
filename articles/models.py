"""Short pieces: a body in Markdown, a hero image, tags, and the editions that were published."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField
from taggit.managers import TaggableManager

from publishing.history import RecordedManager, WorkHistory
from publishing.models import Author, Contribution, Edition, EditionPassage, Publication, PublicationQuerySet

RESERVED_SLUGS = {"flux"}
"""Addresses under `/articles/` that are not articles."""


class ArticleQuerySet(PublicationQuerySet):
    pass


class Article(Publication):
    description = models.TextField(
        _("chapeau"),
        blank=True,
        help_text=_("Une ou deux phrases, montrées sous le titre et dans les listes."),
    )
    body = MarkdownxField(_("texte"), blank=True)
    hero_image = models.ImageField(_("image d’ouverture"), upload_to="articles/", blank=True)
    hero_image_name = models.CharField(
        _("image à fournir"),
        max_length=300,
        blank=True,
        help_text=_("Le nom que la source donne à son image, tant qu’elle n’est pas fournie."),
    )
    hero_image_alt = models.CharField(_("texte de remplacement"), max_length=300, blank=True)
    featured = models.BooleanField(_("à la une"), default=False)
    authors = models.ManyToManyField(Author, through="ArticleContribution", related_name="articles")
    current_edition = models.OneToOneField(
        "ArticleEdition", on_delete=models.RESTRICT, null=True, blank=True, editable=False, related_name="+"
    )

    tags = TaggableManager(verbose_name=_("mots-clés"), blank=True)
    objects = ArticleQuerySet.as_manager()
    history = WorkHistory(excluded_fields=Publication.NOT_RECORDED)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at"]
        permissions = [("publish_article", _("Peut publier, programmer et retirer un article"))]
        constraints = Publication.state_constraints("article")

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("Cette adresse est celle d’une autre page du site.")})


class ArticleContribution(Contribution):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="contributions")

    objects = RecordedManager()
    history = WorkHistory()

    class Meta(Contribution.Meta):
        verbose_name = _("contribution")
        constraints = [models.UniqueConstraint(fields=["article", "author", "role"], name="article_contribution_once")]


class ArticleEdition(Edition):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="editions")
    description = models.TextField(_("chapeau"), blank=True)
    body = models.TextField(_("texte"), help_text=_("Le Markdown tel qu’il a été publié."))
    html = models.TextField("HTML")
    outline = models.JSONField(_("plan"), default=list, help_text=_("Les titres de la page : {anchor, title, depth}."))
    words = models.PositiveIntegerField(_("mots"), default=0)
    notice = models.JSONField(
        _("champs de la notice"),
        default=dict,
        help_text=_("Comme `publishing.frozen_notice` les garde, pour que l’édition puisse redevenir le brouillon."),
    )

    class Meta(Edition.Meta):
        verbose_name = _("édition")
        verbose_name_plural = _("éditions")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="article_edition_number_once")]

    def get_absolute_url(self) -> str:
        return reverse("articles:edition", args=[self.article.slug, self.number])


class ArticlePassage(EditionPassage):
    edition = models.ForeignKey(ArticleEdition, on_delete=models.CASCADE, related_name="passages")

    class Meta(EditionPassage.Meta):
        constraints = [models.UniqueConstraint(fields=["edition", "anchor"], name="article_passage_anchor_once")]
