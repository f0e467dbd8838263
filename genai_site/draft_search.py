"""The search of editors: the texts as they stand in the admin, published or not, read by the same words and rules.

Drafts are in no index, since they change with every keystroke and nobody but editors may find them. They are read
through when an editor asks; a text without the stems of the query is passed over before it is taken apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from articles.models import Article
from search.number import spellings
from search.results import Hit, Query, Results, WorkHits
from search.snippets import cut
from search.words import STOP_WORDS, clean, plain, stems, tokens, words
from theses.models import Document, Section

A_PAGE, A_WORK = 10, 5
"""Works of a page, and passages shown of each where there are several."""
MOST = 200
"""Passages of one work that are listed."""

_MARKS = re.compile(r"\*+|[|`#\\]+|-{3,}")
"""Of Markdown, which says nothing in the few words that are shown."""

Wanted = Sequence[frozenset[str]]
"""The stems of each word that must be there."""
Phrase = Sequence[set[str]]
"""The spellings of each word of a row."""


@dataclass(frozen=True, slots=True)
class Piece:
    anchor: str
    """The slug of the section; empty in an article."""
    title: str
    text: str
    language: str


def find_in_drafts(query: Query, page: int = 1) -> Results:
    """What holds all that the query asks for. Hits have no address: `anchor` is the section, `work` the slug."""
    wanted, phrases, excluded = _asked(query)
    if not wanted and not phrases:
        return Results(query)
    found = []
    facets: dict[str, Counter[tuple[str, str]]] = {"work": Counter(), "language": Counter()}
    for work, kind, pieces in _works(query):
        hits = [hit for piece in pieces if (hit := _hit(piece, wanted, phrases, excluded))]
        if query.language:
            hits = [hit for hit in hits if hit.language == query.language]
        if hits:
            found.append((work, kind, sorted(hits, key=lambda hit: -hit.score)[:MOST]))
            facets["work"][work.slug, work.title] += len(hits)
            facets["language"].update((hit.language, hit.language) for hit in hits)
    found.sort(key=lambda row: -row[2][0].score)
    pages = max(1, -(-len(found) // A_PAGE))
    page = max(1, min(page, pages))
    shown = MOST if query.work else A_WORK
    return Results(
        query=query,
        works=tuple(_group(*row, shown) for row in found[(page - 1) * A_PAGE : page * A_PAGE]),
        total=sum(len(hits) for _work, _kind, hits in found),
        page=page,
        pages=pages,
        facets={name: tuple((*key, count) for key, count in rows.most_common()) for name, rows in facets.items()},
    )


def _asked(query: Query) -> tuple[Wanted, list[Phrase], list[Phrase]]:
    asked = [word for text in query.words for word in words(text)]
    telling = [word for word in asked if word not in STOP_WORDS] or ([] if query.phrases else asked)
    return [frozenset(stems(word)) for word in telling], _rows(query.phrases), _rows(query.excluded)


def _rows(texts: Sequence[str]) -> list[Phrase]:
    return [[spellings(word) for word in words(text)] for text in texts]


def _works(query: Query) -> Iterator[tuple[Any, str, list[Piece]]]:
    documents = _filtered(Document.objects.order_by("pk"), query)
    sections: dict[int, list[Section]] = {}
    for section in Section.objects.filter(document__in=documents).order_by("document", "position"):
        sections.setdefault(section.document_id, []).append(section)
    for document in documents:
        pieces = [Piece("", document.title, document.lead, document.language)]
        pieces += [
            Piece(section.slug, str(section), section.body, section.language or document.language)
            for section in sections.get(document.pk, [])
        ]
        yield document, document.get_kind_display(), pieces
    for article in _filtered(Article.objects.order_by("pk"), query):
        text = f"{article.description}\n\n{article.body}"
        yield article, "Article", [Piece("", article.title, text, article.language)]


def _filtered(works: QuerySet[Any], query: Query) -> QuerySet[Any]:
    asked = {
        "slug": query.work,
        "authors__slug": query.author,
        "tags__slug": query.tag,
        "date__year__gte": query.year_from,
        "date__year__lte": query.year_to,
    }
    return works.filter(**{name: value for name, value in asked.items() if value}).distinct()


def _hit(piece: Piece, wanted: Wanted, phrases: list[Phrase], excluded: list[Phrase]) -> Hit | None:
    folded = plain(f"{piece.title}\n{piece.text}")
    if not all(any(stem in folded for stem in forms) for forms in wanted):
        return None
    title = set(words(piece.title))
    text = clean(" ".join(_MARKS.sub(" ", piece.text).split()))
    found = list(tokens(text))
    row = [*words(piece.title), "", *(token.word for token in found)]
    stemmed = {stem for word in set(row) for stem in stems(word)}
    if not all(forms & stemmed for forms in wanted) or not all(_in_a_row(row, phrase) for phrase in phrases):
        return None
    if any(_in_a_row(row, phrase) for phrase in excluded if phrase):
        return None
    marked = frozenset().union(*wanted, *(stems(word) for phrase in phrases for spelt in phrase for word in spelt))
    spans = [(token.start, token.end) for token in found if marked.intersection(stems(token.word))]
    in_title = sum(bool(marked.intersection(stems(word))) for word in title)
    return Hit(
        kind="text",
        anchor=piece.anchor,
        path="",
        href="",
        heading_path=(piece.title,),
        snippet=cut(text, spans),
        language=piece.language,
        score=5.0 * in_title + len(spans) / (20 + len(found) ** 0.5),
    )


def _in_a_row(row: list[str], phrase: Phrase) -> bool:
    return any(
        all(word in spelt for word, spelt in zip(row[at : at + len(phrase)], phrase, strict=True))
        for at in range(len(row) - len(phrase) + 1)
    )


def _group(work: Any, kind: str, hits: list[Hit], shown: int) -> WorkHits:
    return WorkHits(
        work=work.slug,
        kind=kind,
        kind_label=f"{kind} · {work.get_state_display()}",
        title=work.title,
        authors=(),
        date="",
        href="",
        hits=tuple(hits[:shown]),
        more=max(0, len(hits) - shown),
    )
