"""What the review shows of a source beyond the fields of its form."""

from __future__ import annotations

from imports.notice import notice
from manuscript.model import Block, Contributor, Manuscript, Metadata, Person, Section, SectionKind, Source

SOURCE = Source("a.md", "0" * 64, 1, "utf-8", "markdown")


def test_a_source_that_says_nothing_shows_nothing() -> None:
    assert notice(Manuscript(SOURCE, Metadata(title="T"), "")) == []


def test_everything_that_it_says_is_shown() -> None:
    metadata = Metadata(
        title="T",
        tags=("laine",),
        abstract={"fr": "Résumé.", "en": "Summary.", "de": "", "es": "Resumen."},
        institution="École",
        programme="Master",
        featured=True,
        hero_image="a.png",
        ai_disclosure="Écrit avec l’aide d’une IA.",
        contributors=(Contributor("director", Person(family="Roux", given="Ali")),),
        extra={"licence": "CC BY"},
    )
    interview = Section(
        "k", 1, "T", None, 1, SectionKind.INTERVIEW, 1, 2, "", person=Person(literal="Le Groupe", role="Hôte")
    )
    assert dict(notice(Manuscript(SOURCE, metadata, "", sections=(interview, interview)))) == {
        "Mots-clés": "laine",
        "Résumés": "français, anglais, es",
        "Établissement": "École",
        "Diplôme ou programme": "Master",
        "Autres contributions": "Ali Roux (direction), Le Groupe (personne interrogée)",
        "À la une": "oui",
        "Image nommée": "a.png",
        "Usage de l’IA": "«\u202fÉcrit avec l’aide d’une IA.\u202f» (Assisté par IA)",
        "licence": "CC BY",
    }


def test_an_unclear_sentence_waits_for_a_person() -> None:
    metadata = Metadata(title="T", ai_disclosure="L’IA a servi.")
    assert notice(Manuscript(SOURCE, metadata, "")) == [
        ("Usage de l’IA", "«\u202fL’IA a servi.\u202f» (niveau à préciser)")
    ]


def test_a_line_of_the_title_page_without_field_is_shown() -> None:
    lines = ("**Un titre**", "Le *titre* d’un texte", "Promotion 2024, 2025", "---\nautre: chose\n---")
    blocks = tuple(Block(n, n, None, "metadata", text) for n, text in enumerate(lines, start=1))
    text = Block(9, 9, None, "paragraph", "Un paragraphe.")
    manuscript = Manuscript(SOURCE, Metadata(title="Un titre", subtitle="D’un texte"), "", blocks=(*blocks, text))
    assert notice(manuscript) == [("Autres mentions", "Promotion 2024, 2025")]


def test_a_crowd_is_counted() -> None:
    people = tuple(Contributor("jury", Person(literal=f"N{n}")) for n in range(20))
    [(_, value)] = notice(Manuscript(SOURCE, Metadata(title="T", contributors=people), ""))
    assert value.endswith(" et 8 autres")
