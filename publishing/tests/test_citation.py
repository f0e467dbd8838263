"""References in two styles and two languages, and the files for reference managers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.citation import cite, format_reference
from publishing.citation_files import FORMATS, bibtex, csl_json, ris, work_csl
from publishing.tests.markup import assert_safe

NB, NN = "\u00a0", "\u202f"

BOOK = {
    "type": "book",
    "title": "L’apparition du livre",
    "author": [{"family": "Febvre", "given": "Lucien"}, {"family": "Martin", "given": "Henri-Jean"}],
    "publisher": "Albin Michel",
    "publisher-place": "Paris",
    "issued": {"date-parts": [[1958]]},
}
CHAPTER = {
    "type": "chapter",
    "title": "Lire au lit",
    "author": [{"family": "Moreau", "given": "Ana"}],
    "container-title": "Manières de lire",
    "editor": [{"family": "Dupré", "given": "Zoé"}],
    "page": "12-34",
    "publisher": "Presses du Nord",
    "issued": {"date-parts": [[2011]]},
}
ARTICLE = {
    "type": "article-journal",
    "title": "Does slow reading help?",
    "author": [{"literal": "Reading Group"}],
    "container-title": "Journal of Reading",
    "volume": "12",
    "issue": "3",
    "page": "1-9",
    "DOI": "10.1000/xyz",
    "language": "en",
    "issued": {"date-parts": [[2020, 5]]},
}
PAGE = {
    "type": "webpage",
    "title": "Lire sur écran",
    "URL": "https://example.org/lire?a=1&b=2",
    "issued": {"date-parts": [[2024, 7, 1]]},
    "year-suffix": "b",
}
CASES = [
    (BOOK, "apa", "fr", f"Febvre, L. et Martin, H.-J. (1958). L’apparition du livre. Paris{NB}: Albin Michel."),
    (BOOK, "apa", "en", f"Febvre, L., & Martin, H.-J. (1958). L’apparition du livre. Paris{NB}: Albin Michel."),
    (
        BOOK,
        "iso690",
        "fr",
        f"FEBVRE, Lucien et MARTIN, Henri-Jean, 1958. L’apparition du livre. Paris{NB}: Albin Michel.",
    ),
    (
        CHAPTER,
        "apa",
        "fr",
        f"Moreau, A. (2011). Lire au lit. Dans Z. Dupré (dir.), Manières de lire (p.{NB}12-34). Presses du Nord.",
    ),
    (
        CHAPTER,
        "iso690",
        "fr",
        f"MOREAU, Ana, 2011. Lire au lit. Dans{NB}: Manières de lire. Presses du Nord. p.{NB}12-34.",
    ),
    (
        ARTICLE,
        "apa",
        "en",
        "Reading Group (2020, May). Does slow reading help? Journal of Reading, 12(3), 1-9. https://doi.org/10.1000/xyz",
    ),
    (
        ARTICLE,
        "iso690",
        "fr",
        f"Reading Group, mai 2020. Does slow reading help? Journal of Reading, vol.{NB}12, n°{NB}3, p.{NB}1-9. "
        f"Disponible à l’adresse{NB}: https://doi.org/10.1000/xyz",
    ),
    (PAGE, "apa", "fr", "Lire sur écran. (2024b, 1er juillet). https://example.org/lire?a=1&b=2"),
    (
        PAGE,
        "iso690",
        "fr",
        f"Lire sur écran [en ligne]. 1er juillet 2024b. Disponible à l’adresse{NB}: https://example.org/lire?a=1&b=2",
    ),
    ({"title": "Sans date", "type": "report"}, "apa", "fr", f"Sans date (rapport). (s.{NB}d.)."),
    (
        {
            "title": "Atlas",
            "type": "thesis",
            "genre": "Thèse",
            "author": [{"family": "Roy"}],
            "note": "et al.",
        },
        "apa",
        "fr",
        f"Roy et al. (s.{NB}d.). Atlas (Thèse).",
    ),
    (
        {
            "title": "Atlas",
            "author": [{"family": "Roy", "given": "Ana"}, {"family": "Fontaine", "given": "Jean de"}],
            "note": "et al.",
        },
        "apa",
        "fr",
        f"Roy, A., Fontaine, J. de et al. (s.{NB}d.). Atlas.",
    ),
]


@pytest.mark.parametrize(("csl", "style", "language", "expected"), CASES)
def test_styles(csl: dict[str, Any], style: str, language: str, expected: str) -> None:
    found = cite(csl, style, language)
    assert found.text == expected
    assert_safe(found.html)


def test_html_marks_the_work_its_language_and_its_address() -> None:
    assert format_reference(ARTICLE, "fr").html == (
        'Reading Group (2020, mai). <span lang="en">Does slow reading help?</span> <em>Journal of Reading</em>, '
        "12(3), 1-9. "
        '<a href="https://doi.org/10.1000/xyz" rel="noopener noreferrer">https://doi.org/10.1000/xyz</a>'
    )
    assert "<em>L’apparition du livre</em>" in format_reference(BOOK).html
    assert "1<sup>er</sup> juillet" in format_reference(PAGE).html
    assert 'href="https://example.org/lire?a=1&amp;b=2"' in format_reference(PAGE).html


def test_the_printed_entry_where_the_fields_say_less() -> None:
    raw = "Febvre, Lucien & Martin, Henri-Jean. *L’apparition du livre*, préface d’Ana Roy. <https://example.org/a>"
    found = format_reference(BOOK, "fr", raw)
    assert (
        found.text
        == "Febvre, Lucien & Martin, Henri-Jean. L’apparition du livre, préface d’Ana Roy. https://example.org/a"
    )
    assert '<a href="https://example.org/a"' in found.html


@pytest.mark.parametrize(
    "raw",
    [
        "FEBVRE Lucien et MARTIN Henri-Jean, 1958, L'apparition du livre, Paris, Albin Michel, consulté le 3 mai 2021",
        "Febvre, Lucien and Martin, Henri-Jean (1958a) 'L’apparition du livre', Albin Michel : Paris.",
    ],
)
def test_the_style_where_the_fields_say_it_all(raw: str) -> None:
    assert format_reference(BOOK, "fr", raw).text.startswith("Febvre, L. et Martin, H.-J. (1958).")


def test_an_entry_without_fields() -> None:
    found = format_reference({}, "fr", "[Une adresse](https://example.org/x\\_y) ; et <b>du code</b>")
    assert found.text == "https://example.org/x_y ; et <b>du code</b>"
    assert "<b>" not in found.html
    assert format_reference({"id": "cle"}).text == "cle"
    assert format_reference({"author": [{"family": "Roy", "given": "A."}]}).text == "Roy, A."


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://", "http://a b"])
def test_a_bad_address_is_left_out(address: str) -> None:
    found = format_reference({"title": "T", "URL": address})
    assert "href" not in found.html


def test_more_than_twenty_authors() -> None:
    people = [{"family": f"Nom{n}", "given": "A."} for n in range(25)]
    text = format_reference({"title": "T", "author": people}).text
    assert "Nom18, A., … Nom24, A. (" in text
    assert "Nom19" not in text


values = st.recursive(
    st.none() | st.text(max_size=20) | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "given", "literal"]), inner),
    max_leaves=6,
)
names = st.sampled_from(
    ["type", "title", "author", "editor", "issued", "year-suffix", "container-title", "URL", "DOI", "note", "language"]
)


@given(st.dictionaries(names, values), st.text(max_size=200), st.sampled_from(["fr", "en", "xx"]))
def test_any_fields(csl: dict[str, Any], raw: str, language: str) -> None:
    for found in (format_reference(csl, language, raw), cite(csl, "iso690", language)):
        assert_safe(found.html)


FACTS = {
    "title": "Lire & relire : 100 % {papier}",
    "subtitle": "Essai",
    "kind": "thesis",
    "language": "fr",
    "authors": [
        {"name": "Jeanne Dumas", "family": "Dumas", "given": "Jeanne"},
        {"name": "Atelier du livre", "family": "", "given": ""},
    ],
    "date": "2025-09",
    "institution": "École du livre",
    "programme": "Mastère spécialisé",
    "tags": [{"name": "lecture", "slug": "lecture"}, {"name": "papier", "slug": "papier"}],
}


def work() -> dict[str, Any]:
    return work_csl(FACTS, address="https://example.org/theses/lire/", site="Le site", edition=2)


def test_bibtex() -> None:
    assert bibtex(work()) == (
        "@phdthesis{dumas2025lire,\n"
        "  author = {Dumas, Jeanne and {Atelier du livre}},\n"
        "  title = {{Lire \\& relire : 100 \\% \\{papier\\}. Essai}},\n"
        "  year = {2025},\n"
        "  month = {9},\n"
        "  school = {École du livre},\n"
        "  type = {Mastère spécialisé},\n"
        "  edition = {2},\n"
        "  keywords = {lecture, papier},\n"
        "  language = {french},\n"
        "  url = {https://example.org/theses/lire/},\n"
        "}\n"
    )


def test_ris() -> None:
    assert ris(work()).split("\r\n") == [
        "TY  - THES",
        "AU  - Dumas, Jeanne",
        "AU  - Atelier du livre",
        "TI  - Lire & relire : 100 % {papier}. Essai",
        "PY  - 2025",
        "DA  - 2025/09/",
        "PB  - École du livre",
        "M3  - Mastère spécialisé",
        "ET  - 2",
        "LA  - fr",
        "UR  - https://example.org/theses/lire/",
        "KW  - lecture",
        "KW  - papier",
        "ER  - ",
        "",
    ]


def test_csl_json() -> None:
    [entry] = json.loads(csl_json(work()))
    assert entry["issued"] == {"date-parts": [[2025, 9]]}
    assert entry["author"][0] == {"family": "Dumas", "given": "Jeanne"}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("facts", [{}, {"title": "李白\nTY  - BOOK", "authors": [{"name": "李白"}], "kind": "article"}])
def test_files_of_bare_facts(ending: str, facts: dict[str, Any]) -> None:
    write, _media_type = FORMATS[ending]
    text = write(work_csl(facts, address="https://example.org/x", site="Le site"))
    assert text.endswith("\n")
    assert "\nTY  - BOOK" not in text
