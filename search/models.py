"""The index: a copy of what is published, cut into what a search can find, with the words that the database indexes.

Beside these tables stands what only one database has: an FTS5 table in SQLite, a column of `tsvector` in PostgreSQL.
Both follow the rows by themselves; see the second migration.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexedWork(models.Model):
    key = models.CharField(max_length=250, unique=True)
    slug = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=20)
    kind_label = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    href = models.CharField(max_length=300)
    authors = models.JSONField(default=list)
    """The names, in order."""
    people = models.JSONField(default=list)
    """[slug, name] of each contributor."""
    tags = models.JSONField(default=list)
    """[slug, name] of each keyword."""
    language = models.CharField(max_length=10, blank=True)
    date = models.CharField(max_length=100, blank=True)
    year = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("texte indexé")
        verbose_name_plural = _("textes indexés")

    def __str__(self) -> str:
        return self.key


class IndexedUnit(models.Model):
    """What is found as one: a section with its paragraphs and tables, a note, a caption, a reference, a person."""

    class Kind(models.TextChoices):
        WORK = "work", _("Présentation")
        TEXT = "text", _("Texte")
        NOTE = "note", _("Note")
        CAPTION = "caption", _("Légende")
        REFERENCE = "reference", _("Référence")
        PERSON = "person", _("Personne")
        TAG = "tag", _("Mot-clé")

    work = models.ForeignKey(IndexedWork, on_delete=models.CASCADE, related_name="units")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=1100, blank=True)
    path = models.CharField(max_length=500)
    heading_path = models.JSONField(default=list)
    language = models.CharField(max_length=10, blank=True)
    passages = models.JSONField(default=list)
    """[anchor, kind, text] of each passage in reading order."""
    title_terms = models.TextField(blank=True)
    text_terms = models.TextField(blank=True)

    class Meta:
        verbose_name = _("passage indexé")
        verbose_name_plural = _("passages indexés")
        ordering = ["work", "position"]
        indexes = [
            # Of what has a name of its own, all that suggestions read of it.
            models.Index(
                "kind",
                "path",
                "title_terms",
                "id",
                condition=models.Q(kind__in=("work", "person", "tag")),
                name="search_names",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.position} {self.title}"


class Word(models.Model):
    """A word of the published texts: what it is a form of, and in how many units it stands."""

    folded = models.CharField(max_length=100, unique=True)
    shown = models.CharField(max_length=100)
    """As the texts write it."""
    french = models.CharField(max_length=100, db_index=True)
    english = models.CharField(max_length=100, db_index=True)
    units = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("mot")
        verbose_name_plural = _("mots")

    def __str__(self) -> str:
        return self.folded
