"""Bytes of every provenance, told by their content."""

from __future__ import annotations

import pytest

from manuscript import read
from manuscript.decoding import MAX_BYTES, decode

FRENCH = "L’été, la forêt « brûle » : où aller ? Ça dépend des élèves, déjà prévenus à Noël.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + FRENCH.encode("utf-8"), "utf-8"),
        (FRENCH.encode("utf-16"), "utf-16"),
        (FRENCH.encode("utf-16-le"), "utf-16-le"),
        (FRENCH.encode("utf-16-be"), "utf-16-be"),
        (FRENCH.encode("utf-32"), "utf-32"),
        (FRENCH.encode("cp1252"), "cp1252"),
        (FRENCH.encode("mac-roman"), "mac-roman"),
        (b"rien que de l'ASCII\n", "ascii"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert decoded.problem == ""
    if encoding != "ascii":
        assert decoded.text == FRENCH


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 100, "zip"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 20, "Microsoft"),
        (bytes(range(256)) * 40, "pas du texte"),
        (b"\x00" * 4000, "pas du texte"),
        (b"a" * (MAX_BYTES + 1), "limite"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, words: str) -> None:
    manuscript = read(data, name="essai.md")
    assert manuscript.source.format == "unreadable"
    [finding] = manuscript.findings
    assert finding.code == "unreadable"
    assert words in finding.message


def test_broken_characters_are_replaced_and_reported() -> None:
    manuscript = read("Une ligne é\x00té.\n\ud800 seul, encore été et là.\n".encode("utf-8", "surrogatepass"), name="x")
    assert [finding.code for finding in manuscript.findings][:1] == ["characters-replaced"]
    assert "\x00" not in manuscript.lead


def test_line_ends_of_all_systems_count_the_same() -> None:
    for end in ("\n", "\r\n", "\r"):
        manuscript = read(end.join(["# Un", "", "texte", "", "## Deux", "", "mots", ""]).encode(), name="x")
        assert [section.line for section in manuscript.sections] == [5]
        assert manuscript.source.lines == 7


def test_an_encoding_that_was_told_is_reported() -> None:
    manuscript = read(FRENCH.encode("cp1252"), name="x")
    assert "encoding-guessed" in {finding.code for finding in manuscript.findings}
