"""The Atom feed of long documents."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from theses.models import Document

LATEST = 30


class DocumentFeed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    title = _("Ouvrages")
    subtitle = _("Thèses, livres blancs et rapports, à chaque nouvelle édition.")
    link = reverse_lazy("theses:list")

    def items(self) -> list[Document]:
        return list(Document.objects.published().defer("current_edition__outline").order_by("-published_at")[:LATEST])

    def item_title(self, item: Document) -> str:
        return item.current_edition.title  # type: ignore[union-attr]

    def item_description(self, item: Document) -> str:
        return summary(item)

    def item_pubdate(self, item: Document) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Document) -> datetime | None:
        return item.published_at

    def item_author_name(self, item: Document) -> str:
        return ", ".join(author["name"] for author in item.current_edition.facts.get("authors", []))  # type: ignore[union-attr]


def summary(document: Document) -> str:
    """The first abstract as plain text, else the subtitle."""
    facts = document.current_edition.facts  # type: ignore[union-attr]
    abstracts = facts.get("abstracts") or [{"html": ""}]
    return " ".join(strip_tags(abstracts[0]["html"]).split()) or facts.get("subtitle", "")
