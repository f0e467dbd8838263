"""What articles and long-form documents share: authors and their roles, publication state, AI disclosure."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.history import RecordedQuerySet
from publishing.preview_link import PreviewLink

LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]


class AuthorQuerySet(models.QuerySet["Author"]):
    def with_names(self, names: list[str]) -> AuthorQuerySet:
        return self.filter(name__in=names)


class Author(models.Model):
    """A person or an organisation that contributes to what the site publishes."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Personne")
        ORGANISATION = "organisation", _("Organisation")

    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices, default=Kind.PERSON)
    family_name = models.CharField(_("nom de famille"), max_length=200, blank=True)
    given_name = models.CharField(_("prénom"), max_length=200, blank=True)
    name = models.CharField(
        _("nom affiché"),
        max_length=400,
        help_text=_("Le nom comme il est imprimé : « Prénom Nom », ou l’organisation."),
    )
    slug = models.SlugField(_("adresse"), max_length=200, unique=True)
    occupation = models.CharField(
        _("qualité"), max_length=300, blank=True, help_text=_("Par exemple « Chercheuse en IA ».")
    )
    biography = models.TextField(_("biographie"), blank=True, help_text=_("En Markdown."))
    orcid = models.CharField(
        "ORCID",
        max_length=19,
        blank=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", _("Un ORCID s’écrit 0000-0000-0000-0000."))],
    )
    website = models.URLField(_("site"), blank=True)
    portrait = models.ImageField(_("portrait"), upload_to="authors/", blank=True)
    portrait_alt = models.CharField(_("texte de remplacement du portrait"), max_length=300, blank=True)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("auteur")
        verbose_name_plural = _("auteurs")
        ordering = ["family_name", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])


class Contribution(models.Model):
    """Who did what for a work, in the order in which they are named."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Auteur")
        SUPERVISOR = "supervisor", _("Direction")
        EDITOR = "editor", _("Édition")
        TRANSLATOR = "translator", _("Traduction")
        PREFACE = "preface", _("Préface")
        ILLUSTRATOR = "illustrator", _("Illustration")
        INTERVIEWEE = "interviewee", _("Personne interrogée")
        JURY = "jury", _("Jury")
        CONTRIBUTOR = "contributor", _("Contribution")

    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("auteur"))
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices, default=Role.AUTHOR)
    occupation = models.CharField(
        _("qualité"), max_length=300, blank=True, help_text=_("À l’époque de ce travail, si elle diffère.")
    )
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("rang"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.author} ({self.get_role_display()})"


class AIDisclosure(models.Model):
    """How AI was used, as Regulation (EU) 2024/1689, article 50, asks it. An empty level is no answer yet."""

    class Level(models.TextChoices):
        NONE = "none", _("Sans IA")
        ASSISTED = "assisted", _("Assisté par IA")
        REVIEWED = "reviewed", _("Généré par IA, puis relu")
        GENERATED = "generated", _("Généré par IA")

    ai_level = models.CharField(_("usage de l’IA"), max_length=20, choices=Level.choices, blank=True)
    ai_purpose = models.CharField(
        _("usages"),
        max_length=300,
        blank=True,
        help_text=_("À quoi l’IA a servi : rédaction, traduction, résumé, images, remise en forme…"),
    )
    ai_tool = models.CharField(
        _("outils"), max_length=300, blank=True, help_text=_("Avec leur version, si elle est connue.")
    )
    ai_reviewer = models.CharField(
        _("relu par"), max_length=200, blank=True, help_text=_("Attendu quand le texte a été généré, puis relu.")
    )
    ai_reviewed_on = models.DateField(
        _("relu le"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(timezone.localdate, _("Cette date est encore à venir."))],
    )
    ai_responsible = models.CharField(_("responsable éditorial"), max_length=200, blank=True)
    ai_note = models.TextField(
        _("mention"),
        blank=True,
        help_text=_("La phrase montrée aux lecteurs, si vous voulez l’écrire vous-même."),
    )

    class Meta:
        abstract = True


AI_FIELDS = ("ai_level", "ai_purpose", "ai_tool", "ai_reviewer", "ai_reviewed_on", "ai_responsible", "ai_note")


class State(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    IN_REVIEW = "in_review", _("En relecture")
    SCHEDULED = "scheduled", _("Programmé")
    PUBLISHED = "published", _("Publié")
    WITHDRAWN = "withdrawn", _("Retiré")


class DatePrecision(models.TextChoices):
    DAY = "day", _("jour")
    MONTH = "month", _("mois")
    YEAR = "year", _("année")


class Publication(AIDisclosure):
    """A work with a draft that editors change and editions that readers see.

    What readers see is the current edition alone: a change of the draft reaches them with the next publication.
    `state` says what readers see. Whether the draft is in review is told by `review_asked_at`, in every state; where
    nothing is published, scheduled or withdrawn, the state says it too.
    """

    NOT_RECORDED = ("review_asked_at", "review_note", "review_by")
    """What the history of the text leaves out: no version is put back with the review that it was in."""

    title = models.CharField(_("titre"), max_length=500)
    slug = models.SlugField(
        _("adresse"),
        max_length=200,
        unique=True,
        help_text=_("La fin de l’adresse de la page ; elle ne change plus une fois publiée."),
    )
    language = models.CharField(_("langue"), max_length=10, choices=LANGUAGES, default="fr")
    date = models.DateField(_("date du texte"), null=True, blank=True)
    date_precision = models.CharField(
        _("précision de la date"), max_length=10, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    state = models.CharField(_("état"), max_length=20, choices=State.choices, default=State.DRAFT, editable=False)
    scheduled_for = models.DateTimeField(_("publication programmée"), null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(_("première publication"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("dernière publication"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("retrait"), null=True, blank=True, editable=False)
    review_asked_at = models.DateTimeField(_("relecture demandée"), null=True, blank=True, editable=False)
    review_note = models.CharField(_("mot de la relecture"), max_length=500, blank=True, editable=False)
    review_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("demandée ou rendue par"),
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    preview_links = GenericRelation(PreviewLink, object_id_field="key", content_type_field="kind")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @classmethod
    def state_constraints(cls, name: str) -> list[models.BaseConstraint]:
        """The facts that every published, scheduled or withdrawn row must hold; for the Meta of each concrete model."""
        return [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | Q(
                    published_at__isnull=False,
                    first_published_at__isnull=False,
                    current_edition__isnull=False,
                ),
                name=f"{name}_published_has_edition",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SCHEDULED) | Q(scheduled_for__isnull=False),
                name=f"{name}_scheduled_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.IN_REVIEW) | Q(review_asked_at__isnull=False),
                name=f"{name}_in_review_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                name=f"{name}_withdrawn_has_date",
            ),
        ]

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether the draft was saved after the last publication: publishing itself leaves `updated_at` alone."""
        return self.published_at is not None and self.updated_at > self.published_at


