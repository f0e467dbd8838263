"""Front matter as content people write it."""

from __future__ import annotations

import pytest

from manuscript import Manuscript, read
from manuscript.dates import read_date
from manuscript.export import to_markdown
from manuscript.model import DocumentKind
from manuscript.names import read_people, split_name


def of(text: str) -> Manuscript:
    return read(f"---\n{text}\n---\n\nUn texte.\n".encode(), name="x")


def test_aliases() -> None:
    known = of(
        'titre: "Le jardin"\npubDate: 2024-06-15\nheroImage: /images/a.webp\nheroImageAlt: Un jardin\n'
        "tags: [Sol, Eau]\n"
        "featured: oui\nlang: fr-FR\ntype: livre blanc\nmots-clés: terre, eau\nslug: le-jardin\nannexe: null"
    ).metadata
    assert known.title == "Le jardin"
    assert known.date == "2024-06-15"
    assert (known.hero_image, known.hero_image_alt) == ("/images/a.webp", "Un jardin")
    assert known.tags == ("Sol", "Eau")
    assert known.featured
    assert known.language == "fr"
    assert known.kind is DocumentKind.WHITEPAPER
    assert known.keywords == {"fr": ("terre", "eau")}
    assert known.extra == {"slug": "le-jardin"}


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ('"AB, Chercheuse IA"', [("", "", "AB", "Chercheuse IA")]),
        ('"Anne Petit et Jean Roux"', [("Petit", "Anne", "", ""), ("Roux", "Jean", "", "")]),
        ('"Anne Petit, Jean Roux"', [("Petit", "Anne", "", ""), ("Roux", "Jean", "", "")]),
        (
            '["Anne Petit", {name: Jean de La Tour, affiliation: Atelier}]',
            [("Petit", "Anne", "", ""), ("de La Tour", "Jean", "", "")],
        ),
        ('"Groupe Jardin"', [("", "", "Groupe Jardin", "")]),
        ("{family: Petit, given: Anne}", [("Petit", "Anne", "", "")]),
    ],
)
def test_authors(author: str, people: list[tuple[str, str, str, str]]) -> None:
    found = of(f"author: {author}").metadata.authors
    assert [(p.family, p.given, p.literal, p.role) for p in found] == people


def test_broken_yaml_is_read_line_by_line_and_reported() -> None:
    manuscript = of('title: "Le jardin\nauthor: Anne Petit')
    assert manuscript.metadata.title == "Le jardin"
    assert "front-matter-broken" in {finding.code for finding in manuscript.findings}


def test_an_alias_is_not_expanded() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\ntitle: Le jardin"
    assert of(bomb).metadata.title == "Le jardin"


def test_a_date_that_is_none_is_kept_and_reported() -> None:
    manuscript = of("date: bientôt\ncontributors: [{as: editor, name: Anne Petit}]\nabstract: {en: Text}")
    assert manuscript.metadata.date == ""
    assert manuscript.metadata.extra == {"date": "bientôt"}
    assert "date-unclear" in {finding.code for finding in manuscript.findings}
    assert manuscript.metadata.contributors[0].role == "editor"
    assert manuscript.metadata.abstract == {"en": "Text"}


@pytest.mark.parametrize(
    "text", ["---\n\nUn texte.\n", "---\nUn texte.\n---\n", "---\n- a\n- b: c\n---\nx\n", "---\na: b\n"]
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    manuscript = read(text.encode(), name="x")
    assert manuscript.metadata.extra == {}
    assert manuscript.source.format == "markdown"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Septembre 2025", "2025-09"),
        ("14 septembre 2025", "2025-09-14"),
        ("1er août 2024", "2024-08-01"),
        ("2025", "2025"),
        ("2024-06-15T10:00:00Z", "2024-06-15"),
        ("15/06/2024", "2024-06-15"),
        ("06/2024", "2024-06"),
        ("June 15, 2024", "2024-06-15"),
        ("2024-06", "2024-06"),
        ("demain", ""),
        ("32/13/2024", ""),
        ("12", ""),
    ],
)
def test_dates_keep_their_precision(text: str, date: str) -> None:
    assert read_date(text) == date


def test_names() -> None:
    assert split_name("Marie DUPONT").family == "Dupont"
    assert split_name("Rosa").literal == "Rosa"
    assert split_name("Université du Nord").literal == "Université du Nord"
    assert read_people("") == []
    assert [p.organisation for p in read_people("Anne Petit, directrice, Maison Blanche")] == ["Maison Blanche"]


def test_a_star_in_a_value_is_no_alias() -> None:
    known = of('title: "Le jardin"\nnote: lire *ceci\nreste: "a &b c"').metadata
    assert known.extra == {"note": "lire *ceci", "reste": "a &b c"}


def test_an_hour_and_a_list_become_text() -> None:
    known = of("date: 2024-06-15 10:30:00\nlangues: [fr, en]\nsoustitre: [Sol, Eau]").metadata
    assert known.date == "2024-06-15"
    assert known.subtitle == "Sol, Eau"
    assert known.extra == {"langues": "fr, en"}


def test_a_kind_that_nobody_knows_is_kept_beside() -> None:
    known = of("title: Le jardin\ntype: balade").metadata
    assert known.kind is DocumentKind.ARTICLE
    assert known.extra == {"type": "balade"}


def test_lines_without_value_are_left_out_of_broken_yaml() -> None:
    known = of('title: "Le jardin\nnote:\n- terre\nauthor: Anne Petit').metadata
    assert known.title == "Le jardin"
    assert [p.family for p in known.authors] == ["Petit"]
    assert "note" not in known.extra


def test_a_block_that_is_too_long_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("manuscript.steps.front_matter.LONGEST", 20)
    assert of("title: Le jardin\nnote: une ligne de trop").metadata.extra == {}


@pytest.mark.parametrize(
    ("header", "sentence", "fields"),
    [
        ('ai: "Les résumés ont été préparés avec une IA."', "Les résumés ont été préparés avec une IA.", {}),
        ("ai: none", "", {"level": "none"}),
        ("ia: non", "", {"level": "none"}),
        ("ai: false", "", {"level": "none"}),
        ("ai_disclosure: ai-assisted", "", {"level": "assisted"}),
        (
            "ai:\n  niveau: Généré, puis relu\n  outil: un modèle\n  relu_le: 2025-09-14\n  mention: Relu deux fois.",
            "Relu deux fois.",
            {"level": "reviewed", "tool": "un modèle", "reviewed_on": "2025-09-14"},
        ),
    ],
)
def test_the_use_of_ai(header: str, sentence: str, fields: dict[str, str]) -> None:
    manuscript = read(f"---\ntitle: Un titre\n{header}\n---\n\nTexte.\n".encode(), name="a.md")
    assert (manuscript.metadata.ai_disclosure, manuscript.metadata.ai) == (sentence, fields)
    again = read(to_markdown(manuscript).encode(), name="a.md")
    assert (again.metadata.ai_disclosure, again.metadata.ai) == (sentence, fields)


@pytest.mark.parametrize("header", ["ai: true", "ai:\n  level: un peu", "ai:\n  level: none\n  humeur: bonne"])
def test_what_a_header_says_too_vaguely_stays_as_it_was_written(header: str) -> None:
    manuscript = read(f"---\ntitle: Un titre\n{header}\n---\n\nTexte.\n".encode(), name="a.md")
    assert (manuscript.metadata.ai_disclosure, manuscript.metadata.ai) == ("", {})
    assert "ai" in manuscript.metadata.extra
