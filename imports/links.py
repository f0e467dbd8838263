"""Where a work is changed and where its draft is seen."""

from __future__ import annotations

from django.urls import reverse

from articles.models import Article
from theses.models import Document


def admin_link(work: Article | Document) -> str:
    return reverse(f"admin:{work._meta.app_label}_{work._meta.model_name}_change", args=[work.pk])


def preview_link(work: Article | Document) -> str:
    return reverse(f"{work._meta.app_label}:preview", args=[work.slug])
