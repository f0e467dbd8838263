"""Where a passage of an article stands now that an earlier edition had, or the passage nearest to where it stood."""

from __future__ import annotations

from articles.models import ArticleEdition, ArticlePassage
from publishing.moved import Found, moved


def find_passage(edition: ArticleEdition, anchor: str) -> Found | None:
    """A passage of the current edition by its anchor; None where no edition of the article had it."""
    address = edition.article.get_absolute_url()
    current = set(edition.passages.values_list("anchor", flat=True))
    if anchor in current:
        return Found(f"{address}#{anchor}", exact=True)
    had = ArticlePassage.objects.filter(edition__article=edition.article_id, anchor=anchor)
    earlier = had.select_related("edition").defer("edition__html", "edition__body").order_by("-edition__number").first()
    if earlier is None:
        return None
    order = list(earlier.edition.passages.values_list("anchor", flat=True))
    start = order.index(anchor)
    nearest = next((near for near in [*reversed(order[:start]), *order[start + 1 :]] if near in current), "")
    return moved(f"{address}#{nearest}" if nearest else address, earlier.edition.number)
