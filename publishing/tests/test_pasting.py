"""What is pasted from Word, Google Docs and LibreOffice."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from publishing.pasting import LONGEST, markdown_of

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {color: red}</style></head><body>
<!--StartFragment--><h2>Une partie</h2>
<p class=MsoNormal>Un <b>mot</b> et <i>un autre</i>, selon
<a href="https://example.org/a_b">cette page</a><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Premier</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Second</p>
<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></table>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> La <i>note</i>.</p></div></div>
<!--EndFragment--></body></html>"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p><span
style="font-weight:400">Un
</span><span style="font-weight:700">mot</span><span style="font-style:italic"> penché</span><span><sup><a href="#ftnt1"
id="ftnt_ref1">[1]</a></sup></span></p><ul><li><p><span>Premier</span></p></li><li><p><span>Second</span></p></li></ul>
</b><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> La note.</span></p></div>"""


def test_from_word() -> None:
    text = markdown_of(WORD)
    assert text.startswith("**Une partie**\n\nUn **mot** et *un autre*, selon")
    assert "[cette page](https://example.org/a_b)[^1]." in text
    assert "\n- Premier\n- Second\n" in text
    assert "| a | b |" in text
    assert text.endswith("[^1]: La *note*.")
    assert "[1]" not in text
    assert "·" not in text


def test_from_google_docs() -> None:
    text = markdown_of(GOOGLE)
    assert text.startswith("Un **mot** *penché*[^1]")
    assert "- Premier\n- Second" in text
    assert text.endswith("[^1]: La note.")


def test_from_libreoffice() -> None:
    text = markdown_of(
        '<p>Un mot<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>'
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" href="#sdfootnote1anc">1</a> La note.</p></div>'
    )
    assert text == "Un mot[^1]\n\n[^1]: La note."


def test_a_call_without_its_note_goes() -> None:
    assert markdown_of('<p>Un mot<a href="#_ftn3">[3]</a>.</p>') == "Un mot."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>5 * 3 et snake_case</p>", r"5 \* 3 et snake\_case"),
        ("<script>alert(1)</script><p>a</p>", "a"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "a"),
        ('<p>a<img src="data:image/png;base64,xx"></p>', "a"),
        ("", ""),
        ("<p>a</p><p>b</p><div>c</div>", "a\n\nb\n\nc"),
        ("<ol><li>un</li><li>deux</li></ol>", "1. un\n2. deux"),
        ("<blockquote><p>a</p></blockquote>", "> a"),
        ("simple", "simple"),
    ],
)
def test_small_pieces(html: str, text: str) -> None:
    assert markdown_of(html) == text


def test_bounds() -> None:
    for html in ("x" * (LONGEST + 1), "<br>" * 40_000):
        with pytest.raises(ValidationError, match="trop long"):
            markdown_of(html)
    with pytest.raises(ValidationError, match="sans sa mise en forme"):
        markdown_of("<div>" * 20_000)
