"""Long-form documents as a draft outline, and as the frozen editions that readers see."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField
from taggit.managers import TaggableManager

from publishing.facts import minutes
from publishing.history import RecordedManager, WorkHistory
from publishing.models import (
    LANGUAGES,
    AIDisclosure,
    Author,
    Contribution,
    Edition,
    EditionPassage,
    Publication,
    PublicationQuerySet,
    State,
)

RESERVED_SLUGS = {"flux"}
"""Addresses under `/theses/` that are not documents."""


class DocumentQuerySet(PublicationQuerySet):
    def withdrawn(self) -> DocumentQuerySet:
        return self.filter(state=State.WITHDRAWN)

    def text_changed(self, pk: int) -> None:
        """Note that the text of a document changed, without claiming that its own facts did."""
        self.filter(pk=pk).update(text_changed_at=timezone.now())


class Document(Publication):
    class Kind(models.TextChoices):
        THESIS = "thesis", _("Thèse")
        WHITEPAPER = "whitepaper", _("Livre blanc")
        REPORT = "report", _("Rapport")
        BOOK = "book", _("Livre")

    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices, default=Kind.THESIS)
    subtitle = models.CharField(_("sous-titre"), max_length=1000, blank=True)
    lead = models.TextField(_("avant le premier titre"), blank=True, help_text=_("En Markdown."))
    institution = models.CharField(_("établissement"), max_length=300, blank=True)
    programme = models.CharField(_("diplôme ou programme"), max_length=300, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("Par exemple « CC BY 4.0 » ; vide : tous droits réservés."),
    )
    doi = models.CharField("DOI", max_length=200, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    cover_image = models.ImageField(_("couverture"), upload_to="covers/", blank=True)
    cover_image_name = models.CharField(
        _("couverture à fournir"),
        max_length=300,
        blank=True,
        help_text=_("Le nom que la source donne à son image, tant qu’elle n’est pas fournie."),
    )
    cover_image_alt = models.CharField(_("texte de remplacement"), max_length=300, blank=True)
    featured = models.BooleanField(_("à la une"), default=False)
    page_depth = models.PositiveSmallIntegerField(
        _("découpage en pages"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
        help_text=_("Profondeur des titres qui ouvrent une page ; vide : au mieux, selon la longueur."),
    )
    text_changed_at = models.DateTimeField(
        _("texte modifié le"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Quand une section, une figure ou une référence a changé."),
    )
    authors = models.ManyToManyField(Author, through="DocumentContribution", related_name="documents")
    current_edition = models.OneToOneField(
        "DocumentEdition", on_delete=models.RESTRICT, null=True, blank=True, editable=False, related_name="+"
    )

    tags = TaggableManager(verbose_name=_("mots-clés"), blank=True)
    objects = DocumentQuerySet.as_manager()
    history = WorkHistory(excluded_fields=["text_changed_at", *Publication.NOT_RECORDED])

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-updated_at"]
        permissions = [("publish_document", _("Peut publier, programmer et retirer un document"))]
        constraints = Publication.state_constraints("document")

    def get_absolute_url(self) -> str:
        return reverse("theses:document", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("Cette adresse est celle d’une autre page du site.")})

    @property
    def has_unpublished_changes(self) -> bool:
        """Also where only the text changed, which leaves the row of the document alone."""
        if self.published_at is None or self.text_changed_at is None:
            return super().has_unpublished_changes
        return super().has_unpublished_changes or self.text_changed_at > self.published_at


class DocumentContribution(Contribution):
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="contributions")

    objects = RecordedManager()
    history = WorkHistory()

    class Meta(Contribution.Meta):
        verbose_name = _("contribution")
        constraints = [
            models.UniqueConstraint(fields=["document", "author", "role"], name="document_contribution_once")
        ]


class Abstract(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="abstracts")
    language = models.CharField(_("langue"), max_length=10, choices=LANGUAGES)
    text = models.TextField(_("résumé"), help_text=_("En Markdown."))
    keywords = models.JSONField(_("mots-clés"), default=list, blank=True)

    objects = RecordedManager()
    history = WorkHistory()

    class Meta:
        verbose_name = _("résumé")
        verbose_name_plural = _("résumés")
        ordering = ["-language"]
        constraints = [models.UniqueConstraint(fields=["document", "language"], name="abstract_once_a_language")]

    def __str__(self) -> str:
        return f"{self.document} ({self.language})"


class Section(AIDisclosure):
    """One heading with the text up to the next one, in reading order; the tree follows from order and depth.

    What a section says on the use of AI holds for what stands under it, until another says otherwise; where it says
    nothing, what stands above it does (`theses.disclosures`).
    """

    class Kind(models.TextChoices):
        FRONT_MATTER = "front_matter", _("Liminaire")
        INTRODUCTION = "introduction", _("Introduction")
        PART = "part", _("Partie")
        CHAPTER = "chapter", _("Chapitre")
        SECTION = "section", _("Section")
        CONCLUSION = "conclusion", _("Conclusion")
        BIBLIOGRAPHY = "bibliography", _("Bibliographie")
        ANNEX = "annex", _("Annexe")
        INTERVIEW = "interview", _("Entretien")
        QUESTION = "question", _("Question")
        BACK_MATTER = "back_matter", _("Fin d’ouvrage")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(_("rang"))
    depth = models.PositiveSmallIntegerField(_("niveau"), validators=[MinValueValidator(1), MaxValueValidator(12)])
    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices, default=Kind.SECTION)
    number = models.CharField(_("numéro"), max_length=50, blank=True)
    title = models.CharField(_("titre"), max_length=1000)
    slug = models.SlugField(_("adresse"), max_length=200)
    body = MarkdownxField(_("texte"), blank=True)
    language = models.CharField(_("langue"), max_length=10, choices=LANGUAGES, blank=True)
    starts_page = models.BooleanField(
        _("ouvre une page"), null=True, blank=True, help_text=_("Inconnu : selon le découpage du document.")
    )
    printed_page = models.CharField(_("page imprimée"), max_length=20, blank=True)
    note_calls = models.JSONField(_("notes appelées dans le titre"), default=list, blank=True)
    speaker = models.JSONField(
        _("personne interrogée"), default=dict, blank=True, help_text=_("{name, role, organisation}")
    )
    source_line = models.PositiveIntegerField(_("ligne de la source"), null=True, blank=True)
    source_last_line = models.PositiveIntegerField(_("dernière ligne de la source"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RecordedManager()
    history = WorkHistory()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position"]
        indexes = [models.Index(fields=["document", "position"])]
        constraints = [models.UniqueConstraint(fields=["document", "slug"], name="section_slug_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Figure(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveIntegerField(_("rang"), default=0)
    key = models.SlugField(_("clé"), max_length=100, help_text=_("Le texte la cite ainsi : ![](figure:clé)"))
    number = models.CharField(_("numéro"), max_length=20, blank=True)
    caption = models.TextField(_("légende"), blank=True)
    credit = models.CharField(_("source"), max_length=500, blank=True)
    alt = models.TextField(_("texte de remplacement"), blank=True)
    image = models.ImageField(_("image"), upload_to="figures/", blank=True)
    image_name = models.CharField(_("nom de l’image dans la source"), max_length=300, blank=True)
    source_line = models.PositiveIntegerField(_("ligne de la source"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RecordedManager()
    history = WorkHistory()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="figure_key_once")]

    def __str__(self) -> str:
        return f"{_('Figure')} {self.number} : {self.caption}" if self.number else self.caption or self.key


def staging() -> Storage:
    """Where uploads wait, out of the reach of readers."""
    return storages["staging"]


class WaitingPicture(models.Model):
    """A picture that was uploaded for a document and that no figure shows yet: checked, but in the hands of staff."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="waiting_pictures")
    name = models.CharField(_("nom du fichier"), max_length=300)
    file = models.FileField(_("image"), upload_to="pictures/", storage=staging, max_length=200)
    figure = models.ForeignKey(
        Figure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("figure proposée")
    )
    received_at = models.DateTimeField(_("reçue le"), auto_now_add=True)
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("image en attente")
        verbose_name_plural = _("images en attente")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class BibliographyEntry(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="bibliography")
    position = models.PositiveIntegerField(_("rang"))
    key = models.SlugField(_("clé"), max_length=100, help_text=_("Le texte la cite ainsi : [(Nom, 2024)](cite:clé)"))
    raw = models.TextField(_("comme imprimé"), blank=True)
    csl = models.JSONField(_("champs CSL"), default=dict)
    source_line = models.PositiveIntegerField(_("ligne de la source"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RecordedManager()
    history = WorkHistory()

    class Meta:
        verbose_name = _("référence")
        verbose_name_plural = _("bibliographie")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="entry_key_once")]

    def __str__(self) -> str:
        return self.csl.get("title") or self.raw or self.key


