from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User

from publishing.models import Author
from theses.actions.publish import publish
from theses.models import Abstract, BibliographyEntry, Document, DocumentContribution, Figure
from theses.tests.building import add_sections, section, words


@pytest.fixture
def document(db: None) -> Document:
    """A thesis with a part of two chapters, a note, a figure, a table, two references and an interview."""
    document = Document.objects.create(
        title="Lire les machines",
        slug="lire-les-machines",
        subtitle="Une enquête",
        date=date(2025, 9, 1),
        date_precision="month",
        institution="École des lettres",
        ai_level="assisted",
        ai_tool="un correcteur",
    )
    author = Author.objects.create(name="Jeanne Dumas", family_name="Dumas", given_name="Jeanne", slug="jeanne-dumas")
    DocumentContribution.objects.create(document=document, author=author)
    Abstract.objects.create(document=document, language="en", text="A *short* one.", keywords=["reading"])
    Abstract.objects.create(document=document, language="fr", text="Un *court* résumé.", keywords=["lecture"])
    add_sections(
        document,
        section(1, (1, "introduction", "", "Introduction"), slug="introduction", body=words(400, "intro")),
        section(2, (1, "part", "Partie I", "Les usages"), slug="partie-i", printed_page="12"),
        section(
            3,
            (2, "chapter", "1", "Écrire"),
            slug="1-ecrire",
            body="Un appel[^1], une citation [(Dumas, 2020)](cite:dumas2020) et [la suite](section:2-relire).\n\n"
            "![](figure:figure-1)\n\n[p. 13](page:13) et [le tableau](table:table-1).\n\n"
            f"{words(200, 'usage')}\n\n[^1]: Le texte de la note.",
        ),
        section(
            4,
            (2, "chapter", "2", "Relire"),
            slug="2-relire",
            printed_page="20",
            body="La même note[^1].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n: Table 1. Deux nombres.\n\n"
            f"{words(1600, 'relire')}",
        ),
        section(5, (1, "bibliography", "", "Bibliographie"), slug="bibliographie"),
        section(6, (1, "back_matter", "", "Annexes"), slug="annexes"),
        section(
            7,
            (2, "interview", "", "Entretien avec Ida Marchal"),
            slug="entretien-ida-marchal",
            body="Une réponse.",
            speaker={"name": "Ida Marchal", "role": "Traductrice", "organisation": "Atelier"},
        ),
    )
    Figure.objects.create(
        document=document, position=1, key="figure-1", number="1", caption="Une chaîne", credit="Autrice"
    )
    for position, (key, title) in enumerate([("dumas2020", "Le livre lu"), ("petit2021", "Jamais cité")], start=1):
        csl = {
            "type": "book",
            "title": title,
            "author": [{"family": key[:-4].title(), "given": "A."}],
            "issued": {"date-parts": [[int(key[-4:])]]},
        }
        BibliographyEntry.objects.create(document=document, position=position, key=key, raw=title, csl=csl)
    document.tags.add("lecture")
    return document


@pytest.fixture
def published(document: Document) -> Document:
    publish(document=document, user=None)
    document.refresh_from_db()
    return document


def user_with(name: str, *permissions: str, staff: bool = True) -> User:
    user = User.objects.create_user(name, is_staff=staff)
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def publisher(db: None) -> User:
    return user_with("edith", "change_document", "publish_document", "view_document")
