"""What an editor should mend before a document is published; `publishing.checks` has the levels and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import checks
from publishing.checks import Level, Remark, Report, SiteLink
from theses import drafts
from theses.composing import Composer, Composition
from theses.models import Document, Section
from theses.outline import Node

COUNTED_ELSEWHERE = frozenset({"picture-missing", "picture-without-alternative"})
"""Problems of the text that are remarks about the figures themselves."""


def report(document: Document) -> Report:
    """Everything, from the notice to the last passage. Renders every page."""
    return of(document, Composer(drafts.load(document)).compose(whole=False))


def of(document: Document, composition: Composition) -> Report:
    """The same where the pages are rendered already."""
    address = reverse("admin:theses_document_change", args=[document.pk])
    remarks = [
        *checks.notice_remarks(document, address, has_author=document.contributions.exists()),
        *_notice(document, address),
        *_outline(document, composition),
        *_figures(document, composition),
        *_text(document, composition),
    ]
    return checks.completed(document, Report(remarks, list(_site_links(document, composition))))


def _notice(document: Document, address: str) -> Iterator[Remark]:
    place = _("Notice")
    if not document.abstracts.exists():
        yield Remark("abstract-missing", _("Le résumé manque."), place=place, address=f"{address}#abstracts-group")
    if document.cover_image and not document.cover_image_alt.strip():
        sentence = _("La couverture n’a pas de texte de remplacement.")
        yield Remark("cover-alternative-missing", sentence, place=place, address=f"{address}#id_cover_image_alt")
    if document.cover_image_name and not document.cover_image:
        sentence = _("La couverture « %s » est à fournir.") % document.cover_image_name
        yield Remark("cover-missing", sentence, place=place, address=f"{address}#id_cover_image")


def _outline(document: Document, composition: Composition) -> Iterator[Remark]:
    plan = reverse("admin:theses_document_outline", args=[document.pk])
    if not composition.pages:
        yield Remark("text-missing", _("Le document n’a pas de texte."), Level.BLOCKING, _("Plan"), plan)
    for node in composition.outline.nodes:
        lists = node.section.kind == Section.Kind.BIBLIOGRAPHY and composition.draft.entries
        if not node.words and not node.children and not lists:
            yield Remark("section-empty", _("La section est vide."), place=str(node.section), address=_form(node))
        if node.parent and node.section.depth > node.parent.section.depth + 1:
            sentence = _("Ce titre saute un niveau.")
            address = f"{plan}?section={node.section.pk}#s{node.section.pk}"
            yield Remark("level-skipped", sentence, place=str(node.section), address=address)


def _figures(document: Document, composition: Composition) -> Iterator[Remark]:
    for figure in composition.draft.figures:
        address = reverse("admin:theses_figure_change", args=[figure.pk])
        if not figure.image:
            yield Remark("figure-without-image", _("L’image manque."), place=str(figure), address=address)
        elif not figure.alt.strip():
            sentence = _("Le texte de remplacement manque.")
            yield Remark("figure-without-alternative", sentence, place=str(figure), address=f"{address}#id_alt")
        if figure.key not in composition.figure_places:
            yield Remark("figure-unplaced", _("Aucun texte ne la montre."), place=str(figure), address=address)


def _text(document: Document, composition: Composition) -> Iterator[Remark]:
    """The problems that rendering found, each with the section it is in."""
    sections = {node.section.slug: node for node in composition.outline.nodes}
    for composed in composition.pages:
        within = {passage.anchor: passage.section for passage in composed.rendered.passages}
        for problem in composed.rendered.problems:
            if problem.code in COUNTED_ELSEWHERE:
                continue
            node = sections.get(problem.anchor) or sections.get(within.get(problem.anchor, ""), composed.page.first)
            yield Remark(
                problem.code,
                problem.message,
                checks.level_of(problem.code),
                str(node.section),
                _text_field(document, node),
            )


def _site_links(document: Document, composition: Composition) -> Iterable[SiteLink]:
    own = document.get_absolute_url()
    for node in composition.outline.nodes:
        for path in checks.site_paths(node.section.body, own):
            yield SiteLink(path, str(node.section), _text_field(document, node))


def _form(node: Node) -> str:
    return reverse("admin:theses_section_change", args=[node.section.pk])


def _text_field(document: Document, node: Node) -> str:
    """Where a text is written; a document without sections has it before its first title."""
    if node.section.pk is None:
        return f"{reverse('admin:theses_document_change', args=[document.pk])}#id_lead"
    return f"{_form(node)}#id_body"