class LinkCheck(models.Model):
    """What came of following the address of an entry, on request; readers never wait for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à suivre")
        ALIVE = "alive", _("répond")
        DEAD = "dead", _("ne répond plus")
        UNSURE = "unsure", _("réponse incertaine")
        REFUSED = "refused", _("adresse non suivie")

    entry = models.OneToOneField(BibliographyEntry, on_delete=models.CASCADE, related_name="link", primary_key=True)
    address = models.CharField(_("adresse"), max_length=2000)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.WAITING)
    said = models.CharField(_("réponse"), max_length=300, blank=True)
    requested_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    checked_at = models.DateTimeField(_("suivi le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien suivi")
        verbose_name_plural = _("liens suivis")

    def __str__(self) -> str:
        return f"{self.address} : {self.get_state_display()}"


class Change(models.Model):
    """One act of an editor on a document, in the list of what can be undone and done again.

    What was written is in the history, under `moment`: that of the act that did the change, or that undid it.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="changes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    what = models.CharField(_("modification"), max_length=500)
    moment = models.DateTimeField(_("moment"))
    done = models.BooleanField(_("faite"), default=True, help_text=_("Non : annulée, et peut être refaite."))

    class Meta:
        verbose_name = _("modification")
        verbose_name_plural = _("modifications")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["document", "user"])]
        default_permissions = ()

    def __str__(self) -> str:
        return self.what


