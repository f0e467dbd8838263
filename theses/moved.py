"""Where a page or a passage stands now that an earlier edition had, or the place nearest to where it stood."""

from __future__ import annotations

from collections.abc import Iterable

from publishing.moved import Found, moved
from theses.models import DocumentEdition, EditionPage, Passage
from theses.reading import Place


def find_page(edition: DocumentEdition, slug: str) -> Found | None:
    """A page by the slug that it has or had, under the address of the document; None where no edition had it."""
    for item in edition.outline:
        if item["anchor"] == slug:
            return Found(_place(edition).item_address(item), exact=True)
    pages = EditionPage.objects.filter(edition__document=edition.document_id, slug=slug).defer("html")
    earlier = pages.select_related("edition").order_by("-edition__number").first()
    if earlier is None:
        return None
    held = [item["anchor"] for item in earlier.edition.outline if item["page"] == slug]
    current = {item["anchor"]: item for item in edition.outline}
    if held and held[0] in current:
        return Found(_place(edition).item_address(current[held[0]]), exact=True)
    return _nearest(edition, earlier.edition, [*held[1:], *_around(earlier.edition, held[:1])])


def find_passage(edition: DocumentEdition, anchor: str, page: str = "") -> Found | None:
    """A passage by its anchor; `page` is the slug of the page on which the reader looked for it.

    `page-58` is a page of the print: the text knows where some begin, and the last one before it is where to look.
    """
    if anchor.startswith("page-") and (printed := _printed(edition, anchor.removeprefix("page-"))):
        return printed
    for item in edition.outline:
        if item["anchor"] == anchor:
            return Found(_place(edition).item_address(item), exact=True)
    slugs = list(
        Passage.objects.filter(page__edition=edition, anchor=anchor)
        .order_by("page__position")
        .values_list("page__slug", flat=True)
    )
    if slugs:
        return Found(_place(edition).address(page if page in slugs else slugs[0], anchor), exact=True)
    passages = Passage.objects.filter(page__edition__document=edition.document_id, anchor=anchor)
    rows = list(passages.select_related("page__edition").defer("page__html").order_by("-page__edition__number")[:20])
    if not rows:
        return None
    earlier = next((row for row in rows if row.page.slug == page), rows[0])
    before = earlier.page.edition
    section = earlier.section
    if section not in {item["anchor"] for item in before.outline}:
        # A heading inside a body: the outline knows the section around it by its page alone.
        heading = Passage.objects.filter(page__edition=edition, anchor=section).select_related("page").first()
        if heading is not None:
            return moved(_place(edition).address(heading.page.slug, section), before.number)
        section = next((item["anchor"] for item in before.outline if item["page"] == earlier.page.slug), "")
    return _nearest(edition, before, [section, *_around(before, [section])])


def _printed(edition: DocumentEdition, wanted: str) -> Found | None:
    """The last known page of the print that is not after the wanted one; None where the print is not known that far."""
    if not (wanted.isascii() and wanted.isdecimal()):
        return None
    known = [item for item in edition.outline if item.get("printed_page", "").isdecimal()]
    before = [item for item in known if int(item["printed_page"]) <= int(wanted)]
    if not before or int(wanted) > max(int(item["printed_page"]) for item in known):
        return None
    found = max(before, key=lambda item: int(item["printed_page"]))
    return Found(_place(edition).address(found["page"], f"page-{found['printed_page']}"), exact=True)


def _place(edition: DocumentEdition) -> Place:
    return Place(edition, edition.document.get_absolute_url())


def _around(edition: DocumentEdition, anchors: Iterable[str]) -> list[str]:
    """The sections before the first of these anchors, the nearest one first, then those after it."""
    order = [item["anchor"] for item in edition.outline]
    start = next((order.index(anchor) for anchor in anchors if anchor in order), len(order))
    return [*reversed(order[:start]), *order[start + 1 :]]


def _nearest(edition: DocumentEdition, before: DocumentEdition, anchors: Iterable[str]) -> Found:
    """The first of these sections that is still there; the cover where none is."""
    current = {item["anchor"]: item for item in edition.outline}
    place = _place(edition)
    for anchor in anchors:
        if anchor in current:
            return moved(place.item_address(current[anchor]), before.number)
    return moved(place.base, before.number)
