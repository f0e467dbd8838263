"""What an editor may want to mend before a document is published, as sentences; nothing here forbids publication."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theses import drafts
from theses.composing import Composer, Composition
from theses.models import Document

SHOWN = 60
"""Problems of the text that are listed one by one."""


def problems(document: Document) -> list[str]:
    """Those of the notice first, then those of the text with the page they are on. Renders every page."""
    composition = Composer(drafts.load(document)).compose(whole=False)
    return [*_of_the_notice(document), *_of_the_outline(composition), *_of_the_text(composition)]


def _of_the_notice(document: Document) -> list[str]:
    found = []
    if not document.ai_level:
        found.append(_("L’usage de l’intelligence artificielle n’est pas dit."))
    if document.date is None:
        found.append(_("Le document n’a pas de date."))
    if not document.contributions.exists():
        found.append(_("Le document n’a pas d’auteur."))
    if not document.abstracts.exists():
        found.append(_("Le document n’a pas de résumé."))
    if document.cover_image and not document.cover_image_alt.strip():
        found.append(_("La couverture n’a pas de texte de remplacement."))
    if document.cover_image_name and not document.cover_image:
        found.append(_("La couverture « %s » est à fournir.") % document.cover_image_name)
    return found


def _of_the_outline(composition: Composition) -> list[str]:
    found = []
    if not composition.pages:
        found.append(_("Le document n’a pas de texte : rien ne serait publié."))
    empty = [node for node in composition.outline.nodes if not node.words and not node.children]
    listing = {node for node in empty if node.section.kind == node.section.Kind.BIBLIOGRAPHY}
    for node in empty:
        if node not in listing or not composition.draft.entries:
            found.append(_("La section « %s » est vide.") % node.section)
    skipped = [
        node for node in composition.outline.nodes if node.parent and node.section.depth > node.parent.section.depth + 1
    ]
    for node in skipped:
        found.append(_("La section « %s » saute un niveau de titre.") % node.section)
    missing = [figure for figure in composition.draft.figures if not figure.image]
    if missing:
        found.append(
            ngettext("%d figure n’a pas encore d’image.", "%d figures n’ont pas encore d’image.", len(missing))
            % len(missing)
        )
    mute = [figure for figure in composition.draft.figures if figure.image and not figure.alt.strip()]
    if mute:
        found.append(
            ngettext(
                "%d figure n’a pas de texte de remplacement.",
                "%d figures n’ont pas de texte de remplacement.",
                len(mute),
            )
            % len(mute)
        )
    unplaced = [figure for figure in composition.draft.figures if figure.key not in composition.figure_places]
    for figure in unplaced:
        found.append(_("Aucun texte ne montre « %s ».") % figure)
    return found


def _of_the_text(composition: Composition) -> list[str]:
    """A missing picture or alternative is counted above, from the figures themselves."""
    counted = {"picture-without-alternative"}
    rows = [(page, problem) for page, problem in composition.problems if problem.code not in counted]
    found = [f"{page.number} {page.title}\u202f: {problem.message}".strip() for page, problem in rows[:SHOWN]]
    if len(rows) > SHOWN:
        rest = Counter(problem.code for _page, problem in rows[SHOWN:])
        found.append(_("… et %d autres remarques sur le texte.") % rest.total())
    return found