class DocumentEditionQuerySet(models.QuerySet["DocumentEdition"]):
    def public(self, slug: str) -> DocumentEditionQuerySet:
        """All editions of a document that the public may see, each with its document."""
        return self.filter(document__slug=slug, document__state=State.PUBLISHED).select_related("document")


class DocumentEdition(Edition):
    """A published state of a whole document. `facts` and `outline` hold all that its pages show around the text."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="editions")
    outline = models.JSONField(
        _("plan"),
        default=list,
        help_text=_(
            "Les titres en ordre de lecture : {anchor, title, number, depth, kind, page, printed_page, words}."
        ),
    )

    objects = DocumentEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = _("édition")
        verbose_name_plural = _("éditions")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_edition_number_once")]

    def get_absolute_url(self) -> str:
        return reverse("theses:edition", args=[self.document.slug, self.number])

    def passages(self) -> models.QuerySet[Passage]:
        """In reading order."""
        return Passage.objects.filter(page__edition=self).order_by("page__position", "position")


class EditionText(models.Model):
    """The text of an edition apart from its pages, so that reading a page never loads it.

    `draft` is what was published, as `theses.drafts.freeze` writes it: from it the pages can be written again by a
    newer renderer, two editions can be compared, and an edition can become the draft again.
    """

    edition = models.OneToOneField(DocumentEdition, on_delete=models.CASCADE, related_name="text", primary_key=True)
    draft = models.JSONField(_("texte publié"), default=dict)
    whole = models.TextField(_("texte entier, en HTML"), blank=True)

    class Meta:
        verbose_name = _("texte d’une édition")
        verbose_name_plural = _("textes des éditions")

    def __str__(self) -> str:
        return str(self.edition)


class EditionPageQuerySet(models.QuerySet["EditionPage"]):
    def public(self, slug: str) -> EditionPageQuerySet:
        """Pages of all editions of a document that the public may see, each with its edition and document."""
        return self.filter(edition__document__slug=slug, edition__document__state=State.PUBLISHED).select_related(
            "edition__document"
        )

    def current(self, slug: str) -> EditionPageQuerySet:
        """Pages of the edition that readers see under the address of the document."""
        return self.public(slug).filter(edition=F("edition__document__current_edition"))


class EditionPage(models.Model):
    """One web page of an edition: its HTML was rendered at publication and is never rendered on read."""

    edition = models.ForeignKey(DocumentEdition, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveIntegerField(_("rang"))
    slug = models.SlugField(_("adresse"), max_length=200)
    title = models.CharField(_("titre"), max_length=1000)
    number = models.CharField(_("numéro"), max_length=50, blank=True)
    kind = models.CharField(_("nature"), max_length=20, choices=Section.Kind.choices)
    html = models.TextField("HTML")
    outline = models.JSONField(
        _("plan de la page"),
        default=list,
        help_text=_("Les titres de la page : {anchor, title, number, depth}."),
    )
    words = models.PositiveIntegerField(_("mots"), default=0)

    objects = EditionPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="page_slug_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def minutes(self) -> int:
        return minutes(self.words)


class Passage(EditionPassage):
    """A passage of a page; its anchor stands once on the page."""

    page = models.ForeignKey(EditionPage, on_delete=models.CASCADE, related_name="passages")

    class Meta(EditionPassage.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "anchor"], name="passage_anchor_once")]
