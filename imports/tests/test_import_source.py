"""One source, one draft: what is mapped, what is refused, and that a failure leaves nothing behind."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

import manuscript
from articles.models import Article
from imports.actions import import_source as action
from imports.actions.import_source import ATTEMPTS, clean_name, import_source, read_source
from imports.decisions import Decisions
from imports.models import SourceFile
from imports.refusals import ImportRefused
from imports.tests.conftest import ARTICLE, REPORT
from manuscript.model import (
    Contributor,
    DocumentKind,
    Figure,
    Footnote,
    Manuscript,
    Metadata,
    Person,
    Reference,
    Section,
    SectionKind,
    Source,
    Table,
)
from publishing.models import Author, State
from theses.models import Document

pytestmark = pytest.mark.django_db


def section(key: str, **values: Any) -> Section:
    facts: dict[str, Any] = {
        "line": 10,
        "title": key.title(),
        "number": None,
        "depth": 1,
        "kind": SectionKind.SECTION,
        "first_line": 10,
        "last_line": 12,
        "body": "",
    }
    return Section(key=key, **{**facts, **values})


def read_as(metadata: Metadata | None = None, **values: Any) -> Manuscript:
    source = Source("essai.md", "0" * 64, 20, "utf-8", "markdown")
    return Manuscript(source=source, metadata=metadata or Metadata(title="Essai"), **{"lead": "Bonjour.", **values})


def imported(read: Manuscript, **options: Any) -> Any:
    return import_source(data=b"Bonjour.", name="essai.md", user=None, manuscript=read, **options).work


THESIS = Metadata(kind=DocumentKind.THESIS, title="Une thèse")


def test_an_article_takes_everything_that_its_source_says(editor: User) -> None:
    result = import_source(data=ARTICLE.encode(), name="fil.md", user=editor)
    article = result.work
    assert isinstance(article, Article)
    assert result.created
    assert (article.title, article.slug, article.state) == ("Le fil et la trame", "le-fil-et-la-trame", State.DRAFT)
    assert article.description == "Deux mots sur un métier."
    assert (article.date, article.date_precision) == (datetime.date(2025, 9, 1), "month")
    assert article.featured
    assert article.hero_image_name == "/images/metier.png"
    assert not article.hero_image
    assert sorted(article.tags.names()) == ["laine", "métier"]
    row = article.contributions.get()
    assert (row.author.name, row.author.slug, row.role, row.occupation) == (
        "Jeanne Serre",
        "jeanne-serre",
        "author",
        "Tisserande",
    )
    assert "passe la trame.[^1]" in article.body
    assert "[^1]: Dans cet ordre seulement." in article.body
    assert article.body.count("Le fil et la trame") == 0
    assert "Le geste" in article.body


def test_the_source_is_kept_byte_for_byte_with_its_report(editor: User) -> None:
    data = ARTICLE.replace("\n", "\r\n").encode("utf-16")
    source = import_source(data=data, name="dossier/fil.md", user=editor).source
    source.refresh_from_db()
    assert source.name == "fil.md"
    with source.file.open("rb") as kept:
        assert kept.read() == data
    assert source.size == len(data)
    assert source.imported_by == editor
    assert source.report["source"]["encoding"].startswith("utf-16")
    assert source.report["counts"]["notes"] == 1
    assert {row["title"] for row in source.report["outline"]} == {"Le geste"}


def test_a_document_takes_everything_that_its_source_says(editor: User) -> None:
    document = import_source(data=REPORT.encode(), name="rapport.md", user=editor).work
    assert isinstance(document, Document)
    assert (document.kind, document.title, document.subtitle) == (
        "report",
        "Rapport sur les ateliers",
        "Ce que nous avons vu",
    )
    assert (document.date, document.date_precision) == (datetime.date(2024, 3, 7), "day")
    assert document.licence == "CC BY 4.0"
    assert [row.author.name for row in document.contributions.all()] == ["Jeanne Serre", "Paul Dubreuil"]
    assert document.abstracts.get().text == "Trois ateliers visités."
    assert document.abstracts.get().keywords == ["atelier", "visite"]
    assert sorted(document.tags.names()) == ["atelier", "visite"]
    rows = list(document.sections.values_list("position", "depth", "number", "title"))
    assert rows == [
        (1, 1, "1", "Introduction"),
        (2, 1, "2", "Les lieux"),
        (3, 2, "2.1", "Le premier"),
        (4, 2, "2.2", "Le second"),
        (5, 1, "3", "Conclusion"),
    ]
    assert document.sections.get(number="2.1").body == "Il donne sur la rivière."


def test_the_import_is_in_the_history_of_both_rows(editor: User) -> None:
    result = import_source(data=ARTICLE.encode(), name="fil.md", user=editor)
    entries = {(entry.content_type.model, entry.object_id) for entry in LogEntry.objects.filter(user=editor)}
    assert entries == {("sourcefile", str(result.source.pk)), ("article", str(result.work.pk))}


def test_the_same_bytes_again_change_nothing(editor: User, stored: Callable[[], list[str]]) -> None:
    first = import_source(data=ARTICLE.encode(), name="fil.md", user=editor)
    before = stored()
    again = import_source(data=ARTICLE.encode(), name="autre-nom.md", user=None, decisions=Decisions(title="Autre"))
    assert not again.created
    assert again.work == first.work
    assert again.source.name == "fil.md"
    assert (Article.objects.count(), SourceFile.objects.count(), LogEntry.objects.count()) == (1, 1, 2)
    assert Article.objects.get().title == "Le fil et la trame"
    assert stored() == before


def test_a_source_whose_work_is_gone_makes_it_anew(editor: User, stored: Callable[[], list[str]]) -> None:
    import_source(data=ARTICLE.encode(), name="fil.md", user=None).work.delete()
    before = stored()
    again = import_source(data=ARTICLE.encode(), name="fil.md", user=editor)
    assert again.created
    assert again.source.work == Article.objects.get()
    assert SourceFile.objects.get().imported_by == editor
    assert stored() == before


def test_decisions_stand_in_place_of_what_was_read(editor: User) -> None:
    decisions = Decisions(
        kind=DocumentKind.WHITEPAPER,
        title="Autre titre",
        subtitle="Sous-titre",
        authors=(Person(family="Noyer", given="Alix", role="Graveuse"),),
        date="2023",
        slug="une-adresse",
        language="en",
        description="Autre description.",
    )
    result = import_source(data=ARTICLE.encode(), name="fil.md", user=editor, decisions=decisions)
    document = Document.objects.get()
    assert result.work == document
    assert (document.kind, document.title, document.slug) == ("whitepaper", "Autre titre", "une-adresse")
    assert (document.subtitle, document.language) == ("Sous-titre", "en")
    assert (document.date, document.date_precision) == (datetime.date(2023, 1, 1), "year")
    assert document.abstracts.get().text == "Autre description."
    assert document.contributions.get().author.name == "Alix Noyer"
    assert result.source.decisions["authors"] == [{"family": "Noyer", "given": "Alix", "role": "Graveuse"}]
    assert result.source.decisions["kind"] == "whitepaper"


def test_what_was_not_decided_is_not_written_down(editor: User) -> None:
    decisions = Decisions(subtitle="")
    assert import_source(data=REPORT.encode(), name="r.md", user=editor, decisions=decisions).source.decisions == {
        "subtitle": ""
    }
    assert Document.objects.get().subtitle == ""


@pytest.mark.parametrize(
    ("permissions", "data", "allowed"),
    [
        ((), ARTICLE, False),
        (("imports.add_sourcefile",), ARTICLE, False),
        (("articles.add_article",), ARTICLE, False),
        (("imports.add_sourcefile", "articles.add_article"), ARTICLE, True),
        (("imports.add_sourcefile", "articles.add_article"), REPORT, False),
        (("imports.add_sourcefile", "theses.add_document"), REPORT, True),
    ],
)
def test_who_may_import(
    granted: Callable[..., User],
    stored: Callable[[], list[str]],
    permissions: tuple[str, ...],
    data: str,
    allowed: bool,
) -> None:
    user = granted(*permissions)
    if allowed:
        assert import_source(data=data.encode(), name="a.md", user=user).created
        return
    with pytest.raises(PermissionDenied):
        import_source(data=data.encode(), name="a.md", user=user)
    assert not SourceFile.objects.exists()
    assert stored() == []


def test_neither_a_visitor_nor_a_closed_account_imports(editor: User) -> None:
    editor.is_active = False
    editor.save()
    for user in (AnonymousUser(), editor):
        with pytest.raises(PermissionDenied):
            import_source(data=ARTICLE.encode(), name="a.md", user=user)


def test_a_failure_leaves_the_database_and_the_files_as_they_were(
    monkeypatch: pytest.MonkeyPatch, stored: Callable[[], list[str]]
) -> None:
    def fail(*args: Any, **options: Any) -> Any:
        create(*args, **options)
        raise RuntimeError("the disk is full")

    create = action.create_document
    monkeypatch.setattr(action, "create_document", fail)
    with pytest.raises(RuntimeError, match="disk is full"):
        import_source(data=REPORT.encode(), name="r.md", user=None)
    assert not SourceFile.objects.exists()
    assert not Document.objects.exists()
    assert not Author.objects.exists()
    assert stored() == []


def test_an_import_that_meets_another_begins_again(
    monkeypatch: pytest.MonkeyPatch, stored: Callable[[], list[str]]
) -> None:
    calls: list[int] = []

    def meet(*args: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) < ATTEMPTS:
            raise IntegrityError("slug taken meanwhile")
        return create(*args, **options)

    create = action.create_article
    monkeypatch.setattr(action, "create_article", meet)
    assert import_source(data=ARTICLE.encode(), name="fil.md", user=None).created
    assert len(calls) == ATTEMPTS
    assert len(stored()) == 1


def test_an_import_that_always_meets_another_gives_up(
    monkeypatch: pytest.MonkeyPatch, stored: Callable[[], list[str]]
) -> None:
    def meet(*args: Any, **options: Any) -> Any:
        raise IntegrityError("slug taken meanwhile")

    monkeypatch.setattr(action, "create_article", meet)
    with pytest.raises(IntegrityError):
        import_source(data=ARTICLE.encode(), name="fil.md", user=None)
    assert stored() == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b" \n\t\r\n ", "vide"),
        (b"PK\x03\x04" + bytes(200), "zip"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (bytes(range(256)) * 40, "texte"),
        (bytes(5000), "texte"),
        (b"---\ntitle: Seul\n---\n", "aucun texte"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes, words: str, stored: Callable[[], list[str]]) -> None:
    with pytest.raises(ImportRefused, match=words):
        import_source(data=data, name="a.md", user=None)
    assert not SourceFile.objects.exists()
    assert stored() == []


def test_what_is_too_large_is_refused_unread(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOURCE_MAX_SIZE = 2 * 1024 * 1024
    monkeypatch.setattr(manuscript, "read", lambda *args, **options: pytest.fail("was read"))
    with pytest.raises(ImportRefused, match=r"3 Mo\W+la limite est de 2 Mo"):
        read_source(b"a" * (2 * 1024 * 1024 + 1), name="a.md")


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json"])
def test_references_alone_are_no_text(form: str) -> None:
    read = read_as()
    with pytest.raises(ImportRefused, match="références"):
        imported(replace(read, source=replace(read.source, format=form)))


@pytest.mark.parametrize(
    "data",
    [
        "Un début.\n\nUne suite.\n".encode("utf-16"),
        b"Un texte avec un \x00 dedans.\n\nEt une suite.\n" * 3,
        b"Un demi-caract\xed\xa0\x80re.\n\nEt une suite.\n",
        "Un texte en caractères anciens, déjà relevé à l’été.\n\nSuite.\n".encode("cp1252"),
        b'---\ntitle: "Un \\0 et un \\uD800 ici"\ntags: ["a\\0b"]\n---\nTexte.\n',
        b"mot " * 2_500_000,
    ],
    ids=["utf-16", "nul", "surrogate", "cp1252", "yaml-escapes", "one-line-of-10-MB"],
)
def test_hostile_but_readable_bytes_are_imported(data: bytes) -> None:
    result = import_source(data=data, name="a.md", user=None)
    result.work.refresh_from_db()
    assert result.created
    assert "\x00" not in result.work.title + result.work.body


@pytest.mark.parametrize("kind", [DocumentKind.ARTICLE, DocumentKind.THESIS])
@pytest.mark.parametrize(
    "piece", ["![", "[x](section:", "![x](figure:", "[a", '![x](a.png "', "\\[", "n'", "[[", "[x](", "![\\[", "[\\["]
)
def test_unclosed_marks_without_end_take_no_time(kind: DocumentKind, piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    metadata = Metadata(kind=kind, title="T", ai_disclosure=text[:60_000])
    started = time.monotonic()
    imported(read_as(metadata, lead=text, sections=(section("a", body=text),)), pictures=Nothing())
    assert time.monotonic() - started < 20


class Nothing:
    """A place without pictures."""

    def named(self, name: str) -> None:
        return None

    def figure(self, number: str) -> None:
        return None


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\textes\\a.md", "a.md"),
        ("a\x00b\ud800\nc.md", "ab c.md"),
        ("..", "source.txt"),
        ("", "source.txt"),
        ("x" * 400 + ".md", "x" * 297 + ".md"),
    ],
)
def test_a_name_is_only_its_last_part(name: str, clean: str, folders: Any, stored: Callable[[], list[str]]) -> None:
    assert clean_name(name) == clean
    source = import_source(data=ARTICLE.encode(), name=name, user=None).source
    assert source.name == clean
    assert len(stored()) == 1
    assert (folders / "sources") in (folders / stored()[0]).resolve().parents


def test_a_text_without_title_is_named_after_its_file() -> None:
    result = import_source(data=b"Un seul paragraphe, sans titre.\n", name="mon_beau-texte.txt", user=None)
    assert result.work.title
    read = read_as(Metadata(), lead="Bonjour.")
    read = replace(read, source=replace(read.source, name="mon_beau-texte.txt", sha256="1" * 64))
    result = import_source(data=b"x", name="b.txt", user=None, manuscript=read)
    assert result.work.title == "Mon beau texte"
    assert "Mon beau texte" in result.remarks[0]


def test_a_text_that_begins_with_a_heading_is_named_after_it() -> None:
    assert imported(read_as(Metadata(), lead="", sections=(section("debut"),))).title == "Debut"


def test_a_name_without_letters_names_nothing() -> None:
    read = read_as(Metadata())
    work = imported(replace(read, source=replace(read.source, name="--.txt")))
    assert work.title == "Sans titre"


@pytest.mark.parametrize("metadata", [Metadata(title="mot " * 300), replace(THESIS, title="mot " * 300)])
def test_a_title_longer_than_its_field_is_kept_whole_in_the_text(metadata: Metadata) -> None:
    work = imported(read_as(metadata))
    assert len(work.title) <= 500
    assert work.title.endswith("mot…")
    text = work.body if isinstance(work, Article) else work.lead
    assert " ".join(["mot"] * 300) in text
    assert text.endswith("Bonjour.\n" if isinstance(work, Article) else "Bonjour.")


def test_two_works_of_one_title_have_two_addresses() -> None:
    for text in ("Un.", "Deux.", "Trois."):
        import_source(data=f"# Le même titre\n\n{text}\n".encode(), name="a.md", user=None)
    slugs = sorted(Article.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 3
    assert slugs[1:] == [slugs[0] + "-2", slugs[0] + "-3"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Flux", "flux-2"), ("日本", "texte"), ("L’été à l’œuvre !", "l-ete-a-l-oeuvre"), ("a " * 90, "a" + "-a" * 39)],
)
def test_a_proposed_address_is_short_plain_and_free(title: str, slug: str) -> None:
    assert imported(read_as(Metadata(title=title))).slug == slug


def test_a_very_long_word_is_cut_in_its_address() -> None:
    assert imported(read_as(Metadata(title="x" * 300))).slug == "x" * 80


@pytest.mark.parametrize("slug", ["déjà vu", "flux", "pris", "UPPER", "x" * 201])
def test_a_decided_address_must_be_plain_and_free(slug: str) -> None:
    Article.objects.create(title="Pris", slug="pris")
    with pytest.raises(ImportRefused) as refusal:
        imported(read_as(), decisions=Decisions(slug=slug))
    assert refusal.value.field == "slug"
    assert not SourceFile.objects.exists()


@pytest.mark.parametrize("date", ["2025-02-31", "2025-13", "x", "2025-01-02-03"])
def test_a_day_that_does_not_exist_is_left_out_and_said(date: str) -> None:
    result = import_source(data=b"x", name="a.md", user=None, manuscript=read_as(Metadata(title="T", date=date)))
    assert result.work.date is None
    assert any(date in remark for remark in result.remarks)


def test_a_language_that_the_site_does_not_speak_is_said() -> None:
    result = import_source(data=b"x", name="a.md", user=None, manuscript=read_as(Metadata(title="T", language="tlh")))
    assert result.work.language == "fr"
    assert any("tlh" in remark for remark in result.remarks)


@pytest.mark.parametrize("kind", [DocumentKind.ARTICLE, DocumentKind.THESIS])
def test_people_are_found_again_and_named_once_a_role(kind: DocumentKind) -> None:
    serre = Person(family="Serre", given="Jeanne", role="Tisserande")
    metadata = Metadata(
        kind=kind,
        title="T",
        authors=(serre, serre, Person()),
        contributors=(
            Contributor("director", Person(family="Roux", given="Ali", organisation="École du fil")),
            Contributor("wizard", Person(literal="Le Groupe")),
            Contributor("interviewee", serre),
        ),
        biography="Elle tisse.",
    )
    interviews = (section("a", person=serre), section("b", person=Person(family="Noyer", given="Alix")))
    work = imported(read_as(metadata, sections=interviews))
    rows = [(row.author.name, row.role, row.position) for row in work.contributions.all()]
    assert rows == [
        ("Jeanne Serre", "author", 0),
        ("Ali Roux", "supervisor", 1),
        ("Le Groupe", "contributor", 2),
        ("Jeanne Serre", "interviewee", 3),
        ("Alix Noyer", "interviewee", 4),
    ]
    assert Author.objects.get(name="Jeanne Serre").biography == "Elle tisse."
    assert work.contributions.get(role="supervisor").organisation == "École du fil"
    assert Author.objects.count() == 4


def test_a_biography_that_an_editor_wrote_stays() -> None:
    Author.objects.create(name="Jeanne Serre", slug="js", biography="La sienne.")
    imported(read_as(Metadata(title="T", authors=(Person(family="Serre", given="Jeanne"),), biography="Autre.")))
    assert Author.objects.get().biography == "La sienne."


def test_tags_are_each_once_short_and_have_an_address() -> None:
    metadata = Metadata(
        title="T", tags=("Laine", "laine", "!!", "x" * 300), keywords={"fr": ("Soie",), "en": ("Silk",)}
    )
    names = sorted(imported(read_as(metadata)).tags.names())
    assert names == ["Laine", "Soie", "x" * 99 + "…"]


def test_the_ai_sentence_is_kept_and_its_level_guessed() -> None:
    sentence = "Contenu écrit avec l’aide d’une IA."
    work = imported(read_as(Metadata(title="T", ai_disclosure=sentence)))
    assert (work.ai_note, work.ai_level) == (sentence, "assisted")


def test_a_thesis_of_many_sections_is_written_in_few_queries(django_assert_max_num_queries: Any) -> None:
    sections = tuple(section(f"s-{n}", first_line=n + 1, body=f"Texte {n}.") for n in range(470))
    # SQLite takes a thousand values a statement: some thirty rows of a section, or of its first version.
    with django_assert_max_num_queries(38):
        document = imported(read_as(THESIS, sections=sections))
    assert document.sections.count() == 470
    assert list(document.sections.values_list("position", flat=True)) == list(range(1, 471))


def test_a_section_that_fits_no_field_loses_nothing() -> None:
    key, title = "k" * 300, "mot " * 400
    sections = (
        section(key, title=title, body="Voir [ici](section:" + key + ")."),
        section("k" * 194 + "x" * 90, number="9" * 60, depth=40, title="Profond", page="p" * 30, language="en"),
        section("k" * 210, title="", note_calls=("3",), person=Person(literal="Le Groupe", role="Hôte")),
    )
    document = imported(read_as(THESIS, sections=sections, lead="Voir [là](section:" + key + ")."))
    first, second, third = document.sections.all()
    assert len({first.slug, second.slug, third.slug}) == 3
    assert first.body.startswith(title.strip())
    assert f"(section:{first.slug})" in first.body
    assert f"(section:{first.slug})" in document.lead
    assert first.title.endswith("…")
    assert (second.number, second.depth, second.title) == ("", 12, "9" * 60 + " Profond")
    assert len(second.printed_page) == 20
    assert second.language == "en"
    assert third.title == "Sans titre"
    assert (third.note_calls, third.speaker) == (["3"], {"name": "Le Groupe", "role": "Hôte", "organisation": ""})


def test_a_document_keeps_its_abstracts_description_and_identifiers() -> None:
    metadata = replace(
        THESIS,
        description="En un mot.",
        abstract={"fr": "Le résumé.", "en": "The summary."},
        keywords={"en": ("wool",), "de": ("Wolle",)},
        extra={"License": "CC BY 4.0", "DOI": "10.1/x", "isbn": "9" * 40, "autre": "x"},
        institution="École",
        programme="Master",
        hero_image="couverture.png",
    )
    document = imported(read_as(metadata))
    assert document.lead == "En un mot.\n\nBonjour."
    rows = {row.language: (row.text, row.keywords) for row in document.abstracts.all()}
    assert rows == {"fr": ("Le résumé.", []), "en": ("The summary.", ["wool"]), "de": ("", ["Wolle"])}
    assert (document.licence, document.doi, len(document.isbn)) == ("CC BY 4.0", "10.1/x", 20)
    assert (document.institution, document.programme) == ("École", "Master")
    assert document.cover_image_name == "couverture.png"
    assert SourceFile.objects.get().report["extra"]["autre"] == "x"


def test_figures_and_references_have_their_rows() -> None:
    figures = (Figure("figure-1", "1", "Un métier", "Serre", 4, image="metier.png", alt="Un métier"),)
    references = (Reference("serre2020", 1, "Serre, J. (2020). *Le fil*.", {"type": "book", "title": "Le fil"}, 8, 9),)
    document = imported(read_as(THESIS, figures=figures, references=references))
    figure, entry = document.figures.get(), document.bibliography.get()
    assert (figure.key, figure.number, figure.caption, figure.credit) == ("figure-1", "1", "Un métier", "Serre")
    assert (figure.image_name, bool(figure.image), figure.source_line) == ("metier.png", False, 4)
    assert (entry.key, entry.raw, entry.csl["title"]) == ("serre2020", "Serre, J. (2020). *Le fil*.", "Le fil")
    assert entry.source_line == 8


def test_an_article_has_its_figures_and_references_in_its_text() -> None:
    read = read_as(
        lead="Voir [la figure 1](figure:figure-1) et [(Serre, 2020)](cite:serre2020), [p. 3](page:3), "
        "[[2]](cite:serre2020).\n\n"
        "![](figure:figure-1)\n\n![](figure:figure-2)\n\n![rien](figure:absente)",
        figures=(
            Figure("figure-1", "1", 'Un "métier"', "Serre", 4, image="le métier (1).png", alt="Un métier"),
            Figure("figure-2", "2", "Une navette", "", 5),
        ),
        references=(Reference("serre2020", 1, "Serre, J. (2020). *Le fil*.", {}, 15, 15),),
        sections=(section("suite"), section("sources", kind=SectionKind.BIBLIOGRAPHY), section("fin")),
    )
    body = imported(read).body
    assert "Voir la figure 1 et (Serre, 2020), p. 3, [2]." in body
    assert '![Un métier](le%20métier%20%281%29.png "Figure 1. Un \\"métier\\" Source : Serre")' in body
    assert "*Figure 2. Une navette*" in body
    assert "rien" in body
    assert "figure:" not in body
    assert "cite:" not in body
    assert body.index("# Sources") < body.index("- Serre, J. (2020). *Le fil*.") < body.index("# Fin")


def test_an_article_leads_to_its_own_headings_and_tables() -> None:
    read = read_as(
        lead="[a](section:k1) [b](section:k2) [c](section:k9) [d](table:t1) [e](table:t2) [f](section:k3)",
        sections=(section("k1", title="Été", number="1"), section("k2", title="Fin"), section("k3", title="Fin")),
        tables=(Table("t1", "1", "", "", 1, 2, 1, 1, True), Table("t2", None, "", "", 1, 2, 1, 1, True)),
    )
    assert "[a](#1-ete) [b](#fin) c [d](#table-1) e [f](#fin-2)" in imported(read).body


def test_references_stand_where_they_stood_for_want_of_a_heading() -> None:
    entry = Reference("a", 1, "Une entrée.", {}, 11, 11)
    body = imported(read_as(references=(entry,), sections=(section("un"), section("deux", first_line=30)))).body
    assert body.index("# Un") < body.index("- Une entrée.") < body.index("# Deux")


def test_references_without_any_heading_end_the_text() -> None:
    assert (
        imported(read_as(references=(Reference("a", 1, "Une entrée.", {}, 3, 3),))).body
        == "Bonjour.\n\n- Une entrée.\n"
    )


def test_an_article_keeps_a_subtitle_and_abstracts_in_its_text() -> None:
    metadata = Metadata(title="T", subtitle="Sous *titre*", abstract={"fr": "Résumé.", "en": "Summary."})
    article = imported(read_as(metadata))
    assert article.description == "Résumé."
    assert article.body.startswith("**Sous \\*titre\\***\n\n::: {lang=en}\nSummary.\n:::\n\nBonjour.")


def test_an_abstract_beside_a_description_is_kept_too() -> None:
    article = imported(read_as(Metadata(title="T", description="En bref.", abstract={"fr": "Résumé."})))
    assert article.description == "En bref."
    assert article.body.startswith("Résumé.\n\nBonjour.")


@pytest.mark.parametrize("metadata", [Metadata(title="T"), THESIS])
def test_a_note_that_nothing_calls_is_shown_where_it_stood(metadata: Metadata) -> None:
    notes = (
        Footnote("7", 7, None, 12, "Seule."),
        Footnote("8", 8, 3, 13, "Appelée."),
        Footnote("9", "*", None, 1, "Tôt."),
    )
    work = imported(read_as(metadata, sections=(section("un"), section("deux", first_line=30)), footnotes=notes))
    texts = work.body if isinstance(work, Article) else work.lead + work.sections.all()[0].body
    assert "\\[7\\] Seule." in texts
    assert "\\[\\*\\] Tôt." in texts
    assert "Appelée." not in texts


def test_a_note_without_call_but_in_its_text_is_not_doubled() -> None:
    note = Footnote("7", 7, None, 12, "Seule.")
    assert imported(read_as(lead="Un.\n\n[^7]: Seule.", footnotes=(note,))).body == "Un.\n\n[^7]: Seule.\n"
