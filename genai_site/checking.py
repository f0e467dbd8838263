"""What the check before publication learns from the site as a whole: links to its own paths that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from genai_site.links import leads_somewhere
from publishing.checks import Remark, SiteLink
from publishing.models import Publication

MOST = 100
"""Paths that are followed for one check."""


def dead_links(work: Publication, links: list[SiteLink]) -> Iterator[Remark]:
    """A warning: two texts that name each other can only be published one after the other."""
    known: dict[str, bool] = {}
    for link in links:
        path = link.path.partition("#")[0].partition("?")[0]
        if path not in known:
            if len(known) == MOST:
                return
            known[path] = leads_somewhere(path)
        if not known[path]:
            sentence = _("Le lien vers %s ne mène à aucune page publiée.") % link.path
            yield Remark("link-nowhere", sentence, place=link.place, address=link.address)
