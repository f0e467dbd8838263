"""Whatever a manuscript holds, its draft holds: an article in one body, a document in its sections and rows."""

from __future__ import annotations

import re
from collections import Counter

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from imports.decisions import Decisions, decided
from imports.drafts.article import article_body
from imports.drafts.document import create_document
from imports.drafts.supply import Supply
from manuscript import Manuscript, read
from manuscript.model import DocumentKind
from theses.models import Document

WORDS = ["métier", "trame", "laine", "fil", "navette", "geste", "atelier", "[^1]", "*soie*", "(Serre, 2020)", "l’été"]
line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
piece = st.one_of(
    line,
    st.tuples(st.integers(1, 5), line).map(lambda row: "#" * row[0] + " " + row[1]),
    st.tuples(st.integers(1, 9), line).map(lambda row: f"Figure {row[0]}. {row[1]}"),
    line.map(lambda text: f"- {text}\n- {text}"),
    line.map(lambda text: f"> {text}"),
    line.map(lambda text: f"| {text} | b |\n|---|---|\n| c | {text} |"),
    line.map(lambda text: f"[^1]: {text}"),
    line.map(lambda text: f"# Bibliographie\n\nSerre, J. (2020). {text}. Éditions du fil."),
    line.map(lambda text: f"![{text}](image.png)"),
)
sources = st.lists(piece, min_size=1, max_size=14).map("\n\n".join)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]{3,}", text))


def kept(manuscript: Manuscript) -> Counter[str]:
    """The words of the text, save those that the reading set aside, and the labels that a row stands for."""
    found = words("\n".join(block.text for block in manuscript.blocks if block.type != "metadata"))
    for label in ("Figure", "png", "image", "Source"):
        del found[label]
    return found


@given(sources)
@settings(max_examples=60)
def test_an_article_keeps_every_word(source: str) -> None:
    manuscript = read(source.encode(), name="a.md")
    metadata = manuscript.metadata
    beside = " ".join([metadata.title, metadata.description, metadata.ai_disclosure])
    people = " ".join(f"{row.given} {row.family} {row.literal} {row.role}" for row in metadata.authors)
    body = article_body(manuscript, Supply())
    assert kept(manuscript) - words(f"{body} {beside} {people} {' '.join(metadata.abstract.values())}") == Counter()


class DocumentsKeepEveryWord(TestCase):
    @given(sources)
    @settings(max_examples=40)
    def test_a_document_keeps_every_word(self, source: str) -> None:
        manuscript = decided(read(source.encode(), name="a.md"), Decisions(kind=DocumentKind.THESIS))
        with transaction.atomic():
            document = create_document(manuscript, slug=None, supply=Supply(), remarks=[])
        assert kept(manuscript) - words(everything(document)) == Counter()


def everything(document: Document) -> str:
    parts = [
        document.title,
        document.subtitle,
        document.lead,
        document.ai_note,
        document.institution,
        document.programme,
    ]
    parts += [f"{row.title} {row.body} {' '.join(row.speaker.values())}" for row in document.sections.all()]
    parts += [f"{row.caption} {row.credit} {row.alt}" for row in document.figures.all()]
    parts += [row.raw for row in document.bibliography.all()]
    parts += [f"{row.text} {' '.join(row.keywords)}" for row in document.abstracts.all()]
    parts += [f"{row.author} {row.occupation} {row.organisation}" for row in document.contributions.all()]
    return "\n".join(parts)
