"""What a page is made of: pieces, headings, notes across pieces, passages and their anchors, bounds."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from publishing.markdown import preview
from publishing.rendering import (
    RESERVED_ANCHORS,
    BibliographyItem,
    FigureTarget,
    Heading,
    Piece,
    ReferenceTarget,
    Targets,
    render,
)
from publishing.rendering.safety import MAX_LINES, MAX_MARKS, MAX_PAGE
from publishing.tests.markup import assert_safe, assert_sound, read

CHAPTER = Piece(
    body="L’ouverture.", title="Écrire", number="2", anchor="2-ecrire", depth=1, kind="chapter", printed_page="34"
)
SECTION = Piece(body="Le corps.", title="La main", number="2.1", anchor="2-1-la-main", depth=2, kind="section")


def html_of(*pieces: Piece, **options: Any) -> str:
    html = render(pieces, **options).html
    assert_sound(html)
    return html


def codes(*pieces: Piece, **options: Any) -> list[str]:
    return [problem.code for problem in render(pieces, **options).problems]


# Pieces and headings ---------------------------------------------------------------------------------


def test_the_template_writes_the_title_of_the_page() -> None:
    rendered = render([CHAPTER, SECTION])
    assert "Écrire" not in rendered.html
    assert rendered.outline == [Heading("2-1-la-main", "La main", "2.1", 2)]
    assert [(p.anchor, p.kind, p.text) for p in rendered.passages if p.kind == "heading"] == [
        ("2-ecrire", "heading", "2 Écrire"),
        ("2-1-la-main", "heading", "2.1 La main"),
    ]


def test_a_heading() -> None:
    question = replace(SECTION, kind="question", language="en", title="Why?", number="")
    html = html_of(CHAPTER, question)
    assert (
        '<h2 id="2-1-la-main" class="heading kind-question" lang="en">Why? '
        '<a class="anchor" href="#2-1-la-main" aria-label="Lien vers cette section">§</a></h2>'
    ) in html
    assert '<div lang="en"><p id=' in html
    assert '<span class="number">2.1</span> La main' in html_of(CHAPTER, SECTION)


def test_printed_pages_are_marked_once() -> None:
    html = html_of(CHAPTER, replace(SECTION, printed_page="34"), replace(SECTION, anchor="b", printed_page="35"))
    assert re.findall(r'id="page-(\d+)" href="#page-(\d+)" aria-label="page (\d+)">(\d+)<', html) == [
        ("34",) * 4,
        ("35",) * 4,
    ]


def test_levels_follow_the_depths_without_gaps() -> None:
    pieces = [replace(SECTION, anchor=f"s{n}", depth=depth) for n, depth in enumerate([3, 5, 4, 9, 9, 2, 12, 1])]
    assert [heading.depth for heading in render([CHAPTER, *pieces]).outline] == [2, 3, 3, 4, 4, 2, 3, 2]
    assert_sound(html_of(CHAPTER, *pieces))


def test_headings_of_a_body_stand_below_their_piece() -> None:
    rendered = render([CHAPTER, replace(SECTION, body="# Un\n\n## Deux")])
    assert [heading.depth for heading in rendered.outline] == [2, 3, 4]


def test_who_speaks() -> None:
    speaker = {"name": "Ida Marchal", "role": "Traductrice", "organisation": "Atelier d'Arles"}
    html = html_of(replace(CHAPTER, speaker=speaker))
    assert (
        '<p class="speaker"><span class="name">Ida Marchal</span> '
        '<span class="role">Traductrice, Atelier d’Arles</span></p>'
    ) in html
    assert "role" not in html_of(replace(SECTION, speaker={"name": "Ida Marchal"})).split("speaker")[1]
    titled = replace(SECTION, title="Ida Marchal, traductrice, Atelier d'Arles", speaker=speaker)
    assert "speaker" not in html_of(titled)


def test_equal_anchors_are_told_apart() -> None:
    html_of(SECTION, SECTION, replace(SECTION, anchor="", number=""), replace(SECTION, anchor='"><script>'))


def test_anchors_of_the_templates_stay_theirs() -> None:
    html = html_of(Piece(body="## Sommaire\n\n## Contenu"))
    assert 'id="sommaire-2"' in html
    assert 'id="contenu-2"' in html


def test_every_anchor_of_the_reading_templates_is_reserved() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    found: set[str] = set()
    seen: set[str] = set()
    waiting = ["theses/page.html", "theses/whole.html", "articles/article.html"]
    while waiting:
        name = waiting.pop()
        if name in seen or not (folder / name).exists():
            continue
        seen.add(name)
        text = (folder / name).read_text(encoding="utf-8")
        found |= set(re.findall(r'\sid="([\w-]+)"', text))
        waiting += re.findall(r'{% (?:include|extends) "([^"]+)"', text)
    assert len(seen) > 4
    assert found <= RESERVED_ANCHORS


# Notes -----------------------------------------------------------------------------------------------


def test_notes_of_several_pieces_end_the_page() -> None:
    html = html_of(
        replace(CHAPTER, body="Un appel[^3].\n\n[^3]: Trois."),
        replace(SECTION, body="Un autre[^4], et encore[^3].\n\n[^4]: Quatre."),
    )
    assert html.count('<section class="notes"') == 1
    assert re.findall(r'<li id="note-(\d)" value="(\d)">(\w+)\.', html) == [("3", "3", "Trois"), ("4", "4", "Quatre")]
    assert html.count('href="#call-3') == 2


def test_a_note_called_by_the_title_of_the_page_and_of_a_section() -> None:
    html = html_of(
        replace(CHAPTER, note_calls=["1"], body="[^1]: Un."), replace(SECTION, note_calls=["2"], body="[^2]: Deux.")
    )
    assert 'class="title-notes"' in html
    assert 'La main<a class="note-call"' in html
    assert 'href="#call-1"' in html


def test_a_note_of_another_page() -> None:
    targets = Targets(notes={"7": "Le texte *venu d’ailleurs*.", "8": "Jamais appelée."})
    html = html_of(replace(CHAPTER, body="Un appel[^7]."), targets=targets)
    assert "Le texte <em>venu d’ailleurs</em>." in html
    assert "Jamais" not in html
    assert codes(replace(CHAPTER, body="Un appel[^7]."), targets=targets) == []


def test_a_note_in_another_language() -> None:
    english = Piece(body="A call[^1].\n\n[^1]: It's here.", language="en", anchor="en")
    assert '<li id="note-1" value="1" lang="en">It’s here.' in html_of(english)


def test_notes_are_read_in_english_pages() -> None:
    html = html_of(Piece(body="A[^1].\n\n[^1]: B."), language="en")
    assert 'aria-label="Back to the call of note 1"' in html


# Bibliography ----------------------------------------------------------------------------------------


def test_bibliography_and_the_way_back() -> None:
    entries = [
        BibliographyItem(
            "roy2020", "Roy, A. <em>Lire</em>.", "Roy, A. Lire.", [("../1/#p-abc", "1.2"), ("javascript:x", "x")]
        ),
        BibliographyItem("dumas", "Dumas.", "Dumas."),
    ]
    rendered = render([replace(SECTION, kind="bibliography", bibliography=entries)])
    assert (
        '<ol class="bibliography"><li id="ref-roy2020">Roy, A. <em>Lire</em>. '
        '<span class="cited">Citée&nbsp;: <a href="../1/#p-abc">1.2</a></span></li><li id="ref-dumas">Dumas.</li></ol>'
    ) in rendered.html
    assert ("ref-roy2020", "reference", "Roy, A. Lire.") in [(p.anchor, p.kind, p.text) for p in rendered.passages]


def test_citations_tell_which_passage_cites() -> None:
    targets = Targets(references={"roy": ReferenceTarget("../b/#ref-roy", "Roy.")})
    rendered = render([Piece(body="Avant.\n\n- un [(Roy)](cite:roy)")], targets=targets)
    [citation] = rendered.citations
    assert citation.key == "roy"
    assert citation.anchor == next(p.anchor for p in rendered.passages if "Roy" in p.text)


# Passages --------------------------------------------------------------------------------------------

BODY = """Un paragraphe avec *emphase* et [un lien](/a) :
à la ligne.

