"""What the search knows of an article: the sections, notes and captions of its current edition."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from articles.models import Article, ArticleEdition, ArticlePassage
from publishing.searching import key_of, people_and_tags, work_of
from search import index
from search.index import Entry, Work
from search.models import IndexedUnit

Kind = IndexedUnit.Kind
APART: dict[str, Kind] = {
    ArticlePassage.Kind.NOTE: Kind.NOTE,
    ArticlePassage.Kind.CAPTION: Kind.CAPTION,
    ArticlePassage.Kind.REFERENCE: Kind.REFERENCE,
}


def index_article(article: Article) -> None:
    """The search finds the edition that readers see of an article, and nothing of one that they do not."""
    if article.is_public and article.current_edition is not None:
        index.replace(*indexed(article, article.current_edition))
    else:
        index.remove(key_of(article))


def indexed(article: Article, edition: ArticleEdition) -> tuple[Work, list[Entry]]:
    with translation.override("fr"):
        address = article.get_absolute_url()
        work = work_of(key_of(article), article.slug, edition, address)
        entries = list(people_and_tags(edition, address, "", edition.description))
    return work, [*entries, *_sections(edition, address)]


def _sections(edition: ArticleEdition, address: str) -> Iterator[Entry]:
    """A unit for each heading with its text, in reading order; what stands before the first one is the article's."""
    language = str(edition.facts.get("language", ""))
    titles = {str(item["anchor"]): str(item["title"]) for item in edition.outline}
    held: dict[str, list[index.Passage]] = {}
    apart: list[Entry] = []
    for anchor, kind, section, tongue, text in edition.passages.values_list(
        "anchor", "kind", "section", "language", "text"
    ):
        passage = index.Passage(anchor, kind, text)
        if kind in APART:
            apart.append(Entry(APART[kind], address, (passage,), "", (edition.title,), tongue or language))
        else:
            held.setdefault(section, []).append(passage)
    for section, passages in held.items():
        title = titles.get(section, "")
        path = (edition.title, title) if title else (edition.title,)
        yield Entry(Kind.TEXT, address, tuple(passages), title, path, language)
    yield from apart