class PublicationQuerySet(RecordedQuerySet):
    def published(self) -> PublicationQuerySet:
        """What the public may see, with its current edition, newest first: every public surface starts here."""
        return (
            self.filter(state=State.PUBLISHED).select_related("current_edition").order_by("-first_published_at", "-pk")
        )

    def by_date(self) -> PublicationQuerySet:
        """In the order of the dates that lists show, newest first: that of the text, else that of its publication."""
        written = NullIf(KeyTextTransform("date", "current_edition__facts"), Value(""))
        first = Cast(TruncDate("first_published_at"), models.CharField())
        return self.order_by(Coalesce(written, first).desc(), "-first_published_at", "-pk")


class Edition(models.Model):
    """A frozen publication: numbered from 1, never changed, kept for ever."""

    number = models.PositiveIntegerField(_("numéro"))
    published_at = models.DateTimeField(_("publiée le"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publiée par"),
    )
    change_note = models.CharField(_("ce qui change"), max_length=500, blank=True)
    renderer = models.CharField(
        _("version du rendu"), max_length=20, help_text=_("La version du moteur qui a produit le HTML.")
    )
    title = models.CharField(_("titre"), max_length=500)
    facts = models.JSONField(
        _("notice"),
        default=dict,
        help_text=_("Auteurs, dates, résumés, usage de l’IA… tels qu’ils étaient à la publication."),
    )

    class Meta:
        abstract = True
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.title}, {_('édition')} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.pop("rerender", False):
            raise ValidationError(_("Une édition publiée ne se modifie pas : publiez-en une nouvelle."))
        super().save(*args, **kwargs)


class EditionPassage(models.Model):
    """The smallest thing that search finds and a link reaches: a heading, a paragraph, a note, a caption, an entry."""

    class Kind(models.TextChoices):
        HEADING = "heading", _("Titre")
        TEXT = "text", _("Texte")
        NOTE = "note", _("Note")
        CAPTION = "caption", _("Légende")
        TABLE = "table", _("Tableau")
        REFERENCE = "reference", _("Référence")

    position = models.PositiveIntegerField(_("rang"))
    anchor = models.CharField(_("ancre"), max_length=200)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices, default=Kind.TEXT)
    section = models.CharField(_("ancre de la section"), max_length=200, blank=True)
    language = models.CharField(_("langue"), max_length=10, blank=True)
    text = models.TextField(_("texte"))

    class Meta:
        abstract = True
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:80]


class Presence(models.Model):
    """That somebody has the form of a row open."""

    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    key = models.PositiveBigIntegerField(_("clé"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("depuis"), default=timezone.now)
    seen_at = models.DateTimeField(_("vu à"), auto_now=True)

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.kind} {self.key})"