> Une citation.
>
> — Ana Roy

- un
- deux

  encore

![](figure:figure-1)

| A | B |
|---|---|
| 1 | 2 |
: Table 1. Des chiffres. Source : INSEE

```
code
```

## Suite[^1]

::: {lang=en}
English.
:::

[^1]: Une *note*
    sur deux lignes.
"""


def test_a_table_in_another_language_says_so_and_keeps_its_typography() -> None:
    rows = (
        "| Text | Search: the making of a more natural way to find what is in the house |\n|---|---|\n"
        "| Code | Review: to write the parts that are not in the plan, and for all of them |\n"
    )
    french = ": Table 1. Des usages : exemples"
    html = html_of(replace(SECTION, body=f"{rows}{french}"))
    assert '<table lang="en">' in html
    assert "Search: the" in html
    assert "Des usages&nbsp;: exemples" in html
    assert "<table><" in html_of(replace(SECTION, body=f"| Text: | Code |\n|---|---|\n| Big data | Deep |\n{french}"))
    assert "<table><" in html_of(replace(SECTION, language="en", body=f"{rows}: Table 1. Uses"))


def test_passages() -> None:
    targets = Targets(figures={"figure-1": FigureTarget("1", "Une *main*", "Ana Roy", alt="Cinq doigts")})
    rendered = render([replace(SECTION, body=BODY)], targets=targets)
    assert [(p.kind, p.section, p.language, p.text) for p in rendered.passages] == [
        ("heading", "2-1-la-main", "fr", "2.1 La main"),
        ("text", "2-1-la-main", "fr", "Un paragraphe avec emphase et un lien : à la ligne."),
        ("text", "2-1-la-main", "fr", "Une citation. — Ana Roy"),
        ("text", "2-1-la-main", "fr", "un"),
        ("text", "2-1-la-main", "fr", "deux"),
        ("text", "2-1-la-main", "fr", "encore"),
        ("caption", "2-1-la-main", "fr", "Figure 1. Une main Ana Roy Cinq doigts"),
        ("table", "2-1-la-main", "fr", "Tableau 1. Des chiffres. Source\u00a0: INSEE\nA | B\n1 | 2"),
        ("text", "2-1-la-main", "fr", "code"),
        ("heading", "suite", "fr", "Suite"),
        ("text", "suite", "en", "English."),
        ("note", "2-1-la-main", "fr", "Une note sur deux lignes."),
    ]
    anchors = {attrs["id"] for _tag, attrs in read(rendered.html).elements if "id" in attrs}
    assert all(passage.anchor in anchors for passage in rendered.passages)
    assert rendered.words == sum(len(p.text.split()) for p in rendered.passages)


def anchors_of(body: str, section: str = "2-ecrire") -> dict[str, str]:
    rendered = render([replace(CHAPTER, anchor=section, body=body)])
    return {p.text: p.anchor for p in rendered.passages if p.kind == "text"}


def test_anchors_survive_what_changes_around_them() -> None:
    first = "Les premiers mots de ce paragraphe comptent, et la suite non."
    before = anchors_of(f"{first}\n\nUn autre.")
    after = anchors_of(f"Ajouté.\n\n{first.replace('non', 'guère')}\n\nAjouté aussi.\n\nUn autre.")
    assert before[first] == after[first.replace("non", "guère")]
    assert before["Un autre."] == after["Un autre."]
    assert anchors_of("L'éte")["L'éte"] == anchors_of("L’ÉTÉ.")["L’ÉTÉ."]


def test_anchors_differ_from_section_to_section() -> None:
    assert anchors_of("Texte.")["Texte."] != anchors_of("Texte.", "autre")["Texte."]


# Hostile input ---------------------------------------------------------------------------------------

SECONDS = 15
"""A page at a bound takes two to five seconds on a small machine; nothing may take fifteen on a busy one."""
ENDLESS = {
    "ten million characters in one line": "mot " * 2_500_000,
    "ten million characters without a space": "a" * 10_000_000,
    "ten thousand nested quotations": ">" * 10_000 + " fin",
    "ten thousand nested lists": "- " * 10_000 + "fin",
    "lists nested line by line": "\n".join("  " * n + "- fin" for n in range(600)),
    "quotations nested line by line": "\n".join(">" * n + " fin" for n in range(1, 600)),
    "unclosed brackets": "[" * 50_000,
    "unclosed pictures": "![" * 40_000,
    "unclosed links": "[fin](" * 16_000,
    "unclosed notes": "[^" * 50_000,
    "unclosed spans": "[a]{lang=" * 10_000,
    "stars": "a*" * 29_000,
    "stars and underscores": "*a_ " * 20_000,
    "back quotes": "".join("e" + "`" * n for n in range(1, 430)),
    "a wide table": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|b\n" * 2000,
    "a long table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 19_000,
    "headings": "# a\n\n" * 9_900,
    "items": "1. a\n" * 19_000,
    "equal paragraphs": "Encore.\n\n" * 9_900,
    "notes": "".join(f"[^{n}] " for n in range(1400)) + "".join(f"\n\n[^{n}]: x" for n in range(1400)),
    "calls of one note": "[^1] " * 1400 + "\n\n[^1]: x",
    "notes in notes": "[^a]: " * 8000,
    "entities": "&amp;" * 59_000,
    "guillemets": "« »" * 300_000,
    "addresses": "http://" * 100_000,
    "e-mails": "a.b@c." * 100_000,
    "capitals of Roman numbers": "I" * 500_000,
    "digits": "111 " * 200_000,
    "apostrophes": "a'" * 300_000,
    "spaces": " " * 900_000 + "fin",
    "blocks in a language": "::: {lang=en}\n" * 19_000,
    "fences": "```\n" * 19_000,
    "captions": "|a|\n|-|\n: Source : " + "Source : " * 20_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_bounds(name: str) -> None:
    body = ENDLESS[name]
    start = time.process_time()
    rendered = render([Piece(body=body)])
    assert time.process_time() - start < SECONDS
    assert_safe(rendered.html)
    assert "renderer-failed" not in [problem.code for problem in rendered.problems]
    if "fin" in body:
        assert "fin" in rendered.html


@pytest.mark.parametrize(
    ("unit", "count"), [("a", MAX_PAGE + 1), ("*", MAX_MARKS + 1), ("\n", MAX_LINES + 1), ("é ", MAX_PAGE)]
)
def test_beyond_a_bound_the_text_is_whole_and_the_editor_is_told(unit: str, count: int) -> None:
    body = unit * count
    rendered = render([replace(SECTION, body=body + "<b>fin</b>")])
    assert [problem.code for problem in rendered.problems] == ["page-too-long"]
    assert "".join(read(rendered.html).text).replace("2.1 La main", "") == body + "<b>fin</b>"
    assert rendered.outline[0].title == "La main"


def test_a_bound_on_a_paragraph_leaves_the_others_alone() -> None:
    rendered = render([Piece(body="[" * 2000 + "fin\n\n*ici*")])
    assert [problem.code for problem in rendered.problems] == ["too-long"]
    assert "<em>ici</em>" in rendered.html
    assert "[" * 2000 + "fin" in rendered.html


def test_what_is_nested_too_deeply_is_kept() -> None:
    rendered = render([Piece(body=">" * 50 + " fin *ici*\n\nsuite")])
    assert [problem.code for problem in rendered.problems] == ["too-deep"]
    assert "fin *ici*" in rendered.html
    assert "suite" in rendered.html


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\udfff", "\x08", "\x1b", "\ufffe"])  # noqa: PT014 surrogates differ
def test_characters_that_no_page_may_hold(character: str) -> None:
    rendered = render([Piece(body=f"a{character}b [x](http://e.org/{character})", title="T")])
    assert character not in rendered.html
    assert "a\ufffdb" in rendered.html
    rendered.html.encode("utf-8")


def test_a_fault_of_the_renderer_leaves_the_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(*args: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("publishing.rendering.write_notes", fault)
    rendered = render([replace(SECTION, body="Le <b>texte</b>.")])
    assert [problem.code for problem in rendered.problems] == ["renderer-failed"]
    assert "Le &lt;b&gt;texte&lt;/b&gt;." in rendered.html
    assert "a fault" in caplog.text


MARKS = [
    *("*", "_", "`", "[", "]", "(", ")", "!", "<", ">", "|", "#", "-", "1.", "\n", "\n\n", "    ", "^^", ": ", ":::"),
    *("[^1]", "[^1]: ", "{lang=en}", "{lang=en onclick=x}", "figure:figure-1", "cite:roy", "javascript:alert(1)"),
    *("data:text/html,x", "<script>", "</script>", "<img src=x onerror=alert(1)>", "&lt;", "&#10;", "<!--", "-->"),
    *("« ", " »", " ?", "l'", "XXIe", "1er", "12 500", "50 %", "https://e.org/?a=b&c=d", "mot", "é", "\x00", "\ud800"),
    *("\u202e", "|---|---|\n", "| a | b |\n", "```\n", '"><svg onload=x>', "\\", "—", "\t", "\r", "style=x", "<br>"),
]
hostile = st.lists(st.sampled_from(MARKS) | st.text(max_size=6), max_size=60).map("".join)
pieces = st.builds(
    Piece,
    body=hostile,
    title=hostile | st.just(""),
    number=hostile | st.just(""),
    anchor=hostile | st.just(""),
    depth=st.integers(-1, 20),
    kind=hostile | st.just("section"),
    language=st.sampled_from(["", "fr", "en", '"><script>', "x" * 40]),
    note_calls=st.lists(hostile, max_size=2),
    printed_page=hostile | st.just(""),
    speaker=st.dictionaries(st.sampled_from(["name", "role", "organisation"]), hostile),
)
targets = st.builds(
    Targets,
    figures=st.dictionaries(
        st.just("figure-1"),
        st.builds(
            FigureTarget, number=hostile, caption=hostile, credit=hostile, alt=hostile, src=hostile, href=hostile
        ),
    ),
    references=st.dictionaries(st.just("roy"), st.builds(ReferenceTarget, href=hostile, text=hostile)),
    notes=st.dictionaries(st.just("1"), hostile),
)


@given(st.lists(pieces, max_size=4), targets | st.none())
def test_whatever_is_written_is_safe_and_sound(written: list[Piece], where: Targets | None) -> None:
    rendered = render(written, targets=where)
    assert_sound(rendered.html)
    assert "renderer-failed" not in [problem.code for problem in rendered.problems]
    anchors = [passage.anchor for passage in rendered.passages]
    assert len(anchors) == len(set(anchors))
    present = {attrs["id"] for _tag, attrs in read(rendered.html).elements if "id" in attrs}
    assert {heading.anchor for heading in rendered.outline} <= present
    assert render(written, targets=where) == rendered


LINES = [
    *("{}", "*{}*", "**{}", "`{}`", "[{}](/a)", "![{}](/a.png)", "![{}](b.png)", "[{}]{{lang=en}}", "[{}]", "<{}>"),
    *("> {}", ">> {}", "> — {}", "- {}", "  - {}", "1. {}", "    {}", "# {}", "#### {}", "> # {}", "| {} | b |"),
    *("| a | {} | c | d |", "|---|---|", ": Table 1. {}", ": {}", "[^1]: {}", "    [^2]: {}", "a[^1] {}", "[^{}]: b"),
    *("::: {{lang=en}}", ":::", "```", "~~~", "---", "", "{} <br> b", "^^ {}", "| ^^ | {} |", "\\{}", "&amp;{}"),
]


@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_no_word_is_lost(lines: list[str]) -> None:
    """Words that neither typography nor anchors change, each in one place of any mixture of blocks."""
    words = [f"zx{number}q" for number in range(len(lines))]
    body = "\n".join(line.format(word) for line, word in zip(lines, words, strict=True))
    html = render([Piece(body=body)]).html
    written = {word for line, word in zip(lines, words, strict=True) if "{}" in line and line != "[^{}]: b"}
    assert {word for word in written if word not in html} == set()


# The editor's preview --------------------------------------------------------------------------------


def test_preview_lists_what_to_mend() -> None:
    html = preview("# Titre\n\n[x](javascript:alert(1)) <b>gras</b> [(Roy)](cite:roy) ![](figure:figure-3)")
    assert "&lt;b&gt;gras" in html
    assert "n’est pas permise" in html
    assert "roy" not in html.split("À vérifier")[1]
    assert "figure 3" in html
    assert "problems" not in preview("Rien à dire.")
    assert "<script" not in preview("[x](<javascript:<script>alert(1)</script>>)")


# The documentation ---------------------------------------------------------------------------------------


def test_every_problem_is_documented() -> None:
    folder = Path(settings.BASE_DIR)
    sources = [path.read_text(encoding="utf-8") for path in (folder / "publishing" / "rendering").glob("*.py")]
    named = set(
        re.findall(r'(?:problem\(\s*|"problem": |Problem\(|language,\s*)"([a-z]+(?:-[a-z]+)+)"', "\n".join(sources))
    )
    named |= {f"{scheme}-unknown" for scheme in ("figure", "table", "section", "page", "cite")}
    documented = set(
        re.findall(r"`([a-z]+(?:-[a-z]+)+)`", (folder / "docs" / "publishing.md").read_text(encoding="utf-8"))
    )
    assert len(named) > 12
    assert named <= documented
