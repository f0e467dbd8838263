"""Reference files of other programs: BibTeX, RIS, CSL-JSON, well written and not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.references import read_bibtex, read_csl_json, read_ris
from manuscript.references.exchange.items import date_of, month_number, name_of

BIBTEX = r"""
@string{revue = "Revue d'essai"}
@article{roux2020,
  author = {Roux, Anne and de Beauport, Simon and {Les Amis du Phare} and Petit and others},
  title = {Un {\'e}t{\'e} \& une {Lampe}},
  subtitle = {essai},
  journal = revue, year = 2020, month = mar, volume = 3, number = {2}, pages = {12--34},
  doi = {10.1234/x}, url = {https://a.example/b_c%20d}, urldate = {2021-04-05}, langid = {french},
}
@book{petit, editor = {Petit, Jr, Bernard}, title = {Un livre}, publisher = {Le Phare},
  address = {Brest}, date = {2001/2003}}
@phdthesis{vidal, author = "Paul Vidal", title = "Une thèse", school = "Université du Nord", year = "2010"}
@misc{site, title = {Un site}, howpublished = {Atelier}, url = {https://a.example}}
@article{coupe, title = {Sans fin, year = {2001}
@comment{rien}
@techreport{rapport, title = {Un rapport}, number = {12}, institution = {Office des Ports}, year = {s. d.}}
"""

RIS = """TY  - JOUR
AU  - Roux, Anne
A1  - de Beauport, Simon
A2  - Petit, Bernard
TI  - Un titre
 qui continue
T2  - Revue d'essai
PY  - 2020
DA  - 2020/03/04/
VL  - 3
IS  - 2
SP  - 12
EP  - 34
UR  - https://a.example/b
DO  - 10.1234/x
SN  - 1234-5678
KW  - phare
KW  - digue
N1  - Une note
Y2  - 2021/04/05
ER  -
TY  - BOOK
T1  - Un livre
AU  - Les Amis du Phare
PB  - Le Phare
CY  - Brest
SN  - 2-07-036822-X
TY - XYZ
TI - Sans fin
"""


def test_bibtex():
    article, book, thesis, site, cut, report = read_bibtex(BIBTEX)
    assert article == {
        "type": "article-journal",
        "id": "roux2020",
        "title": "Un été & une Lampe : essai",
        "author": [
            {"family": "Roux", "given": "Anne"},
            {"family": "Beauport", "given": "Simon", "non-dropping-particle": "de"},
            {"literal": "Les Amis du Phare"},
            {"literal": "Petit"},
        ],
        "container-title": "Revue d'essai",
        "issued": {"date-parts": [[2020, 3]]},
        "accessed": {"date-parts": [[2021, 4, 5]]},
        "volume": "3",
        "issue": "2",
        "page": "12-34",
        "DOI": "10.1234/x",
        "URL": "https://a.example/b_c%20d",
        "language": "fr",
    }
    assert book["editor"] == [{"family": "Petit", "given": "Bernard", "suffix": "Jr"}]
    assert book["issued"] == {"date-parts": [[2001], [2003]]}
    assert (book["publisher"], book["publisher-place"]) == ("Le Phare", "Brest")
    assert (thesis["type"], thesis["genre"], thesis["publisher"]) == (
        "thesis",
        "thèse de doctorat",
        "Université du Nord",
    )
    assert site["type"] == "webpage"
    assert cut["title"].startswith("@article{coupe")
    assert (report["number"], report["issued"]) == ("12", {"literal": "s. d."})


def test_ris():
    article, book, other = read_ris("\ufeff" + RIS.replace("\n", "\r\n"))
    assert article == {
        "type": "article-journal",
        "title": "Un titre qui continue",
        "author": [
            {"family": "Roux", "given": "Anne"},
            {"family": "Beauport", "given": "Simon", "non-dropping-particle": "de"},
        ],
        "editor": [{"family": "Petit", "given": "Bernard"}],
        "container-title": "Revue d'essai",
        "issued": {"date-parts": [[2020, 3, 4]]},
        "accessed": {"date-parts": [[2021, 4, 5]]},
        "volume": "3",
        "issue": "2",
        "page": "12-34",
        "URL": "https://a.example/b",
        "DOI": "10.1234/x",
        "ISSN": "1234-5678",
        "keyword": "phare, digue",
        "note": "Une note",
    }
    assert book["author"] == [{"literal": "Les Amis du Phare"}]
    assert book["ISBN"] == "2-07-036822-X"
    assert "issued" not in book
    assert other == {"type": "document", "title": "Sans fin"}


def test_csl_json():
    rows = [
        {"type": "book", "title": ["Un <i>titre</i>"], "issued": {"date-parts": [["2020", "3"]]}, "volume": 3,
         "author": [{"family": "Roux", "given": "Anne", "ORCID": "x"}, "Petit, Bernard", {"given": "X"}, 7],
         "editor": "Vidal", "custom": {"a": 1}},
        {"title": None, "issued": {"raw": "mars 2020"}, "accessed": 2021, "submitted": [1], "abstract": True},
        "rien",
    ]  # fmt: skip
    first, second = read_csl_json(json.dumps(rows))
    assert first == {
        "type": "book",
        "title": "Un titre",
        "issued": {"date-parts": [[2020, 3]]},
        "volume": "3",
        "author": [{"family": "Roux", "given": "Anne"}, {"family": "Petit", "given": "Bernard"}],
    }
    assert second == {
        "type": "document",
        "title": "",
        "issued": {"date-parts": [[2020, 3]]},
        "accessed": {"date-parts": [[2021]]},
    }
    assert read_csl_json('{"items": [{"title": "X"}]}')[0]["title"] == "X"
    assert read_csl_json('{"title": "X"}')[0]["title"] == "X"
    assert read_csl_json("7") == read_csl_json("non") == read_csl_json("[" * 100_000) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020", [[2020]]),
        ("2020-13-40", [[2020]]),
        ("2020-02-30T10:00", [[2020, 2, 30]]),
        ("3 mai 2020", [[2020, 5, 3]]),
        ("vers 1998-99", [[1998], [1999]]),
    ],
)
def test_dates(text, date):
    assert date_of(text) == {"date-parts": date}


def test_small_things():
    assert date_of("") is None
    assert date_of("jamais") == {"literal": "jamais"}
    assert name_of(" ") is None
    assert name_of(", Anne") == {"literal": ", Anne"}
    assert [month_number(m) for m in ("mar", "{Août}", "12", "13", "x")] == [3, 8, 12, 0, 0]


PIECES = st.lists(
    st.sampled_from(
        ["@article{a,", "}", "{", '"', "title", " = ", "x", ",", "\n", "TY  - JOUR", "TI  - x", "ER  - ", "AU  - a, b",
         "\\'e", " and ", "@string{", "@comment", "PY  - 2020/", "UR  - ;", "$", "%", "#", "[", '{"title":', "1", "]"]
    ), max_size=30
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), PIECES))
def test_any_text_is_read(text):
    for read in (read_bibtex, read_ris, read_csl_json):
        for item in read(text):
            assert isinstance(item["type"], str)
            assert isinstance(item["title"], str)
